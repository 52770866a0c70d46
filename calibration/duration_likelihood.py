"""Censored maximum likelihood of one family on one sample, with intervals from the curvature of the likelihood.

A case is over at once (within a minute) with probability `zero`; else it never ends with probability `never` (a cure model:
Boag 1949, Farewell 1982), else it lasts as the family says, given that it lasts for more than that minute. An open case
counts as P(longer than so far); one that was open before it was first followed counts given that (left truncation).
Intervals: observed information, normal on the free scale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import optimize, special

from calibration.duration_laws import FLOOR, LAWS, Law
from calibration.duration_sample import AT_ONCE, Sample
from sim.units import DAY

Array = np.ndarray

Z95 = 1.959963984540054
_NEVER = (-9.0, 9.0)
_ANY_FIRST, _ANY_LAST = float(np.log(AT_ONCE)), float(np.log(10 * 365 * DAY))
"""Log times between which a case that no family foresaw may end."""
_STEP, _SLOPE = 1e-3, 1e-5
"""Steps of second and of first differences."""


@dataclass(frozen=True)
class LawFit:
    """A family with its parameters; `never` on the logit scale is the last one where the family may never end."""

    law: Law
    parameters: Array
    endless: bool
    """whether a share never ends"""
    covariance: Array
    """of the parameters; NaN where the likelihood has no curvature"""
    log_likelihood: float
    """of the cases that lasted"""
    zero: float
    """share over at once, of all cases"""

    @cached_property
    def endless_share(self) -> float:
        """Share of never ending among all that the family is drawn for."""
        return float(special.expit(self.parameters[-1])) if self.endless else 0.0

    @cached_property
    def inflation(self) -> float:
        """Share over at once beyond those of the family that are over so soon (zero inflation, at least 0)."""
        return max(0.0, 1 - (1 - self.zero) / self.lasting)

    @cached_property
    def never(self) -> float:
        """Share of all cases that never ends."""
        return (1 - self.inflation) * self.endless_share

    @cached_property
    def lasting(self) -> float:
        """P(longer than at once) of the family."""
        return float(np.exp(self.log_outlasts(np.array([np.log(AT_ONCE)]))[0]))

    @property
    def shape(self) -> Array:
        """Parameters of the family alone."""
        return self.parameters[:-1] if self.endless else self.parameters

    def log_outlasts(self, log_times: Array) -> Array:
        """Log of P(longer than t) of the family, never ending included."""
        return _outlasts(self.law, self.parameters, self.endless, np.asarray(log_times, dtype=float))

    def over_by(self, seconds: Array) -> Array:
        """P(ended within t), t in seconds from one minute on: what a Kaplan-Meier curve estimates."""
        t = np.maximum(np.asarray(seconds, dtype=float), AT_ONCE)
        return 1 - (1 - self.zero) * np.exp(self.log_outlasts(np.log(t))) / self.lasting

    def interval(self, place: int) -> tuple[float, float]:
        """95 % interval of a parameter on its free scale."""
        error = float(np.sqrt(self.covariance[place, place]))
        return self.parameters[place] - Z95 * error, self.parameters[place] + Z95 * error

    def scores(self, sample: Sample) -> tuple[Array, Array]:
        """Log scores of another sample's items and their weights: over at once, lasting, ended, still open, followed late.

        One case in n + 2 is granted to any time between a minute and ten years alike, whatever the family: else a single
        case that no family foresaw would decide between them.
        """
        p = float(np.clip(self.zero, 0.5 / (sample.cases + 1), 1 - 0.5 / (sample.cases + 1)))
        rest = 1 / (sample.cases + 2)
        ended, still, entered = (
            np.logaddexp(np.log1p(-rest) + found, np.log(rest) + anything)
            for found, anything in (
                (self._log_density(sample.ended), -np.log(_ANY_LAST - _ANY_FIRST)),
                *((self.log_outlasts(x), _any_outlasts(x)) for x in (sample.still, sample.entered)),
            )
        )
        values = np.concatenate(([np.log(p), np.log1p(-p)], ended, still, -entered))
        weights = (np.array([sample.zero, sample.fresh]), sample.ended_weight, sample.still_weight, sample.entered_weight)
        return np.maximum(values, FLOOR), np.concatenate(weights)

    def _log_density(self, x: Array) -> Array:
        return self.law.density(self.shape, x) + np.log1p(-self.endless_share)


def _any_outlasts(x: Array) -> Array:
    """Log of P(longer than t) where log time is even between both bounds."""
    return np.log(np.clip((_ANY_LAST - x) / (_ANY_LAST - _ANY_FIRST), 1e-300, 1.0))


def log_likelihood(law: Law, p: Array, endless: bool, sample: Sample) -> float:
    """Log likelihood of the cases that were not over at once."""
    return float(log_likelihoods(law, np.asarray(p)[None, :], endless, sample)[0])


def log_likelihoods(law: Law, rows: Array, endless: bool, sample: Sample) -> Array:
    """The same for each row of parameters."""
    p = np.transpose(rows)[:, :, None]
    shape, may_end = (p[:-1], special.log_expit(-p[-1])) if endless else (p, 0.0)
    total = np.maximum(law.density(shape, sample.ended) + may_end, FLOOR) @ sample.ended_weight
    if len(sample.still):
        total = total + _outlasts(law, p, endless, sample.still) @ sample.still_weight
    if len(sample.entered):
        total = total - _outlasts(law, p, endless, sample.entered) @ sample.entered_weight
    return total


def _outlasts(law: Law, p: Array, endless: bool, x: Array) -> Array:
    if not endless:
        return np.maximum(law.outlasts(p, x), FLOOR)
    return np.logaddexp(special.log_expit(p[-1]), special.log_expit(-p[-1]) + law.outlasts(p[:-1], x))


def fit_law(name: str, sample: Sample, endless: bool) -> LawFit | None:
    """The most likely parameters of a family; None when fewer than two cases ended after a positive time."""
    if sample.closed < 2:
        return None
    law = LAWS[name]
    bounds = [*law.bounds, *([_NEVER] if endless else [])]

    def losses(rows: Array) -> Array:
        return -log_likelihoods(law, rows, endless, sample)

    starts = np.array(law.starts(sample.ended, sample.ended_weight))
    if endless:
        starts = np.column_stack([starts, np.full(len(starts), special.logit(_guess_never(sample)))])
    starts = np.clip(starts, *np.transpose(bounds))
    best = minimum(losses, starts[int(np.argmin(losses(starts)))], bounds)
    covariance = curvature(losses, best)
    return LawFit(law, best, endless, covariance, -float(losses(best[None, :])[0]), _zero(sample))


def _zero(sample: Sample) -> float:
    return sample.zero / max(1.0, sample.zero + sample.fresh)


def _guess_never(sample: Sample) -> float:
    return float(np.clip(sample.still_weight.sum() / (2 * sample.positive), 0.01, 0.9))


Losses = Callable[[Array], Array]
"""A loss for each row of parameters."""


def minimum(losses: Losses, first: Array, bounds: Sequence[tuple[float, float]]) -> Array:
    """Where the loss is least, from a first guess: BFGS with central differences, all taken at once.

    Beyond its bounds the loss rises steeply, so that the free search turns back (the bounded search of scipy spends its
    time in threads that wait for each other).
    """
    low, high = np.transpose(bounds)

    def walled(rows: Array) -> Array:
        inside = np.clip(rows, low, high)
        return losses(inside) + 1e3 * ((rows - inside) ** 2).sum(axis=1)

    def with_gradient(p: Array) -> tuple[float, Array]:
        steps = np.eye(len(p)) * _SLOPE
        found = walled(np.vstack([p, p + steps, p - steps]))
        return float(found[0]), (found[1 : len(p) + 1] - found[len(p) + 1 :]) / (2 * _SLOPE)

    found = optimize.minimize(with_gradient, first, jac=True, method="BFGS", options={"gtol": 1e-3, "maxiter": 200})
    return np.clip(found.x, low, high)


def curvature(losses: Losses, at: Array) -> Array:
    """Inverse of the matrix of second derivatives (central differences); NaN when it is not positive definite."""
    size = len(at)
    steps = np.eye(size) * _STEP * np.maximum(1.0, np.abs(at))
    pairs = [(i, j) for i in range(size) for j in range(i, size)]
    corners = np.array([at + a * steps[i] + b * steps[j] for i, j in pairs for a in (1, -1) for b in (1, -1)])
    signs = np.array([1.0, -1.0, -1.0, 1.0])
    hessian = np.empty((size, size))
    for (i, j), four in zip(pairs, losses(corners).reshape(-1, 4), strict=True):
        hessian[i, j] = hessian[j, i] = float(four @ signs) / (4 * steps[i, i] * steps[j, j])
    try:
        np.linalg.cholesky(hessian)
        return np.linalg.inv(hessian)
    except np.linalg.LinAlgError:
        return np.full((size, size), np.nan)
