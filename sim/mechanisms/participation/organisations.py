"""Social organisations that settle cases, and experts whose hours take the place of waiting."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
import math
from typing import Any

import numpy as np

from sim.calendars import Calendar
from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.participation.agenda import Agenda
from sim.mechanisms.residents.civic import MONTH, Civic
from sim.scenario.participation.helping import Organisations, Partners
from sim.server import Server
from sim.station import Rules, Station
from sim.steps import answer_first
from sim.units import DAY, HOUR

YEAR = 365 * DAY


class SocialOrganisations(Agenda):
    """A station in each community: the certified people of organisations that do not merely double another."""

    plan: Organisations

    def begins(self) -> None:
        self._stations: dict[int, Station] = {}
        for place in self.model.city.communities:
            people = self._people(place.index)
            if people:
                self._stations[place.index] = self._build(f"organisations_{place.name}", people)

    def _people(self, community: int) -> int:
        plan = self.plan
        useful = plan.per_10000 / 10_000 * len(self.people_of(community)) * (1 - plan.overlap)
        return math.floor(useful * plan.staff * plan.certified + 0.5)

    def _build(self, name: str, people: int) -> Station:
        hours = self.model.calendars[self.plan.calendar]
        servers = [Server(f"{name}-{n + 1}", n, self._hours(f"{name}-{n + 1}", hours)) for n in range(people)]
        self.write("people", name, amount=float(people))
        return self.model.build_station(name, [servers], hours, Rules())

    def _hours(self, seat: str, hours: Calendar) -> Calendar:
        """Working hours of a seat: its holder leaves after an exponential time, and the seat stays empty for a while."""
        gone, at, turn = [], 0.0, 0
        while self.plan.leaves:
            at += self.model.world.luck.exponential("SocialOrganisations", seat, turn) * YEAR / self.plan.leaves
            if at >= self.model.horizon:
                break
            gone.append((int(at), int(at) + self.plan.refill.seconds))
            at, turn = gone[-1][1], turn + 1
        return hours.minus(np.array(gone, dtype=np.int64).reshape(-1, 2)) if gone else hours

    def takes_over(self, case: Case) -> Steps | None:
        station = self._stations.get(case.issue.community)
        wanted = case.severity_seen <= self.plan.most_severe and case.issue.real and self.code(case.issue) in self.plan.categories
        if station is None or not wanted or not self.here(case):
            return None
        if self.luck("sent to them", case.issue.code, case.opening) >= self.plan.share:
            return None
        return self._works(case, station)

    def _works(self, case: Case, station: Station) -> Steps:
        model = self.model
        task = station.work(case, "handle", model.efforts.seconds("handle", case))
        yield task
        case.arrived_at = case.handling_started_at = task.started_at
        answer_first(case, model, task.started_at)
        case.department, case.level = station.name, "community"
        if case.issue.live(model.env.now) and model.efforts.chance("fix", case) < model.fix_share(case):
            model.settle_issue(case)
        self.ended(case)
        return True

    def ends(self) -> None:
        """Nothing is left to be written."""


class CommunityPartners(Civic):
    """While experts have hours left in a month, some cases that wait for a specialist wait for an expert's visit instead."""

    plan: Partners

    def __init__(self, model: Any, plan: Partners, number: int) -> None:
        super().__init__(model, plan, number)
        self._spent: dict[tuple[int, int], int] = {}

    def wait(self, case: Case, step: str, seconds: int) -> int:
        plan, code = self.plan, case.issue.code
        if step != "external" or not seconds or not self.here(case) or self.luck("suits", code) >= plan.share:
            return seconds
        month, work = (case.issue.community, self.model.env.now // MONTH), plan.work.draw(self.luck("work", code))
        spent = self._spent.get(month, 0)
        visit = plan.visit.draw(self.luck("visit", code))
        if visit >= seconds or spent + work > plan.experts * plan.hours * HOUR:
            return seconds
        self._spent[month] = spent + work
        self.write("expert", self.name_of(case.issue.community), str(case.case_id), float(seconds - visit))
        return visit
