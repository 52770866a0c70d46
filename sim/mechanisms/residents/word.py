"""Word of mouth along the ties, and opinion leaders who pass news on."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from functools import cached_property, partial
from typing import Any

import numpy as np

from sim.agents.ties import Ties
from sim.case import Case
from sim.mechanisms.residents.civic import Array, Civic
from sim.scenario.habits import Ties as TiesPlan
from sim.scenario.participation.reach import Leaders
from sim.scenario.residents import Channel


class WordOfMouth(Civic):
    """Who was served well or badly tells it to those tied; their trust moves."""

    plan: TiesPlan

    @cached_property
    def ties(self) -> Ties:
        """The social network of the run."""
        return Ties(self.model.population, self.model.city, self.plan.near, self.plan.alike)

    def scored(self, case: Case, resident: int) -> None:
        if not self.where(resident):
            return
        friends = self.ties.of(resident)
        told = friends[self.lots(friends, "told", case.issue.code, case.opening) < self.plan.tells]
        self.moves_trust(told, case.satisfaction / 100, self.plan.listens)


class OpinionLeaders(Civic):
    """Residents with many ties hear of the channels first; news runs along the ties, wave by wave."""

    plan: Leaders

    def __init__(self, model: Any, plan: Leaders, number: int) -> None:
        super().__init__(model, plan, number)
        self.informed = np.zeros(len(model.population.numbers), dtype=bool)

    def begins(self) -> None:
        word = self.fellow(WordOfMouth)
        assert word is not None, "the scenario asks for residents.ties"
        self._ties = word.ties
        self.every(self.plan.every.seconds, self._campaign, self.plan.starts.seconds)

    def leaders(self, community: int) -> Array:
        """The residents of a community with most ties, by number among equals."""
        people = self.people_of(community)
        return people[np.argsort(-self._ties.degrees()[people], kind="stable")[: self.plan.nodes]]

    def _campaign(self) -> None:
        places = [place.index for place in self.model.city.communities if self.in_force(place.index)]
        first = np.concatenate([self.leaders(place) for place in places] or [np.zeros(0, dtype=np.int64)])
        self._hear(self.model.env.now, 0, first)

    def _hear(self, campaign: int, wave: int, residents: Array) -> None:
        self.informed[residents] = True
        known = int((self.informed & self.model.population.lives_here).sum())
        self.write("reached", subject=f"wave {wave}", amount=float(known))
        if wave < self.plan.waves and len(residents):
            self.at(self.model.env.now + self.plan.step.seconds, partial(self._pass_on, campaign, wave + 1, residents))

    def _pass_on(self, campaign: int, wave: int, residents: Array) -> None:
        """Who is told takes it up with the probability of one tie; being told by two friends at once counts as once."""
        takes = self.lots(self.model.population.numbers, "takes up", campaign, wave) < self.plan.passes
        heard = self._ties.reached_from(residents, takes)
        self._hear(campaign, wave, heard[~self.informed[heard]])

    def known_share(self, resident: int, channel: Channel, share: float) -> float:
        return 1.0 if self.informed[resident] and channel.name in self.plan.channels else share
