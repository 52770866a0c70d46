"""Distributions of efforts and delays: given by mean and coefficient of variation, read off by quantile.

Reading off by quantile (inverse transform) keeps one uniform per draw, so two policies that meet the same issue with
the same luck meet the same work content, and a longer mean stretches the same draw.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from scipy import special

from sim.messages import say
from sim.units import LONGEST, Span

Array = np.ndarray


class Distribution(BaseModel):
    """A distribution of seconds. Families implement `quantiles`: seconds (float) at probabilities in (0, 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def quantiles(self, u: Array) -> Array:
        """Seconds (float array) at the probabilities `u` (any shape, inside (0, 1))."""
        raise NotImplementedError

    def seconds(self, u: Array) -> Array:
        """Whole seconds (int64) at the probabilities `u`: rounded, at least one."""
        return np.maximum(1, np.rint(self.quantiles(np.asarray(u, dtype=float)))).astype(np.int64)

    def draw(self, u: float) -> int:
        """Whole seconds at one probability."""
        return max(1, round(float(self.quantiles(np.asarray(u)))))

    def mean_seconds(self) -> float:
        """Expected seconds before rounding."""
        raise NotImplementedError


class Nothing(Distribution):
    """No time at all: the step happens at once and asks nobody."""

    family: Literal["none"]

    def quantiles(self, u: Array) -> Array:
        return np.zeros_like(u)

    def seconds(self, u: Array) -> Array:
        return np.zeros(np.shape(u), dtype=np.int64)

    def draw(self, u: float) -> int:
        return 0

    def mean_seconds(self) -> float:
        return 0.0


class Fixed(Distribution):
    """Always the same duration."""

    family: Literal["fixed"]
    value: Span = Field(description="the duration", json_schema_extra={"unit": "duration"})

    def quantiles(self, u: Array) -> Array:
        return np.full(np.shape(u), float(self.value.seconds))

    def seconds(self, u: Array) -> Array:
        return np.full(np.shape(u), self.value.seconds, dtype=np.int64)

    def draw(self, u: float) -> int:
        return self.value.seconds

    def mean_seconds(self) -> float:
        return float(self.value.seconds)


class _ByMean(Distribution):
    mean: Span = Field(description="mean", json_schema_extra={"unit": "duration"})

    def mean_seconds(self) -> float:
        return float(self.mean.seconds)


class Exponential(_ByMean):
    """Memoryless."""

    family: Literal["exponential"]

    def quantiles(self, u: Array) -> Array:
        return -self.mean.seconds * np.log1p(-u)

    def draw(self, u: float) -> int:
        return max(1, round(-self.mean.seconds * math.log1p(-u)))


class _ByMeanAndCv(_ByMean):
    cv: float = Field(gt=0, le=20, description="standard deviation over mean", json_schema_extra={"unit": "1"})


class Lognormal(_ByMeanAndCv):
    """Right-skewed; sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2."""

    family: Literal["lognormal"]

    def quantiles(self, u: Array) -> Array:
        location, spread = self._parameters
        return np.exp(location + spread * special.ndtri(u))

    def draw(self, u: float) -> int:
        location, spread = self._parameters
        return max(1, round(math.exp(location + spread * float(special.ndtri(u)))))

    @cached_property
    def _parameters(self) -> tuple[float, float]:
        variance = math.log1p(self.cv**2)
        return math.log(self.mean.seconds) - variance / 2, math.sqrt(variance)


class Gamma(_ByMeanAndCv):
    """Shape 1 / cv^2, scale mean x cv^2."""

    family: Literal["gamma"]

    def quantiles(self, u: Array) -> Array:
        return special.gammaincinv(self.cv**-2, u) * self.mean.seconds * self.cv**2


class Weibull(_ByMeanAndCv):
    """Shape solved from the cv: Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 = 1 + cv^2."""

    family: Literal["weibull"]

    def quantiles(self, u: Array) -> Array:
        shape = weibull_shape(self.cv)
        return self.mean.seconds / math.gamma(1 + 1 / shape) * (-np.log1p(-u)) ** (1 / shape)


def weibull_shape(cv: float) -> float:
    """The Weibull shape whose coefficient of variation is `cv`, by bisection on its logarithm."""
    from scipy.optimize import brentq

    def gap(log_shape: float) -> float:
        k = math.exp(log_shape)
        return special.gammaln(1 + 2 / k) - 2 * special.gammaln(1 + 1 / k) - math.log1p(cv**2)

    return math.exp(brentq(gap, math.log(0.15), math.log(60.0)))  # type: ignore[arg-type]


class _ByScale(Distribution):
    """A family by its place and shape, for fits of logs: their tails are too long for a mean and a cv to say anything.

    No draw is longer than a century.
    """

    def quantiles(self, u: Array) -> Array:
        with np.errstate(over="ignore"):
            return np.minimum(self._unbounded(np.asarray(u, dtype=float)), float(LONGEST))

    def _unbounded(self, u: Array) -> Array:
        raise NotImplementedError

    def mean_seconds(self) -> float:
        return float(self.quantiles((np.arange(4000) + 0.5) / 4000).mean())


class LognormalByMedian(_ByScale):
    """median x exp(sigma x a standard normal number)."""

    family: Literal["lognormal_median"]
    median: Span = Field(description="median", json_schema_extra={"unit": "duration"})
    sigma: float = Field(gt=0, le=10, description="standard deviation of the log", json_schema_extra={"unit": "1"})

    def _unbounded(self, u: Array) -> Array:
        return self.median.seconds * np.exp(self.sigma * special.ndtri(u))


class WeibullByScale(_ByScale):
    """scale x (an exponential number) to the power 1 / shape."""

    family: Literal["weibull_scale"]
    scale: Span = Field(description="63rd percentile", json_schema_extra={"unit": "duration"})
    shape: float = Field(ge=0.02, le=60, description="shape", json_schema_extra={"unit": "1"})

    def _unbounded(self, u: Array) -> Array:
        return self.scale.seconds * (-np.log1p(-u)) ** (1 / self.shape)


class GammaByScale(_ByScale):
    """scale x a gamma number of that shape."""

    family: Literal["gamma_scale"]
    scale: Span = Field(description="mean over shape", json_schema_extra={"unit": "duration"})
    shape: float = Field(ge=0.02, le=60, description="shape", json_schema_extra={"unit": "1"})

    def _unbounded(self, u: Array) -> Array:
        return self.scale.seconds * special.gammaincinv(self.shape, u)


class Uniform(Distribution):
    """Every duration from low to high alike."""

    family: Literal["uniform"]
    low: Span = Field(description="shortest", json_schema_extra={"unit": "duration"})
    high: Span = Field(description="longest", json_schema_extra={"unit": "duration"})

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if self.high.seconds < self.low.seconds:
            raise ValueError(
                say("high ({high}) is below low ({low}); swap them", high=self.high.text(), low=self.low.text())
            )
        return self

    def quantiles(self, u: Array) -> Array:
        return self.low.seconds + (self.high.seconds - self.low.seconds) * u

    def mean_seconds(self) -> float:
        return (self.low.seconds + self.high.seconds) / 2


class Empirical(Distribution):
    """Quantiles read off a log: `durations[i]` at probability `at[i]`, log-linear between, the last one beyond."""

    family: Literal["empirical"]
    at: tuple[float, ...] = Field(description="probabilities, rising", json_schema_extra={"unit": "1"})
    durations: tuple[Span, ...] = Field(description="durations, rising", json_schema_extra={"unit": "duration"})

    @model_validator(mode="after")
    def _aligned(self) -> Empirical:
        if len(self.at) != len(self.durations) or len(self.at) < 2:
            raise ValueError(
                say("at has {probabilities} entries and durations {durations}; give as many, two or more",
                    probabilities=len(self.at), durations=len(self.durations))
            )  # fmt: skip
        if any(b <= a for a, b in zip(self.at, self.at[1:], strict=False)) or not 0 <= self.at[0] <= self.at[-1] <= 1:
            raise ValueError(say("at: probabilities {values} must rise inside [0, 1]", values=list(self.at)))
        if any(b.seconds < a.seconds for a, b in zip(self.durations, self.durations[1:], strict=False)):
            raise ValueError(say("durations must not fall while their probabilities rise"))
        return self

    def quantiles(self, u: Array) -> Array:
        logs = np.log1p([duration.seconds for duration in self.durations])
        return np.expm1(np.interp(u, self.at, logs))

    def mean_seconds(self) -> float:
        return float(self.quantiles((np.arange(4000) + 0.5) / 4000).mean())


class Part(BaseModel):
    """One part of a mixture: the share of draws that come from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    share: float = Field(ge=0, le=1, description="share of draws", json_schema_extra={"unit": "share"})
    of: AnyDistribution


class Mixture(Distribution):
    """A draw belongs to one part; its place inside the part is rescaled, so one uniform still decides all."""

    family: Literal["mixture"]
    parts: tuple[Part, ...] = Field(min_length=1, description="parts whose shares add up to 1")

    @model_validator(mode="after")
    def _whole(self) -> Mixture:
        total = math.fsum(part.share for part in self.parts)
        if abs(total - 1) > 1e-9:
            raise ValueError(say("shares of the mixture add up to {total:g}; they must add up to 1", total=total))
        return self

    def quantiles(self, u: Array) -> Array:
        edges = np.concatenate([[0.0], np.cumsum([part.share for part in self.parts])])
        u = np.asarray(u, dtype=float)
        which = np.clip(np.searchsorted(edges, u, side="right") - 1, 0, len(self.parts) - 1)
        result = np.empty_like(u)
        for index, part in enumerate(self.parts):
            inside = which == index
            if np.any(inside):
                place = (u[inside] - edges[index]) / max(part.share, 1e-300)
                result[inside] = part.of.quantiles(np.clip(place, 1e-12, 1 - 1e-12))
        return result

    def mean_seconds(self) -> float:
        return math.fsum(part.share * part.of.mean_seconds() for part in self.parts)


AnyDistribution = Annotated[
    Nothing | Fixed | Exponential | Lognormal | Gamma | Weibull | LognormalByMedian | WeibullByScale | GammaByScale
    | Uniform | Empirical | Mixture,
    Field(discriminator="family"),
]
Part.model_rebuild()
Mixture.model_rebuild()
