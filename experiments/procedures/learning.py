"""Which unknown is worth measuring: the expected value of learning one of them before choosing (EVPPI).

For each unknown the value of every policy is regressed on it alone; who knows the unknown chooses the policy with the
best fitted value (Strong, Oakley and Brennan 2014, with a cubic spline in place of their smoother). Unknowns that take
few values are averaged value by value. The noise of simulation falls out with the other unknowns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from experiments.intervals import LEVEL
from sim.metrics.indicator import Direction

COLUMNS = ("unknown", "worth", "low", "high", "noise", "share_of_all", "shown", "draws")
FEW = 5
"""Distinct values of an unknown up to which draws are averaged value by value."""
RESAMPLES = 200
LEAST = 30
Fit = Callable[[np.ndarray], np.ndarray]


def value_of_learning(
    unknowns: Sequence[str],
    draws: np.ndarray,
    values: np.ndarray,
    *,
    direction: Direction = "lower",
    level: float = LEVEL,
    seed: int = 1,
) -> pd.DataFrame:
    """One row an unknown, columns COLUMNS, the most worth first, in the outcome's unit.

    `draws`: draws by unknowns (categories as numbers); `values`: draws by policies, the same draws. `low` and `high`: bootstrap
    over draws. `noise`: what an unknown without any meaning would seem worth (`level` quantile over shuffled draws):
    only what lies above it is `shown`. `share_of_all`: part of what knowing everything would be worth. Draws with a NaN
    are left out. Raises ValueError for fewer than LEAST draws.
    """
    gains = np.asarray(values, dtype=float) * (-1.0 if direction == "lower" else 1.0)
    draws = np.asarray(draws, dtype=float)
    whole = ~(np.isnan(gains).any(axis=1) | np.isnan(draws).any(axis=1))
    gains, draws = gains[whole], draws[whole]
    if len(gains) < LEAST:
        raise ValueError(f"the value of learning needs {LEAST} draws")
    everything = float(gains.max(axis=1).mean() - gains.mean(axis=0).max())
    rows = [
        (
            name,
            *_worth_of(draws[:, number], gains, everything, level, np.random.default_rng([seed, number])),
            len(gains),
        )
        for number, name in enumerate(unknowns)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values("worth", ascending=False, kind="stable", ignore_index=True)


def _worth_of(
    unknown: np.ndarray, gains: np.ndarray, everything: float, level: float, luck: np.random.Generator
) -> tuple[float, float, float, float, float, bool]:
    basis, count = _basis(unknown), len(gains)
    once = np.ones(count)
    worth = _worth(basis, gains, once)
    resampled = [_worth(basis, gains, luck.multinomial(count, once / count)) for _ in range(RESAMPLES)]
    shuffled = [_worth(basis, gains[luck.permutation(count)], once) for _ in range(RESAMPLES)]
    low, high = np.quantile(resampled, [(1 - level) / 2, (1 + level) / 2])
    noise = float(np.quantile(shuffled, level))
    return worth, float(low), float(high), noise, worth / everything if everything > 0 else 0.0, worth > noise


def _worth(basis: np.ndarray, gains: np.ndarray, times: np.ndarray) -> float:
    """Mean of the best fitted gain minus the best mean gain, each draw counted `times`."""
    weighted = basis * times[:, None]
    fitted = basis @ (np.linalg.pinv(weighted.T @ basis, hermitian=True) @ (weighted.T @ gains))
    return float(max(0.0, (times @ fitted.max(axis=1) - (times @ gains).max()) / times.sum()))


def _basis(unknown: np.ndarray) -> np.ndarray:
    """Orthonormal columns of a regression: one a value if there are few, else a cubic spline with knots at the quartiles."""
    known = np.unique(unknown)
    if len(known) <= FEW:
        return np.linalg.qr((unknown[:, None] == known).astype(float))[0]
    place = (unknown - unknown.mean()) / unknown.std()
    knots = np.quantile(place, [0.25, 0.5, 0.75])
    powers = [place**power for power in range(4)]
    spline = np.column_stack([*powers, *(np.maximum(place - knot, 0.0) ** 3 for knot in knots)])
    return np.linalg.qr(spline)[0]
