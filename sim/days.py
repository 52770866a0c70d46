"""Daily arrivals, departures and backlog of units, from the times at which things came and went."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.records import MISSING, table

Pair = tuple[pd.Series, pd.Series]


def backlog_by_day(
    kind: str, unit: pd.Series, came: object, went: object, late: Pair | None, starts: np.ndarray
) -> pd.DataFrame:
    """One row a unit and day: came, went, still there at the day's end, and late then.

    `came` and `went` are seconds (MISSING: never); `late` holds (due, done): late from due until done. `starts` are the
    beginnings of the days, one more than there are days.
    """
    names = list(pd.Categorical(unit).remove_unused_categories().categories)
    if not names:
        return table("units", {})
    codes = pd.Categorical(unit, categories=names).codes.astype(np.int64)
    days = len(starts) - 1
    arrivals = _per_day(codes, np.asarray(came), starts, len(names))
    departures = _per_day(codes, np.asarray(went), starts, len(names))
    backlog = np.cumsum(arrivals - departures, axis=1)
    overdue = np.zeros_like(backlog) if late is None else _late(codes, late, starts, len(names))
    return table("units", {
        "unit": np.repeat(np.array(names, dtype=object), days), "kind": np.full(days * len(names), kind, dtype=object),
        "day": np.tile(np.arange(days), len(names)), "arrivals": arrivals.ravel(), "departures": departures.ravel(),
        "backlog": backlog.ravel(), "overdue": overdue.ravel(),
    })  # fmt: skip


def _per_day(codes: np.ndarray, at: np.ndarray, starts: np.ndarray, units: int) -> np.ndarray:
    days = len(starts) - 1
    known = (at != MISSING) & (at < starts[-1])
    day = np.maximum(np.searchsorted(starts, at[known], side="right") - 1, 0)
    return np.bincount(codes[known] * days + day, minlength=units * days).reshape(units, days)


def _late(codes: np.ndarray, late: Pair, starts: np.ndarray, units: int) -> np.ndarray:
    due, done = (np.asarray(each) for each in late)
    late_at_all = (due != MISSING) & ((done == MISSING) | (done > due))
    begins = _per_day(codes[late_at_all], due[late_at_all], starts, units)
    ends = _per_day(codes[late_at_all], done[late_at_all], starts, units)
    return np.cumsum(begins - ends, axis=1)
