"""What neighbours do by themselves: contacts in buildings who see and report, and a pact that is kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from sim.issue import Issue
from sim.mechanisms.participation.seats import Circles
from sim.mechanisms.residents.civic import Civic
from sim.scenario.participation.helping import BuildingContacts, Pact
from sim.scenario.participation.meetings import Council
from sim.streams import Luck

CHANNEL = "grid_worker"


class ContactsInBuildings(Civic):
    """Somebody in the building notices, tells the grid worker, and needs no way for it."""

    plan: BuildingContacts

    def __init__(self, model: Any, plan: BuildingContacts, number: int) -> None:
        super().__init__(model, plan, number)
        buildings = Council.model_construct(name="building", households=plan.households, coverage=plan.coverage)
        self._buildings = Circles(model.city, buildings)

    def began(self, issue: Issue) -> None:
        building = self._buildings.of_point(issue.community, issue.x, issue.y)
        if building is None or not self.in_force(issue.community):
            return
        plan, model = self.plan, self.model
        if self.luck("sees", issue.code) >= plan.sees or self.luck("reports", issue.code) >= plan.reports:
            return
        noticed = model.category(issue).notice.draw(self.luck("notices", issue.code))
        at = model.env.now + noticed + plan.delay.draw(self.luck("delay", issue.code))
        self.at(at, partial(self._tells, issue, self._buildings.name(issue.community, building)))

    def _tells(self, issue: Issue, building: str) -> None:
        if issue.live(self.model.env.now):
            self.write("told", building, str(issue.number), float(self.model.env.now - issue.onset))
            self.model.discovery.report(issue, CHANNEL, f"contact-{building}", 0)


class PactOfNeighbours(Civic):
    """What a household that keeps the pact would have caused does not begin; the nearest home is the cause."""

    plan: Pact

    def __init__(self, model: Any, plan: Pact, number: int) -> None:
        super().__init__(model, plan, number)
        self._habits = Luck(0)

    def keeps(self, household: int) -> bool:
        """Whether a household signed the pact and keeps it, in every world the same."""
        signs = self._habits.uniform("pact signs", household) < self.plan.signs
        return signs and self._habits.uniform("pact keeps", household) < self.plan.keeps

    def prevents(self, issue: Issue) -> bool:
        conduct = issue.severity0 <= self.plan.severe and self.code(issue) in self.plan.categories
        if not conduct or not self.in_force(issue.community):
            return False
        city = self.model.city
        home = int(city.communities[issue.community].neighbours.query((issue.x, issue.y))[1])
        if not self.keeps(issue.community * city.plan.households_per_community + home):
            return False
        self.write("kept", self.name_of(issue.community), self.code(issue), 1.0)
        return True
