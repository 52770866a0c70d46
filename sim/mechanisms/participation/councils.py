"""Councils of residents: nested, with dates, an agenda, a quorum; a matter that none settles goes the formal way."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from functools import partial
from typing import Any

import numpy as np
from simpy.events import Event

from sim.case import Case
from sim.issue import Issue
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.participation.agenda import Agenda, Matter
from sim.mechanisms.participation.dilemma import NeighboursMeetAgain
from sim.mechanisms.participation.facilitators import Facilitators
from sim.mechanisms.participation.seats import Circles
from sim.mechanisms.participation.turnout import TakingPart
from sim.mechanisms.residents.civic import Array
from sim.mechanisms.residents.readiness import UnclearVoices
from sim.scenario.participation.meetings import Council, Councils

Place = tuple[int, int, int]
"""A council: number of its level, of its community, and its own in the community."""


class ResidentCouncils(Agenda):
    """Matters wait for the meeting of the lowest council of their place; unsettled, they climb."""

    plan: Councils

    def __init__(self, model: Any, plan: Councils, number: int) -> None:
        super().__init__(model, plan, number)
        self.pauses = plan.pauses
        self.circles = [Circles(model.city, level) for level in plan.levels]
        self._lists: dict[Place, list[Matter]] = {}

    def begins(self) -> None:
        turnout = self.fellow(TakingPart)
        assert turnout is not None, "the chapter asks for turnout"
        self._turnout = turnout
        self._leads, self._game, self._voices = self.fellow(Facilitators), self.fellow(NeighboursMeetAgain), self.fellow(UnclearVoices)
        for number, level in enumerate(self.plan.levels):
            first = level.first.seconds or level.every.seconds
            self.every(level.every.seconds, partial(self._day, number, level), self.plan.starts.seconds + first)

    # -- on the agenda ------------------------------------------------------------------------------------------------

    def takes_over(self, case: Case) -> Steps | None:
        if case.severity_seen > self.plan.most_severe or case.opening > 1 or not case.issue.real or not self.here(case):
            return None
        if self.luck("private", case.issue.code) >= self.plan.shares.get(self.code(case.issue), 0.0):
            return None
        matter = Matter(case, self.model.env.now, Event(self.model.env))
        return self.waits(matter) if self._puts(matter) else None

    def _puts(self, matter: Matter) -> bool:
        """Onto the agenda of the next council that there is; False if none is left."""
        while matter.level < len(self.circles):
            place = self._place(matter.level, matter.case.issue)
            level = self.plan.levels[matter.level]
            if place is not None and len(self._lists.get(place, ())) < level.capacity * level.ahead:
                matter.tries = 0
                self._lists.setdefault(place, []).append(matter)
                return True
            matter.level += 1
        return False

    def _place(self, level: int, issue: Issue) -> Place | None:
        circle = self.circles[level].of_point(issue.community, issue.x, issue.y)
        return None if circle is None else (level, issue.community, circle)

    # -- meetings -----------------------------------------------------------------------------------------------------

    def _day(self, number: int, level: Council) -> None:
        for place in sorted(place for place, matters in self._lists.items() if place[0] == number and matters):
            self._meets(place, level)

    def _meets(self, place: Place, level: Council) -> None:
        name, now = self.circles[place[0]].name(place[1], place[2]), self.model.env.now
        for matter in [matter for matter in self._lists[place] if not matter.case.issue.live(now)]:
            self._ends(matter, place, "fell away", True)
        taken = sorted(self._lists[place], key=lambda matter: (-matter.case.severity_seen, matter.since, matter.case.case_id))
        taken = taken[: level.capacity]
        people = self.circles[place[0]].people(self.model.population, place[1], place[2])
        there = self._turnout.comers(people, f"{name} {now}", level.online, level.hears)
        quorate = len(there) >= level.quorum
        self._counts(name, there, quorate)
        self._turnout.thanks(there, self.plan.hours, True)
        speakers = self._speakers(there, place[1], name) if quorate else 0
        for matter in taken:
            if quorate and self._agreed(matter, there, speakers):
                self._concludes(matter, place, level)
            else:
                self._not_settled(matter, place, level)

    def _counts(self, name: str, there: Array, quorate: bool) -> None:
        self.write("meeting" if quorate else "no quorum", name, amount=float(len(there)))
        bands = np.bincount(self.model.population.age_band[there], minlength=len(self.model.scenario.residents.age_bands))
        for band, count in zip(self.model.scenario.residents.age_bands, bands.tolist(), strict=True):
            if count:
                self.write("present", name, band.name, float(count))

    def _speakers(self, there: Array, community: int, name: str) -> int:
        """How many of those present can say what they want: the trained can, others by luck, more if somebody leads."""
        share = self.plan.speaks if self._leads is None else max(self.plan.speaks, self._leads.leads(community))
        able = self.lots(there, "speaks", name, self.model.env.now) < share
        if self._voices is not None:
            able |= self._voices.clear(there)
        return int(able.sum())

    def _agreed(self, matter: Matter, there: Array, speakers: int) -> bool:
        """Whether somebody has an acceptable proposal, enough agree, and both parties give way; or did so before."""
        key = (matter.case.issue.code, self.model.env.now)
        matter.agreed = matter.agreed or (
            self.luck("proposal", *key) >= (1 - self.plan.idea) ** speakers
            and (not self.plan.support or (self.lots(there, "agrees", *key) < self.plan.agrees).mean() >= self.plan.support)
            and (self._game is None or self._game.give_way(matter.case))
        )
        return matter.agreed

    def _concludes(self, matter: Matter, place: Place, level: Council) -> None:
        """An agreement that is not kept ends the case all the same, unless the next meeting asks whether it was."""
        kept = self.luck("kept", matter.case.issue.code, self.model.env.now) < self.plan.kept
        if kept or not self.plan.follow_up:
            self._ends(matter, place, "settled", kept)
        else:
            self._not_settled(matter, place, level)

    def _ends(self, matter: Matter, place: Place, how: str, fixed: bool) -> None:
        name = self.circles[place[0]].name(place[1], place[2])
        self._lists[place].remove(matter)
        self.write(how, name, str(matter.case.case_id), float(self.model.env.now - matter.since))
        self.settles(matter, name, "community" if self.plan.levels[place[0]].households is None else "grid", fixed)

    def _not_settled(self, matter: Matter, place: Place, level: Council) -> None:
        matter.tries += 1
        if matter.tries < level.tries or (matter.agreed and matter.tries == level.tries):
            return
        self._lists[place].remove(matter)
        matter.level += 1
        if not self._puts(matter):
            self.write("not settled", self.circles[place[0]].name(place[1], place[2]), str(matter.case.case_id), 1.0)
            self.passes_on(matter)
