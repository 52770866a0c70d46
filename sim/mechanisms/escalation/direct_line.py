"""The emergency direct line (网格应急直通车): a grid worker decides on the spot and calls the crew, past desks and levels."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.mechanism import Mechanism
from sim.records import MISSING
from sim.scenario.escalation import DirectLine as Plan
from sim.units import HOUR

WORKING_HOURS = 2000
"""Hours that a full-time person works a year (as for the cost of a case)."""
DESKS = ("establish", "dispatch")


class DirectLine(Mechanism):
    """Cases inside the right lie at no desk and pass no level; where its boundary is unclear, some lesser ones go along."""

    plan: Plan


    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        """No papers at the desk: the call replaces them."""
        return 0 if step in DESKS and self.used(case) else seconds

    def through(self, case: Case, levels: tuple[str, ...]) -> tuple[str, ...]:
        """No level on the way. Written once a case."""
        if not self.used(case):
            return levels
        self.write("misuse" if self._beyond(case) else "call", unit=case.level, subject=str(case.case_id))
        return ()

    def priority(self, case: Case, number: int) -> int:
        """A crew that is called comes before what is in its queue."""
        return 1 if self.used(case) else number

    def used(self, case: Case) -> bool:
        """Whether a worker who stands there uses the line for this case."""
        there = case.channel == "patrol" or case.verified_at != MISSING
        category = self.model.category(case.issue)
        if not there or category.code not in self.plan.categories or not self.here(case):
            return False
        if self._cost(case) > self.plan.spending_limit:
            return False
        if not self._beyond(case):
            return True
        return self.plan.boundary == "unclear" and self.luck("misuse", case.issue.code, case.opening) < self.plan.misuse

    def _beyond(self, case: Case) -> bool:
        """Whether the case is a lesser one, for which the right was not meant."""
        return case.severity_seen < self.plan.least_severity

    def _cost(self, case: Case) -> float:
        """What the institution guesses that the work costs, in yuan."""
        return self.model.efforts.estimate(case) / HOUR * self.model.scenario.costs.crew_year / WORKING_HOURS
