"""Works on the ground: at places that have them an emergency lets no issue begin and drives nobody out."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from typing import Any

import numpy as np

from sim.hazards import hazard_of, surge_codes
from sim.issue import Issue
from sim.mechanisms.emergencies.part import Array, Part
from sim.mechanisms.emergencies.site import Site
from sim.streams import uniforms

_ROW = 1 << 20


class WorksOnTheGround(Part):
    """Places (squares of ground) that are protected; which ones is the same in every world."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._surge = surge_codes(model.scenario, model.city, model.world.seed)

    def protected(self, points: Array) -> Array:
        """Whether the places in which points (n x 2, metres) lie have works."""
        square = np.floor(points / self.plan.place).astype(np.int64)
        return uniforms(0, "works", at=square[:, 0] * _ROW + square[:, 1]) < self.plan.share

    def prevents(self, issue: Issue) -> bool:
        emergency = self._surge.get(issue.code)
        if emergency is None or not self.in_force(issue.community):
            return False
        kind = hazard_of(self.model.scenario, emergency).kind
        spared = kind in self.plan.kinds and bool(self.protected(np.array([[issue.x, issue.y]]))[0])
        if spared:
            self.book.of(emergency, kind, "prevented", issue)
        return spared

    def spared(self, site: Site, points: Array) -> Array:
        if site.hazard.kind not in self.plan.kinds or not self.in_force(site.community.index):
            return np.zeros(len(points), dtype=bool)
        return self.protected(points)
