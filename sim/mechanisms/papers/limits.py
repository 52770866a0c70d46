"""Limits by class, and what is urgent or waits for the plan."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.papers.joint import TwoDepartments
from sim.mechanisms.papers.paper import Paper
from sim.scenario.centres.limits import ThreeLimits, Tiers
from sim.units import Duration

MAJOR, ORDINARY, MINOR = 3, 2, 1


class ThreeHandlingLimits(Paper):
    """Sets the clock of a case by its severity, and by whether departments contest or share it."""

    plan: ThreeLimits

    def begins(self) -> None:
        self._shared = self.fellow(TwoDepartments)

    def limit(self, case: Case, limit: Duration) -> Duration:
        if not self.here(case):
            return limit
        if case.severity_seen == MAJOR:
            return self.plan.at_once
        if self.contests(case) or (self._shared is not None and self._shared.needs_two(case)):
            return self.plan.involved
        return self.plan.same_day if case.severity_seen == ORDINARY else self.plan.limited


class UrgentAndPlanned(Paper):
    """Urgent cases go to the first class with a limit of their own; some minor ones wait for the next plan."""

    plan: Tiers

    def _urgent(self, case: Case) -> bool:
        return case.severity_seen >= self.plan.urgent_from

    def _planned(self, case: Case) -> bool:
        small = case.severity_seen == MINOR and not self._urgent(case)
        return small and self.model.owner_level(case) != "grid" and self.lucky(case, "planned", self.plan.planned)

    def limit(self, case: Case, limit: Duration) -> Duration:
        if not self.here(case):
            return limit
        if self._urgent(case):
            return self.plan.urgent
        return self.plan.planned_limit if self._planned(case) else limit

    def priority(self, case: Case, number: int) -> int:
        return min(number, 1) if self.here(case) and self._urgent(case) else number

    def wait(self, case: Case, step: str, seconds: int) -> int:
        if step != "external" or not self.here(case) or not self._planned(case):
            return seconds
        every = self.plan.plan_every.seconds
        return seconds + every - self.model.env.now % every
