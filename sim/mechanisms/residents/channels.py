"""Who can use the digital channels: registration, age-friendly terminals, leaks; and what is published."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from functools import partial
from typing import Any

import numpy as np

from sim.case import Case
from sim.mechanisms.residents.civic import Civic
from sim.scenario.participation.reach import App, Disclosure, Privacy, Terminals
from sim.scenario.residents import Channel
from sim.units import DAY

YEAR = 365 * DAY
APP = "app"


class CommunityApp(Civic):
    """Only those who are registered and active report by the app."""

    plan: App

    def __init__(self, model: Any, plan: App, number: int) -> None:
        super().__init__(model, plan, number)
        registered = self.traits("registered") < self.of_band(plan.registered, 0.0)
        self._uses = registered & (self.traits("active in app") < plan.active)

    def known_share(self, resident: int, channel: Channel, share: float) -> float:
        if channel.name != APP or not self.where(resident):
            return share
        return 1.0 if self._uses[resident] else 0.0


class AgeFriendly(Civic):
    """With terminals, voice and help more people of an age band can use digital channels: by the luck that is theirs."""

    plan: Terminals

    def begins(self) -> None:
        for at in {self.plan.starts.seconds, *(phase.at.seconds for phase in self.plan.rollout)}:
            self.at(at, self._installs)

    def _installs(self) -> None:
        population = self.model.population
        able = self.of_bands(self.plan.bands) & (self.traits("digital") < self.plan.uses)
        for place in self.model.city.communities:
            people = self.people_of(place.index)
            if self.in_force(place.index):
                population.digital[people] |= able[people]


class LeaksOfData(Civic):
    """Attempts come at random; audits and officers stop some; the others cost trust, and users."""

    plan: Privacy

    def __init__(self, model: Any, plan: Privacy, number: int) -> None:
        super().__init__(model, plan, number)
        self._away = np.zeros(len(model.population.numbers), dtype=np.int64)

    def begins(self) -> None:
        if self.plan.leaks:
            for place in self.model.city.communities:
                self._awaits(place.index, 0.0, 0)

    def _awaits(self, community: int, since: float, turn: int) -> None:
        gap = self.model.world.luck.exponential("LeaksOfData", "gap", self.name_of(community), turn)
        at = since + gap * YEAR / self.plan.leaks
        self.at(int(at), partial(self._attempt, community, at, turn))

    def _attempt(self, community: int, at: float, turn: int) -> None:
        self._awaits(community, at, turn + 1)
        if not self.in_force(community):
            return
        passes = (1 - self.plan.stopped) * (1 - self.plan.catches) ** self.plan.officers
        if self.luck("passes", self.name_of(community), turn) < passes:
            self._leaks(community, turn)
        else:
            self.write("stopped", self.name_of(community))

    def _leaks(self, community: int, turn: int) -> None:
        people = self.people_of(community)
        concerned = people[self.lots(people, "concerned", turn) < self.plan.concerns]
        self.moves_trust(concerned, 0.0, self.plan.step)
        self._away[concerned] = self.model.env.now + self.plan.away.seconds
        self.write("leak", self.name_of(community), amount=float(len(concerned)))

    def known_share(self, resident: int, channel: Channel, share: float) -> float:
        return 0.0 if channel.digital and self._away[resident] > self.model.env.now else share


class Publication(Civic):
    """What is published moves the trust of those who read it, up or down."""

    plan: Disclosure

    def begins(self) -> None:
        self._closed: dict[int, list[bool]] = {}
        self.every(self.plan.every.seconds, self._publishes)

    def closed(self, case: Case) -> None:
        if case.outcome == "closed" and self.here(case):
            self._closed.setdefault(case.issue.community, []).append(case.truly_fixed)

    def _publishes(self) -> None:
        now = self.model.env.now
        for community, fixed in sorted(self._closed.items()):
            people = self.people_of(community)
            readers = people[self.lots(people, "reads", now) < self.plan.reads]
            shown = self.plan.share * sum(fixed) / len(fixed) + (1 - self.plan.share) * self.plan.hidden
            self.moves_trust(readers, shown, self.plan.step)
            self.write("published", self.name_of(community), f"{len(readers)} readers", shown)
        self._closed = {}
