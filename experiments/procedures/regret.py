"""From uncertainty to a decision: P(A better than B), and what choosing each policy is expected to cost.

Draws of what is not known are the rows, policies the columns; a value is the mean of a draw's worlds, the same worlds
for every policy. The noise left in these means makes regret a little too large; more worlds a draw take it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from experiments.intervals import LEVEL, t_interval
from sim.metrics.indicator import Direction

COLUMNS = ("policy", "mean", "p_best", "regret", "regret_low", "regret_high", "worst_regret", "draws")


@dataclass(frozen=True)
class Chance:
    """A share of draws and its interval (Wilson 1927)."""

    share: float
    low: float
    high: float
    n: int


def probability_better(a: np.ndarray, b: np.ndarray, *, direction: Direction = "lower", level: float = LEVEL) -> Chance:
    """In which share of the draws `a` is better than `b`; a tie counts half, draws with a NaN not at all.

    Raises ValueError without a draw.
    """
    gap = (np.asarray(b, dtype=float) - np.asarray(a, dtype=float)) * (1.0 if direction == "lower" else -1.0)
    gap = gap[~np.isnan(gap)]
    if not len(gap):
        raise ValueError("no draw has a value of both")
    n, share = len(gap), float(np.mean((gap > 0) + 0.5 * (gap == 0)))
    z = float(special.ndtri((1 + level) / 2))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Chance(share, max(0.0, float(centre - reach)), min(1.0, float(centre + reach)), n)


def losses(values: np.ndarray, direction: Direction = "lower") -> np.ndarray:
    """How much worse than the best policy of its draw each policy is; draws by policies, without draws that have NaN."""
    values = np.asarray(values, dtype=float) * (1.0 if direction == "lower" else -1.0)
    whole = values[~np.isnan(values).any(axis=1)]
    if not len(whole):
        raise ValueError("no draw has a value of every policy")
    return whole - whole.min(axis=1, keepdims=True)


def expected_regret(
    policies: Sequence[str], values: np.ndarray, *, direction: Direction = "lower", level: float = LEVEL
) -> pd.DataFrame:
    """One row a policy, columns COLUMNS, the least regret first. `values`: draws by policies.

    Regret: how much worse the policy is than the best one of each draw, on average, with a t interval over draws; the
    least of them is what knowing everything would be worth (EVPI). `p_best`: share of draws in which it is the best
    (those who tie share it). Draws with a NaN are left out.
    """
    loss = losses(values, direction)
    values = np.asarray(values, dtype=float)
    means = values[~np.isnan(values).any(axis=1)].mean(axis=0)
    best = loss == 0
    p_best = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
    rows = []
    for number, policy in enumerate(policies):
        found = t_interval(loss[:, number], level)
        low = max(0.0, found.low) if found.n > 1 else found.low
        rows.append(
            (policy, means[number], p_best[number], found.mean, low, found.high, loss[:, number].max(), found.n)
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values("regret", kind="stable", ignore_index=True)
