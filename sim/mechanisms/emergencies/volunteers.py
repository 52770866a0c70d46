"""Volunteers in an emergency: residents who trust come, the more the graver it is."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from functools import partial

import numpy as np

from sim.mechanisms.emergencies.part import Array, Part
from sim.mechanisms.emergencies.site import Site
from sim.streams import uniforms


class VolunteersInEmergencies(Part):
    """Residents of the struck community who join the helpers on site."""

    def informed(self, site: Site) -> None:
        if not self.in_force(site.community.index):
            return
        seed, name = self.model.world.seed, site.emergency.name
        coming = self.willing(site)
        halves = -np.log2(uniforms(seed, "emergency volunteer comes", name, at=coming))
        after = np.rint(halves * self.plan.half.seconds).astype(np.int64)
        for at in (site.informed_at + np.sort(after)).tolist():
            site.at(at, partial(self._comes, site, at))

    def willing(self, site: Site) -> Array:
        """Numbers of the residents who would come: their luck lies under share x gravity of the alarm x their trust."""
        population, plan = self.model.population, self.plan
        homes = self.model.city.plan.households_per_community
        here = population.lives_here & (population.household // homes == site.community.index)
        bands = [n for n, band in enumerate(self.model.scenario.residents.age_bands) if band.name in plan.bands]
        fit = np.flatnonzero(here & np.isin(population.age_band, bands))
        lots = uniforms(self.model.world.seed, "emergency volunteer", site.emergency.name, at=population.numbers[fit])
        return fit[lots < plan.most * plan.gravity[site.hazard.alarm - 1] * population.trust[fit]]

    def _comes(self, site: Site, now: int) -> None:
        if site.open:
            self.book.write(site, "mobilised", now, 1.0, "volunteer")
            site.joins(now + self.plan.stays.seconds)
