"""Wishes: those who come to meetings say what they want mended, and a plan that counts wishes follows them.

Who comes is not who lives there. What everybody would say, if everybody came, is counted beside it.
"""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from collections import Counter
from functools import cached_property

import numpy as np

from sim.issue import Issue
from sim.mechanisms.participation.turnout import TakingPart
from sim.mechanisms.residents.civic import Array, Civic
from sim.scenario.forums.projects import CouncilWishes

Place = tuple[int, str]
"""Number of a grid, code of a category."""


class WishesOfThoseWhoCome(Civic):
    """Keeps what has gone wrong where, and which of it those present at meetings have asked to be mended."""

    plan: CouncilWishes

    def begins(self) -> None:
        projects = self.model.scenario.forums.projects if self.model.scenario.forums else None
        turnout = self.fellow(TakingPart)
        assert projects is not None, "the scenario asks for them"
        assert turnout is not None, "councils ask for it"
        self._codes, self._history = projects.categories, projects.history.seconds
        self._wished: list[tuple[int, Place]] = []
        self._began: list[tuple[int, Place]] = []
        turnout.listeners.append(self._listens)

    def began(self, issue: Issue) -> None:
        if self.code(issue) in self._codes:
            self._began.append((self.model.env.now, (issue.grid, self.code(issue))))

    # -- what is said ---------------------------------------------------------------------------------------------------

    def _listens(self, there: Array) -> None:
        """Everybody present names one category of what has gone wrong in the own grid, by what concerns them."""
        now, wrong = self.model.env.now, self._wrong()
        luck = self.lots(there, "wish", now)
        for resident, u in zip(there.tolist(), luck.tolist(), strict=True):
            grid = int(self._grid_of[resident])
            weights = [wrong[grid, code] * self._concern(resident, code) for code in self._codes]
            if sum(weights) > 0:
                chosen = int(np.searchsorted(np.cumsum(weights) / sum(weights), u, side="right"))
                place = grid, self._codes[min(chosen, len(weights) - 1)]
                self._wished.append((now, place))
                self.write("wished", self.name_of(self.home_of(resident)), place[1])

    def wished(self) -> Counter[Place]:
        """How often each place was asked for in the time that a plan looks back over."""
        since = self.model.env.now - self._history
        self._wished = [each for each in self._wished if each[0] >= since]
        return Counter(place for _, place in self._wished)

    # -- what is true ---------------------------------------------------------------------------------------------------

    def needed(self) -> dict[Place, float]:
        """Issues of a place in that time, times what its people make of them: what all would say together."""
        return {place: count * self._concerned(*place) for place, count in self._wrong().items()}

    def _wrong(self) -> Counter[Place]:
        since = self.model.env.now - self._history
        self._began = [each for each in self._began if each[0] >= since]
        return Counter(place for _, place in self._began)

    def _concern(self, resident: int, code: str) -> float:
        band = self.model.scenario.residents.age_bands[int(self.model.population.age_band[resident])].name
        return self.plan.concerns.get(band, {}).get(code, 1.0)

    def _concerned(self, grid: int, code: str) -> float:
        bands = self.model.scenario.residents.age_bands
        return float(sum(count * self.plan.concerns.get(band.name, {}).get(code, 1.0)
                         for band, count in zip(bands, self._people[grid].tolist(), strict=True)))  # fmt: skip

    @cached_property
    def _people(self) -> Array:
        """Residents of each grid (row) by age band (column)."""
        population, bands = self.model.population, len(self.model.scenario.residents.age_bands)
        here = population.numbers[population.lives_here]
        cells = self._grid_of[here] * bands + population.age_band[here]
        return np.bincount(cells, minlength=len(self.model.city.grids) * bands).reshape(-1, bands)

    @cached_property
    def _grid_of(self) -> Array:
        """Number of the grid of each resident."""
        parts = [place.first_grid + place.cut.parts_of(place.homes) for place in self.model.city.communities]
        return np.concatenate(parts)[self.model.population.household]
