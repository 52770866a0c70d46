"""Further ways of taking part: for the young, by personal invitation, out of belonging."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from typing import Any

import numpy as np

from sim.mechanisms.participation.turnout import TakingPart
from sim.mechanisms.residents.civic import Array, Civic
from sim.scenario.participation.meetings import Culture, Opening, Profiling


class Inviting(Civic):
    """A mechanism that changes who comes."""

    @property
    def turnout(self) -> TakingPart:
        """Who takes part; the chapter asks for it."""
        found = self.fellow(TakingPart)
        assert found is not None, "the chapter asks for turnout"
        return found

    def open_to(self, residents: Array) -> Array:
        """Flags of the residents in whose community it is in force."""
        homes = self.model.population.household[residents] // self.model.city.plan.households_per_community
        places = np.array([self.in_force(place.index) for place in self.model.city.communities])
        return places[homes]


class YouthChannel(Inviting):
    """Those of some age bands who are at home online can join in little time."""

    plan: Opening

    def begins(self) -> None:
        self._meant = self.of_bands(self.plan.bands)
        self.turnout.invitations.append(self._joins)

    def _joins(self, residents: Array, occasion: str) -> Array:
        suited = self._meant[residents] & self.model.population.digital[residents] & self.open_to(residents)
        return suited & (self.lots(residents, occasion) < self.plan.takes)


class PersonalInvitations(Inviting):
    """Who allows the use of data and trusts is invited to what interests; some invitations go wrong."""

    plan: Profiling

    def begins(self) -> None:
        self._allows = self.traits("allows profiling")
        self.turnout.invitations.append(self._come)

    def _come(self, residents: Array, occasion: str) -> Array:
        allows = self._allows[residents] < self.plan.allows * self.model.population.trust[residents]
        right = self.lots(residents, "right", occasion) < self.plan.accuracy
        comes = self.lots(residents, "comes", occasion) < self.plan.comes
        return allows & right & comes & self.open_to(residents)


class CulturalEvents(Inviting):
    """Belonging grows in those who come to events and falls back in the others; it makes people come."""

    plan: Culture

    def __init__(self, model: Any, plan: Culture, number: int) -> None:
        super().__init__(model, plan, number)
        self.belonging = np.zeros(len(model.population.numbers))

    def begins(self) -> None:
        self.turnout.readiness.append(self._readier)
        self.every(self.plan.every.seconds, self._event, self.plan.starts.seconds)

    def _event(self) -> None:
        now = self.model.env.now
        self.belonging *= 1 - self.plan.fades
        for place in self.model.city.communities:
            if self.in_force(place.index):
                people = self.people_of(place.index)
                come = people[self.lots(people, "event", now) < self.plan.open_to]
                self.belonging[come] += self.plan.step * (1 - self.belonging[come])
                self.write("event", place.name, amount=float(len(come)))

    def _readier(self, residents: Array, ready: Array) -> Array:
        return ready + (1 - ready) * self.plan.comes * self.belonging[residents]
