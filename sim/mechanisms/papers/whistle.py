"""The subdistrict whistles, departments report: no refusal, served first, somebody on the way within the limit."""

from __future__ import annotations

from functools import partial

from sim.agents.departments import Department
from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.papers.joint import TwoDepartments
from sim.mechanisms.papers.paper import Paper
from sim.records import MISSING
from sim.scenario.centres.joint import Whistle
from sim.station import Station
from sim.units import DAY, HOUR

FIRST = 0
"""Class that is served before all others."""
WEEK = 7 * DAY


class WhistleForDepartments(Paper):
    """Whistles for cases that departments contest or share, as long as the week has whistles left."""

    plan: Whistle

    def begins(self) -> None:
        self._two = self.fellow(TwoDepartments)
        if self._two is not None:
            self._two.joiners.append(lambda case: 0 if case.case_id in self._called else None)
        self._called: dict[int, int] = {}
        self._passed_over: set[int] = set()
        self._blown: dict[tuple[str, int], int] = {}

    def must_keep(self, case: Case, department: Department) -> bool:
        """A department that is whistled for comes; a case that does not belong there goes back all the same."""
        if case.case_id not in self._called and case.case_id not in self._passed_over and not case.misrouted:
            self._considers(case, department)
        return case.case_id in self._called

    def _considers(self, case: Case, department: Department) -> None:
        if self.owned_by(case) is None or not self.here(case) or not (self._shared(case) or self.contests(case)):
            return
        now, subdistrict = self.model.env.now, self.model.city.communities[case.issue.community].subdistrict
        week = subdistrict, now // WEEK
        if self._blown.get(week, 0) >= self.plan.per_week:
            self._passed_over.add(case.case_id)
            return
        self._blown[week] = self._blown.get(week, 0) + 1
        self._called[case.case_id] = now
        self.write("whistle", subdistrict, department.name, 1)

    def _shared(self, case: Case) -> bool:
        return self._two is not None and self._two.needs_two(case)

    def prepares(self, case: Case) -> Steps | None:
        called, owner = self._called.get(case.case_id), self.owned_by(case)
        if called is None or owner is None or case.attempt > 1:
            return None
        case.priority = FIRST
        stations = [owner.station, *([self._two.second(case).station] if self._two and self._shared(case) else [])]
        by = max(self.model.env.now, self.model.due(called, self.plan.within))
        for station in stations:
            self.at(by, partial(sends_out, station, case.case_id))
        return None

    def completes(self, case: Case) -> None:
        called = self._called.get(case.case_id)
        if called is not None and case.attempt == 1 and case.arrived_at != MISSING:
            place = self.model.city.communities[case.issue.community].subdistrict
            self.write("reported", place, case.department, (case.arrived_at - called) / HOUR)

    def closed(self, case: Case) -> None:
        self._called.pop(case.case_id, None)
        self._passed_over.discard(case.case_id)


def sends_out(station: Station, case_id: int) -> None:
    """What of a case still waits at a station is urgent from now on: somebody lays down ordinary work for it."""
    waiting = [task for line in station.lines for _, _, task in line.waiting()]
    for task in waiting:
        if task.case is not None and task.case.case_id == case_id and not task.urgent:
            now = station.env.now
            open_wait = station.calendar.work_between(task.queued_at, now)
            task.case.wait_capacity_s += open_wait
            task.case.wait_closed_s += now - task.queued_at - open_wait
            station.withdraw(task)
            task.urgent, task.on_call = True, station.rules.on_call
            station.join(task)
