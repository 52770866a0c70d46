"""The reserve pool: people who stand by, and who work on what an emergency lets come while it lasts and for a time after."""

from __future__ import annotations

from functools import partial

from sim.mechanisms.emergencies.part import Part
from sim.mechanisms.emergencies.site import Site
from sim.scenario.staffing import Team


class ReservePool(Part):
    """Seats of the patrolling team that are empty until an emergency is grave enough."""

    def reserves(self, team: Team) -> int:
        return self.plan.seats if team.name == self._team() else 0

    def _team(self) -> str:
        teams = self.model.scenario.staffing.teams
        return next((team.name for team in teams if "patrol" in team.duties), teams[0].name)

    def informed(self, site: Site) -> None:
        if site.hazard.alarm < self.plan.alarm or not self.in_force(site.community.index):
            return
        for seat in range(self.plan.seats):
            delay = self.plan.call_in.draw(self.luck("call in", site.emergency.name, site.number, seat))
            site.at(site.informed_at + delay, partial(self._comes, site))

    def _comes(self, site: Site) -> None:
        now, length = self.model.env.now, site.hazard.length
        ends = now if length is None else max(now, site.emergency.at + length.seconds)
        if self.model.teams.call(self._team(), site.community.index, ends + self.plan.stays.seconds) is not None:
            self.book.write(site, "pool_called", now, 1.0)
