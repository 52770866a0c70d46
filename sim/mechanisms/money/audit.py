"""Audit and double publication (审计双公示): residents object to what they read, audits find what was misused."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.papers.paper import Paper
from sim.scenario.forums.spending import Audit


class AuditTwicePublished(Paper):
    """Watches communities where something was found."""

    plan: Audit

    def begins(self) -> None:
        self._unseen: list[Case] = []
        self._watched_until: dict[int, int] = {}
        self.every(self.plan.every.seconds, self._audits)

    def prevents_misuse(self, case: Case) -> bool:
        """Whether money that would be misused is spent as approved after all; a misuse is noted for the next audit."""
        watched = self.model.env.now < self._watched_until.get(case.issue.community, 0)
        if watched or self.lucky(case, "objection", self.plan.objection):
            return True
        self._unseen.append(case)
        return False

    def _audits(self) -> None:
        if not self._unseen and not self.in_force():
            return
        found = [case for case in self._unseen if self.lucky(case, "found", self.plan.detection)]
        self._unseen = []
        for case in found:
            self._watched_until[case.issue.community] = self.model.env.now + self.plan.watch.seconds
        self.write("audit", amount=len(found))
