"""Grid workers visit homes in turn and ask what is wrong."""

from __future__ import annotations

import math
from collections import deque
from functools import partial
from typing import Any

import numpy as np

from sim.agents.grid_workers import GridWorker
from sim.issue import Issue
from sim.mechanisms.residents.civic import Civic, Live
from sim.records import MISSING
from sim.scenario.participation.reach import Outreach
from sim.station import Station
from sim.task import Task

ACTIVITY = "visit"
NEVER = -(2**60)


class HomeVisits(Civic):
    """Visits are tasks of the team, after all cases; what a household tells is found, and the household loses its shyness."""

    plan: Outreach

    def __init__(self, model: Any, plan: Outreach, number: int) -> None:
        super().__init__(model, plan, number)
        self._visited = np.full(len(model.city.household_sizes), NEVER, dtype=np.int64)
        self._turn: dict[int, deque[int]] = {}
        self._waiting: list[tuple[Station, Task]] = []

    def begins(self) -> None:
        self._live = Live(self)
        each = self.model.city.plan.households_per_community
        for place in self.model.city.communities:
            for home, part in enumerate(place.cut.parts_of(place.homes).tolist()):
                self._turn.setdefault(place.first_grid + part, deque()).append(place.index * each + home)
        self.every(self.plan.every.seconds, self._round, self.plan.starts.seconds)

    def lately(self, resident: int) -> bool:
        """Whether a resident's household has been visited not long ago."""
        home = self.model.population.household[resident]
        return bool(self._visited[home] > self.model.env.now - self.plan.lasts.seconds)

    def _round(self) -> None:
        """What was not come to in the last round is dropped."""
        for station, task in self._waiting:
            station.withdraw(task)
        self._waiting = []
        for worker in self.model.teams.workers:
            community = self.model.city.grids[worker.grids[0]].community
            if worker.patrols and self.in_force(community):
                for number in range(self.plan.per_worker):
                    self._asks(worker, community, worker.grids[number % len(worker.grids)])

    def _asks(self, worker: GridWorker, community: int, grid: int) -> None:
        turn = self._turn.get(grid)
        if not turn:
            return
        home = turn[0]
        turn.rotate(-1)
        station = self.model.teams.station_of(worker, community)
        seconds = self.plan.visit.draw(self.luck("visit", home, self.model.env.now))
        task = station.work(None, ACTIVITY, seconds, grid - self.model.city.communities[community].first_grid)
        task.callbacks.append(lambda _: self._visits(task, home, community))
        self._waiting.append((station, task))

    def _visits(self, task: Task, home: int, community: int) -> None:
        self._visited[home] = self.model.env.now
        assert task.server is not None
        told = [issue for issue in self._near(home, community) if self.luck("tells", home, issue.code) < self.plan.tells]
        for issue in told:
            issue.patrol_at = self.model.env.now if issue.patrol_at == MISSING else issue.patrol_at
            self.model.discovery.report(issue, "patrol", task.server.name, 0)
        self.write("visit", self.name_of(community), task.server.name, float(len(told)))

    def _near(self, home: int, community: int) -> list[Issue]:
        place = self.model.city.communities[community]
        x, y = place.homes[home % self.model.city.plan.households_per_community]
        suits = partial(self._is_near, community, float(x), float(y))
        return [issue for issue in self._live.now() if suits(issue)]

    def _is_near(self, community: int, x: float, y: float, issue: Issue) -> bool:
        near = issue.community == community and math.hypot(issue.x - x, issue.y - y) <= self.plan.near
        return near and issue.open_case is None
