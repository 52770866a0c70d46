"""Distances between two event logs as the log-distance literature defines them, in hours.

One row of a log is an event: `case`, `activity`, `start`, `end` (local clock times). Definitions: Chapela-Campa,
Benchekroun, Baron, Dumas, Krass and Senderovich, "A framework for measuring the quality of business process simulation
models" (Information Systems 2025; earlier BPM Forum 2023), as in their package log-distance-measures: times are cut to
whole hours, distributions are compared by the 1-Wasserstein distance, n-grams by their absolute difference.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportReturnType=false, reportCallIssue=false, reportOperatorIssue=false

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

HOUR_NS = 3_600_000_000_000
FARTHEST_HOURS = 23.0
"""Circadian distance of a weekday on which only one of the logs has events."""
WEEK = 168


def wasserstein(a: np.ndarray, b: np.ndarray) -> float:
    """1-Wasserstein distance of two samples, in their unit; NaN if one is empty."""
    from scipy.stats import wasserstein_distance

    return float(wasserstein_distance(a, b)) if len(a) and len(b) else float("nan")


def absolute_event_distance(a: pd.DataFrame, b: pd.DataFrame) -> float:
    """AED: when events (starts and ends) happen, in hours since the first hour of either log."""
    first = min(_nanoseconds(a["start"]).min(), _nanoseconds(b["start"]).min()) // HOUR_NS * HOUR_NS
    return wasserstein(*((_instants(log) - first) // HOUR_NS for log in (a, b)))


def circadian_event_distance(a: pd.DataFrame, b: pd.DataFrame) -> float:
    """CED: at which hour of the day events happen, weekday by weekday, mean of the seven."""
    hours = [_instants(log) // HOUR_NS for log in (a, b)]
    # Day 0 of the count, 1 January 1970, was a Thursday.
    split = [[each[(each // 24 + 3) % 7 == day] % 24 for day in range(7)] for each in hours]
    return float(np.mean([_weekday_distance(*pair) for pair in zip(*split, strict=True)]))


def _weekday_distance(a: np.ndarray, b: np.ndarray) -> float:
    if len(a) == 0 and len(b) == 0:
        return 0.0
    return wasserstein(a, b) if len(a) and len(b) else FARTHEST_HOURS


def relative_event_distance(a: pd.DataFrame, b: pd.DataFrame) -> float:
    """RED: when events (starts and ends) happen since the start of their case."""
    return wasserstein(_relative_hours(a), _relative_hours(b))


def _relative_hours(log: pd.DataFrame) -> np.ndarray:
    begun = log.groupby("case")["start"].transform("min")
    spans = pd.concat([log["start"] - begun, log["end"] - begun])
    return _nanoseconds(spans) // HOUR_NS


def cycle_time_distance(a: pd.DataFrame, b: pd.DataFrame) -> float:
    """CTD: how long cases take from first start to last end, in hours above the shortest case of either log."""
    spans = [_cycle_times(log) for log in (a, b)]
    shortest = min(each.min() for each in spans)
    return wasserstein(*((each - shortest) // HOUR_NS for each in spans))


def _cycle_times(log: pd.DataFrame) -> np.ndarray:
    cases = log.groupby("case")
    return _nanoseconds(cases["end"].max() - cases["start"].min())


def n_gram_distance(a: pd.DataFrame, b: pd.DataFrame, n: int = 3) -> float:
    """NGD: how far the frequencies of n activities in a row differ, from 0 (equal) to 1 (none in both)."""
    mine, others = _n_grams(a, n), _n_grams(b, n)
    apart = sum(abs(mine[gram] - others[gram]) for gram in mine.keys() | others.keys())
    return apart / (mine.total() + others.total())


def _n_grams(log: pd.DataFrame, n: int) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    edge = ("",) * (n - 1)
    for _, activities in log.sort_values(["start", "end"], kind="stable").groupby("case")["activity"]:
        row = (*edge, *activities.astype(str), *edge)
        found.update(row[i : i + n] for i in range(len(row) - n + 1))
    return found


def hour_of_week_cells(times: pd.Series) -> np.ndarray:
    """Share of the times in each of the 168 hours of the week, Monday 00 first; zeros if there are none."""
    hours = _nanoseconds(times.dropna()) // HOUR_NS
    counts = np.bincount((hours + 3 * 24) % WEEK, minlength=WEEK).astype(float)
    return counts / max(1.0, counts.sum())


def cell_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Share of the mass that lies in other cells (total variation, 0 to 1). A zone slip of 8 h moves nearly all of it."""
    return float(np.abs(a - b).sum() / 2)


def _instants(log: pd.DataFrame) -> np.ndarray:
    return np.concatenate([_nanoseconds(log["start"]), _nanoseconds(log["end"])])


def _nanoseconds(times: pd.Series) -> np.ndarray:
    kind = "timedelta64[ns]" if times.dtype.kind == "m" else "datetime64[ns]"
    return times.to_numpy().astype(kind).astype(np.int64)
