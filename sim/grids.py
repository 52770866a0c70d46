"""How a community is cut into grids, and the loop that a patrol walks through one.

Grids come from recursive bisection of the households by coordinates: each cut runs across the longer side and shares the
households in proportion to the grids on either side, so sizes differ by one household at most.
Grids of a map have drawn outlines instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
from scipy.spatial import KDTree

from sim.outlines import Outline

Array = np.ndarray
HOUSEHOLDS_PER_WAYPOINT = 30
"""A round looks in at one point for about so many households (assumed; a stairwell or a lane)."""


@dataclass(frozen=True)
class Cut:
    """A cut across one axis (0 east, 1 north) at a coordinate, or a leaf that holds one part."""

    part: int
    axis: int = 0
    at: float = 0.0
    low: Cut | None = None
    high: Cut | None = None

    def parts_of(self, points: Array) -> Array:
        """Number of the part in which each point (n x 2) lies."""
        if self.low is None or self.high is None:
            return np.full(len(points), self.part, dtype=np.int64)
        below = points[:, self.axis] < self.at
        result = np.empty(len(points), dtype=np.int64)
        result[below] = self.low.parts_of(points[below])
        result[~below] = self.high.parts_of(points[~below])
        return result


def bisect(points: Array, parts: int, first: int = 0) -> Cut:
    """Cut points (n x 2) into so many parts of equal size; neighbouring numbers are neighbours in space."""
    if parts <= 1 or len(points) < 2:
        return Cut(first)
    axis = int(np.argmax(np.ptp(points, axis=0)))
    left = parts // 2
    order = np.argsort(points[:, axis], kind="stable")
    split = round(len(points) * left / parts)
    at = float((points[order[split - 1], axis] + points[order[split], axis]) / 2)
    low, high = points[order[:split]], points[order[split:]]
    return Cut(first, axis, at, bisect(low, left, first), bisect(high, parts - left, first + left))


@dataclass(frozen=True, eq=False)
class Patchwork:
    """The grids of a community on a map: their outlines in metres and their households."""

    outlines: tuple[Outline, ...]
    households: tuple[int, ...]

    def parts_of(self, points: Array) -> Array:
        """Number of the grid in which each point (n x 2) lies; of the nearest one for a point in none."""
        result = np.full(len(points), -1, dtype=np.int64)
        for part, outline in enumerate(self.outlines):
            left = np.flatnonzero(result < 0)
            result[left[outline.holds(points[left])]] = part
        beside = np.flatnonzero(result < 0)
        if len(beside):
            gaps = np.stack([outline.distance(points[beside]) for outline in self.outlines])
            result[beside] = gaps.argmin(axis=0)
        return result

    def spots(self, u: Array, v: Array) -> Array:
        """Points (n x 2) from uniforms (0, 1): a grid by its share of the households, in it evenly spread."""
        edges = np.concatenate([[0.0], np.cumsum(self.households) / sum(self.households)])
        part = np.minimum(np.searchsorted(edges, u, side="right") - 1, len(self.outlines) - 1)
        rest = np.clip((u - edges[part]) / (edges[part + 1] - edges[part]), 0.0, 1.0)
        points = np.empty((len(u), 2))
        for number, outline in enumerate(self.outlines):
            rows = np.flatnonzero(part == number)
            points[rows] = outline.spots(rest[rows], v[rows])
        return points


@dataclass(frozen=True)
class Loop:
    """A closed walk: its waypoints in order (n x 2), the metres at which each is reached, and its length in metres."""

    waypoints: Array
    reached: Array
    metres: float

    def of_length(self, metres: float) -> Loop:
        """The same walk with another length."""
        return Loop(self.waypoints, self.reached * (metres / self.metres), metres)

    def spots(self, points: Array, place: Array) -> Array:
        """Where along the loop (0..1) a walker passes each point: its nearest waypoint, spread over the leg by `place` (0..1)."""
        if not len(points):
            return np.empty(0)
        nearest = KDTree(self.waypoints).query(points)[1]
        ends = np.append(self.reached[1:], self.metres)
        return (self.reached[nearest] + place * (ends - self.reached)[nearest]) / max(self.metres, 1e-9) % 1.0


def patrol_loop(households: Array, street_factor: float) -> Loop:
    """A short loop through the blocks of these households (n x 2), by networkx' greedy tour with 2-opt left out."""
    blocks = max(1, round(len(households) / HOUSEHOLDS_PER_WAYPOINT))
    part = bisect(households, blocks).parts_of(households)
    centres = np.array([households[part == block].mean(axis=0) for block in np.unique(part)])
    if len(centres) < 3:
        return _single(centres, households, street_factor)
    gaps = np.hypot(*(centres[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    graph = nx.from_numpy_array(gaps + 1e-9)
    tour = nx.approximation.greedy_tsp(graph, source=0)
    legs = np.array([gaps[a, b] for a, b in pairwise(tour)]) * street_factor
    return Loop(centres[tour[:-1]], np.concatenate([[0.0], np.cumsum(legs)[:-1]]), float(legs.sum()))


def _single(centres: Array, households: Array, street_factor: float) -> Loop:
    around = 2 * float(np.ptp(households, axis=0).sum()) * street_factor
    return Loop(centres[:1], np.zeros(1), max(around, 1.0))
