"""The pace of closing of each department, day by day, of the training period: closings over what the fitted times expect.

Expected closings of a day are the hazard of the fitted times, summed over the cases that were open (the martingale estimate:
Aalen 1978; a ratio of observed to expected is a standardised rate, Breslow and Day 1987). Part of the scatter of the ratios is
chance of single cases, which every world has anyway: ratios are drawn in towards 1 until only what exceeds it is left.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from calibration.closing_rhythm import Spells
from sim.civil_time import CivilTime
from sim.closing_times import RhythmClock
from sim.records import MISSING

Array = np.ndarray
Tree = dict[str, Any]
WEEK = 7
FIRST_DAYS = 7
"""Days at the start of a log that tell no pace: what the log never saw keeps crews busy then (judgement)."""
LEAST_WEEKS, LEAST_CLOSINGS = 4, 100
"""Whole weeks that a training period needs, and closings that a department needs in them, to tell a pace."""
MOST = 4.0
"""Fastest pace of a day."""


def fit_paces(
    cases: pd.DataFrame, civil: CivilTime, cut: int, rhythms: list[Tree], closings: Mapping[tuple[str, str], Tree]
) -> list[Tree]:
    """The `replay.paces` of every department with closings enough; none where the training period has too few weeks."""
    first = _first_monday(civil)
    weeks = (civil.day_of(cut) - first) // WEEK
    if weeks < LEAST_WEEKS:
        return []
    days = np.arange(first, first + weeks * WEEK + 1)
    edges = np.array([civil.seconds_at(civil.start + timedelta(days=int(day))) for day in days])
    clocks = {each["name"]: RhythmClock(np.array(each["weights"]), civil, cut) for each in rhythms}
    worked = cases[(cases["outcome"] != "self_handled") & (cases["reported_at"] < cut)]
    found = []
    for unit, rows in worked.groupby(worked["department"].astype(str)):
        closed, expected = _counted(str(unit), rows, edges, cut, clocks, closings)
        if closed.sum() >= LEAST_CLOSINGS:
            found.append({"department": str(unit), "days": [round(float(each), 3) for each in paces(closed, expected)]})
    return found


def paces(closed: Array, expected: Array) -> Array:
    """The pace of each day: the ratio, its distance from 1 lessened to what exceeds chance (variance 1 / expected)."""
    ratio = np.divide(closed, expected, out=np.ones(len(closed)), where=expected > 0)
    scatter = float(np.average((ratio - 1) ** 2, weights=np.maximum(expected, 1e-9)))
    true = max(0.0, scatter - len(expected) / max(float(expected.sum()), 1e-9))
    kept = np.sqrt(true / (true + 1 / np.maximum(expected, 1e-9)))
    return np.clip(1 + kept * (ratio - 1), 0.0, MOST)


def _first_monday(civil: CivilTime) -> int:
    """Days from the start to the first Monday after FIRST_DAYS."""
    return FIRST_DAYS + (-(civil.start.weekday() + FIRST_DAYS)) % WEEK


def _counted(
    unit: str, rows: pd.DataFrame, edges: Array, cut: int, clocks: Mapping[str, RhythmClock], closings: Mapping[tuple[str, str], Tree]
) -> tuple[Array, Array]:
    """Closings of each day, those at once left out, and expected ones."""
    closed_at = rows["closed_at"].to_numpy(dtype=np.int64)
    closed = (closed_at != MISSING) & (closed_at < cut)
    spells = Spells(rows["reported_at"].to_numpy(dtype=np.int64), np.where(closed, closed_at, cut), closed)
    slow = spells.of(np.flatnonzero(~spells.at_once))
    category = rows["category"].astype(str).to_numpy(dtype=object)[~spells.at_once]
    expected = np.zeros(len(edges) - 1)
    for name in sorted(set(category)):
        own = (unit, name) in closings
        mine = slow.of(np.flatnonzero(category == name))
        clock = clocks[closings[unit, name if own else "*"]["rhythm"]]
        expected += _expected(mine, mine if own else slow, clock, edges)
    return np.histogram(slow.ended[slow.closed], edges)[0].astype(float), expected


def _expected(mine: Spells, learnt: Spells, clock: RhythmClock, edges: Array) -> Array:
    """Hazard of the times of `learnt` (Nelson-Aalen, in the rhythm), summed over the open cases of `mine`, day by day."""
    curve = learnt.curve(clock)
    before = np.concatenate([[1.0], curve.still[:-1]])
    hazard = np.concatenate([[0.0], np.cumsum(1 - curve.still / np.maximum(before, 1e-12))])
    times, opened = np.concatenate([[0.0], curve.seconds]), clock.aged(mine.opened)

    def gone(at: Array) -> Array:
        return hazard[np.searchsorted(times, np.rint(clock.aged(at) - opened), side="right") - 1]

    upto = [gone(np.clip(np.full(len(opened), edge), mine.opened, mine.ended)).sum() for edge in edges]
    return np.diff(upto)
