"""Three colours: communities are rated by their score; red ones get people until the next rating."""

from __future__ import annotations

from typing import Any

from sim.mechanisms.adaptation.support import Adapts
from sim.scenario.adaptation import Support
from sim.scenario.adaptation import ThreeColours as Plan

RED, YELLOW, GREEN = "red", "yellow", "green"


class ThreeColours(Adapts):
    """Rates at regular dates; writes each colour, and who has come out of red or fallen back."""

    plan: Plan

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._colours: dict[int, str] = {}
        self._been_red: set[int] = set()

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._rates, self.plan.starts.seconds + self.plan.every.seconds)

    def support(self) -> Support:
        return self.plan.support

    def _rates(self) -> None:
        for score, community in self.ranked():
            colour = RED if score < self.plan.red else YELLOW if score < self.plan.yellow else GREEN
            self.write(colour, self.name_of(community), "", score)
            before = self._colours.get(community)
            if before == RED and colour != RED:
                self.write("improved", self.name_of(community), colour, score)
            if colour == RED and before != RED and community in self._been_red:
                self.write("regressed", self.name_of(community), before or "", score)
            self._colours[community] = colour
            if colour == RED:
                self._been_red.add(community)
                until = self.model.env.now + self.plan.every.seconds
                self.calls(community, until, self.plan.support.seats, self.plan.support.crews)
