"""Counts of arrivals by day: level, trend, weekday and month by Poisson regression, days far out found and left out.

Overdispersion by moments: the covariance of two departments on one day tells the level that they share, what is left of a
department's variance beyond Poisson and that is its own.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

Array = np.ndarray

A_STREAM = 200
"""Cases from which a department has weekdays of its own; below, those of all cases together (judgement)."""
FAR_OUT = 4.5
"""Robust standard deviations (of 2 sqrt(count), whose variance is 1 under Poisson) beyond which a day is a shock."""
LEAST_EXCESS = 10
"""And so many cases more or fewer than expected."""
A_SEASON = 730
"""Days of the log from which months are told apart: each has then been seen twice."""
FOR_A_TREND = 42
RECENT_DAYS = 21.0
"""Half-life of the weight of a day where the level is that of recent days."""
JUDGED_DAYS = 126
"""Such a level says nothing of days older than six half-lives: they are neither shocks of it nor scatter about it."""


@dataclass(frozen=True)
class Days:
    """Dates that lie in the log from midnight to midnight, and what kind of days they are."""

    dates: tuple[datetime.date, ...]
    holiday: Array

    @property
    def weekday(self) -> Array:
        """0 Monday to 6 Sunday; holidays count as Sundays."""
        return np.where(self.holiday, 6, [date.weekday() for date in self.dates])

    @property
    def month(self) -> Array:
        """0 January to 11 December."""
        return np.array([date.month - 1 for date in self.dates])

    def __len__(self) -> int:
        return len(self.dates)


@dataclass(frozen=True)
class DayFit:
    """Expected counts of a stream on the days of the log, and the pieces they consist of."""

    mean: Array
    level: float
    """cases a day at the end of the log, before weekday and month"""
    trend: float
    week: Array
    """factor of each weekday"""
    months: Array
    """factor of each month; empty where the log is too short to tell"""
    shocks: Array
    """True on days that are far out and were left out"""


def fit_days(counts: Array, days: Days, kind: str = "flat", week: Array | None = None) -> DayFit:
    """Fit a stream. `kind`: flat, trend (log-linear), recent (weights halve every 21 days); `week`: weekdays to take over.

    The recent level takes its months from the flat one: a few weeks do not tell months apart, and what the level lost in
    them would be taken for their season.
    """
    shocks = np.zeros(len(counts), dtype=bool)
    months = fit_days(counts, days, "flat", week).months if kind == "recent" and len(days) >= A_SEASON else np.zeros(0)
    for _ in range(6):
        fit = _regression(counts, days, kind, week, shocks, months)
        found = far_out(counts, fit.mean) & judged(len(counts), kind)
        if np.array_equal(found, shocks) or found.mean() > 0.3:
            break
        shocks = found
    return _regression(counts, days, kind, week, shocks, months)


def judged(days: int, kind: str) -> Array:
    """Days of which a level of some kind says anything."""
    return np.arange(days) >= (days - JUDGED_DAYS if kind == "recent" else 0)


def far_out(counts: Array, mean: Array) -> Array:
    """Days whose count is far from what is expected, by the scatter of the other days."""
    residual = 2 * (np.sqrt(counts) - np.sqrt(mean))
    scatter = max(1.0, 1.4826 * float(np.median(np.abs(residual - np.median(residual)))))
    return (np.abs(residual) > FAR_OUT * scatter) & (np.abs(counts - mean) >= LEAST_EXCESS)


def _regression(counts: Array, days: Days, kind: str, week: Array | None, shocks: Array, given: Array) -> DayFit:
    """Poisson regression on the log scale by iteratively reweighted least squares (Nelder and Wedderburn 1972).

    `given`: factors of the months to take over; empty: none.
    """
    ahead = np.arange(len(days)) - (len(days) - 1.0)
    weight = np.where(shocks, 0.0, 0.5 ** (-ahead / RECENT_DAYS) if kind == "recent" else 1.0)
    columns: list[Array] = [np.ones(len(days))]
    places = {"trend": 0, "week": 0, "month": 0}
    if kind == "trend":
        places["trend"] = len(columns)
        columns.append(ahead)
    offset = np.zeros(len(days))
    seen = len({*days.weekday[~shocks]}) == 7 and (~shocks).sum() >= 14
    if week is None and seen:
        places["week"] = len(columns)
        columns += [(days.weekday == number).astype(float) for number in range(1, 7)]
    elif week is not None:
        offset = np.log(np.maximum(week, 1e-3))[days.weekday]
    month = days.month
    if len(given):
        offset = offset + np.log(np.maximum(given, 1e-3))[month]
    elif len(days) >= A_SEASON:
        places["month"] = len(columns)
        columns += [(month == number).astype(float) for number in range(1, 12)]
    beta = _irls(np.column_stack(columns), counts.astype(float), weight, offset)
    factors = np.exp(np.concatenate([[0.0], beta[places["week"] : places["week"] + 6]])) if places["week"] else week
    factors = np.ones(7) if factors is None else factors / factors.mean()
    months = np.exp(np.concatenate([[0.0], beta[places["month"] :]])) if places["month"] else given
    mean = np.exp(np.clip(np.column_stack(columns) @ beta + offset, -20, 20))
    trend = float(np.clip(beta[places["trend"]], -0.05, 0.05)) if places["trend"] else 0.0
    season = months[month] / months.mean() if len(months) else np.ones(len(days))
    # The level belongs to the last day: what the trend has made of it is in it.
    level = float(np.average(mean / factors[days.weekday] / season * np.exp(-trend * ahead), weights=np.maximum(weight, 1e-12)))
    return DayFit(mean, level, trend, factors, months / months.mean() if len(months) else months, shocks)


def _irls(x: Array, y: Array, weight: Array, offset: Array) -> Array:
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(max(1e-3, float(np.average(y, weights=np.maximum(weight, 1e-12))))) - float(offset.mean())
    ridge = np.diag([1e-6, *[1e-2] * (x.shape[1] - 1)]) if x.shape[1] > 1 else np.diag([1e-6])
    for _ in range(50):
        mean = np.exp(np.clip(x @ beta + offset, -20, 20))
        step = np.linalg.solve((x.T * (weight * mean)) @ x + ridge, x.T @ (weight * (y - mean)) - ridge @ (beta * (ridge.diagonal() > 1e-5)))
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return beta


def shared_scatter(counts: Array, means: Array, use: Array) -> tuple[float, float]:
    """Coefficient of variation of the level that streams share, and its correlation from one day to the next.

    `counts`, `means`: streams x days; `use`: True where a count is no shock. By the products of the relative residuals of
    different streams, weighted by what they expect.
    """
    z = np.where(use, counts / np.maximum(means, 1e-9) - 1, 0.0)
    weight = np.sqrt(means) * use
    same, ahead = (_cross(z, weight, lag) for lag in (0, 1))
    if not same > 0:
        return 0.0, 0.0
    return float(np.sqrt(same)), float(np.clip(ahead / same, 0.0, 0.95)) if ahead > 0 else 0.0


def _cross(z: Array, weight: Array, lag: int) -> float:
    """Weighted mean of z_k(d) z_l(d + lag) over different streams k, l."""
    days = z.shape[1] - lag
    a, b, wa, wb = z[:, :days], z[:, lag:], weight[:, :days], weight[:, lag:]
    together = (wa * a).sum(axis=0) * (wb * b).sum(axis=0) - (wa * a * wb * b).sum(axis=0)
    weights = wa.sum(axis=0) * wb.sum(axis=0) - (wa * wb).sum(axis=0)
    return float(together.sum() / weights.sum()) if weights.sum() > 0 else 0.0


def own_scatter(counts: Array, mean: Array, use: Array, shared_cv: float) -> float:
    """Coefficient of variation of a stream's own daily level, beyond Poisson and the shared one (method of moments)."""
    if use.sum() < 14:
        return 0.0
    excess = float((((counts - mean) ** 2 - mean)[use]).sum() / (mean[use] ** 2).sum())
    return float(np.sqrt(max(0.0, (excess - shared_cv**2) / (1 + shared_cv**2))))
