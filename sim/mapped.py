"""The grids of a map on flat ground in metres: outlines, neighbours, and the order in which a community counts them.

The projection is equirectangular about the middle of the map, with the radii of curvature of the WGS 84 ellipsoid there:
at a distance d north or south of the middle, widths are off by about d x tan(latitude) / 6,400 km (10 km at 31 degrees: 0.1 %).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.grids import Loop, patrol_loop
from sim.outlines import Outline, read_outline
from sim.scenario.map_grids import MapGrid

Array = np.ndarray
EQUATOR = 6_378_137.0
"""Metres: half the longer axis of WGS 84."""
FLATNESS = 6.694_379_990_14e-3
"""First eccentricity squared of WGS 84."""
BESIDE = 1.0
"""Metres: outlines as near as this run along each other."""
SHARED = 10.0
"""Metres of outline that neighbours share at least; a common corner is not enough."""
_STEP = 2.0
_MOST_STEPS = 2_000


@dataclass(frozen=True, eq=False)
class MappedGrid:
    """A grid of a map: what the scenario says of it, its outline in metres, and the rows of its neighbours."""

    said: MapGrid
    outline: Outline
    neighbours: frozenset[int]


def on_the_ground(grids: tuple[MapGrid, ...]) -> list[MappedGrid]:
    """The grids of a map in metres east and north of its middle, in the order given."""
    drawn = [read_outline(grid.outline) for grid in grids]
    boxes = np.array([outline.box for outline in drawn])
    middle = (boxes[:, :2].min(axis=0) + boxes[:, 2:].max(axis=0)) / 2
    metres = metres_per_degree(float(middle[1]))
    outlines = [Outline(tuple((ring - middle) * metres for ring in outline.rings)) for outline in drawn]
    pairs = _pairs(grids, outlines)
    return [
        MappedGrid(grid, outlines[row], frozenset(b if a == row else a for a, b in pairs if row in (a, b)))
        for row, grid in enumerate(grids)
    ]


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """Metres of a degree of longitude and of latitude at a latitude of the WGS 84 ellipsoid."""
    bend = 1 - FLATNESS * math.sin(math.radians(latitude)) ** 2
    east = EQUATOR / math.sqrt(bend) * math.cos(math.radians(latitude))
    north = EQUATOR * (1 - FLATNESS) / bend**1.5
    return math.radians(east), math.radians(north)


def _pairs(grids: tuple[MapGrid, ...], outlines: list[Outline]) -> set[tuple[int, int]]:
    """Rows of neighbours, the lower first: as said by either; where neither says, those that share a stretch of outline."""
    rows = {grid.name: row for row, grid in enumerate(grids)}
    said = {tuple(sorted((rows[grid.name], rows[name]))) for grid in grids for name in grid.neighbours or ()}
    silent = [row for row, grid in enumerate(grids) if grid.neighbours is None]
    boxes = np.array([outline.box for outline in outlines])
    found = set()
    for row in silent:
        near = (boxes[:, :2] <= boxes[row, 2:] + BESIDE).all(axis=1) & (boxes[:, 2:] >= boxes[row, :2] - BESIDE).all(
            axis=1
        )
        for other in set(silent) & set(map(int, np.flatnonzero(near))):
            if row < other and _shared(outlines[row], outlines[other]) >= SHARED:
                found.add((row, other))
    return found | {(int(a), int(b)) for a, b in said}


def _shared(one: Outline, other: Outline) -> float:
    """Metres of one outline that run along the other, seen at points about two metres apart."""
    spots = one.walk(int(np.clip(one.perimeter / _STEP, 50, _MOST_STEPS)))
    west, south, east, north = other.box
    near = ((spots >= (west - BESIDE, south - BESIDE)) & (spots <= (east + BESIDE, north + BESIDE))).all(axis=1)
    along = int((other.distance(spots[near], BESIDE) <= BESIDE).sum()) if near.any() else 0
    return along / len(spots) * one.perimeter


def in_a_row(grids: list[MappedGrid], rows: list[int]) -> list[int]:
    """The rows of a community's grids so ordered that the next is a neighbour where one is left, from west on.

    Workers who are shared serve grids of neighbouring numbers, which therefore should be neighbours in space.
    """
    centres = {row: grids[row].outline.centre for row in rows}
    order = [min(rows, key=lambda row: (centres[row], row))]
    left = set(rows) - set(order)
    while left:
        here = order[-1]
        beside = left & grids[here].neighbours or left
        order.append(min(beside, key=lambda row: (math.dist(centres[row], centres[here]), row)))
        left.discard(order[-1])
    return order


def round_through(grid: MappedGrid, homes: Array, street_factor: float) -> Loop:
    """The patrol's loop through a grid: by its homes, of the length that the map states; round a small grid, its perimeter."""
    loop = patrol_loop(homes, street_factor)
    if grid.said.route is not None:
        return loop.of_length(grid.said.route)
    return loop.of_length(grid.outline.perimeter) if len(loop.waypoints) == 1 else loop
