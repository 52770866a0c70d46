"""Questions that residents ask: at the desk, or of a digital person."""

from __future__ import annotations

from sim.mechanisms.papers.paper import Paper
from sim.mechanisms.papers.visitors import Visitors
from sim.scenario.centres.counters import DigitalDesk, Enquiries
from sim.scenario.chapter import LEVELS
from sim.station import Station


class DigitalPerson(Paper):
    """Answers routine questions of residents who can use it, at any hour and at once."""

    plan: DigitalDesk

    def answers(self, number: int, resident: int, community: int) -> bool:
        """Whether it answers this routine question of this resident."""
        skilled = bool(self.model.population.digital[resident])
        return self.in_force(community) and skilled and self.luck("knows", number) < self.plan.knows


class EnquiriesAtTheDesk(Visitors):
    """What the digital person does not answer waits for the people of the establishing desk."""

    plan: Enquiries

    def begins(self) -> None:
        super().begins()
        self._machine = self.fellow(DigitalPerson)
        self._asked = self._left = 0

    def comes(self, number: int, resident: int, community: int) -> None:
        self._asked += 1
        routine = self.luck("routine", number) < self.plan.routine
        if routine and self._machine is not None and self._machine.answers(number, resident, community):
            return
        self._left += 1
        self._desk(community).work(None, "enquiry", self.plan.work.draw(self.luck("work", number)))

    def _desk(self, community: int) -> Station:
        level, city = self.model.scenario.workflow.establishment.level, self.model.city
        unit = city.answers_to(city.communities[community].first_grid)[LEVELS.index(level)]
        return self.model.offices.desks[level, unit]

    def ends(self) -> None:
        self.write("asked", amount=self._asked)
        self.write("left to people", amount=self._left)
