"""Confidence intervals of a mean over independent worlds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import special

LEVEL = 0.95
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Interval:
    """A mean and its interval. `low` and `high` are NaN for fewer than two values, `mean` for none."""

    mean: float
    low: float
    high: float
    n: int
    """values that entered; NaN ones are left out"""
    p: float
    """two-sided p-value of "the mean is 0"; NaN without an interval"""

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2


def t_interval(values: Iterable[float], level: float = LEVEL) -> Interval:
    """Student's t interval of the mean: mean +- t(n - 1) s / sqrt(n). NaN values are left out.

    Values that are all alike give an interval of no width, and p is 1 where they are 0, else 0.
    """
    sample = np.array([value for value in values if not np.isnan(value)], dtype=float)
    n = len(sample)
    if n < 2:
        return Interval(float(sample[0]) if n else np.nan, np.nan, np.nan, n, np.nan)
    mean, error = float(sample.mean()), float(np.sqrt(variance(sample) / n))
    if error == 0.0:
        return Interval(mean, mean, mean, n, 1.0 if mean == 0.0 else 0.0)
    reach = float(special.stdtrit(n - 1, (1 + level) / 2)) * error
    p = 2 * float(special.stdtr(n - 1, -abs(mean) / error))
    return Interval(mean, mean - reach, mean + reach, n, p)


def variance(sample: np.ndarray) -> float:
    """Sample variance (n - 1); 0 where the values differ by nothing but rounding. NaN for fewer than two."""
    if len(sample) < 2:
        return float("nan")
    if np.ptp(sample) <= _ROUNDING * np.abs(sample).max():
        return 0.0
    return float(sample.var(ddof=1))


def holm(p_values: Iterable[float]) -> list[float]:
    """Holm's step-down adjusted p-values (Holm 1979), in the order given. NaN stays NaN and is not counted."""
    given = np.array(list(p_values), dtype=float)
    adjusted = np.full(len(given), np.nan)
    members = np.flatnonzero(~np.isnan(given))
    order = members[np.argsort(given[members], kind="stable")]
    steps = given[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return adjusted.tolist()
