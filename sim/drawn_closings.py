"""The closings of a world's cases as they were fitted, in the rhythm of the week, before crews have a say."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from sim.calendars import Calendar
from sim.civil_time import CivilTime
from sim.closing_times import RhythmClock, closing_times
from sim.paces import paces_of
from sim.records import MISSING
from sim.scenario import Scenario
from sim.scenario.closing import Closing
from sim.units import DAY
from sim.working_hours import WorkingHours
from sim.world import Measured

PACED_AFTER = 28
"""Days after the horizon whose pace is still drawn; closings later than that are seen by nobody."""


@dataclass(frozen=True)
class Drawn:
    """Which cases have a fitted closing, when it is (MISSING: never), the usual wait for crews, and which need no crew: closed
    at once, or while the department is shut."""

    timed: np.ndarray
    ends: np.ndarray
    at_once: np.ndarray
    queue: np.ndarray

    def of(self, rows: np.ndarray) -> Drawn:
        """Those of some of the cases."""
        return Drawn(*(getattr(self, each.name)[rows] for each in fields(self)))


def drawn_ends(
    scenario: Scenario, measured: Measured, code: np.ndarray, opened: np.ndarray, seed: int, alive: bool = True
) -> Drawn:
    """The closing of every case as fitted. `opened`: before 0 for cases from before the world begins.

    `alive`: those are known to be open then, after a past that was as fitted. If not, days before 0 have a drawn pace like any
    other, and what has closed by then ends before 0 (never at MISSING).
    """
    assert scenario.replay is not None
    early = int(-(min(0, int(opened.min(initial=0))) // DAY)) + 1
    start = scenario.time.start - timedelta(days=early)
    civil = CivilTime(start, scenario.time.zone)
    begin = civil.seconds_at(scenario.time.start)
    clocks = _Clocks(scenario, civil, early if alive else 0, begin + scenario.time.horizon.seconds, seed)
    now = begin if alive else 0
    closings = {(row.department, row.category): row.closing for row in scenario.replay.demands if row.closing is not None}
    drawn = Drawn(np.zeros(len(code), bool), np.full(len(code), MISSING, np.int64), np.zeros(len(code), bool), np.zeros(len(code)))
    names = pd.DataFrame({"department": measured.department.astype(str), "category": measured.category.astype(str)})
    for (unit, category), rows in names.groupby(["department", "category"]).indices.items():
        closing = _closing(closings, str(unit), str(category))
        if closing is None:
            continue
        found, drawn.at_once[rows] = closing_times(closing, clocks.of(closing.rhythm, str(unit)), opened[rows] + begin, now, code[rows], seed)
        drawn.timed[rows], drawn.queue[rows] = True, closing.queue
        since = found - begin
        drawn.ends[rows] = np.where(found == MISSING, MISSING, np.where(since == MISSING, since - 1, since))
    return _out_of_hours(drawn, calendars_of(scenario), measured.department)


def _out_of_hours(drawn: Drawn, calendars: dict[str, Calendar], department: np.ndarray) -> Drawn:
    """What closes while its department is shut is closed by nobody's crew: it would only be put off to the next morning."""
    shut = np.zeros(len(department), dtype=bool)
    for unit in sorted(set(department)):
        rows = np.flatnonzero((department == unit) & drawn.timed & (drawn.ends != MISSING))
        shut[rows] = calendars[unit].work_between_many(np.maximum(0, drawn.ends[rows] - 1), np.maximum(1, drawn.ends[rows])) == 0
    return replace(drawn, at_once=drawn.at_once | shut)


class _Clocks:
    """The clock of each rhythm at the pace of each department in one world."""

    def __init__(self, scenario: Scenario, civil: CivilTime, paced_from: int, until_s: int, seed: int) -> None:
        assert scenario.replay is not None
        self._weights = {each.name: np.array(each.weights) for each in scenario.replay.rhythms}
        self._paces = paces_of(scenario.replay.paces, civil.start, paced_from, until_s // DAY + PACED_AFTER, seed)
        self._civil, self._until = civil, until_s
        self._made: dict[tuple[str, str], RhythmClock] = {}

    def of(self, rhythm: str, department: str) -> RhythmClock:
        """The clock that cases of a department age by."""
        key = (rhythm, department)
        if key not in self._made:
            self._made[key] = RhythmClock(self._weights[rhythm], self._civil, self._until, self._paces.get(department))
        return self._made[key]


def _closing(closings: dict[tuple[str, str], Closing], unit: str, category: str) -> Closing | None:
    return closings.get((unit, category), closings.get((unit, "*")))


def calendars_of(scenario: Scenario) -> dict[str, Calendar]:
    working = WorkingHours(scenario)
    return {unit.name: working.calendars[unit.calendar] for unit in scenario.staffing.departments}
