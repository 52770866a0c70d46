"""A file a home (一户一档): a score of its risk says how soon it is visited again."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from scipy.spatial import KDTree

from sim.hot_spots import centres_of
from sim.mechanisms.staff.visits import RiskGroupVisits
from sim.streams import uniforms
from sim.task import Task
from sim.units import DAY

HIGH, MIDDLE, LOW = 0, 1, 2


class VisitsByFile(RiskGroupVisits):
    """Homes with a file are visited when they are due, who is longest overdue first; a home not met is due the next day."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._again: dict[int, int] = {}
        """seconds until a home is visited again"""
        self._due: dict[int, int] = {}
        self._lines: dict[int, list[tuple[int, int]]] = {}

    def begins(self) -> None:
        super().begins()
        for grid, homes in self._turn.items():
            self._lines[grid] = [(self._due[home], home) for home in homes]
            heapify(self._lines[grid])

    def _join(self, homes: np.ndarray) -> None:
        """Every home with a file, not those of the risk group alone; at the start each is somewhere between two visits."""
        every = np.arange(self.model.city.plan.households_per_community * len(self.model.city.communities))
        filed = every[uniforms(0, "household file", at=every) < self.plan.coverage]
        again = [self.plan.revisit.high.seconds, self.plan.revisit.middle.seconds, self.plan.revisit.low.seconds]
        self._again = dict(zip(filed.tolist(), np.array(again)[self._shown(self._risk(filed, homes), filed)].tolist(), strict=True))
        begun = uniforms(0, "household file visited", at=filed)
        self._due = {home: round(share * self._again[home]) for home, share in zip(filed.tolist(), begun.tolist(), strict=True)}
        super()._join(filed)

    def _risk(self, filed: np.ndarray, group: np.ndarray) -> np.ndarray:
        """True risk of homes: great at a hot spot, middle where somebody of the risk group lives, else low."""
        risk = np.where(np.isin(filed, group), MIDDLE, LOW)
        spots, each = self.model.scenario.issues.hot_spots, self.model.city.plan.households_per_community
        if spots is None:
            return risk
        for community in self.model.city.communities:
            mine = filed // each == community.index
            tree = KDTree(centres_of(community.homes, community.index, spots.per_community))
            risk[mine] = np.where(tree.query(community.homes[filed[mine] % each])[0] <= spots.radius, HIGH, risk[mine])
        return risk

    def _shown(self, risk: np.ndarray, filed: np.ndarray) -> np.ndarray:
        """What the files show of a risk: the truth with the probability of the score's accuracy, else one of the two others."""
        wrong = (risk + 1 + (uniforms(0, "household file shows", at=filed) < 0.5)) % 3
        return np.where(uniforms(0, "household file right", at=filed) < self.plan.accuracy, risk, wrong)

    def _whose_turn(self, grid: int) -> int | None:
        now, line = self.model.env.now, self._lines.get(grid, [])
        while line and line[0][0] != self._due[line[0][1]]:
            heappop(line)  # it has been visited since
        if not line or line[0][0] > now:
            return None
        home = heappop(line)[1]
        self._falls_due(home, grid, now + DAY)
        return home

    def _falls_due(self, home: int, grid: int, at: int) -> None:
        self._due[home] = at
        heappush(self._lines[grid], (at, home))

    def _visits(self, task: Task, home: int, community: int) -> None:
        super()._visits(task, home, community)
        place = self.model.city.communities[community]
        at = place.homes[[home % self.model.city.plan.households_per_community]]
        self._falls_due(home, place.first_grid + int(place.cut.parts_of(at)[0]), self.model.env.now + self._again[home])
