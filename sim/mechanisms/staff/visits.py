"""Visits to a risk group in its hours: what is wrong at a home is seen, and for a while some of it does not happen."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
import math
from collections import deque
from functools import partial
from typing import Any

import numpy as np
from scipy.spatial import KDTree

from sim.agents.grid_workers import GridWorker
from sim.calendars import Calendar
from sim.issue import Issue
from sim.mechanisms.staff.crew import Crew
from sim.records import MISSING
from sim.station import Station
from sim.streams import uniforms
from sim.task import Task

ACTIVITY = "visit"


class RiskGroupVisits(Crew):
    """Patrols go round the homes of people of some age bands who live alone, in turn, as many as the hours allow."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._turn: dict[int, deque[int]] = {}
        self._visited: dict[int, int] = {}
        self._trees: dict[int, tuple[KDTree, np.ndarray]] = {}
        self._live: dict[tuple[int, int], list[Issue]] = {}
        self._seen = 0
        self._waiting: list[tuple[Station, Task]] = []

    def begins(self) -> None:
        self._group()
        calendar: Calendar = self.model.calendars[self.plan.hours]
        for opens, closes in calendar.intervals.tolist():
            if opens >= 0:
                self.at(opens, partial(self._opens, closes))

    def _group(self) -> None:
        """Homes of the risk group: whoever lives alone by the same uniform as in an emergency."""
        model = self.model
        population, bands = model.population, model.scenario.residents.age_bands
        alone = uniforms(0, "lives alone", at=population.numbers) < np.array([b.lives_alone for b in bands])[population.age_band]
        there = np.array([band.name in self.plan.bands for band in bands])[population.age_band]
        self._join(np.unique(population.household[population.lives_here & alone & there]))

    def _join(self, homes: np.ndarray) -> None:
        """These homes are visited in turn, each in its grid."""
        model = self.model
        each = model.city.plan.households_per_community
        for community in model.city.communities:
            mine = homes[homes // each == community.index]
            if len(mine):
                points = community.homes[mine % each]
                self._trees[community.index] = (KDTree(points), mine)
                for home, part in zip(mine.tolist(), community.cut.parts_of(points).tolist(), strict=True):
                    self._turn.setdefault(community.first_grid + part, deque()).append(home)

    def _opens(self, closes: int) -> None:
        now = self.model.env.now
        self._waiting = []
        self._live, self._seen = {}, len(self.model.discovery.alive)
        for issue in self.model.discovery.alive:
            if issue.live(now):
                self._live.setdefault(self._square(issue.x, issue.y), []).append(issue)
        for worker in self.model.teams.workers:
            if worker.patrols and self.concerns(worker) and worker.calendar.is_open(now):
                self._sends(worker, closes)
        self.at(closes, self._closes)

    def _closes(self) -> None:
        for station, task in self._waiting:
            station.withdraw(task)

    def _sends(self, worker: GridWorker, closes: int) -> None:
        """Ask for as many visits as one worker can make until the hours end, by the expected time at a door."""
        expected = self.plan.visit.mean_seconds() + self._step(worker)
        for number in range(math.floor((closes - self.model.env.now) / expected)):
            home = self._whose_turn(worker.grids[number % len(worker.grids)])
            if home is not None:
                self._asks(worker, home, number)

    def _whose_turn(self, grid: int) -> int | None:
        """The home to be visited next in a grid; None: none."""
        turn = self._turn.get(grid)
        if not turn:
            return None
        turn.rotate(-1)
        return turn[-1]

    def _step(self, worker: GridWorker) -> int:
        """Seconds from door to door: about the spacing of the group's homes in the worker's grids."""
        homes = sum(len(self._turn.get(grid, ())) for grid in worker.grids)
        places = self.model.scenario.places
        area = worker.households / places.households_per_km2 * 1e6
        return round(places.street_factor * math.sqrt(area / max(1, homes)) / (places.walking_speed / 3.6))

    def _asks(self, worker: GridWorker, home: int, number: int) -> None:
        community = self.model.city.communities[self.community(worker)]
        station = self.model.teams.station_of(worker, community.index)
        lane = worker.grids[number % len(worker.grids)] - community.first_grid
        seconds = self.plan.visit.draw(self.luck("visit", home, self.model.env.now))
        task = station.work(None, ACTIVITY, seconds, lane, travel=self._step(worker))
        task.callbacks.append(lambda _: self._visits(task, home, community.index))
        self._waiting.append((station, task))

    def _visits(self, task: Task, home: int, community: int) -> None:
        now = self.model.env.now
        self._visited[home] = now
        assert task.server is not None
        found = [issue for issue in self._live_near(home, community) if issue.open_case is None]
        for issue in found:
            issue.patrol_at = now if issue.patrol_at == MISSING else issue.patrol_at
            self.model.discovery.report(issue, "patrol", task.server.name, 0)
        self.write("visit", self.model.city.communities[community].name, task.server.name, float(len(found)))

    def _square(self, x: float, y: float) -> tuple[int, int]:
        """The square of a raster as wide as a visit sees: what concerns a home lies in its own or in one of the eight beside."""
        width = max(1.0, self.plan.near)
        return int(x // width), int(y // width)

    def _live_near(self, home: int, community: int) -> list[Issue]:
        now, place = self.model.env.now, self.model.city.communities[community]
        x, y = place.homes[home % self.model.city.plan.households_per_community].tolist()
        east, north = self._square(x, y)
        beside = [issue for i in (-1, 0, 1) for j in (-1, 0, 1) for issue in self._live.get((east + i, north + j), ())]
        beside += self.model.discovery.alive[self._seen :]
        return [issue for issue in sorted(beside, key=lambda issue: issue.number)
                if math.hypot(issue.x - x, issue.y - y) <= self.plan.near and issue.community == community and issue.live(now)]  # fmt: skip

    def prevents(self, issue: Issue) -> bool:
        """Whether a person warned not long ago keeps it from happening."""
        category = self.model.category(issue).code
        if category not in self.plan.categories or issue.community not in self._trees:
            return False
        tree, homes = self._trees[issue.community]
        near = tree.query_ball_point((issue.x, issue.y), self.plan.near)
        since = self.model.env.now - self.plan.lasts.seconds
        warned = any(self._visited.get(int(homes[number]), -1) >= max(0, since) for number in near)
        return warned and self.luck("heeds", issue.code) < self.plan.heeds
