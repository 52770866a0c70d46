"""Worlds of a log whose cases close in the rhythm that was fitted, and worlds that begin inside the log.

A world that begins inside the log starts with the cases that were open then: each as old as it was, its closing drawn given
that it had not come. Crews take their work, and what they usually let a case wait, off the time to close; what they let it
wait beyond that (a surge, fewer crews) comes on top.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.replay import log_of, replay_world
from calibration.replay import world_of as plain_world_of
from sim.calendars import Calendar
from sim.civil_time import CivilTime
from sim.closing_times import RhythmClock, closing_times
from sim.paces import paces_of
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.scenario.closing import Closing
from sim.units import DAY
from sim.working_hours import WorkingHours
from sim.world import Measured, World

NEVER = 40 * 365 * DAY
"""Seconds of a wait that outlasts any log."""
PACED_AFTER = 28
"""Days after the horizon whose pace is still drawn; closings later than that are seen by nobody."""


def closing_world(scenario: Scenario, intake: Intake, seed: int) -> World:
    """The world of a log for a scenario that begins with it, or on a later day: then with the cases open on that day."""
    world, opened = opened_world(scenario, intake, seed)
    return in_rhythm(scenario, world, opened, seed)


def opened_world(scenario: Scenario, intake: Intake, seed: int) -> tuple[World, np.ndarray]:
    """The same before closings are drawn, and when each of its cases was opened (before 0: open when the world begins)."""
    now = _offset(scenario, intake)
    if now == 0:
        world = replay_world(scenario, intake, seed)
        return world, world.onset
    held = _held_at(scenario, intake, now)
    world = replay_world(scenario, _moved(scenario, intake, held, now), seed)
    return world, held.set_index("case_id")["reported_at"].loc[world.code].to_numpy() - now


def world_of(scenario: Scenario, log: Path, seed: int) -> World:
    """The world of a log file for a scenario and a seed; the file is read once a process."""
    return closing_world(scenario, log_of(scenario, log), seed) if _rhythmic(scenario) else plain_world_of(scenario, log, seed)


def _rhythmic(scenario: Scenario) -> bool:
    return scenario.replay is not None and bool(scenario.replay.rhythms)


def _offset(scenario: Scenario, intake: Intake) -> int:
    frame = intake.records.frame
    return CivilTime(date.fromisoformat(frame.start), frame.zone).seconds_at(scenario.time.start)


def _held_at(scenario: Scenario, intake: Intake, now: int) -> pd.DataFrame:
    """Cases open at `now` and cases that come later, within the scenario's horizon."""
    cases = intake.records["cases"]
    still = ((cases["closed_at"] == MISSING) | (cases["closed_at"] >= now)) & (cases["outcome"] != "self_handled")
    opened = cases["reported_at"]
    return cases[(opened < now + scenario.time.horizon.seconds) & ((opened >= now) | still)]


def _moved(scenario: Scenario, intake: Intake, held: pd.DataFrame, now: int) -> Intake:
    """The cases as a log that begins `now`: what was open then is opened in its first second."""
    due = held["handling_due"].to_numpy()
    cases = held.assign(
        reported_at=np.maximum(0, held["reported_at"] - now),
        handling_due=np.where(due == MISSING, MISSING, np.maximum(0, due - now)),
    )
    records = intake.records
    frame = replace(records.frame, start=scenario.time.start.isoformat(), horizon_s=records.frame.horizon_s - now)
    return replace(intake, records=RunRecords(frame, records.seed, {**records.tables, "cases": cases}, records.notes))


def in_rhythm(scenario: Scenario, world: World, opened: np.ndarray, seed: int) -> World:
    """The world with waits drawn from the closings of the scenario's demands, where it has them; all waits by the clock on
    the wall. `opened`: when each case was opened, before 0 for those that were open when the world begins."""
    assert scenario.replay is not None
    measured = world.measured
    if measured is None or not scenario.replay.rhythms:
        return world
    calendars = calendars_of(scenario)
    work = measured.work.copy()
    wait = np.zeros(len(work), dtype=np.int64)
    drawn = drawn_ends(scenario, measured, world.code, opened, seed)
    for unit in sorted(set(measured.department)):
        rows = np.flatnonzero(measured.department == unit)
        timed = rows[drawn.timed[rows]]
        wait[rows] = _by_the_wall(calendars[unit], world.onset[rows], measured.wait[rows])
        work[timed], wait[timed] = crew_part(calendars[unit], world.onset[timed], drawn.ends[timed], work[timed], drawn.queue[timed])
    wait[drawn.at_once] = (drawn.ends - world.onset)[drawn.at_once]
    work[drawn.at_once] = 0
    return replace(world, measured=replace(measured, work=work, wait=wait, natural=True, no_crew=drawn.at_once))


def calendars_of(scenario: Scenario) -> dict[str, Calendar]:
    working = WorkingHours(scenario)
    return {unit.name: working.calendars[unit.calendar] for unit in scenario.staffing.departments}


@dataclass(frozen=True)
class Drawn:
    """Which cases have a fitted closing, when it is (MISSING: never), the usual wait for crews, and which need no crew: closed
    at once, or while the department is shut."""

    timed: np.ndarray
    ends: np.ndarray
    at_once: np.ndarray
    queue: np.ndarray


def drawn_ends(scenario: Scenario, measured: Measured, code: np.ndarray, opened: np.ndarray, seed: int) -> Drawn:
    """The closing of every case as fitted, before crews have a say. `opened`: before 0 for cases open when the world begins."""
    assert scenario.replay is not None
    early = int(-(min(0, int(opened.min(initial=0))) // DAY)) + 1
    start = scenario.time.start - timedelta(days=early)
    civil = CivilTime(start, scenario.time.zone)
    begin = civil.seconds_at(scenario.time.start)
    clocks = _Clocks(scenario, civil, early, begin + scenario.time.horizon.seconds, seed)
    closings = {(row.department, row.category): row.closing for row in scenario.replay.demands if row.closing is not None}
    drawn = Drawn(np.zeros(len(code), bool), np.full(len(code), MISSING, np.int64), np.zeros(len(code), bool), np.zeros(len(code)))
    names = pd.DataFrame({"department": measured.department.astype(str), "category": measured.category.astype(str)})
    for (unit, category), rows in names.groupby(["department", "category"]).indices.items():
        closing = _closing(closings, str(unit), str(category))
        if closing is None:
            continue
        found, drawn.at_once[rows] = closing_times(closing, clocks.of(closing.rhythm, str(unit)), opened[rows] + begin, begin, code[rows], seed)
        drawn.timed[rows], drawn.queue[rows] = True, closing.queue
        drawn.ends[rows] = np.where(found == MISSING, MISSING, found - begin)
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

    def __init__(self, scenario: Scenario, civil: CivilTime, early: int, until_s: int, seed: int) -> None:
        assert scenario.replay is not None
        self._weights = {each.name: np.array(each.weights) for each in scenario.replay.rhythms}
        self._paces = paces_of(scenario.replay.paces, civil.start, early, until_s // DAY + PACED_AFTER, seed)
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


def _by_the_wall(calendar: Calendar, begun: np.ndarray, open_seconds: np.ndarray) -> np.ndarray:
    waits = np.minimum(open_seconds, NEVER)
    lasting = waits >= NEVER
    ends = calendar.add_work_many(begun, np.where(lasting, 0, waits))
    return np.where(lasting, NEVER, ends - begun)


def crew_part(
    calendar: Calendar, begun: np.ndarray, ends: np.ndarray, work: np.ndarray, queue: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Work of each case, no longer than its open time, and its wait (by the clock on the wall) before crews are asked."""
    never = ends == MISSING
    until = np.where(never, begun, np.maximum(ends, begun))
    room = calendar.work_between_many(begun, until)
    done = np.where(never, work, np.maximum(1, np.minimum(work, room)))
    # Nothing is left to wait where crews alone take as long as the case lasts.
    before = np.maximum(0, room - done - np.rint(queue).astype(np.int64))
    asked = np.where(before > 0, calendar.add_work_many(begun, before), begun)
    return done, np.where(never, NEVER, asked - begun)
