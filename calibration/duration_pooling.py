"""Thin cells borrow from their department: its family, moved in time, by as much as the cells of a department differ.

A cell's time is exp(shift) x the department's, its log odds of never ending are moved likewise. The moves are normal among
cells; their mean and variance are estimated from the cells that tell enough (the moment estimator of DerSimonian and Laird
1986), and a cell takes the most likely move given its cases and that (empirical Bayes, Morris 1983): with few cases the
department's, with many its own. The share over at once is (cell's + m x department's) / (n + m).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from calibration.duration_likelihood import LawFit, curvature, log_likelihood, log_likelihoods, minimum
from calibration.duration_sample import Sample

TELLING = 8
"""Cases that must have ended for a cell to tell how much cells differ."""
FEWEST_CELLS = 3
ASSUMED = 1.0
"""Variance of the moves where too few cells tell it (weak: a factor of 2.7 in time)."""
LEAST = 0.01
ZERO_WORTH = 20.0
"""m: how many cases the department's share of cases over at once is worth in a cell (judgement)."""


@dataclass(frozen=True)
class Spread:
    """How cells differ from their department: mean and variance of the moves in log time and in log odds of never."""

    mean: np.ndarray
    variance: np.ndarray
    cells: int


def spread_of(base: LawFit, samples: Mapping[str, Sample]) -> Spread:
    """Estimate the spread of a department's cells about `base`."""
    moves, variances = [], []
    for sample in samples.values():
        if sample.closed >= TELLING:
            move, covariance = _moved(base, sample, None)
            if np.all(np.isfinite(covariance)):
                moves.append(move)
                variances.append(np.diag(covariance))
    places = 2 if base.endless else 1
    found = [_moments([each[k] for each in moves], [each[k] for each in variances]) for k in range(places)]
    return Spread(np.array([each[0] for each in found]), np.array([each[1] for each in found]), len(moves))


def _moments(estimates: Sequence[float], variances: Sequence[float]) -> tuple[float, float]:
    """DerSimonian and Laird 1986: mean and variance between cells."""
    if len(estimates) < FEWEST_CELLS:
        return 0.0, ASSUMED
    y, w = np.array(estimates), 1 / np.maximum(variances, 1e-6)
    fixed = float(w @ y / w.sum())
    heterogeneity = float(w @ (y - fixed) ** 2)
    between = max(LEAST, (heterogeneity - (len(y) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
    weights = 1 / (np.maximum(variances, 1e-6) + between)
    return float(weights @ y / weights.sum()), between


def pooled(base: LawFit, sample: Sample, spread: Spread) -> LawFit:
    """The department's family as the cell most likely has it; defined even for a cell without any ended case."""
    move, covariance = _moved(base, sample, spread)
    parameters, whole = base.parameters + _places(base, move), base.covariance.copy()
    where = [0, -1] if base.endless else [0]
    for k, place in enumerate(where):
        whole[place, :] = whole[:, place] = 0.0
        whole[place, place] = covariance[k, k]
    zero = (sample.zero + ZERO_WORTH * base.zero) / (sample.zero + sample.fresh + ZERO_WORTH)
    likely = log_likelihood(base.law, parameters, base.endless, sample)
    return replace(base, parameters=parameters, covariance=whole, zero=zero, log_likelihood=likely)


def _places(base: LawFit, move: np.ndarray) -> np.ndarray:
    step = np.zeros(len(base.parameters))
    step[0] = move[0]
    if base.endless:
        step[-1] = move[1]
    return step


def _moved(base: LawFit, sample: Sample, spread: Spread | None) -> tuple[np.ndarray, np.ndarray]:
    """Most likely move and its covariance; with `spread` as prior."""
    places = 2 if base.endless else 1
    where = [0, -1] if base.endless else [0]

    def losses(moves: np.ndarray) -> np.ndarray:
        rows = np.repeat(base.parameters[None, :], len(moves), axis=0)
        rows[:, where] += moves
        fit = -log_likelihoods(base.law, rows, base.endless, sample)
        return fit if spread is None else fit + ((moves - spread.mean) ** 2 / spread.variance).sum(axis=1) / 2

    first = np.zeros(places) if spread is None else np.clip(spread.mean, -8, 8)
    best = minimum(losses, first, [(-8.0, 8.0)] * places)
    return best, curvature(losses, best)
