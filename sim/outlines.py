"""Outlines of grids on a map: polygons with holes, as well-known text, on the globe and in metres.

An outline is a set of closed rings under the even-odd rule: inside is what an odd number of rings goes round. Area,
middle and points inside are exact, by cutting the outline into horizontal slabs at its corners and each slab into
triangles.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from sim.messages import say

Array = np.ndarray
Rings = list[list[tuple[float, float]]]
MOST_CORNERS = 2_000
"""Corners of one outline: cutting it into slabs looks at every edge for every level."""
_MOST_GAPS = 500_000
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_PAIR = re.compile(rf"({_NUMBER})\s+({_NUMBER})")
_FORM = re.compile(r"\s*(POLYGON|MULTIPOLYGON)\s*(\([-+\d.eE\s,()]*\))\s*")


@dataclass(frozen=True, eq=False)
class Slab:
    """What of an outline lies between two levels: where each edge comes in and goes out, from west to east."""

    low: float
    high: float
    under: Array
    over: Array


@dataclass(frozen=True, eq=False)
class Outline:
    """Rings, each an n x 2 array whose last row repeats its first; east and north, in degrees or in metres."""

    rings: tuple[Array, ...]

    @cached_property
    def edges(self) -> Array:
        """Every edge as (x, y, x, y), the lower end first, so that two outlines see a shared edge alike."""
        rows = np.concatenate([np.column_stack([ring[:-1], ring[1:]]) for ring in self.rings])
        turned = (rows[:, 1] > rows[:, 3]) | ((rows[:, 1] == rows[:, 3]) & (rows[:, 0] > rows[:, 2]))
        return np.where(turned[:, None], rows[:, [2, 3, 0, 1]], rows)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        corners = np.concatenate(self.rings)
        return (*map(float, corners.min(axis=0)), *map(float, corners.max(axis=0)))  # type: ignore[return-value]

    @cached_property
    def slabs(self) -> list[Slab]:
        """The slabs between neighbouring levels of corners, from south to north."""
        steep, levels = self.edges[self.edges[:, 1] != self.edges[:, 3]], np.unique(self.edges[:, [1, 3]])
        return [_slab(steep, float(low), float(high)) for low, high in pairwise(levels)]

    @cached_property
    def triangles(self) -> Array:
        """Triangles (n x 3 x 2) that cover the inside once."""
        pieces = [piece for slab in self.slabs for piece in _halves(slab)]
        triangles = np.concatenate(pieces) if pieces else np.zeros((0, 3, 2))
        return triangles[_sizes(triangles) > 0]

    @property
    def crosses_itself(self) -> bool:
        """Whether edges cross: they then leave a slab in another order than they come in."""
        west, _, east, _ = self.box
        least = -1e-9 * (east - west)
        return any((np.diff(end) < least).any() for slab in self.slabs for end in (slab.under, slab.over))

    @cached_property
    def area(self) -> float:
        """Area inside."""
        return float(_sizes(self.triangles).sum())

    @property
    def centre(self) -> tuple[float, float]:
        """Centre of gravity of the inside; it may lie outside a bent outline."""
        sizes = _sizes(self.triangles)
        x, y = (self.triangles.mean(axis=1) * sizes[:, None]).sum(axis=0) / sizes.sum()
        return float(x), float(y)

    @property
    def perimeter(self) -> float:
        """Length of all rings."""
        return float(np.hypot(*(self.edges[:, 2:] - self.edges[:, :2]).T).sum())

    def spots(self, u: Array, v: Array) -> Array:
        """Points (n x 2) inside, evenly spread when u and v are independent and uniform in (0, 1)."""
        reached = np.cumsum(_sizes(self.triangles))
        place = u * reached[-1]
        which = np.minimum(np.searchsorted(reached, place, side="right"), len(reached) - 1)
        sizes = _sizes(self.triangles)[which]
        # The square root makes the rows of a triangle as likely as they are long.
        along = np.sqrt(np.clip((place - reached[which] + sizes) / sizes, 0.0, 1.0))[:, None]
        a, b, c = self.triangles[which].transpose(1, 0, 2)
        return a + along * ((1 - v[:, None]) * (b - a) + v[:, None] * (c - a))

    def holds(self, points: Array) -> Array:
        """Whether each point (n x 2) lies inside; of two outlines with a shared edge exactly one holds a point of it."""
        result = np.zeros(len(points), dtype=bool)
        west, south, east, north = self.box
        x, y = points[:, 0], points[:, 1]
        rows = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        x, y = x[rows], y[rows]
        odd = np.zeros(len(rows), dtype=bool)
        for x0, y0, x1, y1 in self.edges[self.edges[:, 1] != self.edges[:, 3]]:
            odd ^= (y0 <= y) & (y < y1) & (x < x0 + (y - y0) / (y1 - y0) * (x1 - x0))
        result[rows] = odd
        return result

    def distance(self, points: Array, within: float = math.inf) -> Array:
        """Distance of each point (n x 2) from the nearest edge; it may be infinite where it is more than `within`."""
        nearest = np.full(len(points), np.inf)
        edges = self._edges_near(points, within)
        step = max(1, _MOST_GAPS // max(1, len(points)))
        for first in range(0, len(edges), step):
            starts, legs = (
                edges[first : first + step, :2],
                np.diff(edges[first : first + step].reshape(-1, 2, 2), axis=1),
            )
            beyond = points[:, None] - starts
            lengths = np.maximum((legs[:, 0] ** 2).sum(axis=1), 1e-300)
            share = np.clip((beyond * legs[:, 0]).sum(axis=2) / lengths, 0.0, 1.0)
            gaps = beyond - share[..., None] * legs[:, 0]
            nearest = np.minimum(nearest, np.hypot(gaps[..., 0], gaps[..., 1]).min(axis=1))
        return nearest

    def _edges_near(self, points: Array, within: float) -> Array:
        if math.isinf(within) or not len(points):
            return self.edges
        ends = self.edges.reshape(-1, 2, 2)
        low, high = points.min(axis=0) - within, points.max(axis=0) + within
        return self.edges[((ends.max(axis=1) >= low) & (ends.min(axis=1) <= high)).all(axis=1)]

    def walk(self, steps: int) -> Array:
        """So many points (n x 2) on the edges, evenly spaced along each."""
        starts, legs = self.edges[:, :2], self.edges[:, 2:] - self.edges[:, :2]
        shares = np.hypot(*legs.T) / self.perimeter
        counts = np.maximum(1, np.round(shares * steps)).astype(np.int64)
        row = np.repeat(np.arange(len(counts)), counts)
        place = (np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts) + 0.5) / counts[row]
        return starts[row] + place[:, None] * legs[row]


def _sizes(triangles: Array) -> Array:
    (ax, ay), (bx, by), (cx, cy) = triangles.transpose(1, 2, 0)
    return np.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def _slab(edges: Array, low: float, high: float) -> Slab:
    x0, y0, x1, y1 = edges[(edges[:, 1] <= low) & (edges[:, 3] >= high)].T
    slope = (x1 - x0) / (y1 - y0)
    # At an edge's own end the end itself: neighbouring slabs then meet without a crack.
    under = np.where(y0 == low, x0, x0 + (low - y0) * slope)
    over = np.where(y1 == high, x1, x0 + (high - y0) * slope)
    order = np.argsort(under + over, kind="stable")
    return Slab(low, high, under[order], over[order])


def _halves(slab: Slab) -> tuple[Array, Array]:
    """The triangles of a slab: its edges bound the inside in pairs, and each piece is cut along a diagonal."""
    south_west, south_east = (_at(slab.under[side::2], slab.low) for side in (0, 1))
    north_west, north_east = (_at(slab.over[side::2], slab.high) for side in (0, 1))
    return (
        np.stack([south_west, south_east, north_east], axis=1),
        np.stack([south_west, north_east, north_west], axis=1),
    )


def _at(x: Array, y: float) -> Array:
    return np.column_stack([x, np.full(len(x), y)])


def outline_text(parts: list[Rings]) -> str:
    """Polygons, each a list of rings of (east, north) in degrees, as well-known text with 7 decimals (a centimetre)."""
    bodies = [
        f"({', '.join('(' + ', '.join(f'{_short(x)} {_short(y)}' for x, y in ring) + ')' for ring in part)})"
        for part in parts
    ]
    return f"POLYGON {bodies[0]}" if len(bodies) == 1 else f"MULTIPOLYGON ({', '.join(bodies)})"


def _short(degrees: float) -> str:
    return f"{round(degrees, 7) + 0.0:.7f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=2048)
def read_outline(text: str) -> Outline:
    """The outline of a well-known text POLYGON or MULTIPOLYGON in degrees, longitude first (WGS 84).

    Raises ValueError, in words for the user, for any other text, rings that are not closed, have no room inside or cross
    themselves or each other, and coordinates off the globe.
    """
    parts = [[np.array(ring, dtype=np.float64) for ring in part] for part in _parts(text)]
    for part in parts:
        for ring in part:
            _check_ring(ring)
    outline = Outline(tuple(ring for part in parts for ring in part))
    if len(outline.edges) > MOST_CORNERS:
        raise ValueError(
            say("{count} corners; an outline has at most {most}: simplify it",
                count=len(outline.edges), most=MOST_CORNERS)
        )  # fmt: skip
    if outline.crosses_itself or not _adds_up(parts, outline.area):
        raise ValueError(
            say("the outline crosses itself, or a hole or part lies wrongly; draw each ring once round its area")
        )
    return outline


def _parts(text: str) -> list[Rings]:
    form = _FORM.fullmatch(text)
    nested: Any = None
    if form is not None:
        try:
            nested = json.loads(_PAIR.sub(r"[\1,\2]", form[2]).replace("(", "[").replace(")", "]"))
        except (ValueError, RecursionError):
            nested = None
    parts: Any = [nested] if form is not None and form[1] == "POLYGON" else nested
    if not parts or not all(isinstance(part, list) and part and all(map(_is_ring, part)) for part in parts):
        raise ValueError(
            say("{text} is no outline; write POLYGON ((east north, ...)) or MULTIPOLYGON (((east north, ...)))",
                text=repr(text if len(text) <= 60 else f"{text[:57]}..."))
        )  # fmt: skip
    return parts


def _is_ring(ring: object) -> bool:
    return isinstance(ring, list) and len(ring) > 0 and all(
        isinstance(spot, list) and len(spot) == 2 and all(isinstance(value, int | float) for value in spot)
        for spot in ring
    )  # fmt: skip


def _check_ring(ring: Array) -> None:
    if len(ring) < 4:
        raise ValueError(say("a ring has {count} positions; it needs at least 4, the last equal to the first",
                             count=len(ring)))  # fmt: skip
    if (ring[0] != ring[-1]).any():
        raise ValueError(
            say("a ring is not closed: it begins at {first} and ends at {last}; repeat its first position at its end",
                first=_spot(ring[0]), last=_spot(ring[-1]))
        )  # fmt: skip
    wrong = np.flatnonzero((np.abs(ring[:, 0]) > 180) | (np.abs(ring[:, 1]) > 90))
    if len(wrong):
        raise ValueError(
            say("{spot} lies outside the globe; allowed: longitude -180 to 180 first, then latitude -90 to 90, in degrees",
                spot=_spot(ring[wrong[0]]))
        )  # fmt: skip
    if len(np.unique(ring[:-1], axis=0)) < 3:
        raise ValueError(say("a ring goes round no area; give it at least three corners"))


def _spot(position: Array) -> str:
    return f"({position[0]:.10g}, {position[1]:.10g})"


def _adds_up(parts: list[list[Array]], area: float) -> bool:
    """Whether the inside is as large as the outer rings less their holes; else rings overlap, or a hole lies outside."""
    stated = sum(_size(part[0]) - sum(_size(hole) for hole in part[1:]) for part in parts)
    return area > 0 and abs(stated - area) <= 1e-6 * area


def _size(ring: Array) -> float:
    x, y = (ring - ring[0]).T  # near the origin, where differences of products keep their digits
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2
