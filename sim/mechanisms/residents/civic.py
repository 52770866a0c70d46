"""What the mechanisms of residents share: they know each other, their people, and lots for many residents at once."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from functools import cached_property

import numpy as np

from sim.issue import Issue
from sim.mechanisms.mechanism import Mechanism
from sim.streams import uniforms

Array = np.ndarray
MONTH = 30 * 86_400
"""A month of the slow loop, s."""


class Civic(Mechanism):
    """A mechanism about residents."""

    def home_of(self, resident: int) -> int:
        """Number of the community in which a resident lives."""
        return int(self.model.population.household[resident]) // self.model.city.plan.households_per_community

    def where(self, resident: int) -> bool:
        """Whether it is in force where a resident lives."""
        return self.in_force(self.home_of(resident))

    def name_of(self, community: int) -> str:
        """Name of a community."""
        return self.model.city.communities[community].name

    def people_of(self, community: int) -> Array:
        """Numbers of the residents of a community."""
        return self._by_community[community]

    @cached_property
    def _by_community(self) -> list[Array]:
        population, city = self.model.population, self.model.city
        each = city.plan.households_per_community * city.seats_per_household
        return [place.index * each + np.flatnonzero(population.lives_here[place.index * each : (place.index + 1) * each])
                for place in city.communities]  # fmt: skip

    def lots(self, residents: Array, *name: object) -> Array:
        """Uniforms (0, 1) of residents for an occasion."""
        return uniforms(self.model.world.seed, type(self).__name__, *name, at=residents)

    def traits(self, *name: object) -> Array:
        """Uniforms (0, 1) of all resident numbers that are theirs in every world."""
        return uniforms(0, *name, at=self.model.population.numbers)

    def of_bands(self, names: tuple[str, ...]) -> Array:
        """Flags of the residents of these age bands."""
        known = np.array([band.name in names for band in self.model.scenario.residents.age_bands])
        return known[self.model.population.age_band]

    def of_band(self, values: dict[str, float], otherwise: float) -> Array:
        """A number for each resident by age band; `otherwise` for a band that is not named."""
        known = [values.get(band.name, otherwise) for band in self.model.scenario.residents.age_bands]
        return np.array(known, dtype=float)[self.model.population.age_band]

    def moves_trust(self, residents: Array, towards: float, step: float) -> None:
        """Move the trust of some residents a step towards a value."""
        trust = self.model.population.trust
        trust[residents] += step * (towards - trust[residents])


class Live:
    """The issues that are live now; it looks only at those that were live before and those that have begun since."""

    def __init__(self, mechanism: Mechanism) -> None:
        self._model = mechanism.model
        self._live: list[Issue] = []
        self._seen = 0

    def now(self) -> list[Issue]:
        """All of them, in order of onset."""
        alive, now = self._model.discovery.alive, self._model.env.now
        self._live = [issue for issue in (*self._live, *alive[self._seen :]) if issue.live(now)]
        self._seen = len(alive)
        return self._live
