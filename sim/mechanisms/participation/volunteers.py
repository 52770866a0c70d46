"""Volunteers: once a week they walk their grid with open eyes, and put small matters right."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from typing import Any

import numpy as np
from simpy.events import Event

from sim.case import Case
from sim.issue import Issue
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.participation.agenda import Agenda, Matter
from sim.mechanisms.participation.turnout import TakingPart
from sim.mechanisms.residents.civic import Array, Live
from sim.records import MISSING
from sim.scenario.participation.helping import Volunteers
from sim.units import DAY, HOUR

WEEK = 7 * DAY
FIRST = 5 * DAY + 9 * HOUR
"""They begin on the sixth day of the run at nine; a run that starts on a Monday has them on Saturdays."""
CHANNEL = "grid_worker"


class VolunteerDays(Agenda):
    """Their hours are what is there each week; nobody is paid, and nobody has to come."""

    plan: Volunteers

    def __init__(self, model: Any, plan: Volunteers, number: int) -> None:
        super().__init__(model, plan, number)
        self._week = 0

    def begins(self) -> None:
        turnout = self.fellow(TakingPart)
        assert turnout is not None, "the chapter asks for turnout"
        self._turnout, self._live = turnout, Live(self)
        layer = np.maximum(0, self.model.population.layer)
        ready = np.array(self.plan.registered)[layer] * self.of_band(self.plan.bands, 1.0)
        self.enrolled = (self.traits("volunteer") < ready) & (self.traits("active volunteer") < self.plan.active)
        self._grids = self._home_grids()
        self.every(WEEK, self._day, self.plan.starts.seconds + FIRST)

    def _home_grids(self) -> Array:
        city = self.model.city
        grids = np.zeros(len(city.household_sizes), dtype=np.int64)
        for place in city.communities:
            first = place.index * city.plan.households_per_community
            grids[first : first + len(place.homes)] = place.first_grid + place.cut.parts_of(place.homes)
        return grids[self.model.population.household]

    # -- small matters ------------------------------------------------------------------------------------------------

    def takes_over(self, case: Case) -> Steps | None:
        small = case.severity_seen == 1 and case.opening == 1 and case.issue.real
        if not small or self.code(case.issue) not in self.plan.categories or not self.here(case):
            return None
        return self.waits(Matter(case, self.model.env.now, Event(self.model.env)))

    # -- the day ------------------------------------------------------------------------------------------------------

    def _day(self) -> None:
        self._week += 1
        for place in self.model.city.communities:
            if self.in_force(place.index):
                self._gathers(place.index)
        for matter in [matter for matter in self.open if not matter.decided.triggered]:
            matter.tries += 1
            if matter.tries >= self.plan.weeks:
                self.passes_on(matter)

    def _gathers(self, community: int) -> None:
        people = self.people_of(community)
        people = people[self.enrolled[people]]
        people = people[self._turnout.interested(people)]
        come = people[self.lots(people, "turns up", self._week) < self.plan.turns_up]
        self.write("volunteers", self.name_of(community), f"of {len(people)}", float(len(come)))
        if len(come):
            self._walk(community, come)
            self._puts_right(community, len(come) * self.plan.hours * (1 - self.plan.walks) * HOUR)
        self._turnout.thanks(come, self.plan.hours, False)

    def _puts_right(self, community: int, seconds: float) -> None:
        """One matter after the other, as they came, as long as hours are left."""
        waiting = [matter for matter in self.open if matter.case.issue.community == community and not matter.decided.triggered]
        for matter in waiting:
            work = self.model.efforts.seconds("handle", matter.case)
            if work > seconds:
                return
            seconds -= work
            fixed = self.model.efforts.chance("fix", matter.case) < self.model.fix_share(matter.case)
            self.write("put right", self.name_of(community), str(matter.case.case_id), float(work))
            self.settles(matter, f"volunteers_{self.name_of(community)}", "grid", fixed)

    # -- the walk -----------------------------------------------------------------------------------------------------

    def _walk(self, community: int, come: Array) -> None:
        """Each walks the loop of the home grid at the pace of a patrol, again and again; every pass is a chance to see."""
        walkers = np.bincount(self._grids[come], minlength=len(self.model.city.grids))
        seen = {int(grid): int(resident) for grid, resident in zip(self._grids[come][::-1], come[::-1], strict=True)}
        for issue in self._live.now():
            if issue.community == community and walkers[issue.grid] and issue.open_case is None:
                self._looks(issue, int(walkers[issue.grid]), seen[issue.grid])

    def _looks(self, issue: Issue, walkers: int, resident: int) -> None:
        loop = self.model.city.grids[issue.grid].loop.metres / (self.model.scenario.places.walking_speed / 3.6)
        passes = walkers * self.plan.hours * self.plan.walks * HOUR / max(1.0, loop)
        if self.luck("sees", issue.code, self._week) < 1 - (1 - self.model.category(issue).visibility) ** passes:
            self.write("found", self.model.city.grids[issue.grid].name, str(issue.number), 1.0)
            self.model.discovery.report(issue, CHANNEL, f"volunteer-{resident}", 0)

    def ended(self, case: Case) -> None:
        super().ended(case)
        if case.handling_started_at == MISSING:
            case.arrived_at = case.handling_started_at = self.model.env.now
