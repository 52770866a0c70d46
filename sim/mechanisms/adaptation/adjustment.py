"""Dynamic adjustment: workers go where they are needed most, after a lag; each move costs time, and who comes knows nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from sim.agents.grid_workers import GridWorker
from sim.calendars import FAR
from sim.case import Case
from sim.mechanisms.adaptation.support import Adapts
from sim.mechanisms.scoring.deeds import INSTITUTION
from sim.scenario.adaptation import Adjustment as Plan
from sim.scenario.staffing import Team
from sim.task import Task

LAST = FAR - 1
"""A moment that never comes."""


@dataclass(eq=False)
class Move:
    """Somebody is away from home: the seat that stays empty, where to, and the seat that is taken there (none yet)."""

    home: GridWorker
    community: int
    seat: GridWorker | None = None


class Adjustment(Adapts):
    """At regular dates one community gives workers to another; who is no longer needed there goes home."""

    plan: Plan

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._complaints: Counter[int] = Counter()
        self._moves: list[Move] = []
        self._since: dict[int, int] = {}

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._looks, self.plan.starts.seconds + self.plan.every.seconds)

    def reserves(self, team: Team) -> int:
        return self.plan.most if team.name == self.team else 0

    def opened(self, case: Case) -> None:
        if case.channel not in INSTITUTION:
            self._complaints[case.issue.community] += 1

    # -- who needs somebody -------------------------------------------------------------------------------------------

    def needs(self) -> dict[int, float]:
        """How much each community needs people, by what the plan judges by."""
        if self.plan.by == "score":
            return {community: 1 - score for score, community in self.ranked()}
        places = [place.index for place in self.model.city.communities if self.in_force(place.index)]
        if self.plan.by == "complaints":
            return {place: float(self._complaints[place]) for place in places}
        stations = next(stations for team, stations in self.model.teams.stations if team.name == self.team)
        return {place: float(stations[place].waiting) for place in places}

    def _looks(self) -> None:
        needs = self.needs()
        self._complaints.clear()
        if len(needs) < 2:
            return
        most = max(needs, key=lambda place: (needs[place], -place))
        least = min(needs, key=lambda place: (needs[place], place))
        unequal = needs[most] > 0 and (needs[most] - needs[least]) / needs[most] > self.plan.gap
        self.at(self.model.env.now + self.plan.lag.seconds, partial(self._adjusts, most if unequal else -1, least))

    # -- moving -------------------------------------------------------------------------------------------------------

    def _adjusts(self, needy: int, giver: int) -> None:
        for move in [each for each in self._moves if each.community != needy]:
            self._goes_home(move)
        while needy >= 0 and len(self._moves) < self.plan.most and self._sends(giver, needy):
            pass

    def _sends(self, giver: int, needy: int) -> bool:
        """Send one worker on the way, if there is one to spare."""
        home = self._spare(giver)
        if home is None:
            return False
        move = Move(home, needy)
        self._moves.append(move)
        self.model.teams.leaves(home, FAR)
        self.at(self._handed_over(home), partial(self._arrives, move))
        self.write("moves", self.name_of(needy), home.name, 1.0)
        return True

    def _arrives(self, move: Move) -> None:
        """The hand-over is done: a seat of the community is taken, unless the worker has been called home before."""
        if move not in self._moves:
            return
        move.seat = self.model.teams.call(self.team, move.community, LAST)
        if move.seat is not None:
            self._since[move.seat.order] = self.model.env.now

    def _spare(self, giver: int) -> GridWorker | None:
        """Who can go: somebody on duty whose grids others serve, too; the one with the most grids."""
        away = {id(move.home) for move in self._moves}
        stations = next(stations for team, stations in self.model.teams.stations if team.name == self.team)
        lanes = stations[giver].lanes
        there = [[each for each in lane if isinstance(each, GridWorker) and each.patrols and id(each) not in away] for lane in lanes]
        first = self.model.city.communities[giver].first_grid
        free = {worker.order: worker for lane in there for worker in lane
                if all(len(there[grid - first]) > 1 for grid in worker.grids)}  # fmt: skip
        return max(free.values(), key=lambda worker: (len(worker.grids), -worker.order), default=None)

    def _goes_home(self, move: Move) -> None:
        home, teams = move.home, self.model.teams
        self._moves.remove(move)
        if move.seat is not None:
            teams.leaves(move.seat, FAR)
        begun, _ = home.away.pop()
        teams.spell(home, [*home.away, (begun, max(begun + 1, self._handed_over(home)))])
        teams.station_of(home, self.model.city.grids[home.grids[0]].community).arrives(home)
        self.write("goes_home", self.name_of(move.community), home.name, 1.0)

    def _handed_over(self, worker: GridWorker) -> int:
        """When the working time that a move costs is over."""
        return worker.base.add_work(self.model.env.now, self.plan.handover.seconds)

    # -- what it costs ------------------------------------------------------------------------------------------------

    def effort(self, worker: GridWorker, task: Task, seconds: int) -> int:
        """Who was moved knows nobody for a time; where the grid's own people do not know the household, that is in already."""
        since = self._since.get(worker.order)
        if since is None or task.case is None or self.model.env.now - since >= self.plan.knows_after.seconds:
            return seconds
        if self._unknown_to_all(worker, task.case):
            return seconds
        return round(seconds * (1 + worker.team.unfamiliar_extra))

    def _unknown_to_all(self, worker: GridWorker, case: Case) -> bool:
        place = self.model.city.communities[case.issue.community]
        own: GridWorker = self.model.teams.station_of(worker, place.index).lanes[case.issue.grid - place.first_grid][0]  # type: ignore[assignment]
        return self.model.efforts.chance("known", case) >= min(1.0, own.team.known_households / own.households)
