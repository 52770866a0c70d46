"""Work and waiting for others of cases of a log, from the demands that were fitted on it: by the case's own uniforms."""

from __future__ import annotations

import numpy as np

from sim.messages import BadInput, say
from sim.scenario import Scenario
from sim.scenario.replay import Demand
from sim.streams import uniforms
from sim.units import DAY

Array = np.ndarray

NEVER = 40 * 365 * DAY
"""Open seconds of a wait that outlasts any log."""
_LAST = 1 - 2.0**-53


def contents(
    scenario: Scenario, department: Array, category: Array, code: Array, seed: int, age: Array | None = None
) -> tuple[Array, Array]:
    """Seconds of work and of waiting for others of each case, from the scenario's demands.

    `age`: open seconds that a case has lasted already; its waiting is drawn given that waiting and mean work are not over
    by then, and what is left of it is returned.
    """
    assert scenario.replay is not None
    demands = {(each.department, each.category): each for each in scenario.replay.demands}
    work, wait = np.zeros(len(code), dtype=np.int64), np.zeros(len(code), dtype=np.int64)
    u_work, u_wait = uniforms(seed, "replay work", at=code), uniforms(seed, "replay wait", at=code)
    pairs = np.array([f"{a}\x00{b}" for a, b in zip(department, category, strict=True)], dtype=object)
    for pair in sorted(set(pairs)):
        rows = np.flatnonzero(pairs == pair)
        demand = demand_of(demands, *pair.split("\x00"))
        work[rows] = demand.work.seconds(u_work[rows])
        wait[rows] = _waits(demand, u_wait[rows]) if age is None else _left(demand, u_wait[rows], age[rows])
    return work, wait


def _waits(demand: Demand, u: Array) -> Array:
    # The wait is that of the cases that end: their uniforms are stretched to the whole of its distribution.
    stretched = np.minimum(u / max(1e-9, 1 - demand.never), _LAST)
    waits = np.maximum(0, np.rint(demand.wait.quantiles(stretched))).astype(np.int64)
    return np.where(u < 1 - demand.never, np.minimum(waits, NEVER), NEVER)


_GRID = (np.arange(2000) + 0.5) / 2000


def _left(demand: Demand, u: Array, age: Array) -> Array:
    """What is left to wait, given that the case is not over at its age."""
    waited = age - demand.work.mean_seconds()
    over = (1 - demand.never) * np.searchsorted(demand.wait.quantiles(_GRID), waited, side="right") / len(_GRID)
    whole = _waits(demand, over + u * (1 - over))
    return np.where(whole >= NEVER, NEVER, np.maximum(0, whole - np.maximum(0, age)))


def demand_of(demands: dict[tuple[str, str], Demand], department: str, category: str) -> Demand:
    """The row of a department and category. Raises BadInput if there is none."""
    for key in ((department, category), (department, "*"), ("*", "*")):
        if key in demands:
            return demands[key]
    raise BadInput(say(
        "replay.demands: no row for department {department} and category {category}; add one, or a row with category *",
        department=department, category=category,
    ))  # fmt: skip
