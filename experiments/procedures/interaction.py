"""Interaction of two factors: does the effect of one depend on the other?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.intervals import LEVEL, Interval, t_interval


@dataclass(frozen=True)
class Interaction:
    """Means of a grid of two factors and what does not add up in them."""

    means: np.ndarray
    """levels of the first factor by levels of the second"""
    beyond: np.ndarray
    """means minus what the two factors alone add up to (two-way residuals), the same shape"""
    corners: Interval
    """effect of the second factor (last minus first level) at the last level of the first, minus that at its first"""


def interaction(cells: np.ndarray, *, level: float = LEVEL) -> Interaction:
    """`cells`: first factor by second factor by worlds, the same worlds in every cell. Worlds with a NaN are left out.

    Raises ValueError where a factor has fewer than two levels or no world is whole.
    """
    cells = np.asarray(cells, dtype=float)
    if cells.ndim != 3 or min(cells.shape[:2]) < 2:
        raise ValueError("an interaction needs two levels of each of two factors, by worlds")
    whole = cells[:, :, ~np.isnan(cells).any(axis=(0, 1))]
    if not whole.shape[2]:
        raise ValueError("no world has a value in every cell")
    means = whole.mean(axis=2)
    beyond = means - means.mean(axis=1, keepdims=True) - means.mean(axis=0, keepdims=True) + means.mean()
    corners = (whole[-1, -1] - whole[-1, 0]) - (whole[0, -1] - whole[0, 0])
    return Interaction(means, beyond, t_interval(corners, level))
