"""MSER-5: where the start of a run stops biasing its mean (White 1997; White, Cobb and Spratt 2000)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.messages import say

BATCH = 5
_LEAST_KEPT = 5
"""Batches that are always kept: the last few may be alike by luck (Hoad, Robinson and Davies 2010)."""


@dataclass(frozen=True)
class Truncation:
    """Where to cut a series."""

    cut: int
    """observations to leave out at the start"""
    length: int
    mean: float
    """of what is kept"""
    reliable: bool
    """False where the smallest statistic lies in the second half: the series is still moving and is too short"""

    def text(self, unit: str = "") -> str:
        """One line; `unit`: what an observation is, in the language in force, such as days."""
        if self.reliable:
            return say("warm-up (MSER-5): leave out the first {cut} {unit} of {length}",
                       cut=self.cut, unit=unit, length=self.length)  # fmt: skip
        return say("warm-up (MSER-5): no cut in the first half of {length} {unit} will do; the run is too short",
                   unit=unit, length=self.length)  # fmt: skip


def mser(series: np.ndarray, batch: int = BATCH) -> Truncation:
    """The cut at which the squared standard error of the mean of what is kept is smallest, in means of `batch`.

    MSER(d) = 1/(n - d)^2 sum over j > d of (Z_j - mean of Z after d)^2, d from 0 to n - 5. Average several worlds
    first, observation by observation, where there are any: one world's noise moves the cut. Raises ValueError for NaN
    or for fewer than ten batches.
    """
    series = np.asarray(series, dtype=float)
    if np.isnan(series).any() or len(series) < 10 * batch:
        raise ValueError(f"MSER needs {10 * batch} observations, none of them NaN")
    count = len(series) // batch
    means = series[: count * batch].reshape(count, batch).mean(axis=1)
    kept = np.arange(count, 0, -1)
    centred = means - means.mean()  # sums of squares of large numbers would lose their digits
    total, squares = np.cumsum(centred[::-1])[::-1], np.cumsum(centred[::-1] ** 2)[::-1]
    statistic = np.maximum(squares - total**2 / kept, 0.0) / kept**2
    statistic[statistic <= 1e-12 * float(squares[0]) / kept**2] = 0.0  # nothing but rounding is left
    best = int(np.argmin(statistic[: 1 - _LEAST_KEPT]))
    return Truncation(best * batch, len(series), float(series[best * batch :].mean()), best <= count // 2)
