"""Red, yellow and blue alerts on the growth of complaints, with a plan that calls people in."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import Any

from sim.case import Case
from sim.mechanisms.adaptation.support import Adapts
from sim.mechanisms.scoring.deeds import INSTITUTION
from sim.scenario.adaptation import Alerts as Plan
from sim.scenario.adaptation import Support

BLUE, YELLOW, RED = "blue", "yellow", "red"


class Alerts(Adapts):
    """Looks at each community's complaints at regular dates and writes each change of colour.

    After red nothing more is called until the plan has run out.
    """

    plan: Plan

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._complaints: dict[int, list[int]] = {}
        self._colours: dict[int, str] = {}
        self._red_since: dict[int, int] = {}
        self._planned_until: dict[int, int] = {}

    def begins(self) -> None:
        first = self.plan.starts.seconds + 2 * self.plan.window.seconds
        self.every(self.plan.every.seconds, self._looks, first)

    def support(self) -> Support:
        return self.plan.support

    def opened(self, case: Case) -> None:
        if case.channel not in INSTITUTION:
            self._complaints.setdefault(case.issue.community, []).append(self.model.env.now)

    def growth(self, times: list[int]) -> float | None:
        """Growth of what lies in the window over what lay in the one before; None if too little lies in it."""
        now, window = self.model.env.now, self.plan.window.seconds
        before, between = (bisect_right(times, now - back * window) for back in (2, 1))
        recent, earlier = len(times) - between, between - before
        return None if recent < self.plan.least or not earlier else recent / earlier - 1

    def _looks(self) -> None:
        for place in self.model.city.communities:
            if self.in_force(place.index):
                growth = self.growth(self._complaints.get(place.index, []))
                self._judges(place.index, growth)

    def _judges(self, community: int, growth: float | None) -> None:
        if growth is None or growth <= 0:
            self._recovers(community)
            return
        colour = RED if growth > self.plan.red else YELLOW if growth > self.plan.yellow else BLUE
        if colour == self._colours.get(community):
            return
        self._colours[community] = colour
        if colour == RED:
            self._turns_red(community, growth)
        else:
            self.write(colour, self.name_of(community), "", growth)

    def _turns_red(self, community: int, growth: float) -> None:
        now = self.model.env.now
        self._red_since.setdefault(community, now)
        self.write(RED, self.name_of(community), "real" if self._real(community) else "false", growth)
        if now >= self._planned_until.get(community, 0):
            at = now + self.plan.plan.seconds
            self._planned_until[community] = at + self.plan.lasts.seconds
            self.at(at, partial(self._acts, community))

    def _acts(self, community: int) -> None:
        self.write("plan", self.name_of(community), "", float(self.plan.plan.seconds))
        self.calls(community, self._planned_until[community], self.plan.support.seats, self.plan.support.crews)

    def _recovers(self, community: int) -> None:
        self._colours.pop(community, None)
        since = self._red_since.pop(community, None)
        if since is not None:
            self.write("recovered", self.name_of(community), "", float(self.model.env.now - since))

    def _real(self, community: int) -> bool:
        """Whether more has really gone wrong: as many more issues as it takes for red."""
        onsets = [issue.onset for issue in self.model.discovery.alive if issue.community == community]
        growth = self.growth(onsets)
        return growth is not None and growth > self.plan.red
