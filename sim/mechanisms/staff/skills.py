"""What a worker can: skill grades, what one learns by doing, what courses teach."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sim.agents.grid_workers import GridWorker
from sim.case import Case
from sim.mechanisms.mechanism import Spells
from sim.mechanisms.staff.crew import Crew
from sim.mechanisms.staff.hiring import HiringRule
from sim.scenario.staffing import Team
from sim.task import Task

SENIOR = 2


def fewer_misses(share: float, misses: float) -> float:
    """Probability of success where failures are so many times those of `share`."""
    return max(0.0, 1 - (1 - share) * misses)


class SkillGrades(Crew):
    """Junior, middle and senior workers differ in the work that a task is for them, and in how often it fails."""

    def grade(self, worker: GridWorker) -> int:
        """Grade of the present holder of a seat: 0 junior, 1 middle, 2 senior. The hired begin as juniors."""
        first = self._first(worker)
        if self.plan.serves is None:
            return first
        since = self.model.env.now - max(0, worker.joined)
        return min(SENIOR, first + max(0, since // max(1, self.plan.serves.seconds)))

    def _first(self, worker: GridWorker) -> int:
        if worker.occupant:
            return 0
        luck, shares = self.luck("grade", worker.name), self.plan.shares
        return int(luck >= shares[0]) + int(luck >= shares[0] + shares[1])

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        return round(seconds * self.plan.work[self.grade(worker)]) if self.concerns(worker) else seconds

    def fix_share(self, case: Case, share: float) -> float:
        worker = self.handler(case)
        if worker is None or not self.concerns(worker):
            return share
        return fewer_misses(share, self.plan.misses[self.grade(worker)])


class LearningByDoing(Crew):
    """Who is new needs longer; half of the extra is gone after so many tasks."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._done: Counter[tuple[str, int]] = Counter()

    def begins(self) -> None:
        self._hiring = self.fellow(HiringRule)

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        if not worker.occupant or not self.concerns(worker):
            return seconds
        done = self._done[self.holder(worker)]
        self._done[self.holder(worker)] += 1
        done += self._hiring.head_start(worker) if self._hiring is not None else 0
        return round(seconds * (1 + self.plan.extra * 0.5 ** (done / self.plan.halves)))


class Courses(Crew):
    """Courses in working time, seat by seat; who has been to one since taking the seat is trained."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._dates: dict[str, list[int]] = {}

    def absences(self, team: Team, worker: str) -> Spells:
        """The courses of a seat: the first at a time of its own inside the period, then one a period, in open hours."""
        community, every = self.seat_in(team, worker), self.plan.every.seconds
        shift = self.model.calendars[team.shift]
        first = round(self.luck("first", worker) * every)
        spells = []
        for at in range(first, self.model.horizon, every):
            if self.on_day(community, at) and self.luck("comes", worker, at // every) < self.plan.coverage:
                begins = shift.next_open(at)
                spells.append((begins, shift.add_work(begins, self.plan.hours.seconds)))
        self._dates[worker] = [ends for _, ends in spells]
        return spells

    def trained(self, worker: GridWorker) -> bool:
        """Whether the present holder of a seat has been to a course since the start of the run."""
        now = self.model.env.now
        return any(worker.joined <= at <= now for at in self._dates.get(worker.name, ()))


class WhatTheUntrainedLack(Crew):
    """Incomplete reports cost the desk work; a procedure that is not known costs time in a major case."""

    def begins(self) -> None:
        self._courses = self.fellow(Courses)

    def _trained(self, worker: GridWorker) -> bool:
        return self._courses is not None and self._courses.trained(worker)

    def knows(self, worker: GridWorker) -> bool:
        """Whether the holder knows the procedure of a major case; one uniform decides before and after training."""
        share = self.plan.procedure.trained if self._trained(worker) else self.plan.procedure.untrained
        return self.luck("procedure", *self.holder(worker)) < share

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        case = task.case
        if case is None or not task.urgent or not self.concerns(worker) or self.knows(worker):
            return seconds
        return seconds + self.plan.looks_up.draw(self.luck("looks up", case.issue.code, case.occasion(task.attempt)))

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        finder = self.workers.get(case.by)
        if step != "establish" or finder is None or not self.concerns(finder):
            return seconds
        complete = self.plan.complete.trained if self._trained(finder) else self.plan.complete.untrained
        if self.luck("complete", case.issue.code, case.opening) < complete:
            return seconds
        return seconds + self.plan.asks_back.draw(self.luck("asks back", case.issue.code, case.opening))
