"""What is held against a log, each as counts a day: shares closed in time, lateness, how long, backlog, hours of the week.

A measure turns weights on the days into distances; 0 is perfect. Predicted counts are means over the worlds.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from calibration.score_period import Groups, Period, ends, opened_inside
from sim.records import MISSING
from sim.units import DAY, HOUR

WITHIN = {"4 h": 4 * HOUR, "24 h": DAY, "72 h": 3 * DAY, "1 week": 7 * DAY}
"""Times within which cases are closed; a case counts only where it was followed for so long."""
BINS = np.linspace(-2.0, np.log10(24 * 400), 90)
"""Edges of the logarithm (base 10) of hours."""
WEEK = 168

Table = np.ndarray
"""Counts: days x groups x (limits or cells)."""
Measure = Callable[[np.ndarray], np.ndarray]
"""Weights on the days, a row a resample -> a distance a row."""


def counts_within(cases: pd.DataFrame, period: Period, groups: Groups) -> tuple[Table, Table]:
    """Cases followed for each time of WITHIN, and those of them closed within it, by day of opening and group."""
    inside = opened_inside(cases, period)
    end, closed = ends(inside, period)
    opened, spent = inside["reported_at"].to_numpy(), end - inside["reported_at"].to_numpy()
    place = period.day(opened) * len(groups.names) + groups.of(inside)
    pairs = []
    for limit in WITHIN.values():
        followed = opened + limit <= period.cut
        pairs.append([_counted(place[rows], period, groups) for rows in (followed, followed & closed & (spent <= limit))])
    return np.stack([followed for followed, _ in pairs], -1), np.stack([hit for _, hit in pairs], -1)


def counts_late(cases: pd.DataFrame, period: Period, groups: Groups) -> tuple[Table, Table]:
    """Cases that fell due in the period, and the late ones among them."""
    inside = opened_inside(cases, period)
    end, _ = ends(inside, period)
    due = inside["handling_due"].to_numpy()
    place = period.day(inside["reported_at"].to_numpy()) * len(groups.names) + groups.of(inside)
    is_due = (due != MISSING) & (due < period.cut)
    return tuple(_counted(place[rows], period, groups)[..., None] for rows in (is_due, is_due & (end > due)))  # type: ignore[return-value]


def counts_log_time(cases: pd.DataFrame, period: Period, groups: Groups) -> Table:
    """How many cases lasted so long (in bins of the logarithm), counted until the cut where they were still open."""
    inside = opened_inside(cases, period)
    end, _ = ends(inside, period)
    hours = np.log10(np.maximum(end - inside["reported_at"].to_numpy(), 36) / HOUR)
    cell = np.clip(np.digitize(hours, BINS) - 1, 0, len(BINS) - 2)
    place = period.day(inside["reported_at"].to_numpy()) * len(groups.names) + groups.of(inside)
    flat = np.bincount(place * (len(BINS) - 1) + cell, minlength=period.days * len(groups.names) * (len(BINS) - 1))
    return flat.reshape(period.days, len(groups.names), -1).astype(float)


def open_cases(cases: pd.DataFrame, period: Period, groups: Groups) -> Table:
    """Cases open at the end of each day, by group; cases opened before the period count as well."""
    worked = cases[cases["outcome"] != "self_handled"]
    opened, closed = worked["reported_at"].to_numpy(), worked["closed_at"].to_numpy()
    group, at = groups.of(worked), period.day_ends()
    table = np.zeros((period.days, len(groups.names)))
    for number in range(len(groups.names)):
        mine = group == number
        gone = np.sort(closed[mine & (closed != MISSING)])
        table[:, number] = np.searchsorted(np.sort(opened[mine]), at) - np.searchsorted(gone, at)
    return table


def counts_by_hour(cases: pd.DataFrame, period: Period, column: str) -> Table:
    """Openings or closings in each hour of the week, by day. Weeks begin on Monday at midnight."""
    times = cases.loc[cases["outcome"] != "self_handled", column].to_numpy()
    times = times[(times >= period.start) & (times < period.cut)]
    day = period.day(times)
    hour = (period.civil.start.weekday() * 24 + period.civil.wall(times) // HOUR) % WEEK
    flat = np.bincount(day * WEEK + hour, minlength=period.days * WEEK)
    return flat.reshape(period.days, WEEK).astype(float)


def mean_counts(tables: Sequence[Table]) -> Table:
    """Mean over the worlds."""
    return np.mean(np.stack(tables), axis=0)


def share_distance(measured: tuple[Table, Table], predicted: tuple[Table, Table], of_group: np.ndarray) -> Measure:
    """Mean absolute difference of shares over groups (weighted by their measured cases) and limits."""

    def distance(weights: np.ndarray) -> np.ndarray:
        shares = [_ratio(hits, base, weights) for base, hits in (measured, predicted)]
        return _weighted(np.abs(shares[0] - shares[1]), of_group)

    return distance


def log_time_distance(measured: Table, predicted: Table, of_group: np.ndarray) -> Measure:
    """1-Wasserstein distance of log10 hours, mean over groups weighted by their measured cases."""
    width = BINS[1] - BINS[0]

    def distance(weights: np.ndarray) -> np.ndarray:
        curves = [_distribution(np.tensordot(weights, table, axes=1)) for table in (measured, predicted)]
        return _weighted(np.abs(curves[0] - curves[1]).sum(axis=2, keepdims=True) * width, of_group)

    return distance


def backlog_distance(measured: Table, predicted: Table) -> Measure:
    """Mean absolute difference of the open cases over days and groups, as a share of the mean measured backlog."""
    apart, level = np.abs(measured - predicted).sum(axis=1), measured.sum(axis=1)
    return lambda weights: weights @ apart / np.maximum(1.0, weights @ level)


def hour_distance(measured: Table, predicted: Table) -> Measure:
    """Share of the mass that lies in other hours of the week (total variation)."""

    def distance(weights: np.ndarray) -> np.ndarray:
        shapes = [_shape(weights @ table) for table in (measured, predicted)]
        return np.abs(shapes[0] - shapes[1]).sum(axis=1) / 2

    return distance


def _counted(place: np.ndarray, period: Period, groups: Groups) -> Table:
    counts = np.bincount(place, minlength=period.days * len(groups.names))
    return counts.reshape(period.days, len(groups.names)).astype(float)


def _shape(counts: Table) -> Table:
    return counts / np.maximum(1.0, counts.sum(axis=1, keepdims=True))


def _ratio(hits: Table, base: Table, weights: np.ndarray) -> Table:
    above, below = np.tensordot(weights, hits, axes=1), np.tensordot(weights, base, axes=1)
    return np.where(below > 0, above / np.maximum(below, 1e-12), np.nan)


def _distribution(counts: Table) -> Table:
    below = counts.sum(axis=2, keepdims=True)
    return np.where(below > 0, np.cumsum(counts, axis=2) / np.maximum(below, 1e-12), np.nan)


def _weighted(values: Table, of_group: np.ndarray) -> np.ndarray:
    """Mean over the cells (axes 1 and 2) that both sides fill."""
    weights = np.where(np.isnan(values), 0.0, of_group[:, None])
    total = weights.sum(axis=(1, 2))
    return np.where(total > 0, np.nansum(values * weights, axis=(1, 2)) / np.maximum(total, 1e-12), np.nan)
