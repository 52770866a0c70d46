"""Emergency mode: while an emergency lasts, paperwork rests and its cases come first, with no lying in trays."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

from sim.case import Case
from sim.hazards import draw_emergencies, hazard_of, surge_codes
from sim.mechanisms.emergencies.part import Part
from sim.mechanisms.emergencies.site import Site
from sim.records import MISSING
from sim.scenario.staffing import Team

FIRST = 0
"""Class that is served before all others."""


class EmergencyMode(Part):
    """Which communities work in emergency mode at the moment, and what that changes."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._surge = surge_codes(model.scenario, model.city, model.world.seed)
        self._sites: dict[int, set[int]] = {}

    def informed(self, site: Site) -> None:
        if site.hazard.kind not in self.plan.kinds or not self.in_force(site.community.index):
            return
        at = site.informed_at + self.plan.switch.draw(self.luck("switch", site.emergency.name, site.number))
        site.at(at, partial(self._switches, site, at))

    def _switches(self, site: Site, now: int) -> None:
        if site.over_at == MISSING:
            self._sites.setdefault(site.community.index, set()).add(site.number)
            self.book.write(site, "mode_called", site.informed_at)
            self.book.write(site, "mode_on", now)

    def over(self, site: Site) -> None:
        if site.number in self._sites.get(site.community.index, ()):
            self._sites[site.community.index].discard(site.number)
            self.book.write(site, "mode_off", self.model.env.now)

    def _urgent(self, case: Case) -> bool:
        return case.issue.code in self._surge and bool(self._sites.get(case.issue.community))

    def wait(self, case: Case, step: str, seconds: int) -> int:
        return 0 if self.plan.no_trays and step.startswith("tray ") and self._urgent(case) else seconds

    def priority(self, case: Case, number: int) -> int:
        return FIRST if self.plan.first and self._urgent(case) else number

    def paperwork(self, team: Team, shares: list[float]) -> list[float]:
        """Less paperwork on the days that lie wholly in the time of an emergency of a class that is prepared for."""
        civil, scenario = self.model.hours.civil, self.model.scenario
        starts = civil.day_starts(len(shares) + 1).tolist()
        spells = [
            (each.at + round(self.plan.switch.mean_seconds()), each.at + hazard.length.seconds)
            for each in draw_emergencies(scenario, self.model.city, self.model.world.seed)
            if (hazard := hazard_of(scenario, each)).length is not None and hazard.kind in self.plan.kinds
        ]
        rests = [any(begin <= day and after <= end for begin, end in spells)
                 for day, after in pairwise(starts)]  # fmt: skip
        return [share * self.plan.paperwork if rest else share for share, rest in zip(shares, rests, strict=True)]
