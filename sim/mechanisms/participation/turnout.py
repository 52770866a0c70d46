"""Who comes to an occasion, and who loses interest because nothing comes of it."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.mechanisms.residents.civic import Array, Civic
from sim.mechanisms.residents.word import OpinionLeaders
from sim.scenario.participation.meetings import Turnout

Invitation = Callable[[Array, str], Array]
"""Which of some residents come to an occasion in a further way (flags)."""
Readiness = Callable[[Array, Array], Array]
"""How ready some residents are to come, from how ready they were."""
Reward = Callable[[Array, float, bool], Array]
"""Which of some residents are rewarded (flags) for so many hours, at a meeting (true) or as volunteers (false)."""


class TakingPart(Civic):
    """Layers of residents, their readiness to come, and their weariness.

    Other mechanisms add to `invitations`, `readiness`, `rewards` and, to hear those at meetings, `listeners` in their `begins`.
    """

    plan: Turnout

    def __init__(self, model: Any, plan: Turnout, number: int) -> None:
        super().__init__(model, plan, number)
        population, lot = model.population, self.traits("layer")
        population.layer[:] = np.where(lot < plan.core, 2, np.where(lot < plan.core + plan.active, 1, 0))
        self.weary = np.zeros(len(lot))
        self._bears = -np.log(self.lots(population.numbers, "interest"))
        self._ready = np.array(plan.comes)[population.layer] * self.of_band(plan.bands, 1.0)
        self._ready *= np.where(population.tenant, plan.tenants, 1.0)
        self.invitations: list[Invitation] = []
        self.readiness: list[Readiness] = []
        self.rewards: list[Reward] = []
        self.listeners: list[Callable[[Array], None]] = []

    def begins(self) -> None:
        leaders = self.fellow(OpinionLeaders)
        self._informed = None if leaders is None else leaders.informed

    def interested(self, residents: Array) -> Array:
        """Flags of those who have not lost interest."""
        return self.weary[residents] <= self._bears[residents]

    def comers(self, residents: Array, occasion: str, online: float = 0.0, hears: float | None = None) -> Array:
        """Those of some residents who come to an occasion.

        `online`: readiness to join online over that to come; `hears`: share whom the notice reaches (default: as always).
        """
        willing = residents[self.interested(residents) & (self._ready[residents] > 0)]
        ready = self._ready[willing]
        for answer in self.readiness:
            ready = answer(willing, ready)
        heard = self.lots(willing, "hears", occasion) < (self.plan.hears if hears is None else hears)
        if self._informed is not None:
            heard |= self._informed[willing]
        there = heard & (self.lots(willing, "comes", occasion) < ready)
        if online:
            skilled = heard & self.model.population.digital[willing]
            there |= skilled & (self.lots(willing, "joins online", occasion) < ready * online)
        for invitation in self.invitations:
            there |= invitation(willing, occasion)
        return willing[there]

    def thanks(self, residents: Array, hours: float, meeting: bool) -> None:
        """These have taken part: whoever gets nothing for it grows wearier."""
        self.model.population.attended[residents] += 1
        rewarded = np.zeros(len(residents), dtype=bool)
        for reward in self.rewards:
            rewarded |= reward(residents, hours, meeting)
        self.weary[residents[~rewarded]] += self.plan.fades
        for listens in self.listeners if meeting else ():
            listens(residents)
