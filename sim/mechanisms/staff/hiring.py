"""What a seat offers: how long it stays empty, whether who comes has done such work before, and what is paid."""

from __future__ import annotations

from sim.agents.grid_workers import GridWorker
from sim.mechanisms.staff.crew import Crew


class HiringRule(Crew):
    """Whom an empty seat is given to."""

    def vacancy(self, worker: GridWorker) -> int:
        """Seconds until the next one is found."""
        return self.plan.vacancy.draw(self.luck("vacancy", *self.holder(worker)))

    def head_start(self, worker: GridWorker) -> int:
        """Tasks that the present holder of a seat had done elsewhere."""
        hired = worker.occupant > 0 and self.luck("experienced", *self.holder(worker)) < self.plan.experienced
        return self.plan.head_start if hired else 0


class PayByGrade(Crew):
    """From its start pay goes by grade."""

    def pay(self, worker: GridWorker, grade: int) -> float:
        """Pay over the local mean."""
        return self.plan.pay[grade]
