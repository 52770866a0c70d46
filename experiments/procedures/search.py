"""Multi-objective search over mixed levers: NSGA-II (Deb and others 2002) as pymoo has it.

The search asks for points and is told their values; whoever runs the model is handed in. Every point meets the same
worlds, so that the search climbs on differences and not on luck; that the members found are still too good is undone
by `fresh_runs`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.procedures.frontier import common_worlds, lower_is_better, on_frontier, reaching, world_means
from experiments.procedures.levers import Lever, Pick, Point, Whole, check_points, key
from experiments.procedures.libraries import library
from sim.metrics.indicator import Direction

Evaluate = Callable[[Sequence[Point]], np.ndarray]
"""Values of points: points by objectives by worlds, NaN where a run failed. The same worlds at every call."""


@dataclass(frozen=True)
class Found:
    """All points evaluated so far, in the order in which they were."""

    points: tuple[Point, ...]
    values: np.ndarray
    """points by objectives by worlds"""
    generation: int

    def saved(self) -> dict[str, Any]:
        """Plain lists and numbers, to be written as JSON; `restored` makes it whole again."""
        values = self.values.astype(object)
        values[np.isnan(self.values)] = None
        return {"generation": self.generation, "points": list(self.points), "values": values.tolist()}

    @classmethod
    def restored(cls, saved: dict[str, Any]) -> Found:
        """What `saved` gave."""
        values = np.array(saved["values"], dtype=float)
        return cls(tuple(dict(point) for point in saved["points"]), values, int(saved["generation"]))

    def members(self, directions: Sequence[Direction]) -> list[int]:
        """Rows of the points on the frontier of the means."""
        return np.flatnonzero(on_frontier(world_means(self.values), directions)).tolist()


def search(
    levers: Sequence[Lever],
    evaluate: Evaluate,
    directions: Sequence[Direction],
    *,
    size: int = 40,
    generations: int = 25,
    seed: int = 1,
    thresholds: Sequence[float | None] | None = None,
    start: Found | None = None,
    after: Callable[[Found], None] | None = None,
    settled: Callable[[Point], Point] = lambda point: point,
) -> Found:
    """Run `generations` generations of `size` points and return every point evaluated, with its values.

    No point is evaluated twice. `thresholds`: points that miss one are left behind those that reach all. `start`: go on
    from what an earlier search found, whose values are taken as they are (same worlds). `after` is called when a
    generation is done, to save it. `settled` gives the point that is really run where levers stop at steps; points that
    settle alike are one. The same arguments give the same search. Raises BadInput where pymoo is missing or
    `start` has other levers.
    """
    if start is not None:
        check_points(levers, start.points)
    archive = _Archive(evaluate, start)
    machine = _Machine(levers, directions, thresholds or [None] * len(directions), size, seed, start)
    for _ in range(generations):
        points = [settled(point) for point in machine.ask()]
        if not points:
            break  # every combination of the levers has been tried
        values = archive.values_of(points)
        machine.tell(values[:, :, archive.common])
        found = archive.found()
        if after is not None:
            after(found)
    return archive.found()


class _Archive:
    """Everything evaluated, each point once."""

    def __init__(self, evaluate: Evaluate, start: Found | None) -> None:
        self._evaluate, self._generation = evaluate, start.generation if start else 0
        self._rows: dict[object, tuple[Point, np.ndarray]] = {}
        if start is not None:
            self._rows = {key(point): (point, row) for point, row in zip(start.points, start.values, strict=True)}

    def values_of(self, points: Sequence[Point]) -> np.ndarray:
        """Values of a generation; only those that nobody asked for before are evaluated."""
        new = list({key(point): point for point in points if key(point) not in self._rows}.values())
        if new:
            values = np.asarray(self._evaluate(new), dtype=float)
            self._rows |= {key(point): (point, row) for point, row in zip(new, values, strict=True)}
        self._generation += 1
        return np.array([self._rows[key(point)][1] for point in points])

    @property
    def common(self) -> np.ndarray:
        """The worlds in which points are compared."""
        return common_worlds(np.array([row for _, row in self._rows.values()]))

    def found(self) -> Found:
        points = tuple(point for point, _ in self._rows.values())
        return Found(points, np.array([row for _, row in self._rows.values()]), self._generation)


class _Machine:
    """pymoo's algorithm, asked for points and told of values. Choices are numbers inside."""

    def __init__(
        self,
        levers: Sequence[Lever],
        directions: Sequence[Direction],
        thresholds: Sequence[float | None],
        size: int,
        seed: int,
        start: Found | None,
    ) -> None:
        self._levers, self._directions, self._thresholds = levers, directions, thresholds
        self._asked: Any = None
        mixed, classes = library("pymoo.core.mixed"), library("pymoo.core.variable")
        problem = library("pymoo.core.problem").Problem(
            vars={lever.name: _variable(lever, classes) for lever in levers}, n_obj=len(directions), n_ieq_constr=1
        )
        more = {} if start is None else {"sampling": self._population(start, size)}
        survival = library("pymoo.operators.survival.rank_and_crowding").RankAndCrowding()
        # A search that goes on must not draw what the first one drew.
        drawn = [seed, start.generation if start else 0]
        self._algorithm = mixed.MixedVariableGA(pop_size=size, survival=survival, **more)
        self._algorithm.setup(problem, seed=int(np.random.SeedSequence(drawn).generate_state(1)[0]), verbose=False)

    def ask(self) -> list[Point]:
        """Points of the next generation; none if all are known."""
        self._asked = self._algorithm.ask()
        return [] if self._asked is None else [self._decoded(each.X) for each in self._asked]

    def tell(self, values: np.ndarray) -> None:
        """Values of the points last asked for: points by objectives by worlds."""
        costs, faults = self._judged(values)
        self._asked.set("F", costs)
        self._asked.set("G", faults)
        for each in self._asked:
            each.evaluated = {"F", "G"}
        self._algorithm.tell(infills=self._asked)

    def _judged(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Costs, and by how much a point is out of the question (1: it failed or misses a threshold, -1: it is fine)."""
        means = values.mean(axis=2) if values.shape[2] else np.full(values.shape[:2], np.nan)  # NaN where a world is missing
        costs = lower_is_better(means, self._directions)
        failed = np.asarray(np.any(np.isnan(costs), axis=1))
        missed = ~reaching(np.where(np.isnan(means), 0.0, means), self._directions, self._thresholds)
        return np.where(failed[:, None], 0.0, costs), np.where(failed, 2.0, np.where(missed, 1.0, -1.0))[:, None]

    def _population(self, start: Found, size: int) -> Any:
        """The best of what was found, as the first generation: front by front."""
        means = world_means(start.values)
        chosen: list[int] = []
        left = [row for row in range(len(means)) if not np.isnan(means[row]).any()]
        while left and len(chosen) < size:
            front = [row for row, on in zip(left, on_frontier(means[left], self._directions), strict=True) if on]
            chosen += front[: size - len(chosen)]
            left = [row for row in left if row not in front]
        rows = chosen or list(range(min(size, len(means))))
        return library("pymoo.core.population").Population.new(X=[self._coded(start.points[row]) for row in rows])

    def _coded(self, point: Point) -> Point:
        return {
            lever.name: lever.options.index(point[lever.name]) if isinstance(lever, Pick) else point[lever.name]
            for lever in self._levers
        }

    def _decoded(self, coded: dict[str, Any]) -> Point:
        point: Point = {}
        for lever in self._levers:
            value = coded[lever.name]
            if isinstance(lever, Pick):
                point[lever.name] = lever.options[int(value)]
            else:
                point[lever.name] = int(value) if isinstance(lever, Whole) else float(value)
        return point


def _variable(lever: Lever, classes: Any) -> Any:
    if isinstance(lever, Pick):
        return classes.Choice(options=list(range(len(lever.options))))
    kind = classes.Integer if isinstance(lever, Whole) else classes.Real
    return kind(bounds=(lever.low, lever.high))
