"""Who goes: neighbours help each other, the nearest goes first, and who knows nobody needs longer."""

from __future__ import annotations

import math

from sim.agents.departments import Department
from sim.agents.grid_workers import GridWorker
from sim.case import Case
from sim.issue import Issue
from sim.mechanisms.staff.crew import Crew
from sim.mechanisms.staff.whereabouts import Whereabouts
from sim.server import Server
from sim.station import Station
from sim.task import Task


class HelpNextDoor(Crew):
    """From its start (stage by stage of a roll-out) workers also serve the lines of neighbouring grids."""

    def begins(self) -> None:
        for at in sorted({self.plan.starts.seconds, *(phase.at.seconds for phase in self.plan.rollout)}):
            self.at(at, self._pools)

    def _pools(self) -> None:
        for community in self.model.city.communities:
            if self.in_force(community.index):
                for _, stations in self.model.teams.stations:
                    self._pool(stations[community.index])

    def _pool(self, station: Station) -> None:
        reach, lanes = self.plan.reach, len(station.lanes)
        for server in {server.number: server for lane in station.lanes for server in lane}.values():
            own = list(station.lanes_of[server.number])
            for lane in range(max(0, own[0] - reach), min(lanes, own[-1] + reach + 1)):
                station.serves_also(server, lane)
            if server.task is None:
                station.arrives(server)

    def way(self, worker: GridWorker, task: Task, seconds: int) -> int:
        """The helper comes from the middle of its own grids."""
        if task.case is None or not seconds or task.case.issue.grid in worker.grids:
            return seconds
        return self.walk(worker.centre, task.case.issue)

    def walk(self, place: tuple[float, float], issue: Issue) -> int:
        """Seconds on foot from a place to an issue."""
        places = self.model.scenario.places
        return round(places.street_factor * math.dist(place, (issue.x, issue.y)) / (places.walking_speed / 3.6))

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        """The helper knows nobody there; where the grid's own people do not know the household either, it is in already."""
        case = task.case
        if case is None or case.issue.grid in worker.grids:
            return seconds
        return seconds if self._unknown_to_all(worker, case) else round(seconds * (1 + worker.team.unfamiliar_extra))

    def _unknown_to_all(self, worker: GridWorker, case: Case) -> bool:
        first = self.model.city.communities[case.issue.community].first_grid
        station = self.model.teams.station_of(worker, case.issue.community)
        own: GridWorker = station.lanes[case.issue.grid - first][0]  # type: ignore[assignment]
        return self.model.efforts.chance("known", case) >= min(1.0, own.team.known_households / own.households)


class NearestGoes(HelpNextDoor):
    """Of several free workers the nearest gets the task; the way begins where the worker's round stands."""

    def begins(self) -> None:
        self._whereabouts = Whereabouts(self.model.city)
        super().begins()

    def _pool(self, station: Station) -> None:
        if station.chooses is None:
            station.chooses = self._nearest

    def _nearest(self, task: Task, free: list[Server]) -> Server:
        case, now = task.case, self.model.env.now
        if case is None:
            return min(free, key=lambda server: server.served)
        return min(free, key=lambda server: (self._metres(server, case.issue, now), server.number))

    def _metres(self, server: Server, issue: Issue, now: int) -> float:
        assert isinstance(server, GridWorker)
        server.clock.settle(now)
        return math.dist(self._whereabouts.of(server), (issue.x, issue.y))

    def way(self, worker: GridWorker, task: Task, seconds: int) -> int:
        if task.case is None or not seconds or not self.concerns(worker):
            return seconds
        return self.walk(self._whereabouts.of(worker), task.case.issue)

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        return seconds


class KnownHomes(Crew):
    """The larger a community for its handling people, the more often they come to a door that they do not know."""

    def work(self, case: Case, department: Department, seconds: int) -> int:
        if department.level != "community" or not self.here(case):
            return seconds
        homes = len(self.model.city.communities[case.issue.community].homes)
        known = min(1.0, self.plan.known_per_crew / homes)  # whoever comes knows only its own
        if self.model.efforts.chance("known", case) < known:
            return seconds
        return round(seconds * (1 + self.plan.unfamiliar_extra))
