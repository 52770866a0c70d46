"""Evacuation: those who know what to do go by themselves, others after a knock, some only with a helper."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.mechanisms.emergencies.homes import Homes, households, nearest_homes
from sim.mechanisms.emergencies.part import Array, Part
from sim.mechanisms.emergencies.site import Job, Site
from sim.streams import uniforms

UNWARNED = -1


@dataclass
class Way:
    """One evacuation under way: persons who have not reached the shelter, and when the last so far did."""

    site: Site
    persons: int
    inside: int
    last: int


class EvacuationOfHomes(Part):
    """Empties the homes nearest to the place, unless the emergency leaves them alone."""

    def informed(self, site: Site) -> None:
        if not site.hazard.evacuated or not self.in_force(site.community.index):
            return
        near = nearest_homes(site.community, site.spot, site.hazard.evacuated)
        spared = [part.spared(site, site.community.homes[near]) for part in self.parts]
        homes = households(self.model, self.plan, site.community, near[~np.any(spared, axis=0)])
        if len(homes):
            self._leave(site, homes)

    def _leave(self, site: Site, homes: Homes) -> None:
        way = Way(site, int(homes.persons.sum()), int(homes.persons.sum()), site.informed_at)
        self.book.write(site, "must_leave", site.informed_at, way.persons)
        ready = self.plan.ready.seconds(self._lots(site, homes, "ready"))
        warned = self._warned(site, homes)
        jobs = []
        for home in range(len(homes)):
            persons, walk = int(homes.persons[home]), int(ready[home] + homes.way[home])
            if homes.helped[home]:
                there_and_back = walk + int(homes.way[home])
                jobs.append(Job(there_and_back, partial(self._out, way, persons)))
            elif warned[home] != UNWARNED:
                at = site.ready_at + int(warned[home]) + walk
                site.at(at, partial(self._out, way, persons, at))
            else:
                jobs.append(Job(self.plan.knock.seconds, partial(self._goes, way, persons, walk)))
        site.wants(jobs)

    def _warned(self, site: Site, homes: Homes) -> Array:
        """Seconds after the warning at which somebody of a household knows what to do; UNWARNED if nobody does."""
        after = [part.warned(site, homes.residents) for part in self.parts]
        knows = self._resident_lots("knows", homes.residents) < self.plan.knows
        after.append(np.where(knows, 0, UNWARNED))
        never = np.iinfo(np.int64).max
        soonest = np.min([np.where(each < 0, never, each) for each in after], axis=0)
        by_home = np.full(len(homes), never)
        np.minimum.at(by_home, homes.home, soonest)
        return np.where(by_home == never, UNWARNED, by_home)

    def _lots(self, site: Site, homes: Homes, what: str) -> Array:
        first = homes.residents[np.searchsorted(homes.home, np.arange(len(homes)))]
        return uniforms(self.model.world.seed, "evacuation", what, site.emergency.name, at=first)

    def _resident_lots(self, what: str, residents: Array) -> Array:
        return uniforms(0, "evacuation", what, at=residents)

    def _goes(self, way: Way, persons: int, walk: int, now: int) -> None:
        way.site.at(now + walk, partial(self._out, way, persons, now + walk))

    def _out(self, way: Way, persons: int, now: int) -> None:
        way.inside -= persons
        way.last = max(way.last, now)
        if not way.inside:
            self.book.write(way.site, "evacuated", way.last, way.persons)
