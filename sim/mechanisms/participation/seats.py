"""Circles of households that have a council, or a contact: buildings, courtyards, grids, or the whole community."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from typing import TYPE_CHECKING

import numpy as np

from sim.grids import Cut, bisect
from sim.places import City
from sim.scenario.participation.meetings import Council
from sim.streams import Luck

if TYPE_CHECKING:
    from sim.agents.residents import Population

Array = np.ndarray


class Circles:
    """The circles of one kind: so many households each, neighbours in space; some of them have what this is about."""

    def __init__(self, city: City, council: Council) -> None:
        self._city, self._council = city, council
        self._cuts: dict[int, Cut] = {}
        self._members: dict[tuple[int, int], Array] = {}

    def _cut(self, community: int) -> Cut:
        cut = self._cuts.get(community)
        if cut is None:
            homes = self._city.communities[community].homes
            size = self._council.households
            cut = self._cuts[community] = bisect(homes, 1 if size is None else max(1, round(len(homes) / size)))
        return cut

    def name(self, community: int, circle: int) -> str:
        """Its name in the records."""
        place = f"{self._council.name}_{self._city.communities[community].name}"
        return place if self._council.households is None else f"{place}_{circle + 1}"

    def of_point(self, community: int, x: float, y: float) -> int | None:
        """The circle in which a point lies; None if it is not covered."""
        cut = self._cut(community)
        while cut.low is not None and cut.high is not None:  # for one point far cheaper than parts_of
            cut = cut.low if (x, y)[cut.axis] < cut.at else cut.high
        circle = cut.part
        covered = Luck(0).uniform("circle", self.name(community, circle)) < self._council.coverage
        return circle if covered else None

    def people(self, population: Population, community: int, circle: int) -> Array:
        """Numbers of the residents of a circle."""
        key = community, circle
        if key not in self._members:
            parts = self._cut(community).parts_of(self._city.communities[community].homes)
            homes = community * self._city.plan.households_per_community + np.flatnonzero(parts == circle)
            seats = np.arange(self._city.seats_per_household)
            numbers = (homes[:, None] * self._city.seats_per_household + seats).ravel()
            self._members[key] = numbers[population.lives_here[numbers]]
        return self._members[key]
