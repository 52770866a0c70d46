"""A site: one community struck by one emergency, the jobs that wait there, and the people who do them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from sim.clock import Clock
from sim.hazards import Emergency
from sim.instant import ARRIVAL, MEETING, content_key
from sim.moment import Moment
from sim.places import Community
from sim.records import MISSING
from sim.scenario.emergencies.hazards import Hazard

FIRST = 1 << 20
"""Sites are owners beyond all mechanisms in the order of one instant."""
Then = Callable[[int], None]
"""What happens when a job is done, told when that was."""


@dataclass(frozen=True)
class Job:
    """Something that one person does: knock and wait, walk with somebody, hand goods out."""

    seconds: int
    then: Then


class Site:
    """Where an emergency strikes. Helpers take jobs in their order; nobody starts one that would outlast the stay."""

    def __init__(self, env: Clock, horizon: int, number: int, emergency: Emergency, hazard: Hazard, community: Community) -> None:
        self.env = env
        self.horizon = horizon
        self.number = number
        self.emergency, self.hazard, self.community = emergency, hazard, community
        self.spot = emergency.struck[community.index]
        self.informed_at = self.ready_at = self.over_at = MISSING
        self.called_again_at = MISSING
        self.found_out: tuple[str, ...] = ()
        self.responded = self.on_site = False
        self.called: set[int] = set()
        self.jobs: deque[Job] = deque()
        self.free: dict[int, int] = {}
        self._helpers = self._came = 0
        self._steps = 0
        self.short_of_hands: Callable[[], None] = lambda: None

    @property
    def open(self) -> bool:
        """Whether the community knows of it and it is not over."""
        return self.informed_at != MISSING and self.over_at == MISSING

    def at(self, when: int, then: Callable[[], object]) -> None:
        """Do something at a second of the run, unless the run has ended by then."""
        if when < self.horizon:
            self._steps += 1
            key = content_key(ARRIVAL, MEETING, FIRST + self.number, self._steps)
            Moment(self.env, max(0, when - self.env.now), key, lambda _: then())

    def opens(self, ready_at: int) -> None:
        """From `ready_at` on it is known what is to be done, and jobs are given out."""
        self.ready_at = ready_at
        self.at(ready_at, self._give_out)

    def wants(self, jobs: list[Job]) -> None:
        """Work has come up."""
        self.jobs.extend(jobs)
        self._give_out()
        if self.jobs and not self._helpers:
            self.short_of_hands()

    def joins(self, until: int) -> None:
        """Somebody has come to help and stays until a second of the run."""
        helper, self._came, self._helpers = self._came, self._came + 1, self._helpers + 1
        self.free[helper] = until
        self.at(until, lambda: self._leaves(helper))
        self._give_out()

    def _leaves(self, helper: int) -> None:
        self.free.pop(helper, None)
        self._helpers -= 1
        if self.jobs and not self._helpers and self.open:
            self.short_of_hands()

    def _give_out(self) -> None:
        if self.ready_at == MISSING or self.env.now < self.ready_at:
            return
        for helper in list(self.free):
            if self.jobs and self.env.now + self.jobs[0].seconds <= self.free[helper]:
                self._does(helper, self.jobs.popleft())

    def _does(self, helper: int, job: Job) -> None:
        until = self.free.pop(helper)
        self.at(self.env.now + job.seconds, lambda: self._done(helper, until, job))

    def _done(self, helper: int, until: int, job: Job) -> None:
        job.then(self.env.now)
        if self.env.now < until:
            self.free[helper] = until
            self._give_out()
