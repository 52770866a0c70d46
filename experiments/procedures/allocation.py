"""Optimal computing budget allocation (OCBA; Chen, Lin, Yucesan and Chick 2000): where further worlds help most.

An approximation in three ways: its shares are those of a very large budget, its bound on a wrong selection is
Bonferroni's with estimated variances, and it takes the choices for independent. Worlds here are common to all choices,
which mostly makes differences sharper than OCBA believes, and choices with unequal numbers are paired only in the worlds
that they share: it says where to spend, not what is shown. The final table is paired.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import special

from experiments.intervals import variance
from sim.metrics.indicator import Direction

Values = Mapping[int, np.ndarray]


def allocate(values: Values, more: int, *, direction: Direction = "lower", indifference: float = 0.0) -> dict[int, int]:
    """How to spend `more` further worlds: a number for each choice that gets any; they add up to `more`.

    Every choice needs two worlds with a value. Differences below `indifference` count as that large, so that a tie does
    not take all. Raises ValueError for fewer than two values of a choice.
    """
    labels = list(values)
    known = [row[~np.isnan(row)] for row in (np.asarray(values[label], dtype=float) for label in labels)]
    if min(len(row) for row in known) < 2:
        raise ValueError("OCBA needs two values of every choice")
    shares = allocation_shares(
        np.array([row.mean() for row in known]),
        np.array([variance(row) for row in known]),
        direction=direction,
        indifference=indifference,
    )
    spent = np.array([len(values[label]) for label in labels])
    return {label: int(add) for label, add in zip(labels, _topped_up(shares, spent, more), strict=True) if add}


def allocation_shares(
    means: np.ndarray, variances: np.ndarray, *, direction: Direction = "lower", indifference: float = 0.0
) -> np.ndarray:
    """Shares of a budget, adding up to 1: N_i ~ (s_i/d_i)^2 for all but the best b, N_b = s_b sqrt(sum N_i^2/s_i^2)."""
    scores = means if direction == "lower" else -means
    best = int(np.argmin(scores))
    gaps = scores - scores[best]
    scale = float(np.sqrt(variances.max())) or 1.0
    gaps = np.maximum(gaps, max(indifference, 1e-6 * scale))
    weights = variances / gaps**2
    others = np.arange(len(means)) != best
    weights[best] = np.sqrt(variances[best] * (variances[others] / gaps[others] ** 4).sum())
    total = float(weights.sum())
    return weights / total if total > 0 else np.full(len(means), 1 / len(means))


def _topped_up(shares: np.ndarray, spent: np.ndarray, more: int) -> np.ndarray:
    """Whole worlds to add so that the sum comes near `shares`; who has more than its share gets none."""
    growing = np.ones(len(spent), dtype=bool)
    while True:
        budget = more + spent[growing].sum()
        weight = shares[growing].sum()
        targets = np.where(growing, budget * shares / weight if weight > 0 else budget / growing.sum(), spent)
        over = growing & (targets < spent)
        if not over.any():
            break
        growing &= ~over
    wanted = targets - spent
    whole = np.floor(wanted + 1e-9).astype(int)
    rest = np.argsort(-(wanted - whole), kind="stable")[: more - int(whole.sum())]
    whole[rest] += 1
    return whole


def probability_correct(values: Values, *, direction: Direction = "lower") -> tuple[int, float]:
    """The choice with the best mean, and a lower bound on the chance that it is the best, about: paired t, Bonferroni.

    1 - sum over the others of P(T > t_i), each over the worlds that it shares with the leader; never below 0. It is a
    Bayesian statement under a flat prior (Chen 1996), not an error rate over repeated use.
    """
    sign = 1.0 if direction == "lower" else -1.0
    rows = {label: sign * np.asarray(row, dtype=float) for label, row in values.items()}
    leader = min(rows, key=lambda label: float(np.nanmean(rows[label])))
    doubt = sum(_doubt(rows[leader], row) for label, row in rows.items() if label != leader)
    return leader, max(0.0, 1.0 - doubt)


def _doubt(leader: np.ndarray, other: np.ndarray) -> float:
    shared = min(len(leader), len(other))
    gap = other[:shared] - leader[:shared]
    gap = gap[~np.isnan(gap)]
    error = np.sqrt(variance(gap) / max(len(gap), 1))
    if not error > 0:
        return 0.0 if len(gap) > 1 and gap.mean() > 0 else 0.5
    return float(special.stdtr(len(gap) - 1, -gap.mean() / error))
