"""The teams of grid workers: seats, which grids each serves, rounds, absences, and their stations.

A whole number of workers per grid stands in each grid; what is left over is shared by a fixed set of neighbouring grids.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from sim.agents.departments import Department
from sim.agents.grid_workers import GridWorker
from sim.agents.patrol_clock import DayPlan, PatrolClock
from sim.calendars import FAR, Calendar, Spell
from sim.instant import SHIFT_CHANGE, STATION, content_key
from sim.issue import Issue
from sim.moment import Moment
from sim.places import Community, Grid
from sim.policies.view import RoundView
from sim.scenario.staffing import Team
from sim.station import Rules, Station
from sim.streams import uniforms
from sim.task import Task

if TYPE_CHECKING:
    from sim.case import Case
    from sim.model import GovernanceModel


def blocks_of(workers: int, grids: int) -> list[tuple[int, int, int]]:
    """Which grids each worker serves, as (first, last + 1, seats): own grids first, then shared sets of neighbours.

    With w workers on g grids, w // g stand in every grid; the rest, p of every q grids, is shared by sets of q.
    """
    own, rest = divmod(workers, grids)
    blocks = [(grid, grid + 1, own) for grid in range(grids)] if own else []
    if rest:
        sets = _sets(rest, grids)
        edges = [round(index * grids / sets) for index in range(sets + 1)]
        seats = [round((index + 1) * rest / sets) - round(index * rest / sets) for index in range(sets)]
        blocks += [(a, b, n) for a, b, n in zip(edges, edges[1:], seats, strict=False) if n]
    return blocks


def _sets(workers: int, grids: int) -> int:
    """Into how many sets of neighbouring grids the shared workers divide: as many as leave at least one in each."""
    share = Fraction(workers, grids).limit_denominator(6)
    return max(1, min(workers, grids // max(1, share.denominator)))


class Teams:
    """All grid workers of a run, community by community."""

    def __init__(self, model: GovernanceModel) -> None:
        self.model = model
        self.workers: list[GridWorker] = []
        self.stations: list[tuple[Team, dict[int, Station]]] = []
        self.handlers: dict[int, Department] = {}
        self._on_duty: dict[tuple[str, int], tuple[Team, Station]] = {}
        self.patrols: dict[int, list[GridWorker]] = {}
        self.spares: dict[tuple[str, int], list[GridWorker]] = {}
        self.origins: dict[tuple[str, int], tuple[float, float]] = {}
        for team in model.scenario.staffing.teams:
            self._build(team)

    def _build(self, team: Team) -> None:
        calendar = self.model.calendars[team.shift]
        shifts, day_of = self.model.hours.shifts(calendar)
        days, governance = self.model.hours.days, self.model.governance
        floor = governance.patrol_floor(team, days) if "patrol" in team.duties else [0] * days
        plan = DayPlan(shifts, day_of, days, floor, governance.paperwork(team, days), team.carry_over)
        stations = {}
        for community in self.model.city.communities:
            stations[community.index] = self._station(team, community, calendar, plan)
        self.stations.append((team, stations))
        if "handle" in team.duties:
            for index, station in stations.items():
                self.handlers.setdefault(index, Department(self.model, team.name, "grid", station, ""))

    def _station(self, team: Team, community: Community, calendar: Calendar, plan: DayPlan) -> Station:
        grids = self.model.city.grids[community.first_grid : community.first_grid + community.grids]
        ratio = team.workers_per_grid
        count = team.workers_per_community if ratio is None else max(1, math.floor(ratio * len(grids) + 0.5))
        lanes: list[list[GridWorker]] = [[] for _ in grids]
        seat = 0
        for first, last, seats in blocks_of(count or 1, len(grids)):
            for place in range(seats):
                worker = self._worker(team, f"{community.name}-{team.name}-{seat + 1}", seat, calendar, plan)
                self._send_round(worker, grids[first:last], place, seats)
                for lane in range(first, last):
                    lanes[lane].append(worker)
                seat += 1
        for grid, lane in zip(grids, lanes, strict=True):
            centres = np.array([worker.centre for worker in lane])
            self.origins[team.name, grid.index] = (float(centres[:, 0].mean()), float(centres[:, 1].mean()))
        for spare in range(self.model.governance.reserves(team)):
            self._spare(team, f"{community.name}-{team.name}-reserve-{spare + 1}", grids, lanes, calendar, plan)
        station = self.model.build_station(
            f"{team.name}_{community.name}", lanes, calendar, Rules(team.shift_end, False)
        )
        if team.shift_end != "finish":
            for worker in {worker.number: worker for lane in lanes for worker in lane}.values():
                self._hands_back(station, worker)
        return station

    def _hands_back(self, station: Station, worker: GridWorker) -> None:
        """When an absence begins, what the worker has in hand or laid down goes back to the others."""
        env = self.model.env
        gaps = worker.calendar.intervals
        for begin in gaps[:-1, 1].tolist():
            if 0 <= begin < self.model.horizon and worker.calendar.next_open(begin) > station.calendar.next_open(begin):
                key = content_key(SHIFT_CHANGE, STATION, station.number, worker.number)
                Moment(env, begin - env.now, key, lambda _: station.departs(worker))

    def _spare(
        self, team: Team, name: str, grids: tuple[Grid, ...], lanes: list[list[GridWorker]], calendar: Calendar, plan: DayPlan
    ) -> None:
        """A seat that is empty until somebody is called to it; it serves every grid of its community and walks no round."""
        seat = len({worker.name for lane in lanes for worker in lane})
        worker = self._worker(team, name, seat, calendar, plan)
        worker.patrols = False
        self._send_round(worker, grids, 0, 1)
        worker.base = calendar
        self.spell(worker, [(0, FAR)])
        self.spares.setdefault((team.name, grids[0].community), []).append(worker)
        for lane in lanes:
            lane.append(worker)

    def spell(self, worker: GridWorker, away: list[Spell]) -> None:
        """From now on the worker is away in these spells (besides the team's closing hours), and at work otherwise."""
        worker.away = list(away)
        hours = worker.base.minus(np.array(away, dtype=np.int64).reshape(-1, 2))
        worker.keeps(hours, *self.model.hours.shifts(hours))

    def call(self, team: str, community: int, until: int) -> GridWorker | None:
        """Call somebody to an empty seat of a community until a second of the run; None if no seat is empty."""
        now = self.model.env.now
        for worker in self.spares.get((team, community), ()):
            if worker.task is None and worker.calendar.next_open(now) >= FAR:
                *before, (since, _) = worker.away
                self.spell(worker, [*before, (since, now), (until, FAR)])
                self.station_of(worker, community).arrives(worker)
                return worker
        return None

    def leaves(self, worker: GridWorker, until: int) -> None:
        """A worker leaves the seat, which stays empty until a second of the run.

        Work in hand is finished first where the team finishes what it has begun; else it goes back to the queue's head.
        """
        begins = self.model.env.now
        if worker.task is not None and worker.team.shift_end == "finish":
            begins = max(begins, worker.task.ends_at)
        if until > begins:
            self.spell(worker, [*worker.away, (begins, until)])
            self.station_of(worker, self.model.city.grids[worker.grids[0]].community).departs(worker)

    def _worker(self, team: Team, name: str, seat: int, calendar: Calendar, plan: DayPlan) -> GridWorker:
        away = self.model.governance.absences(team, name)
        hours = self._without_absences(team, name, calendar)
        worker_hours = hours.minus(np.array(away, dtype=np.int64).reshape(-1, 2)) if away else hours
        papers = self.model.governance.papers(team, name, plan.shares)
        own = plan if papers == plan.shares else plan.with_paperwork(papers)
        clock = PatrolClock(own, *self.model.hours.shifts(worker_hours))
        worker = GridWorker(self.model, name, seat, team, worker_hours, clock)
        worker.base, worker.away = hours, away
        worker.order = len(self.workers)
        worker.suits = self.model.governance.suits if self.model.governance.suits_tasks else None
        self.workers.append(worker)
        return worker

    def _without_absences(self, team: Team, name: str, calendar: Calendar) -> Calendar:
        if not team.absence_days:
            return calendar
        days = self.model.hours.days
        absent = np.flatnonzero(
            uniforms(self.model.world.seed, "absent", name, at=np.arange(days)) < team.absence_days / 365
        )
        starts = self.model.hours.civil.day_starts(days + 1)
        return calendar.minus(np.column_stack([starts[absent], starts[absent + 1]]))

    def _send_round(self, worker: GridWorker, grids: tuple[Grid, ...], place: int, seats: int) -> None:
        """Lay the worker's round: the loops of its grids one after the other, joined by links."""
        worker.grids = tuple(grid.index for grid in grids)
        centres = np.array([grid.centre for grid in grids])
        worker.centre = (float(centres[:, 0].mean()), float(centres[:, 1].mean()))
        worker.households = sum(grid.households for grid in grids)
        if not worker.patrols:
            return
        street = self.model.scenario.places.street_factor
        links = np.hypot(*(centres - np.roll(centres, -1, axis=0)).T) * street if len(grids) > 1 else np.zeros(1)
        metres = sum(grid.loop.metres for grid in grids) + float(links.sum())
        reached = 0.0
        for grid, link in zip(grids, links, strict=True):
            worker.grid_begins[grid.index], worker.grid_share[grid.index] = reached / metres, grid.loop.metres / metres
            reached += grid.loop.metres + float(link)
        worker.round_seconds = max(1, round(metres / (worker.team.patrol_speed / 3.6)))
        plan = self.model.policies.patrol.plan(RoundView(place, seats, tuple(grid.name for grid in grids)))
        worker.start, worker.backwards = math.floor(plan.start * worker.round_seconds), plan.backwards
        for grid in worker.grids:
            self.patrols.setdefault(grid, []).append(worker)

    # -- asked by the lifecycle --------------------------------------------------------------------------------------

    def station_for(self, duty: str, community: int) -> tuple[Team, Station]:
        """The team of a community that has a duty, and its station."""
        found = self._on_duty.get((duty, community))
        if found is None:
            found = next((team, stations[community]) for team, stations in self.stations if duty in team.duties)
            self._on_duty[duty, community] = found
        return found

    def station_of(self, worker: GridWorker, community: int) -> Station:
        """The station of a worker's team in a community."""
        return next(stations[community] for team, stations in self.stations if team is worker.team)

    def task(
        self, case: Case, duty: str, activity: str, seconds: int, limit: int | None = None, head: bool = False
    ) -> Task:
        """Ask the team with a duty for work on site: travel from the middle of its grids, and more work where it knows nobody."""
        team, station = self.station_for(duty, case.issue.community)
        lane = case.issue.grid - self.model.city.communities[case.issue.community].first_grid
        worker: GridWorker = station.lanes[lane][0]  # type: ignore[assignment]
        content = worker.content(seconds, self.model.efforts.chance("known", case))
        return station.work(
            case, activity, content, lane, travel=self.travel(team, case.issue), limit=limit,
            estimate=self.model.efforts.estimate(case) if activity == "handle" else content,
            urgent=case.severity_seen == 3, head=head,
        )  # fmt: skip

    def travel(self, team: Team, issue: Issue) -> int:
        """Seconds on foot from the middle of the grids that the team's people here serve."""
        x, y = self.origins[team.name, issue.grid]
        places = self.model.scenario.places
        return round(places.street_factor * math.hypot(issue.x - x, issue.y - y) / (places.walking_speed / 3.6))
