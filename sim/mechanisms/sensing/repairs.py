"""Predictive maintenance and guided repair: some faults never come, and crews need not look for the others."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.departments import Department
from sim.case import Case
from sim.issue import Issue, issue_of
from sim.mechanisms.mechanism import Mechanism
from sim.records import MISSING
from sim.scenario.maintenance import Foresight as ForesightPlan
from sim.scenario.maintenance import GuidedRepair as GuidedPlan
from sim.station import Station
from sim.task import Task
from sim.units import DAY

QUARTER = 91 * DAY
ACTIVITY = "planned"
BY = "forecast"


class Foresight(Mechanism):
    """A forecast orders parts, then a planned job queues behind all cases; done before the fault, the fault does not come.

    If the fault comes first, it is known at that moment: nobody has to find it, and the parts are there or on the way.
    """

    plan: ForesightPlan

    def __init__(self, model: Any, plan: ForesightPlan, number: int) -> None:
        super().__init__(model, plan, number)
        self._parts_at: dict[int, int] = {}
        self._jobs: dict[int, Task] = {}

    def begins(self) -> None:
        if self.model.replayed:
            return
        world, codes = self.model.world, [each.code for each in self.model.scenario.issues.categories]
        watched = [number for number, code in enumerate(codes) if code in self.plan.categories]
        for number in np.flatnonzero(np.isin(world.category, watched)).tolist():
            issue = issue_of(world, number, self.model.issue_places.grid_of(number))
            at = issue.onset - self.plan.lead.draw(self.luck("lead", issue.code))
            if at >= 0:
                self.at(at, lambda issue=issue: self._forecasts(issue))

    def hit(self, now: int) -> float:
        """Probability that the model foresees a fault now: it fades from one renewal to the next."""
        age = now if self.plan.renewal is None else now % self.plan.renewal.seconds
        return max(0.0, self.plan.hit - self.plan.decay * age / QUARTER)

    # -- forecast, parts, planned job ---------------------------------------------------------------------------------

    def _forecasts(self, issue: Issue) -> None:
        if not self.in_force(issue.community):
            return
        hit = self.hit(self.model.env.now)
        if self.luck("wrong", issue.code) >= hit:
            self._station(issue).work(None, ACTIVITY, self._work(issue, "needless"))
            self.write("needless", self._name(issue))
        if self.luck("foresees", issue.code) < hit:
            self.write("foreseen", self._name(issue), str(issue.number))
            self._parts_at[issue.number] = self.model.env.now + self._parts(issue)
            self.at(self._parts_at[issue.number], lambda: self._plans(issue))

    def _plans(self, issue: Issue) -> None:
        if self.model.env.now < issue.onset:
            self._jobs[issue.number] = self._station(issue).work(None, ACTIVITY, self._work(issue, "planned"))

    def _parts(self, issue: Issue) -> int:
        external = self.model.category(issue).external
        if external is None or self.luck("parts", issue.code) >= external.share:
            return 0
        return external.wait.draw(self.luck("parts come", issue.code))

    def _work(self, issue: Issue, job: str) -> int:
        return max(1, self.model.category(issue).work.draw(self.luck(job, issue.code)))

    def _station(self, issue: Issue) -> Station:
        """The crews that would have the case."""
        category, offices = self.model.category(issue), self.model.offices
        level = category.authority[issue.severity0 - 1]
        if level in ("community", "subdistrict"):
            return offices.level_teams[level, offices.unit(issue, level)].station
        return offices.departments[category.departments[0]].station

    def _name(self, issue: Issue) -> str:
        return self.model.city.communities[issue.community].name

    # -- the fault ----------------------------------------------------------------------------------------------------

    def prevents(self, issue: Issue) -> bool:
        if issue.number not in self._parts_at:
            return False
        job = self._jobs.get(issue.number)
        if job is not None and job.server is not None:
            return self._done_before(issue)
        if job is not None:
            self._station(issue).withdraw(job)
        self.at(self.model.env.now, lambda: self._known_at_once(issue))
        return False

    def _done_before(self, issue: Issue) -> bool:
        """A planned job fails as often as any other; then the fault comes as if nothing had been foreseen."""
        if self.luck("holds", issue.code) >= self.model.category(issue).fix_quality:
            del self._parts_at[issue.number]
            return False
        self.write("prevented", self._name(issue), str(issue.number))
        return True

    def _known_at_once(self, issue: Issue) -> None:
        if issue.live(self.model.now):
            if issue.sensor_at == MISSING:
                issue.sensor_at = self.model.now
            self.model.discovery.report(issue, "sensor", BY, 0)

    def verify_share(self, case: Case, share: float) -> float:
        return 0.0 if case.by == BY else share

    def wait(self, case: Case, step: str, seconds: int) -> int:
        """Of the waiting for parts, what is left since they were ordered."""
        ordered = self._parts_at.get(case.issue.number) if case.issue.real else None
        return seconds if step != "external" or ordered is None else max(0, ordered - self.model.now)


class GuidedRepair(Mechanism):
    """A crew with guidance does not look for the fault."""

    plan: GuidedPlan

    def work(self, case: Case, department: Department, seconds: int) -> int:
        if department.level == "grid" or not self.here(case):
            return seconds
        if self.model.category(case.issue).code not in self.plan.categories:
            return seconds
        if self.luck("guided", case.issue.code, case.opening) >= self.plan.share:
            return seconds
        search = self.plan.search.draw(self.luck("search", case.issue.code, case.opening, case.attempt))
        return min(seconds, max(self.plan.least.seconds, seconds - search))
