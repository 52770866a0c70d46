"""Plans for cases: made by the crew, or found in a library of plans."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.papers.paper import Paper
from sim.scenario.knowledge import Library, Planning


class LibraryOfPlans(Paper):
    """Holds plans for some of the situations; what is made may be added."""

    plan: Library

    def begins(self) -> None:
        self._added: set[int] = set()
        self._found = self._made = 0

    def finds(self, case: Case) -> bool:
        """Whether it holds a plan for the case. If not, one is made, and added if plans are kept."""
        situation = int(self.luck("situation", case.issue.code) * self.plan.situations)
        if situation < self.plan.kept or situation in self._added:
            self._found += 1
            return True
        self._made += 1
        if self.plan.adds:
            self._added.add(situation)
        return False

    def ends(self) -> None:
        self.write("found", amount=self._found)
        self.write("not found", amount=self._made)


class PlansForCases(Paper):
    """A crew of the department makes the plan, or finds one, before the work."""

    plan: Planning

    def begins(self) -> None:
        self._library = self.fellow(LibraryOfPlans)

    def prepares(self, case: Case) -> Steps | None:
        concerns = case.attempt == 1 and self.owned_by(case) is not None and self.here(case)
        return self._plans(case) if concerns and self.lucky(case, "needed", self.plan.share) else None

    def _plans(self, case: Case) -> Steps:
        library, owner = self._library, self.owned_by(case)
        assert owner is not None
        found = library is not None and library.here(case) and library.finds(case)
        work = library.plan.find if found and library else self.plan.work
        effort = work.draw(self.luck("plan", case.issue.code, case.opening))  # the same luck, found or made
        yield owner.station.work(case, "plan", effort, urgent=case.severity_seen == 3)
