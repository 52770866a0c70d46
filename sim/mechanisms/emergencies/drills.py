"""Drills: those who take part and learn know the procedure until they have forgotten it. They cost working time."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from typing import Any

import numpy as np

from sim.agents.grid_workers import GridWorker
from sim.mechanisms.emergencies.part import Array, Part
from sim.mechanisms.emergencies.site import Site
from sim.streams import uniforms

ACTIVITY = "drill"


class Drilling(Part):
    """What residents and grid workers have learnt in drills, and until when they remember it."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._until = np.zeros(len(model.population.numbers), dtype=np.int64)
        self._workers: dict[str, int] = {}
        self._held = 0

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._holds)

    def _holds(self) -> None:
        self._held += 1
        now = self.model.env.now
        for community in self.model.city.communities:
            if self.in_force(community.index):
                took_part = self._residents(community.index, now) + self._drills_workers(community.index, now)
                self.book.note(community.name, "drill", now, took_part)

    def _residents(self, community: int, now: int) -> int:
        population, plan = self.model.population, self.plan
        homes = self.model.city.plan.households_per_community
        here = np.flatnonzero(population.lives_here & (population.household // homes == community))
        came = here[self._lots("comes", here) < plan.residents]
        learnt = came[self._lots("learns", came) < plan.learns]
        until = now + plan.kept.seconds(self._lots("kept", learnt))
        self._until[learnt] = np.maximum(self._until[learnt], until)
        return len(came)

    def _lots(self, what: str, numbers: Array) -> Array:
        return uniforms(self.model.world.seed, "drill", what, self._held, at=numbers)

    def _drills_workers(self, community: int, now: int) -> int:
        stations = [stations[community] for _, stations in self.model.teams.stations]
        everybody = {worker.name: (station, lane, worker) for station in stations
                     for lane, workers in enumerate(station.lanes) for worker in workers}  # fmt: skip
        came = [name for name in everybody if self.luck("comes", name, self._held) < self.plan.workers]
        for name in came:
            station, lane, _ = everybody[name]
            station.work(None, ACTIVITY, self.plan.work.draw(self.luck("work", name, self._held)), lane)
            if self.luck("learns", name, self._held) < self.plan.learns:
                until = now + self.plan.kept.draw(self.luck("kept", name, self._held))
                self._workers[name] = max(until, self._workers.get(name, 0))
        return len(came)

    def trained(self, worker: GridWorker) -> bool:
        return self._workers.get(worker.name, 0) > self.model.env.now

    def warned(self, site: Site, residents: Array) -> Array:
        return np.where(self._until[residents] > self.model.env.now, 0, -1)
