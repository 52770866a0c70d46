"""What a handler must know of a household, and the pool of data in which it may stand."""

from __future__ import annotations

from sim.agents.departments import Department
from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.papers.paper import Paper
from sim.scenario.knowledge import DataPool, HouseholdData
from sim.steps import waiting_for_others
from sim.task import Task


class PoolOfData(Paper):
    """Says what is shared where it is in force; those who need data ask it."""

    plan: DataPool


class FactsAboutHouseholds(Paper):
    """A fact that is not shared must be asked for; a stale one sends the handler on a way in vain first."""

    plan: HouseholdData

    def begins(self) -> None:
        self._pool = self.fellow(PoolOfData)

    def prepares(self, case: Case) -> Steps | None:
        if case.attempt > 1 or not self.here(case) or not self.lucky(case, "needed", self.plan.share):
            return None
        pooled = self._pool is not None and self._pool.here(case)
        known = self._pool.plan if pooled and self._pool else self.plan
        sensitive = self.lucky(case, "sensitive", self.plan.sensitive)
        shared = self.lucky(case, "shared", known.sensitive_sharing if sensitive else known.sharing)
        if not shared:
            return self._asks(case)
        return self._goes_in_vain(case) if self.lucky(case, "stale", known.stale) else None

    def _asks(self, case: Case) -> Steps:
        ask = self.plan.ask.draw(self.luck("ask", case.issue.code, case.opening))
        yield from waiting_for_others(case, self.model, ask)

    def _goes_in_vain(self, case: Case) -> Steps:
        yield self._way(case)
        yield from self._asks(case)

    def _way(self, case: Case) -> Task:
        owner: Department = case.owner  # type: ignore[assignment]
        if owner.level == "grid":
            return self.model.teams.task(case, "handle", "visit", 1)
        return owner.station.work(case, "visit", 1, travel=self.model.efforts.seconds(owner.travel_step, case),
                                  urgent=case.severity_seen == 3)  # fmt: skip
