"""Turnover: a worker quits when the integral of its hazard has passed an exponential number of its own."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.agents.grid_workers import GridWorker
from sim.calendars import FAR
from sim.mechanisms.staff.crew import MONTH, Crew
from sim.mechanisms.staff.hiring import HiringRule, PayByGrade
from sim.mechanisms.staff.skills import SkillGrades
from sim.units import DAY

YEAR = 365 * DAY
MIDDLE = 1
"""Grade of everybody where there are no grades."""


class Quitting(Crew):
    """Every month the hazard of each worker is set by its pay and by its load of the month before."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._passed: dict[str, float] = {}
        self._spent: dict[str, tuple[int, int]] = {}

    def begins(self) -> None:
        self._hiring, self._grades = self.fellow(HiringRule), self.fellow(SkillGrades)
        self._reform = self.fellow(PayByGrade)
        rate = self.plan.per_year / YEAR
        for worker in self._staff():
            worker.joined = round(math.log(self.luck("tenure", worker.name)) / rate)
            self._spent[worker.name] = (0, 0)
        self.every(MONTH, self._month, first=0)

    def _staff(self) -> list[GridWorker]:
        spares = {worker.name for seats in self.model.teams.spares.values() for worker in seats}
        return [worker for worker in self.model.teams.workers if worker.name not in spares]

    def _month(self) -> None:
        now = self.model.env.now
        for worker in self._staff():
            load = self._load(worker, now)
            if self.concerns(worker):
                self._runs(worker, now, self.hazard(worker, load))

    def _load(self, worker: GridWorker, now: int) -> float:
        """Share of the shift of the month before that went into cases (in overtime too) and paperwork."""
        done = worker.served + sum(worker.clock.paper_days)
        shift = worker.base.work_between(0, now)
        before, shift_before = self._spent[worker.name]
        self._spent[worker.name] = (done, shift)
        return (done - before) / (shift - shift_before) if shift > shift_before else self.plan.usual_load

    def hazard(self, worker: GridWorker, load: float) -> float:
        """Quits a second at this load."""
        plan = self.plan
        by_pay = (plan.usual_pay / self._pay(worker)) ** plan.pay_power
        return plan.per_year / YEAR * by_pay * (max(load, 0.01) / plan.usual_load) ** plan.load_power

    def _pay(self, worker: GridWorker) -> float:
        if self._reform is None or not self._reform.concerns(worker):
            return self.plan.usual_pay
        grade = self._grades.grade(worker) if self._grades is not None and self._grades.concerns(worker) else MIDDLE
        return self._reform.pay(worker, grade)

    def _runs(self, worker: GridWorker, now: int, hazard: float) -> None:
        """Let the integral grow for a month from now, or from the day on which the seat is filled."""
        begins, ends = max(now, worker.joined), now + MONTH
        limit = -math.log(self.luck("stays", *self.holder(worker)))
        passed = self._passed.get(worker.name, 0.0)
        if begins >= ends or hazard <= 0:
            return
        self._passed[worker.name] = passed + hazard * (ends - begins)
        if self._passed[worker.name] >= limit:
            self.at(max(begins, begins + round((limit - passed) / hazard)), partial(self._quits, worker))

    def _quits(self, worker: GridWorker) -> None:
        now = self.model.env.now
        vacancy = self._vacancy(worker)
        served = max(0.0, (now - worker.joined) / YEAR)
        self.write("quits", self.model.city.communities[self.community(worker)].name, worker.name, served)
        self.model.teams.leaves(worker, now + vacancy)
        worker.occupant += 1
        worker.joined = min(FAR, now + vacancy)
        self._passed[worker.name] = 0.0
        self.write("vacancy", self.model.city.communities[self.community(worker)].name, worker.name, vacancy / DAY)

    def _vacancy(self, worker: GridWorker) -> int:
        if self._hiring is not None and self._hiring.concerns(worker):
            return self._hiring.vacancy(worker)
        return self.plan.vacancy.draw(self.luck("vacancy", *self.holder(worker)))
