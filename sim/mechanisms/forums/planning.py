"""What changes the way of a project: the urgent track, planners who live there, and residents who order and rate."""

from __future__ import annotations

from collections.abc import Sequence

from sim.mechanisms.forums.forum import Hiring
from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.papers.paper import Paper
from sim.scenario.forums.projects import OrderLoop, PlanCycle, Planners, Supplier, UrgentTrack
from sim.task import Task

NAME = "planners"


class UrgentProjects(Mechanism):
    """Dates between the planned ones."""

    plan: UrgentTrack


class PlanFromNeed(Mechanism):
    """Counted need and inspection."""

    plan: PlanCycle

    def mends(self, project: int) -> bool:
        """Whether a project that is not right is found before it is taken over."""
        return self.in_force() and self.luck("inspected", project) < self.plan.inspected


class ResidentPlanners(Hiring):
    """Designs wait in the planners' queue."""

    plan: Planners

    def begins(self) -> None:
        super().begins()
        if self.ever:
            self._desk = self.hires(NAME, self.plan.people, self.plan.calendar, self.plan.person_year)

    def designs(self, project: int) -> Task:
        """Ask for the design of a project."""
        return self._desk.work(None, "design", self.plan.work.draw(self.luck("work", project)))


class OrderLoopOfResidents(Paper):
    """Residents choose among suppliers that are not barred the one that they rated best."""

    plan: OrderLoop

    def begins(self) -> None:
        self._ratings: dict[str, list[float]] = {}
        self._barred_until: dict[str, int] = {}

    def chooses(self, suppliers: Sequence[Supplier]) -> Supplier:
        """The best rated supplier (one without a rating comes first, the cheapest of them); the cheapest if all are barred."""
        now = self.model.env.now
        free = [each for each in suppliers if self._barred_until.get(each.name, 0) <= now] or list(suppliers)
        return min(free, key=lambda each: (-self._rating(each.name), each.price, each.name))

    def _rating(self, name: str) -> float:
        given = self._ratings.get(name)
        return 1.0 if not given else sum(given) / len(given)

    def rates(self, project: int, supplier: Supplier, right: bool) -> None:
        """Residents rate what was built; a bad rating bars the supplier."""
        share = self.plan.content if right else self.plan.lenient
        content = sum(self.luck("content", project, rater) < share for rater in range(self.plan.raters))
        rating = content / self.plan.raters
        self._ratings.setdefault(supplier.name, []).append(rating)
        self.write("rated", supplier.name, str(project), rating)
        if rating < self.plan.least:
            self._barred_until[supplier.name] = self.model.env.now + self.plan.barred.seconds
            self.write("barred", supplier.name, str(project), rating)
