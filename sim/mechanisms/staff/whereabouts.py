"""Where a worker stands on the round at this moment."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from sim.agents.grid_workers import GridWorker
from sim.places import City

Legs = tuple[list[float], list[tuple[float, float]]]
"""Metres at which each waypoint of a loop is reached, and the waypoints; the first one stands at the end once more."""


class Whereabouts:
    """Reads the place of a worker off its clock, which must be settled."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._legs: dict[int, Legs] = {}

    def of(self, worker: GridWorker) -> tuple[float, float]:
        """Coordinates of a worker; of the middle of its grids for one who walks no round."""
        if not worker.grid_begins:
            return worker.centre
        place = self._place(worker)
        grid = max((at, number) for number, at in worker.grid_begins.items() if at <= place)[1]
        return self._on_loop(grid, (place - worker.grid_begins[grid]) / worker.grid_share[grid])

    @staticmethod
    def _place(worker: GridWorker) -> float:
        """How far along the loops of its grids, as a share of them all."""
        loop = worker.loop_seconds or worker.round_seconds
        second = (worker.start + worker.clock.walked) % worker.round_seconds
        place = second / loop
        for first, last, begins in worker.again:
            if begins <= second < begins + (last - first) * loop:
                place = first + (second - begins) / loop
        place = min(place, 1.0)
        return 1.0 - place if worker.backwards else place

    def _on_loop(self, grid: int, share: float) -> tuple[float, float]:
        reached, points = self._legs.get(grid) or self._measure(grid)
        metres = min(share, 1.0) * reached[-1]
        leg = min(bisect_right(reached, metres), len(reached) - 1)
        part = (metres - reached[leg - 1]) / max(reached[leg] - reached[leg - 1], 1e-9)
        (x, y), (to_x, to_y) = points[leg - 1], points[leg]
        return x + part * (to_x - x), y + part * (to_y - y)

    def _measure(self, grid: int) -> Legs:
        loop = self._city.grids[grid].loop
        points = np.concatenate([loop.waypoints, loop.waypoints[:1]]).tolist()
        self._legs[grid] = [*loop.reached.tolist(), loop.metres], [(x, y) for x, y in points]
        return self._legs[grid]


def whereabouts(worker: GridWorker, city: City) -> tuple[float, float]:
    """The same for a single question."""
    return Whereabouts(city).of(worker)
