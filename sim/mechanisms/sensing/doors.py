"""Access control: some of what must come through a door does not, where the door is watched and really kept shut."""

from __future__ import annotations

from sim.issue import Issue
from sim.mechanisms.mechanism import Mechanism
from sim.scenario.maintenance import AccessControl as Plan


class AccessControl(Mechanism):
    """Its cover and its actual use both have to hold for the very entrance."""

    plan: Plan

    def prevents(self, issue: Issue) -> bool:
        if self.model.category(issue).code not in self.plan.categories or not self.in_force(issue.community):
            return False
        entrance, use, way = (self.luck(what, issue.code) for what in ("covered", "used", "through"))
        kept_out = entrance < self.plan.coverage and use < self.plan.used and way < self.plan.through
        if kept_out:
            self.write("kept out", self.model.city.communities[issue.community].name, str(issue.number))
        return kept_out
