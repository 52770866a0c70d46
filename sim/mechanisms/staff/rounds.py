"""Guided rounds: a map of past cases says which stretches of the round are walked a second time."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, deque
from typing import Any, NamedTuple

import numpy as np

from sim.agents.grid_workers import GridWorker, Stretch
from sim.case import Case
from sim.mechanisms.staff.crew import Crew
from sim.places import Grid


class Pin(NamedTuple):
    """A case on the map."""

    at: int
    grid: int
    leg: int


class Cell(NamedTuple):
    """A leg of a grid's loop, as shares of the worker's loop in walking direction; where it begins and ends; its cases."""

    first: float
    last: float
    begin: tuple[float, float]
    end: tuple[float, float]
    cases: int


class MapOfCases(Crew):
    """Keeps the map, and lays the rounds anew at every refresh."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._pins: deque[Pin] = deque()
        self._edges: dict[int, list[float]] = {}
        self._legs: dict[tuple[str, int], list[Cell]] = {}

    def begins(self) -> None:
        self._loop_seconds = {worker.name: worker.round_seconds for worker in self.model.teams.workers}
        self.every(self.plan.refresh.seconds, self._refresh)

    def opened(self, case: Case) -> None:
        issue = case.issue
        if not issue.real or (self.plan.sources and case.channel not in self.plan.sources):
            return
        placed = self.luck("placed", issue.code, issue.cases) < self.plan.accuracy
        spot = self.model.issue_places.spot_of(issue) if placed else self.luck("spot", issue.code, issue.cases)
        leg = bisect_right(self._edges_of(self.model.city.grids[issue.grid]), spot) - 1
        self._pins.append(Pin(case.reported_at, issue.grid, leg))

    def _refresh(self) -> None:
        oldest = self.model.env.now - self.plan.history.seconds
        while self._pins and self._pins[0].at < oldest:
            self._pins.popleft()
        cases = Counter((pin.grid, pin.leg) for pin in self._pins)
        by_grid: dict[int, dict[int, int]] = {}
        for (grid, leg), count in cases.items():
            by_grid.setdefault(grid, {})[leg] = count
        for worker in self.model.teams.workers:
            if worker.patrols and self.concerns(worker):
                self._lays(worker, by_grid)

    def _lays(self, worker: GridWorker, by_grid: dict[int, dict[int, int]]) -> None:
        cells = [cell for grid in worker.grids if grid in by_grid for cell in self._cells(worker, grid, by_grid[grid])]
        left, hot = self.plan.hot, []
        for cell in sorted(cells, key=lambda cell: (-cell.cases / (cell.last - cell.first), cell.first)):
            if cell.last - cell.first <= left:
                left -= cell.last - cell.first
                hot.append(cell)
        again, seconds = self._tour(worker, self._start(worker), sorted(hot))
        if again != worker.again:
            worker.walks_anew(again, seconds, self._loop_seconds[worker.name])

    def _cells(self, worker: GridWorker, grid: int, cases: dict[int, int]) -> list[Cell]:
        """The legs of a grid's loop on which cases lie."""
        legs = self._legs_of(worker, self.model.city.grids[grid])
        return [legs[number]._replace(cases=count) for number, count in cases.items() if legs[number].last > legs[number].first]

    def _start(self, worker: GridWorker) -> tuple[float, float]:
        """Where the worker's loop starts: its first leg that has a length."""
        legs = (leg for grid in worker.grids for leg in self._legs_of(worker, self.model.city.grids[grid]))
        first = next(leg for leg in legs if leg.last > leg.first)
        return first.end if worker.backwards else first.begin

    def _edges_of(self, grid: Grid) -> list[float]:
        """Edges of the legs of a grid's loop, as shares of it."""
        if grid.index not in self._edges:
            self._edges[grid.index] = [*(grid.loop.reached / grid.loop.metres).tolist(), 1.0]
        return self._edges[grid.index]

    def _legs_of(self, worker: GridWorker, grid: Grid) -> list[Cell]:
        """The legs of a grid's loop as cells without cases."""
        known = self._legs.get((worker.name, grid.index))
        if known is not None:
            return known
        edges = self._edges_of(grid)
        points = [(x, y) for x, y in np.concatenate([grid.loop.waypoints, grid.loop.waypoints[:1]]).tolist()]
        begins, share = worker.grid_begins[grid.index], worker.grid_share[grid.index]
        places = [begins + edge * share for edge in edges]
        legs = [Cell(*leg, 0) for leg in zip(places, places[1:], points, points[1:], strict=False)]
        if worker.backwards:
            legs = [Cell(1 - leg.last, 1 - leg.first, leg.end, leg.begin, 0) for leg in legs]
        self._legs[worker.name, grid.index] = legs
        return legs

    def _tour(
        self, worker: GridWorker, start: tuple[float, float], hot: list[Cell]
    ) -> tuple[tuple[Stretch, ...], int]:
        """The hot cells in turn with the ways between them, from the loop's start and back; the whole round's seconds."""
        loop, street = self._loop_seconds[worker.name], self.model.scenario.places.street_factor
        speed = worker.team.patrol_speed / 3.6
        again, second, here = [], float(loop), start
        for cell in hot:
            second += street * math.dist(here, cell.begin) / speed
            again.append(Stretch(cell.first, cell.last, math.ceil(second)))
            second += (cell.last - cell.first) * loop
            here = cell.end
        return tuple(again), math.ceil(second + street * math.dist(here, start) / speed)
