"""The chain of command: who hears of an emergency when, and who is sent to the place."""

from __future__ import annotations

from functools import partial
from typing import Any

from sim.hazards import Emergency, draw_emergencies, hazard_of, surge_codes
from sim.issue import Issue
from sim.mechanisms.emergencies.book import Book
from sim.mechanisms.emergencies.force import Force
from sim.mechanisms.emergencies.part import Part
from sim.mechanisms.emergencies.relay import FORCE, heard
from sim.mechanisms.emergencies.site import Site
from sim.mechanisms.emergencies.workers import Workers
from sim.records import MISSING
from sim.scenario.emergencies.command import Command as Plan


class Command(Part):
    """Lets emergencies strike, passes messages on, sends workers and the professional force."""

    def __init__(self, model: Any, plan: Plan, number: int) -> None:
        super().__init__(model, plan, number)
        self.own_book = Book()
        self.sites: list[Site] = []
        self.workers, self.force = Workers(self), Force(self)

        self._surge = surge_codes(model.scenario, model.city, model.world.seed)

    def begins(self) -> None:
        for emergency in draw_emergencies(self.model.scenario, self.model.city, self.model.world.seed):
            self.at(emergency.at, partial(self._strikes, emergency))

    def prevents(self, issue: Issue) -> bool:
        """Prevents nothing; it writes down which issues came of an emergency."""
        emergency = self._surge.get(issue.code)
        if emergency is not None:
            self.book.of(emergency, hazard_of(self.model.scenario, emergency).kind, "surge_issue", issue)
        return False

    # -- the message --------------------------------------------------------------------------------------------------

    def _strikes(self, emergency: Emergency) -> None:
        hazard = hazard_of(self.model.scenario, emergency)
        for index in emergency.struck:
            community = self.model.city.communities[index]
            site = Site(self.model.env, self.model.horizon, len(self.sites), emergency, hazard, community)
            self.sites.append(site)
            self.book.write(site, "strikes", emergency.at, hazard.alarm)
            if hazard.length is not None:
                site.at(emergency.at + hazard.length.seconds, partial(self.over_at, site))
            if self.in_force(index):
                self._passes_on(site)

    def _passes_on(self, site: Site) -> None:
        begin, luck = site.emergency.at, lambda level: self.luck("relay", site.emergency.name, site.number, level)
        times = heard(self.plan, site.hazard, luck)
        for level, after in times.items():
            if level in ("community", FORCE):
                continue
            site.at(begin + after, partial(self.book.write, site, "warning", begin + after, 0.0, level))
        site.at(begin + times["community"], partial(self._informed, site))
        if site.hazard.force is not None:
            site.at(begin + times[FORCE], partial(self.force.sets_out, site))

    def _informed(self, site: Site) -> None:
        now = self.model.env.now
        self.book.write(site, "community_informed", now)
        if site.over_at != MISSING:
            return
        site.informed_at = now
        site.short_of_hands = partial(self.workers.mobilise, site)
        self._looks_at_the_plan(site)
        for part in self.parts:
            part.informed(site)
        self.workers.mobilise(site)

    def _looks_at_the_plan(self, site: Site) -> None:
        """What nobody knows of the plan must be found out first, step by step."""
        used = self.luck("plan used", site.emergency.name, site.number) < self.plan.plan_used
        unknown = [s for s in site.hazard.plan if not used and not any(p.knows(site, s.name) for p in self.parts)]
        lost = sum(
            s.lost.draw(self.luck("found out", site.emergency.name, site.number, s.name)) for s in unknown
        )
        site.found_out = tuple(step.name for step in unknown)
        ready = site.informed_at + lost
        site.opens(ready)
        site.at(ready, partial(self.book.write, site, "plan_ready", ready, len(unknown), " ".join(site.found_out)))

    def over_at(self, site: Site) -> None:
        """The emergency is over here, unless it was before."""
        if site.over_at != MISSING:
            return
        site.over_at = self.model.env.now
        self.book.write(site, "over", site.over_at)
        if site.informed_at != MISSING:
            for part in self.parts:
                part.over(site)

    def responds(self, site: Site) -> None:
        """Somebody sets out; the first one is written down."""
        if not site.responded:
            site.responded = True
            self.book.write(site, "first_response", self.model.env.now)
