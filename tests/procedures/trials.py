"""Known answers are checked over many trials: few by default, many in the full form."""

from __future__ import annotations

import os

import numpy as np
from scipy import stats

FULL = os.environ.get("WANGGE_FULL") == "1"


def trials(few: int, many: int) -> int:
    """How many trials a test runs."""
    return many if FULL else few


def at_most(hits: int, count: int, rate: float) -> bool:
    """Whether a true rate of at most `rate` explains the hits (one-sided binomial test at 1 in 1000)."""
    return bool(stats.binom.sf(hits - 1, count, rate) > 0.001) if hits else True


def at_least(hits: int, count: int, rate: float) -> bool:
    """Whether a true rate of at least `rate` explains the hits."""
    return at_most(count - hits, count, 1 - rate)


def ishigami(cube: np.ndarray) -> np.ndarray:
    """Ishigami and Homma's function (a = 7, b = 0.1) on the unit cube: S1 = .3139, .4424, 0; ST = .5576, .4424, .2437."""
    x = -np.pi + 2 * np.pi * cube
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
