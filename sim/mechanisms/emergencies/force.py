"""The professional force: fire brigade, police or whoever repairs, with the way there and what may block it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.distributions import Distribution
from sim.mechanisms.emergencies.mission import at_hand, send
from sim.mechanisms.emergencies.site import Site
from sim.records import MISSING
from sim.server import Server
from sim.station import Station

if TYPE_CHECKING:
    from sim.mechanisms.emergencies.command import Command


class Force:
    """Sends a crew of the department that is in charge of a class of emergency."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.model = command.model

    def sets_out(self, site: Site) -> None:
        """The department has heard of it: a crew goes, at once or as soon as one can."""
        if site.over_at == MISSING:
            self.command.book.write(site, "force_called", self.model.env.now, 0.0, site.hazard.force or "")
            self._goes(site)

    def _goes(self, site: Site) -> None:
        hazard, now = site.hazard, self.model.env.now
        if site.over_at != MISSING or hazard.force is None or hazard.force_work is None:
            return
        station = self.model.departments[hazard.force].station
        crew = self._crew(station, now)
        if crew is None:
            site.at(self._one_is_free(station, now), partial(self._goes, site))
            return
        luck = self.command.luck
        travel = self._travel(hazard.force).draw(luck("force way", site.emergency.name, site.number)) + self._held_up(site)
        work = hazard.force_work.draw(luck("force work", site.emergency.name, site.number))
        arrives = send(station, crew, travel, work, partial(self._done, site))
        self.command.responds(site)
        site.at(arrives, partial(self.command.book.write, site, "force_on_site", arrives))

    def _crew(self, station: Station, now: int) -> Server | None:
        """A crew that may go now: one without work first, else the one that began last; none if all are on emergencies."""
        ready = [s for s in at_hand(station, station.lanes[0], now) if station.rules.on_call or s.calendar.is_open(now)]
        return min(ready, key=lambda s: (s.task is not None, -s.task.started_at if s.task else 0, s.number), default=None)

    @staticmethod
    def _one_is_free(station: Station, now: int) -> int:
        """When to ask again: when an emergency in hand ends, or when the department opens."""
        ends = [s.task.ends_at for s in station.lanes[0] if s.task is not None and s.task.urgent]
        opens = station.calendar.next_open(now)
        return max(now + 1, min([*ends, opens] if opens > now else ends or [opens]))

    def _travel(self, name: str) -> Distribution:
        return next(each.travel for each in self.model.scenario.staffing.departments if each.name == name)

    def _held_up(self, site: Site) -> int:
        """Seconds lost where the lane at the place is blocked at this moment by an issue that nobody has put right."""
        hazard, now = site.hazard, self.model.env.now
        if hazard.blocked_by is None or hazard.blocked is None:
            return 0
        category = self.model.category_number(hazard.blocked_by)
        grid = site.community.first_grid + int(site.community.cut.parts_of(np.array([site.spot]))[0])
        held = any(i.grid == grid and i.category == category and i.live(now) for i in self.model.discovery.alive)
        if held:
            self.command.book.write(site, "lane_blocked", now, hazard.blocked.seconds)
        return hazard.blocked.seconds if held else 0

    def _done(self, site: Site) -> None:
        self.command.book.write(site, "force_done", self.model.env.now)
        if site.hazard.length is None:
            self.command.over_at(site)
