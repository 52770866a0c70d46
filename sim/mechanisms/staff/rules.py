"""What rules ask of workers: a new one is looked up until it is known, quotas are filled, terminals shorten the report."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from sim.agents.grid_workers import GridWorker
from sim.case import Case
from sim.issue import Issue
from sim.mechanisms.staff.crew import MONTH, Crew
from sim.task import Task
from sim.units import HOUR

FIRST_INVENTED = 2 * 10**12
"""Case numbers of reports on nothing begin here."""
_A_SECOND = 1000


class NewRule(Crew):
    """Workers and desks look the rule up until they know it; while the buffer lasts desks also see which rule holds."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._done: Counter[tuple[str, int]] = Counter()

    def _looks_up(self, who: tuple[str, int], *occasion: object) -> int:
        self._done[who] += 1
        return self.plan.looks_up.draw(self.luck("looks up", *occasion)) if self._done[who] <= self.plan.times else 0

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        case = task.case
        if case is None or not self.concerns(worker):
            return seconds
        occasion = (task.activity, case.issue.code, case.occasion(task.attempt))
        return seconds + self._looks_up(self.holder(worker), *occasion)

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        if step.startswith("report ") or not seconds or not self.here(case):
            return seconds
        occasion = (step, case.issue.code, case.opening)
        seconds += self._looks_up((f"desk {step}", case.issue.community), *occasion)
        if self.model.now < self.plan.starts.seconds + self.plan.buffer.seconds:
            seconds += self.plan.both.draw(self.luck("both", *occasion))
        return seconds


class ReportByTerminal(Crew):
    """Who has a terminal writes the report where it stands; the luck of the case decides between short and long, as ever."""

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        if not step.startswith("report ") or not self.here(case):
            return seconds
        if self.luck("has one", case.by) >= self.plan.share:
            return seconds
        return self.plan.report.draw(self.model.efforts.chance(step, case))


class ReportQuotas(Crew):
    """At the end of a month some of those who are short of reports fill up: reports on nothing, written in working time."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._found: Counter[str] = Counter()
        self._invented = 0

    def begins(self) -> None:
        self.every(MONTH, self._month_ends, first=MONTH - min(self.plan.last.seconds, MONTH))
        self.every(MONTH, self._found.clear)

    def opened(self, case: Case) -> None:
        if case.channel == "patrol":
            self._found[case.by] += 1

    def _month_ends(self) -> None:
        now, last = self.model.env.now, self.plan.last.seconds
        for worker in self.model.teams.workers:
            lack = self.plan.reports - self._found[worker.name]
            if lack <= 0 or not worker.patrols or not self.concerns(worker):
                continue
            if self.luck("fills up", *self.holder(worker)) < self.plan.fills_up:
                open_seconds = worker.calendar.work_between(now, now + last)
                for number in range(lack):
                    at = worker.calendar.add_work(now, round((number + 0.5) / lack * open_seconds))
                    self.at(at, partial(self._fills_up, worker, now + last))

    def _fills_up(self, worker: GridWorker, until: int) -> None:
        """Write one, or try again in an hour if there is real work to do."""
        now = self.model.env.now
        if now >= until or self._found[worker.name] >= self.plan.reports:
            return
        if worker.available(now, False):
            self._reports_nothing(worker)
        else:
            self.at(now + HOUR, partial(self._fills_up, worker, until))

    def _reports_nothing(self, worker: GridWorker) -> None:
        now, model = self.model.env.now, self.model
        self._invented += 1
        grid = worker.grids[int(self.luck("grid", worker.name, now) * len(worker.grids))]
        codes = [number for number, each in enumerate(model.scenario.issues.categories) if each.visibility > 0] or [0]
        category = codes[int(self.luck("category", worker.name, now) * len(codes))]
        code = FIRST_INVENTED + now * _A_SECOND + worker.order
        nothing = Issue(-1, code, now, self.community(worker), grid, category)
        nothing.x, nothing.y = model.city.grids[grid].centre
        worker.clock.settle(now)
        model.discovery.open_finding(nothing, code, worker)
        self.write("reports_nothing", model.city.communities[nothing.community].name, worker.name, 1.0)
