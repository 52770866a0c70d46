"""People whom a community gets for a time, and what everybody who adapts by results shares."""

from __future__ import annotations

from functools import cached_property

from sim.mechanisms.scoring.unit import Judged, Unit
from sim.scenario.adaptation import Support
from sim.scenario.staffing import Team
from sim.units import DAY

YEAR = 365 * DAY


class Adapts(Judged):
    """Knows the communities by their last reported scores, and whom it may call."""

    def support(self) -> Support | None:
        """Whom it may call to each community; None: nobody."""
        return None

    @cached_property
    def team(self) -> str:
        """The team of grid workers that patrols (else the first): its seats are given and moved."""
        teams = self.model.scenario.staffing.teams
        return next((team.name for team in teams if "patrol" in team.duties), teams[0].name)

    def reserves(self, team: Team) -> int:
        support = self.support()
        return support.seats if support is not None and team.name == self.team else 0

    def reserve_crews(self, department: str) -> int:
        support = self.support()
        return support.crews if support is not None and department in self._handlers else 0

    @cached_property
    def _handlers(self) -> set[str]:
        return {self.crew_of(place.index) for place in self.model.city.communities}

    def crew_of(self, community: int) -> str:
        """Name of a community's handling team."""
        return f"team_{self.name_of(community)}"

    def name_of(self, community: int) -> str:
        """Name of a community."""
        return self.model.city.communities[community].name

    def calls(self, community: int, until: int, seats: int, crews: int = 0) -> None:
        """Call people to a community until a second of the run; each who comes is written."""
        for _ in range(seats):
            worker = self.model.teams.call(self.team, community, until)
            if worker is not None:
                self.write("called", self.name_of(community), worker.name, 1.0)
                self.pays_for(f"{self.team}_{self.name_of(community)}", self.model.scenario.costs.worker_year, until)
        for _ in range(crews):
            crew = self.model.offices.call(self.crew_of(community), until)
            if crew is not None:
                self.write("called", self.name_of(community), crew.name, 1.0)
                self.pays_for(self.crew_of(community), self.model.scenario.costs.crew_year, until)

    def pays_for(self, station: str, yearly: float, until: int) -> None:
        """Book the pay of somebody from now until a second of the run."""
        seconds = min(until, self.model.horizon) - self.model.env.now
        self.spends("support", station, yearly * seconds / YEAR)

    def pays(self, station: str, servers: int) -> tuple[str, float] | None:
        """Seats and crews that wait for a call cost nothing: who is called is paid for the time."""
        costs, others = self.model.scenario.costs, [each for each in self.model.governance.mechanisms if isinstance(each, Adapts)]
        if station in self._handlers:
            waiting, yearly = sum(each.reserve_crews(station) for each in others), costs.crew_year
        elif station in {f"{self.team}_{place.name}" for place in self.model.city.communities}:
            team = next(team for team in self.model.scenario.staffing.teams if team.name == self.team)
            waiting, yearly = sum(each.reserves(team) for each in others), costs.worker_year
        else:
            return None
        return ("pay", (servers - waiting) * yearly) if waiting else None

    def ranked(self) -> list[tuple[float, int]]:
        """Reported scores of the communities in which it is in force, with their numbers, the lowest first."""
        last = self.appraisal.last
        units = ((place.index, last.get(Unit("community", place.name))) for place in self.model.city.communities)
        return sorted((score.reported, index) for index, score in units if score is not None and self.in_force(index))
