"""Where each issue of a world lies in the grids of a scenario, and where a patrol's loop passes it."""

from __future__ import annotations

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false
import numpy as np

from sim.issue import Issue
from sim.places import City
from sim.world import World


class IssuePlaces:
    """Derived from the coordinates: cutting the grids anew moves no issue."""

    def __init__(self, world: World, city: City, patrolled: bool) -> None:
        points = np.column_stack([world.x, world.y])
        grid = np.zeros(len(world), dtype=np.int64)
        for community in city.communities:
            rows = np.flatnonzero(world.community == community.index)
            grid[rows] = community.first_grid + community.cut.parts_of(points[rows])
        self._grid = memoryview(grid)
        self._spot = _spots(world, city, points, grid) if patrolled else np.zeros(len(world))

    def grid_of(self, number: int) -> int:
        """Grid of an issue by its number."""
        return self._grid[number]

    def spot_of(self, issue: Issue) -> float:
        """Where on the loop of its grid an issue is passed, as a share of the loop."""
        return float(self._spot[issue.number])


def _spots(world: World, city: City, points: np.ndarray, grid: np.ndarray) -> np.ndarray:
    spot, place = np.zeros(len(world)), world.uniform("spot")
    order = np.argsort(grid, kind="stable")
    edges = np.searchsorted(grid[order], np.arange(len(city.grids) + 1))
    for each in city.grids:
        rows = order[edges[each.index] : edges[each.index + 1]]
        spot[rows] = each.loop.spots(points[rows], place[rows])
    return spot
