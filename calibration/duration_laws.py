"""Families of durations that a fit may choose from, on the logarithm of time, with parameters free to take any value.

The first parameter of each is a location on log time, so that one number moves every family alike (accelerated failure
time: T becomes e^shift x T). Densities are those of log T: scores of families are comparable, whatever the unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

Array = np.ndarray

FLOOR = -745.0
"""Smallest logarithm of a probability: below it a double is 0."""
WIDEST, NARROWEST = np.log(6.0), np.log(0.1)
"""Bounds of log spreads: a part narrower than 10 % of its duration is a rounding of the log, not a family."""


@dataclass(frozen=True)
class Law:
    """One family. `density` and `outlasts` take parameters and log times: log density of log T, log P(T > t).

    A parameter may be a number or a column of numbers, one for each row of the answer.
    """

    name: str
    parameters: tuple[str, ...]
    density: Callable[[Array, Array], Array]
    outlasts: Callable[[Array, Array], Array]
    starts: Callable[[Array, Array], list[Array]]
    """first guesses from the log times that ended and their weights"""
    bounds: tuple[tuple[float, float], ...]
    freedom: int = 0
    """numbers that were fitted beyond the parameters (steps of a hazard)"""


def _weibull_density(p: Array, x: Array) -> Array:
    z = (x - p[0]) * np.exp(p[1])
    return p[1] + z - np.exp(np.minimum(z, 700))


def _weibull_outlasts(p: Array, x: Array) -> Array:
    return -np.exp(np.minimum((x - p[0]) * np.exp(p[1]), 700))


def _exponential_density(p: Array, x: Array) -> Array:
    return x - p[0] - np.exp(np.minimum(x - p[0], 700))


def _exponential_outlasts(p: Array, x: Array) -> Array:
    return -np.exp(np.minimum(x - p[0], 700))


def _lognormal_density(p: Array, x: Array) -> Array:
    z = (x - p[0]) * np.exp(-p[1])
    return -0.5 * z * z - p[1] - 0.5 * np.log(2 * np.pi)


def _lognormal_outlasts(p: Array, x: Array) -> Array:
    return special.log_ndtr((p[0] - x) * np.exp(-p[1]))


def _gamma_density(p: Array, x: Array) -> Array:
    shape, z = np.exp(p[1]), x - p[0]
    return shape * z - np.exp(np.minimum(z, 700)) - special.gammaln(shape)


def _gamma_outlasts(p: Array, x: Array) -> Array:
    with np.errstate(divide="ignore"):
        found = np.log(special.gammaincc(np.exp(p[1]), np.exp(np.minimum(x - p[0], 700))))
    return np.maximum(found, FLOOR)


def _two_of(part: Callable[[Array, Array], Array]) -> Callable[[Array, Array], Array]:
    """Parameters: location of the first part, log of the gap to the second, both spreads, logit of the first one's share."""

    def both(p: Array, x: Array) -> Array:
        one, two = np.stack([p[0], p[2]]), np.stack([p[0] + np.exp(p[1]), p[3]])
        return np.logaddexp(special.log_expit(p[4]) + part(one, x), special.log_expit(-p[4]) + part(two, x))

    return both


def _one_start(shape: Callable[[float], list[float]], shift: float = 0.0) -> Callable[[Array, Array], list[Array]]:
    def starts(x: Array, weight: Array) -> list[Array]:
        mean, sd = _mean_and_sd(x, weight)
        return [np.array([mean + shift * sd, *shape(sd)])]

    return starts


def _two_starts(shape: Callable[[float], float], shift: float = 0.0) -> Callable[[Array, Array], list[Array]]:
    """The sample cut in two at several places, each side read as one part."""

    def starts(x: Array, weight: Array) -> list[Array]:
        below = np.cumsum(weight) / weight.sum()
        found = []
        for share in (0.1, 0.25, 0.5, 0.75, 0.9):
            low = below <= share
            if low.any() and not low.all():
                (one, sd_1), (two, sd_2) = _mean_and_sd(x[low], weight[low]), _mean_and_sd(x[~low], weight[~low])
                gap = max(0.2, two - one + shift * (sd_2 - sd_1))
                found.append(np.array([one + shift * sd_1, np.log(gap), shape(sd_1), shape(sd_2), special.logit(share)]))
        mean, sd = _mean_and_sd(x, weight)
        return [*found, np.array([mean - sd / 2, np.log(sd), shape(sd), shape(sd), 0.0])]

    return starts


def _mean_and_sd(x: Array, weight: Array) -> tuple[float, float]:
    mean = float(np.average(x, weights=weight))
    return mean, max(0.15, float(np.sqrt(np.average((x - mean) ** 2, weights=weight))))


def _log_shape(sd: float) -> float:
    """Log shape of the Weibull whose log time has this standard deviation: pi / (sqrt 6 sd)."""
    return float(np.log(1.28 / sd))


_PLACE, _SPREAD = (-5.0, 21.5), (NARROWEST, WIDEST)
_SHAPE = (np.log(0.05), np.log(10.0))
_WEIGHT = (-6.0, 6.0)

LAWS: dict[str, Law] = {law.name: law for law in (
    Law("exponential", ("log_scale",), _exponential_density, _exponential_outlasts,
        _one_start(lambda _: [], 0.5), (_PLACE,)),
    Law("weibull", ("log_scale", "log_shape"), _weibull_density, _weibull_outlasts,
        _one_start(lambda sd: [_log_shape(sd)], 0.5), (_PLACE, _SHAPE)),
    Law("gamma", ("log_scale", "log_shape"), _gamma_density, _gamma_outlasts,
        _one_start(lambda sd: [_log_shape(sd)], 0.7), (_PLACE, _SHAPE)),
    Law("lognormal", ("log_median", "log_sigma"), _lognormal_density, _lognormal_outlasts,
        _one_start(lambda sd: [float(np.log(sd))]), (_PLACE, _SPREAD)),
    Law("two_lognormals", ("log_median", "log_gap", "log_sigma_1", "log_sigma_2", "logit_share_1"),
        _two_of(_lognormal_density), _two_of(_lognormal_outlasts), _two_starts(lambda sd: float(np.log(sd))),
        (_PLACE, (-2.0, 2.5), _SPREAD, _SPREAD, _WEIGHT)),
    Law("two_weibulls", ("log_scale", "log_gap", "log_shape_1", "log_shape_2", "logit_share_1"),
        _two_of(_weibull_density), _two_of(_weibull_outlasts), _two_starts(_log_shape, 0.5),
        (_PLACE, (-2.0, 2.5), _SHAPE, _SHAPE, _WEIGHT)),
)}  # fmt: skip
"""Simplest first. A mixture has two parts of one family; the second is the longer one."""
