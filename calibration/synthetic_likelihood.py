"""Which parameters make runs that look like the log: a likelihood learned from runs, in waves.

Synthetic likelihood (Wood 2010; Price, Drovandi, Lee and Nott 2018): the figures of a run are taken as normal, with a mean
and a covariance that depend on the parameters. Both are read off the runs nearby (local linear regression, tricube weights),
a surrogate that costs no further runs; new waves of runs are put where the last surrogate finds the parameters likely. A run's own
waits were fitted to the very log that it is held against, which takes away a part of its chance and leaves a bias. So each
run is taken for a log in turn: further runs, with waits fitted to it, show how far a log lies from the runs of its own truth
(a double bootstrap; Beran 1988), and that is what the log's distance is judged by. Where the log lies further from every run
than chance allows, a discrepancy is added until it does not (Kennedy and O'Hagan 2001),
so that a model that is wrong in detail does not claim to know.
"""

# The stubs of scipy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular
from scipy.stats import chi2

from calibration.latent_prior import Prior

Run = Callable[[np.ndarray, int], np.ndarray]
"""A point (logarithms of crews, work, cv) and a seed -> two rows: the figures of a run, and the mean figures of runs of the
same point whose waits were fitted to that run as if it were the log."""

NEIGHBOURS, SHRINK = 150, 0.15
"""Runs that a place of the surrogate is read from; share of the covariance that is its diagonal alone."""
LEAST_RUNS = 150
CANDIDATES = 3000
LEAST_DISCREPANCY = 2.0
"""Variance that is always added, as a multiple of the chance between runs: the surrogate and the waits are estimates too. Set so
that intervals cover on logs with known truth (docs/inference.md)."""
LIKELY = 0.9
"""The log may lie as far from the likeliest runs as this quantile of what chance gives."""
BROAD = 0.2
"""Share of a wave, and of the candidates, that stays spread over the prior."""


@dataclass(frozen=True)
class Settings:
    """Runs of the first wave, further waves and their runs, and posterior draws."""

    first: int = 500
    waves: int = 1
    wave: int = 300
    draws: int = 100

    @property
    def runs(self) -> int:
        """Runs in all."""
        return self.first + self.waves * self.wave


@dataclass(frozen=True)
class Runs:
    """Runs so far: points and figures, one row a run, and the waves that made them. Saved between waves.

    `again`: mean figures of the runs that took each run for the log.
    """

    points: np.ndarray
    figures: np.ndarray
    again: np.ndarray
    waves: int = 0

    def joined(self, points: np.ndarray, both: list[np.ndarray]) -> Runs:
        """These runs and a wave more."""
        figures, again = np.swapaxes(np.array(both), 0, 1)
        return Runs(
            np.concatenate([self.points, points[: len(both)]]), np.concatenate([self.figures, figures]),
            np.concatenate([self.again, again]), self.waves + 1,
        )  # fmt: skip


def no_runs(parameters: int, figures: int) -> Runs:
    """Before the first wave."""
    return Runs(np.zeros((0, parameters)), np.zeros((0, figures)), np.zeros((0, figures)))


@dataclass(frozen=True)
class Posterior:
    """Equally likely points, and how far the log lies from the runs there (mean squared deviation per figure).

    `discrepancy`: variance added to the chance between runs, as a multiple of it; the least where the model can make the log.
    """

    points: np.ndarray
    distance: np.ndarray
    discrepancy: float


def first_wave(prior: Prior, run: Run, settings: Settings, seed: int, stop: Callable[[], bool] = lambda: False) -> Runs:
    """Runs spread evenly over the prior; from LEAST_RUNS on, no more once `stop` says so."""
    points = prior.sample(settings.first, seed)
    both = []
    for at, point in enumerate(points):
        if at >= LEAST_RUNS and stop():
            break
        both.append(run(point, _seed(seed, 0, at)))
    return no_runs(points.shape[1], both[0].shape[1]).joined(points, both)


def next_wave(runs: Runs, observed: np.ndarray, prior: Prior, run: Run, settings: Settings, seed: int) -> Runs:
    """More runs where the surrogate finds the parameters likely, and some everywhere."""
    draw = np.random.default_rng(_seed(seed, runs.waves, 0))
    broad = round(BROAD * settings.wave)
    likely = posterior(runs, observed, prior, settings.wave - broad, _seed(seed, runs.waves, 1)).points
    moved = _moved(likely, prior, draw)
    points = np.concatenate([moved, prior.sample(broad, _seed(seed, runs.waves, 2))])
    return runs.joined(points, [run(point, _seed(seed, runs.waves, 3 + at)) for at, point in enumerate(points)])


def posterior(runs: Runs, observed: np.ndarray, prior: Prior, draws: int, seed: int) -> Posterior:
    """Draws of the parameters: candidates weighted by prior and surrogate likelihood, drawn in equal parts."""
    draw = np.random.default_rng(_seed(seed, 77, 0))
    surrogate = Surrogate(runs, observed, prior)
    points = prior.sample(CANDIDATES, seed)
    apart = surrogate.apart(points)
    chosen = _resampled(points, _weights(apart, np.zeros(len(points))), CANDIDATES, draw)
    # The second set lies where the first found weight; its density, a kernel estimate, is divided out again.
    centres, root = chosen[: min(400, len(chosen))], _root(chosen)
    fresh = centres[draw.integers(0, len(centres), CANDIDATES)] + draw.standard_normal(points.shape) @ root.T
    fresh = np.concatenate([fresh[prior.holds(fresh)], prior.sample(round(BROAD * CANDIDATES), seed + 1)])
    dense = _log_density(fresh, centres, root, prior)
    apart = surrogate.apart(fresh)
    weight = _weights(apart, prior.log_density(fresh) - dense)
    where = _places(weight, draws, draw)
    return Posterior(fresh[where], apart.squared[where] / len(observed), apart.discrepancy)


@dataclass(frozen=True)
class Apart:
    """Squared Mahalanobis distance of the log from the runs of each point, log determinant, and discrepancy added."""

    squared: np.ndarray
    log_determinant: np.ndarray
    discrepancy: float


class Surrogate:
    """Mean and covariance of the figures anywhere, from the runs nearby."""

    def __init__(self, runs: Runs, observed: np.ndarray, prior: Prior) -> None:
        self.prior = prior
        scale = runs.figures.std(axis=0)
        varies = scale > 1e-9
        # The log is cut to a little beyond what any run gave: a figure that no run can reach says no more than that.
        low, high = runs.figures[:, varies].min(axis=0), runs.figures[:, varies].max(axis=0)
        reach = 0.25 * (high - low)
        self.observed = np.clip(observed[varies], low - reach, high + reach) / scale[varies]
        self.figures = runs.figures[:, varies] / scale[varies]
        self.apart_by_chance = self.figures - runs.again[:, varies] / scale[varies]
        self.places = self._coordinates(runs.points)
        self.spread = np.maximum(self.places.std(axis=0), 1e-9)

    def _coordinates(self, points: np.ndarray) -> np.ndarray:
        """The parameters, and utilisation stretched near 1, where everything happens."""
        used = np.minimum(self.prior.utilisation_of(points), 1.19)
        return np.column_stack([points, 3 * -np.log(1.2 - used)])

    def apart(self, points: np.ndarray) -> Apart:
        """How far the log is from each point, with as little discrepancy as makes the nearest plausible."""
        residuals, covariances = self._local(points)
        most = chi2.ppf(LIKELY, len(self.observed))
        added = LEAST_DISCREPANCY
        while True:
            squared, log_det = _mahalanobis(residuals, covariances, added)
            if np.quantile(squared, 0.002) <= most or added > 1e4:
                return Apart(squared, log_det, added)
            added = 1.5 * added

    def _local(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        from scipy.spatial import KDTree

        size = min(NEIGHBOURS, len(self.places))
        tree = KDTree(self.places / self.spread)
        where = self._coordinates(points) / self.spread
        distance, index = tree.query(where, size)
        residuals, covariances = [], []
        for at, row, far in zip(where, index, distance, strict=True):
            weight = np.maximum(1e-4, (1 - (far / (1.01 * far[-1])) ** 3) ** 3)
            near = self.places[row] / self.spread - at
            mean, _ = _regressed(near, self.figures[row], weight)
            usual, spread = _regressed(near, self.apart_by_chance[row], weight)
            residuals.append(self.observed - mean - usual)
            covariances.append(spread)
        return np.array(residuals), np.array(covariances)


def _regressed(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance at x = 0 by weighted linear regression; the covariance is shrunk towards its diagonal."""
    root = np.sqrt(weight)[:, None]
    design = root * np.column_stack([np.ones(len(x)), x])
    gram = design.T @ design + 1e-3 * np.diag([0.0, *np.ones(x.shape[1])])
    slope = np.linalg.solve(gram, design.T @ (root * y))
    left = root * y - design @ slope
    freedom = max(1.0, weight.sum() - weight.sum() / len(x) * design.shape[1])
    spread = left.T @ left / freedom
    diagonal = np.diag(np.diag(spread) + 1e-6)
    return slope[0], (1 - SHRINK) * spread + SHRINK * diagonal


def _mahalanobis(residuals: np.ndarray, covariances: np.ndarray, added: float) -> tuple[np.ndarray, np.ndarray]:
    diagonal = np.einsum("kii->ki", covariances)
    typical = np.median(diagonal, axis=0)
    total = covariances + added * np.diag(typical)
    root = np.linalg.cholesky(total)
    standard = np.array([solve_triangular(c, r, lower=True) for c, r in zip(root, residuals, strict=True)])
    return (standard**2).sum(axis=1), 2 * np.log(np.einsum("kii->ki", root)).sum(axis=1)


def _weights(apart: Apart, log_extra: np.ndarray) -> np.ndarray:
    log_weight = -0.5 * (apart.squared + apart.log_determinant) + log_extra
    weight = np.exp(log_weight - log_weight.max())
    return weight / weight.sum()


def _places(weight: np.ndarray, count: int, draw: np.random.Generator) -> np.ndarray:
    """Systematic resampling, in random order."""
    steps = (np.arange(count) + draw.random()) / count
    return draw.permutation(np.minimum(np.searchsorted(np.cumsum(weight), steps), len(weight) - 1))


def _resampled(points: np.ndarray, weight: np.ndarray, count: int, draw: np.random.Generator) -> np.ndarray:
    return points[_places(weight, count, draw)]


def _root(points: np.ndarray) -> np.ndarray:
    """Root of the kernel's covariance: that of the points, narrowed by Silverman's factor."""
    size = len(np.unique(points, axis=0))
    spread = np.cov(points.T) * max(size, 4) ** (-2 / (points.shape[1] + 4)) + 1e-4 * np.eye(points.shape[1])
    return np.linalg.cholesky(spread)


def _log_density(
    fresh: np.ndarray, centres: np.ndarray, root: np.ndarray, prior: Prior
) -> np.ndarray:
    """Log density of the second candidates: the kernels, and the part drawn from the prior."""
    dim = fresh.shape[1]
    apart = solve_triangular(root, (fresh[:, None, :] - centres[None]).reshape(-1, dim).T, lower=True)
    kernel = np.exp(-0.5 * (apart**2).sum(axis=0)).reshape(len(fresh), len(centres)).mean(axis=1)
    kernel /= (2 * np.pi) ** (dim / 2) * np.prod(np.diag(root))
    return np.log((kernel + BROAD * np.exp(prior.log_density(fresh))) / (1 + BROAD))


def _moved(points: np.ndarray, prior: Prior, draw: np.random.Generator) -> np.ndarray:
    moved = points + draw.standard_normal(points.shape) @ _root(points).T
    return np.where(prior.holds(moved)[:, None], moved, points)


def _seed(seed: int, wave: int, number: int) -> int:
    return int(np.random.SeedSequence([seed, wave, number]).generate_state(1)[0])
