"""The grid workers of a struck community: who is called, who sets out when, who comes to the place."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from sim.agents.grid_workers import GridWorker
from sim.mechanisms.emergencies.mission import at_hand, send
from sim.mechanisms.emergencies.site import Site
from sim.station import Station

if TYPE_CHECKING:
    from sim.mechanisms.emergencies.command import Command


class Workers:
    """Calls as many workers as an emergency asks for: those on duty first, then those at home who can be reached."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.model = command.model

    def mobilise(self, site: Site) -> None:
        """Call whom the emergency still lacks. If nobody can come, try again when the next shift begins."""
        if not site.open:
            return
        station = self._station(site)
        for worker in self._nearest(site, station):
            if len(site.called) >= site.hazard.workers:
                return
            self._calls(site, station, worker)
        again = station.calendar.next_open(station.calendar.next_close(self.model.env.now))
        if not site.called and site.hazard.workers and again != site.called_again_at:
            site.called_again_at = again
            site.at(again, partial(self.mobilise, site))

    def _station(self, site: Site) -> Station:
        teams = self.model.teams.stations
        stations = next((stations for team, stations in teams if "patrol" in team.duties), teams[0][1])
        return stations[site.community.index]

    def _nearest(self, site: Site, station: Station) -> list[GridWorker]:
        now = self.model.env.now
        workers = {server.number: server for lane in station.lanes for server in lane}
        free: list[GridWorker] = at_hand(station, workers.values(), now)  # type: ignore[assignment]
        return sorted(
            (worker for worker in free if worker.number not in site.called),
            key=lambda worker: (not worker.calendar.is_open(now), math.dist(worker.centre, site.spot), worker.number),
        )

    def _calls(self, site: Site, station: Station, worker: GridWorker) -> None:
        plan, now = self.command.plan, self.model.env.now
        occasion = (site.emergency.name, worker.name, now)
        on_duty = worker.calendar.is_open(now)
        if not on_duty and self.command.luck("reached", *occasion) >= plan.reached:
            return
        delay = 0 if self._trained(worker) else plan.asks.draw(self.command.luck("asks", *occasion))
        delay += 0 if on_duty else plan.call_in.draw(self.command.luck("call in", *occasion))
        site.called.add(worker.number)
        site.at(now + delay, partial(self._sets_out, site, station, worker))

    def _trained(self, worker: GridWorker) -> bool:
        knew = self.command.luck("knows", worker.name) < self.command.plan.knows
        return knew or any(part.trained(worker) for part in self.command.parts)

    def _sets_out(self, site: Site, station: Station, worker: GridWorker) -> None:
        """Go to the place, unless it is over; one who is on another emergency comes when that is done."""
        if not site.open:
            return
        if worker.task is not None and worker.task.urgent:
            site.at(max(worker.task.ends_at, self.model.env.now + 1), partial(self._sets_out, site, station, worker))
            return
        places = self.model.scenario.places
        way = places.street_factor * math.dist(worker.centre, site.spot) / (places.walking_speed / 3.6)
        stay = site.hazard.duty.seconds
        arrives = send(station, worker, round(way), stay, partial(self._back, site, worker))
        self.command.responds(site)
        site.at(arrives, partial(self._on_site, site, stay))

    def _on_site(self, site: Site, stay: int) -> None:
        now, book = self.model.env.now, self.command.book
        if not site.on_site:
            site.on_site = True
            book.write(site, "worker_on_site", now)
        book.write(site, "mobilised", now, 1.0, "worker")
        site.joins(now + stay)

    def _back(self, site: Site, worker: GridWorker) -> None:
        site.called.discard(worker.number)
        if site.open and site.jobs:
            self.mobilise(site)
