"""Run the frontier again in worlds that the search has not seen, to undo the winner's curse.

Of many points that were tried, those that look best are partly those that were lucky. In fresh worlds luck is gone:
what is told of the frontier are the fresh values, and by how much the search had flattered it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.intervals import Interval, t_interval
from experiments.procedures.frontier import knee, lacking_worlds, membership, on_frontier, reaching, world_means
from experiments.procedures.levers import Point
from experiments.procedures.search import Evaluate, Found
from sim.metrics.indicator import Direction

CANDIDATE = 0.1
"""Points that are on the frontier in at least this share of resampled worlds are run again, not only its members."""


@dataclass(frozen=True)
class Confirmed:
    """Candidates of the frontier in fresh worlds; all tables have a row a candidate."""

    points: tuple[Point, ...]
    values: np.ndarray
    """fresh: points by objectives by worlds"""
    means: np.ndarray
    on_frontier: np.ndarray
    """True for those that are still on it"""
    surely: np.ndarray
    """share of resampled fresh worlds in which each is on the frontier"""
    was_member: np.ndarray
    """True for those that the search itself had on the frontier"""
    flattered: tuple[Interval, ...]
    """for each objective: fresh mean minus mean in the search, over the members of the search's frontier"""
    knee: int | None
    """the row of the knee"""
    good_enough: np.ndarray
    """True for those that reach every threshold"""
    lacking: np.ndarray
    """in how many fresh worlds each has no value; where in any, it is not compared: not on the frontier, not the knee"""

    def interval(self, row: int, objective: int) -> Interval:
        """A candidate's fresh mean and its interval over worlds."""
        return t_interval(self.values[row, objective])


class NoCandidate(ValueError):
    """No point of the search has a value in every objective and world."""


def confirm(
    found: Found,
    evaluate: Evaluate,
    directions: Sequence[Direction],
    *,
    thresholds: Sequence[float | None] | None = None,
    seed: int = 1,
) -> Confirmed:
    """Run all candidates again: `evaluate` must use worlds that the search did not. Frontier and knee are the fresh ones.

    The knee is sought among those that reach the thresholds where any does. Raises NoCandidate without a candidate.
    """
    before = world_means(found.values)
    member = on_frontier(before, directions)
    rows = np.flatnonzero(member | (membership(found.values, directions, seed=seed) >= CANDIDATE))
    if not len(rows):
        raise NoCandidate("the search found no point with a value in every objective and world")
    points = tuple(found.points[row] for row in rows)
    values = np.asarray(evaluate(points), dtype=float)
    means = world_means(values)
    good = reaching(means, directions, thresholds or [None] * len(directions))
    was_member = member[rows]
    luck = means[was_member] - before[rows][was_member]
    asked = np.where(good[:, None], means, np.nan) if good.any() else means
    return Confirmed(
        points, values, means, on_frontier(means, directions), membership(values, directions, seed=seed), was_member,
        tuple(t_interval(column) for column in luck.T), knee(asked, directions), good, lacking_worlds(values),
    )  # fmt: skip
