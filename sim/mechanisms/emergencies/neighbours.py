"""Neighbours who warn each other: a warning reaches the members of an association without anybody of the staff."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
import numpy as np

from sim.mechanisms.emergencies.part import Array, Part
from sim.mechanisms.emergencies.site import Site
from sim.streams import uniforms


class NeighboursWarn(Part):
    """Households that belong to an association and take part hear of it from their neighbours."""

    def warned(self, site: Site, residents: Array) -> Array:
        nobody = np.full(len(residents), -1, dtype=np.int64)
        if not self.in_force(site.community.index):
            return nobody
        household = self.model.population.household[residents]
        member = uniforms(0, "association", at=household) < self.plan.coverage
        active = uniforms(0, "active in association", at=household) < self.plan.active
        lots = uniforms(self.model.world.seed, "neighbours warn", site.emergency.name, at=household)
        return np.where(member & active, self.plan.passes.seconds(lots), nobody)
