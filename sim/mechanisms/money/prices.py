"""What meetings, training and emergency goods cost, booked at the end of the run out of what happened."""

from __future__ import annotations

from sim.mechanisms.emergencies.book import Line
from sim.mechanisms.papers.paper import Paper
from sim.mechanisms.staff.skills import Courses
from sim.scenario.costs import Prices
from sim.units import HOUR

MEETINGS = ("meeting", "no quorum")
"""Events of councils and joint meetings for which people came together."""


class PricesOfThings(Paper):
    """Turns meetings, hours of training and renewed goods into money."""

    plan: Prices

    def ends(self) -> None:
        self._meetings()
        self._training()
        self._goods()

    def _books(self, at: int, kind: str, unit: str, amount: float) -> None:
        if amount and at >= self.plan.starts.seconds and at < self.model.horizon:
            self.model.journal.spending.append((at, kind, unit, amount))

    def _meetings(self) -> None:
        for at, mechanism, event, unit, _, _ in self.model.journal.happenings:
            if event in MEETINGS:
                self._books(at, "meetings", unit or mechanism, self.plan.meeting)

    def _training(self) -> None:
        courses = self.fellow(Courses)
        if courses is None:
            return
        price = courses.plan.hours.seconds / HOUR * self.plan.training_hour
        for team, stations in self.model.teams.stations:
            for station in stations.values():
                for name in sorted({worker.name for lane in station.lanes for worker in lane}):
                    for begins, _ in courses.absences(team, name):
                        self._books(begins, "training", station.name, price)

    def _goods(self) -> None:
        for mechanism in self.model.governance.mechanisms:
            lines: list[Line] = [] if (book := getattr(mechanism, "own_book", None)) is None else book.lines
            for line in lines:
                if line.event == "refilled":
                    self._books(line.at, "materials", line.unit, line.amount * self.plan.goods)
