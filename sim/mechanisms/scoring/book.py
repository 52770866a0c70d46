"""The book of a period: what each unit has done, what residents said of it, and how its people's hours went."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.case import Case
from sim.mechanisms.scoring.deeds import DONE, Deed, deed_of, share_of
from sim.mechanisms.scoring.unit import Unit
from sim.records import MISSING
from sim.scenario.appraisal import Appraisal, Part
from sim.server import Server
from sim.station import Station

if TYPE_CHECKING:
    from sim.model import GovernanceModel


class Book:
    """Deeds and scores of each unit in the period that runs. Made when everybody stands in the town."""

    def __init__(self, model: GovernanceModel, plan: Appraisal) -> None:
        self.model, self.plan = model, plan
        self.deeds: dict[Unit, list[Deed]] = {}
        self._said: dict[Unit, list[tuple[int, float]]] = {}
        self._grids: dict[Unit, int] = {}
        self._codes = [category.code for category in model.scenario.issues.categories]
        self._digital = {channel.name for channel in model.scenario.residents.channels if channel.digital}
        self._servers = self._people()
        self._workers = {worker.name for worker in model.teams.workers}
        self._since, self._served = 0, {unit: self._work(unit) for unit in self._servers}

    def _people(self) -> dict[Unit, list[Server]]:
        """Who works for each unit; the grid workers of all communities are one department."""
        model = self.model
        stations: dict[Unit, list[Station]] = {}
        handlers = model.teams.handlers.values()
        for each in (*model.offices.departments.values(), *model.offices.level_teams.values(), *handlers):
            stations.setdefault(Unit("department", each.name), []).append(each.station)
        for place in model.city.communities:
            stations[Unit("community", place.name)] = [of_team[place.index] for _, of_team in model.teams.stations]
        people = {unit: _once(theirs) for unit, theirs in stations.items()}
        for worker in model.teams.workers:
            people[Unit("worker", worker.name)] = [worker]
        return people

    # -- as it happens ------------------------------------------------------------------------------------------------

    def concerns(self, case: Case, worker: str = "") -> tuple[Unit, ...]:
        """The units that a case is counted for."""
        place = Unit("community", self.model.city.communities[case.issue.community].name)
        department = Unit("department", case.department)
        units = (place, department) if department in self._servers else (place,)
        return (*units, Unit("worker", worker)) if worker in self._workers else units

    def ends(self, case: Case, worker: str) -> None:
        """A case has ended; `worker` did the work on it."""
        if case.outcome in DONE:
            deed = deed_of(case, self.model.env.now, case.channel in self._digital)
            for unit in self.concerns(case, worker):
                self.deeds.setdefault(unit, []).append(deed)

    def says(self, case: Case) -> None:
        """A resident has scored a case."""
        for unit in self.concerns(case):
            self._said.setdefault(unit, []).append((case.category, case.satisfaction))

    # -- at the end of a period ---------------------------------------------------------------------------------------

    def closes(self) -> None:
        """A new period begins."""
        self.deeds, self._said = {}, {}
        self._since, self._served = self.model.env.now, {unit: self._work(unit) for unit in self._servers}

    def overdue(self) -> None:
        """Open cases whose limit has passed count as not done in time."""
        now = self.model.env.now
        for case in self.model.discovery.open_cases.values():
            if case.handling_due != MISSING and case.fed_back_at == MISSING and case.final_due < now:
                late = deed_of(case, now, case.channel in self._digital)._replace(open=True)
                for unit in self.concerns(case):
                    self.deeds.setdefault(unit, []).append(late)

    def value(self, unit: Unit, part: Part, told: bool) -> float | None:
        """An indicator of a unit, from 0 to 1, by the records or in truth; None if there is nothing to measure."""
        found = self._value(unit, part, told)
        return found if found is None or part.least is None else float(found >= part.least)

    def _value(self, unit: Unit, part: Part, told: bool) -> float | None:
        if part.measure == "use":
            return self._use(unit)
        if part.measure == "satisfied":
            said = [points for category, points in self._said.get(unit, ()) if self._counts(part, category)]
            return sum(said) / len(said) / 100 if said else None
        deeds = [deed for deed in self.deeds.get(unit, ()) if self._counts(part, deed.category)]
        if part.measure == "coverage":
            return self._coverage(unit, [deed for deed in deeds if not deed.open])
        return share_of(deeds, part.measure, told, lambda deed: self._within(part, deed.community))

    def _counts(self, part: Part, category: int) -> bool:
        return not part.categories or self._codes[category] in part.categories

    def _within(self, part: Part, community: int) -> int:
        """What is asked of a community: by its kind, or by the indicator."""
        if part.within is None:
            return 0
        reached = 0.0
        for kind in self.plan.kinds:
            reached += kind.share
            if (community + 0.5) / len(self.model.city.communities) <= reached:
                return kind.within.seconds
        return part.within.seconds

    def _coverage(self, unit: Unit, deeds: list[Deed]) -> float | None:
        if not deeds:
            return None
        city = self.model.city
        grids = city.communities[deeds[0].community].grids if unit.kind == "community" else len(city.grids)
        return len({deed.grid for deed in deeds}) / grids

    def _work(self, unit: Unit) -> int:
        return sum(server.served for server in self._servers[unit])

    def _use(self, unit: Unit) -> float | None:
        now = self.model.env.now
        hours = sum(server.calendar.work_between(self._since, now) for server in self._servers.get(unit, ()))
        return min(1.0, (self._work(unit) - self._served[unit]) / hours) if hours > 0 else None


def _once(stations: Iterable[Station]) -> list[Server]:
    """The people of some stations, each once."""
    return list({id(server): server for station in stations for lane in station.lanes for server in lane}.values())
