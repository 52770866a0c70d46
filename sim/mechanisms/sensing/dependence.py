"""Technology dependence and what keeps it in bounds: patrols that shrink, a habit that fades, work by hand, drills."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from sim.agents.grid_workers import GridWorker
from sim.issue import Issue
from sim.mechanisms.mechanism import Spells
from sim.mechanisms.sensing.platform import Platform
from sim.mechanisms.staff.crew import MONTH, Crew
from sim.scenario.platforms import Dependence as DependencePlan
from sim.scenario.platforms import Fallback as FallbackPlan
from sim.scenario.staffing import Team
from sim.units import DAY


class Dependence(Crew):
    """Who relies on devices sits at the screen and walks less; who walks little sees less on the way."""

    plan: DependencePlan

    def __init__(self, model: Any, plan: DependencePlan, number: int) -> None:
        super().__init__(model, plan, number)
        self._habit: dict[str, float] = {}

    @cached_property
    def coverage(self) -> float:
        """Devices that stand over those that would cover everything, over all kinds of which any stands."""
        kinds = [device for device in self.model.scenario.sensing.devices if device.coverage > 0]
        everything = sum(device.full_coverage for device in kinds)
        return (
            sum(round(device.coverage * device.full_coverage) for device in kinds) / everything if everything else 0.0
        )

    def patrol_floor(self, team: Team, seconds: list[int]) -> list[int]:
        least = self.plan.floor.seconds
        return [owed - round(max(0, owed - least) * self.coverage) if self.on_day(0, at) else owed
                for at, owed in zip(self.day_starts(len(seconds)), seconds, strict=True)]  # fmt: skip

    def papers(self, team: Team, worker: str, shares: list[float]) -> list[float]:
        if "patrol" not in team.duties:
            return shares
        screen = self.plan.screen * self.coverage
        return [min(1.0, share + screen) if self.on_day(0, at) else share
                for at, share in zip(self.day_starts(len(shares)), shares, strict=True)]  # fmt: skip

    # -- the habit of looking -----------------------------------------------------------------------------------------

    def begins(self) -> None:
        self.every(MONTH, self._month_ends)

    def habit(self, worker: GridWorker) -> float:
        """How much of the habit of looking a worker still has, 0 to 1."""
        return self._habit.get(worker.name, 1.0)

    def visibility(self, issue: Issue, worker: GridWorker, share: float) -> float:
        return share * self.habit(worker)

    def practises(self, worker: GridWorker) -> None:
        """A drill: the worker does everything by hand and has the whole habit again."""
        self._habit.pop(worker.name, None)

    def _month_ends(self) -> None:
        if not self.in_force():
            return
        for worker in self.model.teams.workers:
            if worker.patrols:
                self._remembers(worker, self._patrolled(worker))
                self.write(
                    "habit", self.model.city.communities[self.community(worker)].name, worker.name, self.habit(worker)
                )

    def _remembers(self, worker: GridWorker, daily: float) -> None:
        habit = self.habit(worker)
        if daily >= self.plan.practice.seconds:
            habit += (1 - habit) * self.plan.regains
        else:
            habit *= 1 - self.plan.fades
        self._habit[worker.name] = habit

    def _patrolled(self, worker: GridWorker) -> float:
        """Seconds on patrol a day with a shift, over the last month."""
        now, clock = self.model.env.now, worker.clock
        (clock.settle if worker.task is None else clock.skip)(now)
        last = max(0, min(now // DAY, clock.plan.days))
        days = slice(max(0, last - MONTH // DAY), last)
        on_shift = int(np.count_nonzero(clock.plan.shift[days]))
        return sum(clock.patrol_days[days]) / on_shift if on_shift else 0.0


class Fallback(Crew):
    """When the platform has been down for some time papers rest and everybody patrols; drills are held beforehand."""

    plan: FallbackPlan

    def patrol_floor(self, team: Team, seconds: list[int]) -> list[int]:
        by_hand = self._by_hand(len(seconds))
        return [
            owed + round(max(0, self.plan.patrol.seconds - owed) * part)
            for owed, part in zip(seconds, by_hand, strict=True)
        ]

    def papers(self, team: Team, worker: str, shares: list[float]) -> list[float]:
        if "patrol" not in team.duties:
            return shares
        return [share * (1 - part) for share, part in zip(shares, self._by_hand(len(shares)), strict=True)]

    def _by_hand(self, days: int) -> list[float]:
        """Part of each day on which work is done by hand."""
        starts = self.model.hours.civil.day_starts(days + 1)
        part = np.zeros(days)
        for down, up in self._platform.outages:
            since = max(down + self.plan.manual_start.seconds, self.plan.starts.seconds)
            part += np.clip(np.minimum(up, starts[1:]) - np.maximum(since, starts[:-1]), 0, None) / np.diff(starts)
        return part.tolist()

    @cached_property
    def _platform(self) -> Platform:
        platform = self.fellow(Platform)
        assert platform is not None  # the chapter asks for one
        return platform

    # -- drills -------------------------------------------------------------------------------------------------------

    def absences(self, team: Team, worker: str) -> Spells:
        """A drill takes a patrolling worker off the cases for its working time."""
        if self.plan.drill is None or "patrol" not in team.duties:
            return []
        shift = self.model.calendars[team.shift]
        begins = [shift.next_open(at) for at in self._dates()]
        return [(at, shift.add_work(at, self.plan.drill.seconds)) for at in begins]

    def _dates(self) -> range:
        every = self.plan.drills_every
        if every is None:
            return range(0)
        return range(self.plan.starts.seconds + every.seconds, self.model.horizon, every.seconds)

    def begins(self) -> None:
        for platform_down, platform_up in self._platform.outages:
            since = platform_down + self.plan.manual_start.seconds
            if self.plan.starts.seconds <= since < platform_up:
                self.at(since, lambda: self.write("work by hand"))
        for at in self._dates():
            self.at(at, self._drill)

    def _drill(self) -> None:
        dependence = self.fellow(Dependence)
        for worker in self.model.teams.workers:
            if worker.patrols and dependence is not None:
                dependence.practises(worker)
        self.write("failure drill")
