"""Worlds whose cases close in the rhythm that was fitted: the wait of each is what crews do not take of its time to close."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.calendars import Calendar
from sim.drawn_closings import Drawn, calendars_of, drawn_ends
from sim.records import MISSING
from sim.scenario import Scenario
from sim.units import DAY
from sim.world import World

NEVER = 40 * 365 * DAY
"""Seconds of a wait that outlasts any log."""


def in_rhythm(scenario: Scenario, world: World, opened: np.ndarray, seed: int) -> World:
    """The world with waits drawn from the closings of the scenario's demands, where it has them; all waits by the clock on
    the wall. `opened`: when each case was opened, before 0 for those that were open when the world begins."""
    assert scenario.replay is not None
    measured = world.measured
    if measured is None or not scenario.replay.rhythms:
        return world
    return with_closings(scenario, world, drawn_ends(scenario, measured, world.code, opened, seed))


def with_closings(scenario: Scenario, world: World, drawn: Drawn) -> World:
    """The world with the closings that were drawn for its cases; what came before it begins waits from its first second."""
    measured = world.measured
    assert measured is not None
    calendars = calendars_of(scenario)
    begun, work = np.maximum(0, world.onset), measured.work.copy()
    wait = np.zeros(len(work), dtype=np.int64)
    for unit in sorted(set(measured.department)):
        rows = np.flatnonzero(measured.department == unit)
        timed = rows[drawn.timed[rows]]
        wait[rows] = _by_the_wall(calendars[unit], begun[rows], measured.wait[rows])
        work[timed], wait[timed] = crew_part(calendars[unit], begun[timed], drawn.ends[timed], work[timed], drawn.queue[timed])
    wait[drawn.at_once] = (drawn.ends - begun)[drawn.at_once]
    work[drawn.at_once] = 0
    return replace(world, measured=replace(measured, work=work, wait=wait, natural=True, no_crew=drawn.at_once))


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
