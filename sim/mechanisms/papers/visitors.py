"""Residents who want something of an office that is no report: they come evenly over time, each as likely as another."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from sim.mechanisms.papers.paper import Paper
from sim.units import DAY

YEAR = 365 * DAY


class Visitors(Paper):
    """A Poisson stream of residents, `plan.rate` a year per 1000."""

    def begins(self) -> None:
        self._residents = np.flatnonzero(self.model.population.lives_here)
        if self.plan.rate and len(self._residents):
            self._await(0, 0)

    def _await(self, number: int, since: int) -> None:
        gap = -math.log(self.luck("gap", number)) * YEAR * 1000 / (self.plan.rate * len(self._residents))
        at = since + max(1, round(gap))
        self.at(at, partial(self._arrives, number, at))

    def _arrives(self, number: int, at: int) -> None:
        self._await(number + 1, at)
        resident = int(self._residents[int(self.luck("who", number) * len(self._residents))])
        household = resident // self.model.city.seats_per_household
        community = household // self.model.scenario.places.households_per_community
        if self.in_force(community):
            self.comes(number, resident, community)

    def comes(self, number: int, resident: int, community: int) -> None:
        """A resident of a community comes; `number` is that of the visit."""
        raise NotImplementedError
