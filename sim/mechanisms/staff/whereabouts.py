"""Where a worker stands on the round at this moment."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

import numpy as np

from sim.agents.grid_workers import GridWorker
from sim.grids import Loop
from sim.places import City, Grid


def whereabouts(worker: GridWorker, city: City) -> tuple[float, float]:
    """Coordinates of a worker whose clock is settled; of the middle of its grids for one who walks no round."""
    if not worker.grid_begins:
        return worker.centre
    loop = worker.loop_seconds or worker.round_seconds
    second = (worker.start + worker.clock.walked) % worker.round_seconds
    place = second / loop
    for first, last, begins in worker.again:
        if begins <= second < begins + (last - first) * loop:
            place = first + (second - begins) / loop
    place = min(place, 1.0)
    place = 1.0 - place if worker.backwards else place
    grid = max((at, number) for number, at in worker.grid_begins.items() if at <= place)[1]
    return _on_loop(city.grids[grid], (place - worker.grid_begins[grid]) / worker.grid_share[grid])


@lru_cache(maxsize=4096)
def _legs(loop: Loop) -> tuple[list[float], list[tuple[float, float]]]:
    """Metres at which each waypoint is reached, and the waypoints; the first one stands at the end once more."""
    points = np.concatenate([loop.waypoints, loop.waypoints[:1]]).tolist()
    return [*loop.reached.tolist(), loop.metres], [(x, y) for x, y in points]


def _on_loop(grid: Grid, share: float) -> tuple[float, float]:
    reached, points = _legs(grid.loop)
    metres = min(share, 1.0) * grid.loop.metres
    leg = min(bisect_right(reached, metres), len(reached) - 1)
    part = (metres - reached[leg - 1]) / max(reached[leg] - reached[leg - 1], 1e-9)
    (x, y), (to_x, to_y) = points[leg - 1], points[leg]
    return x + part * (to_x - x), y + part * (to_y - y)
