"""Grid workers: they walk the round, meet issues, verify, check and handle, and do paperwork with what time is left."""

from __future__ import annotations

import math
from collections.abc import Callable
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.agents.mesa_agents import Agent
from sim.agents.patrol_clock import HasIntervals, PatrolClock
from sim.calendars import FAR, Calendar
from sim.instant import ARRIVAL, WORKER, content_key
from sim.issue import Issue
from sim.moment import Moment
from sim.scenario.staffing import Team
from sim.server import Server
from sim.task import Task

if TYPE_CHECKING:
    from sim.model import GovernanceModel


Meeting = tuple[int, int, Issue, int, float]
"""Reading of the clock, number of the note, issue, its watch when it was noted, its spot on the grid's loop."""


class Stretch(NamedTuple):
    """A part of the round that is walked once more when the round is done: where it lies on the round, and when it comes."""

    first: float
    last: float
    begins: int


class GridWorker(Agent, Server):
    """One seat of a team, with its shift, its grids and its round. Between cases it walks or does paperwork."""

    def __init__(
        self, model: GovernanceModel, name: str, number: int, team: Team, calendar: Calendar, clock: PatrolClock
    ) -> None:
        super().__init__(model, name, number, calendar)
        self.team = team
        self.clock = clock
        self.patrols = "patrol" in team.duties
        self.grids: tuple[int, ...] = ()
        self.base = calendar
        self.away: list[tuple[int, int]] = []
        self.centre = (0.0, 0.0)
        self.round_seconds = 1
        self.grid_begins: dict[int, float] = {}
        self.grid_share: dict[int, float] = {}
        self.start = 0
        self.order = 0
        self.backwards = False
        self.again: tuple[Stretch, ...] = ()
        self.loop_seconds = 0
        """of the round, without what is walked once more; 0: nothing is"""
        self.households = 1
        self.occupant = 0
        """how many have held the seat before"""
        self.joined = -FAR
        """since when the present one holds it"""
        self.meetings: list[Meeting] = []
        self.suits: Callable[[GridWorker, Task], None] | None = None
        """what a fresh task is for this very worker; None: the same as for anybody"""
        self.finds: Callable[[GridWorker, Issue], bool] = lambda worker, issue: False
        self._tick_at = -1
        self._pushed = 0

    # -- on the round ------------------------------------------------------------------------------------------------

    def sees_on_pass(self, visibility: float, luck: float) -> int:
        """Which pass of a live issue is the first on which it is seen (geometric); 0 if none ever is."""
        if visibility <= 0:
            return 0
        return 1 if visibility >= 1 else max(1, math.ceil(math.log(luck) / math.log(1 - visibility)))

    def watches(self, issue: Issue, spot: float, passes: int) -> None:
        """Note at which reading of the patrol clock this worker will see an issue that lies at `spot` of its grid's loop."""
        if not passes:
            return
        now = self.model.env.now  # type: ignore[attr-defined]
        (self.clock.settle if self.task is None else self.clock.skip)(now)
        self._notes(issue, issue.watch, spot, passes)
        if self.meetings[0][2] is issue:
            self.looks_again(now)  # the tick that is set is too late for this one

    def _notes(self, issue: Issue, watch: int, spot: float, passes: int) -> None:
        ahead = self._ahead(issue, spot)
        turns, which = divmod(passes - 1, len(ahead))
        self._pushed += 1
        heappush(self.meetings, (self.clock.walked + ahead[which] + turns * self.round_seconds, self._pushed, issue, watch, spot))

    def _ahead(self, issue: Issue, spot: float) -> list[int]:
        """Seconds of walking until each of the places of the round at which an issue is passed."""
        place = (self.grid_begins[issue.grid] + spot * self.grid_share[issue.grid]) % 1.0
        if self.backwards:
            place = 1.0 - place
        loop = self.loop_seconds or self.round_seconds
        at = [math.floor(place * loop)]
        at += [begins + math.floor((place - first) * loop) for first, last, begins in self.again if first <= place < last]
        return sorted((second - self.start - self.clock.walked) % self.round_seconds for second in at)

    def looks_ahead(self, now: int) -> None:
        """Set the next tick: the earliest moment at which the nearest issue of the round can be met.

        Cases only delay a meeting, so a tick that is set stays a lower bound; it looks again when it comes.
        """
        while self.meetings and not self._still(self.meetings[0], now):
            heappop(self.meetings)
        if not self.meetings:
            return
        at = self.clock.reach(self.meetings[0][0])
        if at == self._tick_at or at >= self.model.horizon:  # type: ignore[attr-defined]
            return
        self._tick_at = at
        Moment(self.model.env, at - now, content_key(ARRIVAL, WORKER, self.order), lambda _: self._tick(at))  # type: ignore[attr-defined]

    def walks_anew(self, again: tuple[Stretch, ...], seconds: int, loop_seconds: int) -> None:
        """From now on the round is `seconds` long: the loop of `loop_seconds`, then some stretches of it once more.

        Who is on the loop goes on from there, who was beyond it begins anew. An issue that was to be seen on the n-th
        pass from now is seen on the n-th pass of the new round.
        """
        now = self.model.env.now  # type: ignore[attr-defined]
        (self.clock.settle if self.task is None else self.clock.skip)(now)
        left = [(issue, watch, spot, self._passes_until(reading, issue, spot))
                for reading, _, issue, watch, spot in sorted(self.meetings) if issue.watch == watch and issue.live(now)]  # fmt: skip
        here = (self.start + self.clock.walked) % self.round_seconds
        here = here if here < (self.loop_seconds or self.round_seconds) else 0
        self.again, self.round_seconds, self.loop_seconds = again, seconds, loop_seconds
        self.start = here - self.clock.walked
        self.meetings = []
        for issue, watch, spot, passes in left:
            self._notes(issue, watch, spot, passes)
        self.looks_again(now)

    def _passes_until(self, reading: int, issue: Issue, spot: float) -> int:
        ahead = (reading - self.clock.walked - seconds for seconds in self._ahead(issue, spot))
        return max(1, sum(1 + rest // self.round_seconds for rest in ahead if rest >= 0))

    def keeps(self, hours: Calendar, shifts: HasIntervals, day_of: np.ndarray) -> None:
        """From now on these are its hours, which lie so on the civil days."""
        now = self.model.env.now  # type: ignore[attr-defined]
        (self.clock.settle if self.task is None else self.clock.skip)(now)
        self.calendar = hours
        self.clock.serves(shifts, day_of)
        self.looks_again(now)

    def looks_again(self, now: int) -> None:
        """Its hours or its round have changed: the tick that is set may be too late."""
        self._tick_at = -1
        if self.task is None:
            self.looks_ahead(now)

    @staticmethod
    def _still(meeting: Meeting, now: int) -> bool:
        """Whether there is anything to meet: the issue is live, and was not noted anew since (then that note counts)."""
        return meeting[2].live(now) and meeting[2].watch == meeting[3]

    def _tick(self, at: int) -> None:
        if self._tick_at != at:
            return
        self._tick_at = -1
        if self.task is not None:
            return
        self.clock.settle(at)
        while self.meetings and self.meetings[0][0] <= self.clock.walked:
            meeting = heappop(self.meetings)
            if self._still(meeting, at) and self.finds(self, meeting[2]):
                return
        self.looks_ahead(at)

    # -- on cases ----------------------------------------------------------------------------------------------------

    def handles_on_the_spot(self, issue: Issue, share: float, luck: float) -> bool:
        """Whether it puts a minor issue right where it stands (自行处置), if handling is among its duties."""
        return "handle" in self.team.duties and issue.severity0 == 1 and luck < share

    def content(self, seconds: int, luck: float) -> int:
        """Work content for this worker: more where it does not know the household. `luck` decides if it knows this one."""
        known = min(1.0, self.team.known_households / self.households)
        return seconds if luck < known else round(seconds * (1 + self.team.unfamiliar_extra))

    def available(self, now: int, urgent: bool) -> bool:
        """Free, on shift, and (where the patrol floor is protected) done with today's floor, unless it is an emergency."""
        if self.task is not None or not self.calendar.is_open(now):
            return False
        if urgent or not self.team.protect_floor or not self.patrols:
            return True
        self.clock.settle(now)
        return not self.clock.owes_floor()

    def next_available(self, now: int) -> int:
        at = self.calendar.next_open(now)
        if self.team.protect_floor and self.patrols and at == now:
            self.clock.settle(now)
            return self.clock.floor_done_at() if self.clock.owes_floor() else now
        return at

    def takes_up(self, task: Task, now: int) -> None:
        self.clock.settle(now)
        if self.suits is not None and task.server is None:  # a fresh task: nobody has worked on it before
            self.suits(self, task)

    def lays_down(self, now: int) -> None:
        self.clock.skip(now)

    def rests(self, now: int) -> None:
        if self.meetings and self._tick_at < 0:
            self.looks_ahead(now)
