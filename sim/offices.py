"""Desks, level teams and departments of a run: who stands where, and who owns a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.departments import Department
from sim.calendars import FAR, Calendar
from sim.case import Case
from sim.issue import Issue
from sim.scenario.chapter import LEVELS
from sim.server import Server
from sim.station import Rules, Station

if TYPE_CHECKING:
    from sim.model import GovernanceModel


class Offices:
    """All stations that are no grid worker teams."""

    def __init__(self, model: GovernanceModel) -> None:
        self.model = model
        self.desks: dict[tuple[str, str], Station] = {}
        self._desk_of: dict[tuple[str, int], Station] = {}
        self.departments: dict[str, Department] = {}
        self.level_teams: dict[tuple[str, str], Department] = {}
        staffing = model.scenario.staffing
        for level, desk in sorted(staffing.desks.items(), key=lambda item: LEVELS.index(item[0])):  # not as written
            for unit in self._units(level):
                station = self._station(f"desk_{unit}", desk.seats, desk.calendar, Rules())
                self.desks[level, unit] = station
        for level, team in sorted(staffing.level_teams.items(), key=lambda item: LEVELS.index(item[0])):
            for unit in self._units(level):
                station = self._station(f"team_{unit}", team.crews, team.calendar, Rules(team.shift_end))
                self.level_teams[level, unit] = Department(model, f"team_{unit}", level, station, f"travel {level}")
        for plan in staffing.departments:
            station = self._station(plan.name, plan.crews, plan.calendar, Rules(plan.shift_end, plan.on_call))
            self.departments[plan.name] = Department(model, plan.name, "district", station, f"travel {plan.name}")

    def notes(self) -> dict[str, float]:
        """Stations whose servers share one calendar and one queue, with their number: nobody may idle there beside work."""
        stations = [
            *self.desks.values(),
            *(unit.station for unit in (*self.level_teams.values(), *self.departments.values())),
        ]
        plain = [station for station in stations
                 if station.rules == Rules() and all(each.calendar is station.calendar for each in station.lanes[0])]  # fmt: skip
        return {f"single_calendar:{station.name}": float(len(station.lanes[0])) for station in plain}

    def _units(self, level: str) -> list[str]:
        if level in ("district", "city"):
            return [level]
        communities = self.model.city.communities
        if level == "community":
            return [community.name for community in communities]
        return sorted({community.subdistrict for community in communities})

    def _station(self, name: str, servers: int, calendar: str, rules: Rules) -> Station:
        hours = self.model.calendars[calendar]
        crews = [Server(f"{name}-{n + 1}", n, hours) for n in range(servers)]
        nobody = hours.minus([(0, FAR)])
        count = self.model.governance.reserve_crews(name)
        spares = [Server(f"{name}-reserve-{n + 1}", n, nobody) for n in range(servers, servers + count)]
        for crew in spares:
            crew.held_until = 0
        return self.model.build_station(name, [[*crews, *spares]], hours, rules)

    def call(self, department: str, until: int) -> Server | None:
        """Call a reserve crew of a department or a level's team to work until a second of the run; None if all are at work."""
        units = {unit.name: unit for unit in self.level_teams.values()} | self.departments
        station, now = units[department].station, self.model.env.now
        for crew in station.lanes[0]:
            if crew.task is None and crew.calendar.next_open(now) >= FAR:
                again, hours = station.calendar.minus([(0, now), (until, FAR)]), station.calendar
                crew.calendar = Calendar(np.concatenate((crew.calendar.intervals, again.intervals)), hours.lo, hours.hi)
                crew.held_until = until
                station.arrives(crew)
                return crew
        return None

    def unit(self, issue: Issue, level: str) -> str:
        """Name of the unit of a level that an issue lies in."""
        return self.model.city.answers_to(issue.grid)[LEVELS.index(level)]

    def desk(self, issue: Issue, level: str) -> Station:
        """The desk of a level that is in charge of an issue's place."""
        place = level, issue.grid
        desk = self._desk_of.get(place)
        if desk is None:
            desk = self._desk_of[place] = self.desks[level, self.unit(issue, level)]
        return desk

    def owner_level(self, case: Case) -> str:
        """Lowest level of the chain that has the authority for a case of this category and severity."""
        levels = self.model.scenario.escalation.levels
        if self.model.world.measured is not None:
            return "district"
        lowest = self.model.category(case.issue).authority[case.severity_seen - 1]
        needed = LEVELS.index(self.model.governance.authority(case, lowest))
        return next(level for level in levels if LEVELS.index(level) >= needed)

    def owner(self, case: Case) -> Department:
        """Who is to handle a case at its level: the grid's team, the level's team, or a department."""
        if case.level == "grid":
            return self.model.teams.handlers[case.issue.community]
        if case.level in ("community", "subdistrict", "city"):
            return self.level_teams[case.level, self.unit(case.issue, case.level)]
        return self.departments[self._department(case)]

    def _department(self, case: Case) -> str:
        measured = self.model.world.measured
        if measured is not None:
            return str(measured.department[case.issue.number])
        claimants = self.model.category(case.issue).departments
        if case.refused < 0:
            return claimants[0]
        right = claimants[(case.claimant + case.place) % len(claimants)]
        if case.returns or case.referrals or case.escalations:
            return right
        accuracy = self.model.governance.accuracy(case, self.model.scenario.workflow.dispatch.accuracy)
        luck = self.model.efforts.chance("classify", case)
        others = [name for name in self.departments if name not in claimants]
        if luck < accuracy or not others:
            return right
        case.misrouted = True
        return others[int((luck - accuracy) / (1 - accuracy) * len(others)) % len(others)]

    def calendar_of(self, owner: Department) -> Calendar:
        """Open hours of an owner."""
        return owner.station.calendar
