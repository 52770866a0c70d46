"""A duration that follows no family: a hazard that is constant between steps of time, fitted to censored cases.

Cases closed by a rule (all on day 31, or in a weekly round) pile up where no smooth family does. Steps of 4 % of time are
put together until each holds a thirtieth of those that ended, five at least where a heap follows; before the first and after the last of them
half a case counts as ended, so that nothing is impossible. Hazard of a step: those that ended in it over the time spent in it
(Holford 1976, the piecewise exponential model); who enters late or is still open counts for the time he was seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.duration_laws import FLOOR, Law
from calibration.duration_likelihood import LawFit, fit_law
from calibration.duration_sample import AT_ONCE, STEP, Sample

Array = np.ndarray

STEPWISE = "stepwise"
LEAST, MOST = 5, 30
"""Cases that ended in a step at least, and steps at most."""
HALF = 0.5


@dataclass(frozen=True)
class _Steps:
    """Hazard by step: step k runs from edges[k] to edges[k + 1], the last one for ever. Seconds from one minute on."""

    edges: Array
    hazard: Array

    @property
    def before(self) -> Array:
        """Cumulative hazard at the start of each step."""
        return np.concatenate([[0.0], np.cumsum(self.hazard[:-1] * np.diff(self.edges))])

    def cumulative(self, seconds: Array) -> tuple[Array, Array]:
        """Cumulative hazard and hazard."""
        place = np.clip(np.searchsorted(self.edges, seconds, side="right") - 1, 0, len(self.hazard) - 1)
        return self.before[place] + self.hazard[place] * np.maximum(seconds - self.edges[place], 0.0), self.hazard[place]

    def density(self, p: Array, x: Array) -> Array:
        """Log density of log time; times scale with exp(p[0])."""
        moved = np.minimum(x - p[0], 40.0)
        total, hazard = self.cumulative(np.exp(moved))
        return np.maximum(moved + np.log(hazard) - total, FLOOR)

    def outlasts(self, p: Array, x: Array) -> Array:
        """Log of P(longer than t)."""
        return -self.cumulative(np.exp(np.minimum(x - p[0], 40.0)))[0]

    def quantiles(self, shares: Array) -> Array:
        """Seconds by which each share below 1 is over."""
        wanted, before = -np.log1p(-np.asarray(shares, dtype=float)), self.before
        place = np.searchsorted(before, wanted, side="right") - 1
        return self.edges[place] + (wanted - before[place]) / self.hazard[place]


def fit_steps(sample: Sample) -> LawFit | None:
    """The most likely steps; None where fewer than two cases ended after a positive time."""
    if sample.closed < 2:
        return None
    edges = _edges(sample)
    ended = np.histogram(sample.ended, np.append(np.log(edges), np.inf), weights=sample.ended_weight)[0]
    seen = _time_in(edges, sample)
    ended[0], ended[-1] = max(ended[0], HALF), max(ended[-1], HALF)
    hazard = ended / np.maximum(seen, 1.0)
    if seen[-1] <= 0 or hazard[-1] > hazard[-2]:
        hazard[-1] = hazard[-2]
    steps = _Steps(edges, hazard)
    law = Law(STEPWISE, ("log_stretch",), steps.density, steps.outlasts, lambda x, w: [np.zeros(1)], ((-8.0, 8.0),), len(hazard))
    likely = float(steps.density(np.zeros(1), sample.ended) @ sample.ended_weight)
    likely += float(steps.outlasts(np.zeros(1), sample.still) @ sample.still_weight)
    likely -= float(steps.outlasts(np.zeros(1), sample.entered) @ sample.entered_weight)
    zero = sample.zero / max(1.0, sample.zero + sample.fresh)
    return LawFit(law, np.zeros(1), False, np.array([[_spread(steps, sample)]]), likely, zero)


def _edges(sample: Sample) -> Array:
    """Bounds of the steps: a minute, then middles between the times that are counted together, thick enough each."""
    cell = np.rint(sample.ended / STEP).astype(np.int64)
    wanted = max(LEAST, sample.closed / MOST)
    bounds, held = [int(cell.min())], 0.0
    for place in np.unique(cell):
        here = float(sample.ended_weight[cell == place].sum())
        if here >= wanted and held >= LEAST:  # a heap of endings is a step of its own
            bounds.append(int(place))
            held = 0.0
        held += here
        if held >= wanted:
            bounds.append(int(place) + 1)
            held = 0.0
    if held:
        # A thin rest goes to the step before it, up to the last time at which a case ended.
        bounds = [*(bounds[:-1] if len(bounds) > 1 else bounds), int(cell.max()) + 1]
    edges = np.exp((np.array(bounds) - 0.5) * STEP)
    return np.concatenate([[AT_ONCE], edges[edges > AT_ONCE * (1 + 1e-9)]])


def _time_in(edges: Array, sample: Sample) -> Array:
    """Seconds that the cases were seen in each step."""
    low, high = edges, np.append(edges[1:], np.inf)

    def spent(logs: Array, weight: Array) -> Array:
        return (np.clip(np.exp(logs)[:, None] - low, 0.0, high - low) * weight[:, None]).sum(axis=0)

    return spent(sample.ended, sample.ended_weight) + spent(sample.still, sample.still_weight) - spent(sample.entered, sample.entered_weight)


def _spread(steps: _Steps, sample: Sample) -> float:
    """Variance of the log of the median: binomial at one half over the squared density there."""
    middle = np.log(steps.quantiles(np.array([0.5])))
    return 0.25 / max(1.0, sample.closed) * float(np.exp(-2 * steps.density(np.zeros(1), middle)[0]))


def steps_of(fit: LawFit) -> tuple[Array, Array]:
    """Shares and the seconds by which they are over, dense enough to draw from."""
    shares = np.concatenate([np.linspace(0, 0.95, 96), np.linspace(0.955, 0.995, 9), [0.999]])
    law: _Steps = fit.law.density.__self__  # type: ignore[attr-defined]
    return shares, law.quantiles(shares) * float(np.exp(fit.parameters[0]))


def fit_family(name: str, sample: Sample, endless: bool) -> LawFit | None:
    """The most likely fit of a smooth family, or of steps."""
    return fit_steps(sample) if name == STEPWISE else fit_law(name, sample, endless)
