"""Fit of the times to close in the rhythm of closings, from the training period only.

The rhythm of a department (of a type with many closings: its own) is the weight of each hour of the week at which
closings drawn from the fitted times fall as often into each hour as the measured ones did. Times are Kaplan-Meier in that
rhythm. What was closed within five minutes is kept apart: it counts by the clock on the wall.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from calibration.survival import kaplan_meier
from sim.civil_time import CivilTime
from sim.closing_times import RhythmClock, hours_of_week
from sim.metrics.survival import Survival
from sim.records import MISSING
from sim.scenario.closing import BANDS, WEEK_HOURS
from sim.streams import uniforms

OWN_RHYTHM, OWN_TIMES, LEAST_RHYTHM = 300, 20, 60
"""Closings that a type needs for a rhythm and for times of its own, and a department for a rhythm that is not flat."""
PASSES, CALM = 4, 20.0
"""Times that the rhythm is set right, and closings by which each hour is held back (chosen on rolling origins of training)."""
AT_ONCE_S, BORROWED = 300, 20.0
"""Seconds within which a case counts as closed at once; cases' worth that a band borrows from its department."""
LEVELS = 120
"""Probabilities at which times are written down."""

Tree = dict[str, Any]


@dataclass(frozen=True)
class Spells:
    """Cases of a cell: when opened, until when seen, whether closed then."""

    opened: np.ndarray
    ended: np.ndarray
    closed: np.ndarray

    def of(self, rows: np.ndarray) -> Spells:
        """Some of them."""
        return Spells(self.opened[rows], self.ended[rows], self.closed[rows])

    @property
    def at_once(self) -> np.ndarray:
        """Closed within AT_ONCE_S."""
        return self.closed & (self.ended - self.opened <= AT_ONCE_S)

    def curve(self, clock: RhythmClock) -> Survival:
        """Kaplan-Meier of the times to close in a rhythm."""
        return kaplan_meier(np.rint(clock.aged(self.ended) - clock.aged(self.opened)), self.closed)


def fit_closings(cases: pd.DataFrame, civil: CivilTime, cut: int) -> tuple[list[Tree], dict[tuple[str, str], Tree]]:
    """Rhythms, and the `closing` of each department (type `*`) and of each type with OWN_TIMES closings."""
    worked = cases[(cases["outcome"] != "self_handled") & (cases["reported_at"] < cut)]
    closed = ((worked["closed_at"] != MISSING) & (worked["closed_at"] < cut)).to_numpy()
    spells = Spells(worked["reported_at"].to_numpy(), np.where(closed, worked["closed_at"], cut), closed)
    names = [worked[name].astype(str).to_numpy(dtype=object) for name in ("department", "category")]
    rhythms: list[Tree] = []
    closings: dict[tuple[str, str], Tree] = {}
    for unit in sorted(set(names[0])):
        rows = np.flatnonzero(names[0] == unit)
        for category, rhythm, closing in _department(unit, names[1][rows], spells.of(rows), civil, cut):
            closings[unit, category] = closing
            if rhythm is not None:
                rhythms.append(rhythm)
    return rhythms, closings


def _department(
    unit: str, category: np.ndarray, spells: Spells, civil: CivilTime, cut: int
) -> Iterator[tuple[str, Tree | None, Tree]]:
    weights = rhythm_weights(spells, civil, cut) if spells.closed.sum() >= LEAST_RHYTHM else np.ones(WEEK_HOURS)
    clock = RhythmClock(weights, civil, cut)
    shares, quick = _quick_shares(spells, clock, None), spells.ended[spells.at_once] - spells.opened[spells.at_once]
    yield "*", _rhythm(unit, weights), _closing(unit, spells, clock, shares, quick)
    for name in sorted(set(category)):
        mine = spells.of(np.flatnonzero(category == name))
        if mine.closed.sum() < OWN_TIMES:
            continue
        rhythm, own, called = None, clock, unit
        if mine.closed.sum() >= OWN_RHYTHM:
            called = f"{unit}: {name}"
            found = rhythm_weights(mine, civil, cut)
            rhythm, own = _rhythm(called, found), RhythmClock(found, civil, cut)
        here = mine.ended[mine.at_once] - mine.opened[mine.at_once]
        yield name, rhythm, _closing(called, mine, own, _quick_shares(mine, own, shares), here if len(here) >= 10 else quick)


def with_closings(demands: list[Tree], closings: dict[tuple[str, str], Tree], queue: dict[str, float]) -> list[Tree]:
    """The demands with their times to close in rhythm; types without one of their own have that of their department."""
    found = []
    for row in demands:
        key = (row["department"], row["category"])
        closing = closings.get(key)
        found.append(row if closing is None else {**row, "closing": {**closing, "queue": round(queue.get(key[0], 0.0))}})
    return found


def rhythm_weights(spells: Spells, civil: CivilTime, cut: int) -> np.ndarray:
    """Weights of the hours of the week at which drawn closings fall like the measured ones; mean 1."""
    seen = np.bincount(hours_of_week(civil, spells.ended[spells.closed]), minlength=WEEK_HOURS).astype(float)
    weights = np.maximum(seen, 0.02)
    u = uniforms(1, "rhythm", at=np.arange(len(spells.opened)))
    for _ in range(PASSES):
        clock = RhythmClock(weights, civil, cut)
        curve = spells.curve(clock)
        place = np.searchsorted(-curve.still, -(1 - u), side="left")
        spent = curve.seconds[np.minimum(place, len(curve.seconds) - 1)]
        ends = np.rint(clock.time(clock.aged(spells.opened) + spent)).astype(np.int64)
        drawn = np.bincount(hours_of_week(civil, ends[(place < len(curve.still)) & (ends < cut)]), minlength=WEEK_HOURS).astype(float)
        weights = weights * (seen + CALM) / (drawn * seen.sum() / max(1.0, drawn.sum()) + CALM)
    return weights / weights.mean()


def _quick_shares(spells: Spells, clock: RhythmClock, unit: np.ndarray | None) -> np.ndarray:
    """Share closed at once in each band of the opening hour's weight; thin bands borrow from the department's shape."""
    band = clock.band(spells.opened)
    cases = np.bincount(band, minlength=len(BANDS) + 1).astype(float)
    hits = np.bincount(band, weights=spells.at_once.astype(float), minlength=len(BANDS) + 1)
    if unit is None:
        base = np.full(len(cases), spells.at_once.mean())
    else:
        base = np.clip(unit * hits.sum() / max(float((cases * unit).sum()), 1e-9), 0, 1)
    return (hits + BORROWED * base) / (cases + BORROWED)


def _rhythm(name: str, weights: np.ndarray) -> Tree:
    return {"name": name, "weights": [round(float(weight), 4) for weight in weights]}


def _closing(rhythm: str, spells: Spells, clock: RhythmClock, shares: np.ndarray, quick: np.ndarray) -> Tree:
    slow = spells.of(np.flatnonzero(~spells.at_once)) if (~spells.at_once).any() else spells
    curve = slow.curve(clock)
    reached = 1 - float(curve.still[-1])
    found: Tree = {"rhythm": rhythm, "never": 1.0, "time": {"family": "fixed", "value": f"{int(curve.seconds[-1])} s"}}
    if curve.finished:
        found |= {"never": round(1 - reached, 5), "time": _empirical(lambda p: curve.quantile(p * reached))}
    if len(quick):
        ordered = np.sort(quick)
        found["quick"] = [round(float(share), 4) for share in shares]
        found["quick_time"] = _empirical(lambda p: float(np.quantile(ordered, p)), 20)
    return found


def _empirical(quantile: Any, levels: int = LEVELS) -> Tree:
    """Times at even probabilities and, in the tails, at finer ones; runs of equal times keep their ends."""
    at = np.linspace(0, 1, levels + 1)
    times = np.maximum.accumulate(np.rint([quantile(float(p)) for p in at]))
    keep = np.concatenate([[True], np.diff(times) > 0]) | np.concatenate([np.diff(times) > 0, [True]])
    return {"family": "empirical", "at": [round(float(p), 5) for p in at[keep]], "durations": [f"{int(t)} s" for t in times[keep]]}
