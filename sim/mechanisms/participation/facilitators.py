"""Trained facilitators: each can lead so many meetings in a month."""

from __future__ import annotations

from sim.mechanisms.residents.civic import MONTH, Civic
from sim.scenario.participation.meetings import Facilitation


class Facilitators(Civic):
    """They lead meetings in the order in which these are held, as long as there is one free."""

    plan: Facilitation

    def begins(self) -> None:
        self._led: dict[tuple[int, int], int] = {}

    def leads(self, community: int) -> float:
        """Share of those present who can say what they want because somebody leads this meeting; 0 if nobody does."""
        month = community, self.model.env.now // MONTH
        if not self.in_force(community) or self._led.get(month, 0) >= self.plan.facilitators * self.plan.meetings:
            return 0.0
        self._led[month] = self._led.get(month, 0) + 1
        self.write("led", self.name_of(community), amount=1.0)
        return self.plan.speaks
