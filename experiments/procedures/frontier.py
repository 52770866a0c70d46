"""The frontier of several objectives: who is not beaten in all at once, how surely, its knee, and what users ask of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.metrics.indicator import Direction

RESAMPLES = 200


def lower_is_better(values: np.ndarray, directions: Sequence[Direction]) -> np.ndarray:
    """The values with those objectives turned round of which more is better. Objectives are on axis 1."""
    signs = np.array([-1.0 if direction == "higher" else 1.0 for direction in directions])
    return np.asarray(values, dtype=float) * signs.reshape(1, -1, *[1] * (np.ndim(values) - 2))


def on_frontier(values: np.ndarray, directions: Sequence[Direction]) -> np.ndarray:
    """True for each point (row) that no other beats: as good in every objective and better in one. NaN: never."""
    costs = lower_is_better(values, directions)
    known = ~np.isnan(costs).any(axis=1)
    shape = (len(costs), int(known.sum()))
    as_good, better = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for column in costs.T:  # one objective after the other: no table of points by points by objectives
        as_good &= column[known] <= column[:, None]
        better |= column[known] < column[:, None]
    return np.asarray(known & ~np.any(as_good & better, axis=1))


def membership(values: np.ndarray, directions: Sequence[Direction], *, seed: int = 1) -> np.ndarray:
    """How surely each point is on the frontier: share of resamples of the worlds in which it is.

    `values`: points by objectives by worlds, the same worlds for all, so that a resample draws whole worlds. A point
    that lacks a world that others have is never on it.
    """
    values = values[:, :, common_worlds(values)]
    values = np.where(np.isnan(values).any(axis=(1, 2), keepdims=True), np.nan, values)
    luck, worlds, counts = np.random.default_rng(seed), values.shape[2], np.zeros(len(values))
    if worlds == 0:
        return counts
    for _ in range(RESAMPLES):
        counts += on_frontier(values[:, :, luck.integers(worlds, size=worlds)].mean(axis=2), directions)
    return counts / RESAMPLES


def common_worlds(values: np.ndarray) -> np.ndarray:
    """True for each world in which every objective has a value for some point: the others say nothing of anybody."""
    return np.asarray(~np.isnan(values).all(axis=0).any(axis=0))


def lacking_worlds(values: np.ndarray) -> np.ndarray:
    """For each point, in how many of the common worlds it has no value for some objective."""
    return np.asarray(np.isnan(values[:, :, common_worlds(values)]).any(axis=1).sum(axis=1))


def world_means(values: np.ndarray) -> np.ndarray:
    """Means over the common worlds: points by objectives from points by objectives by worlds.

    NaN for a point that lacks one of them: a mean over other worlds than the rest met would compare luck, not points.
    """
    common = values[:, :, common_worlds(values)]
    return common.mean(axis=2) if common.shape[2] else np.full(values.shape[:2], np.nan)


def knee(values: np.ndarray, directions: Sequence[Direction]) -> int | None:
    """The row on the frontier where giving up a little of one objective no longer buys much of another.

    Of the frontier's members, objectives scaled to 0 (best) to 1 (worst), the one with the smallest sum: with two
    objectives the farthest from the line between the ends (Das 1999). None without a frontier.
    """
    members = np.flatnonzero(on_frontier(values, directions))
    if not len(members):
        return None
    costs = lower_is_better(values, directions)[members]
    span = np.ptp(costs, axis=0)
    scaled = (costs - costs.min(axis=0)) / np.where(span > 0, span, 1.0)
    return int(members[int(np.argmin(scaled.sum(axis=1)))])


def reaching(values: np.ndarray, directions: Sequence[Direction], thresholds: Sequence[float | None]) -> np.ndarray:
    """True for each point that reaches every threshold that is stated: at most it, at least it where more is better."""
    costs = lower_is_better(values, directions)
    asked = np.array([np.inf if limit is None else limit for limit in thresholds], dtype=float)
    limits = np.where(np.isinf(asked), np.inf, lower_is_better(asked[None, :], directions)[0])
    return np.asarray(np.all(costs <= limits, axis=1) & ~np.isnan(costs).any(axis=1))
