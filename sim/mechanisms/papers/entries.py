"""Repeated entry: one finding typed into the systems of many departments; a pool of data feeds some of them."""

from __future__ import annotations

from functools import partial

from sim.case import Case
from sim.mechanisms.papers.desk import OneTapReport
from sim.mechanisms.papers.households import PoolOfData
from sim.mechanisms.papers.paper import Paper
from sim.scenario.knowledge import Reentry


class RepeatedEntry(Paper):
    """Every report and every establishment is typed again for each further system that nobody feeds."""

    plan: Reentry

    def begins(self) -> None:
        self._pool, self._one_tap = self.fellow(PoolOfData), self.fellow(OneTapReport)

    def _further(self, case: Case) -> int:
        others = self.plan.systems - 1
        pooled = self._pool is not None and self._pool.here(case)
        return others - (round(self._pool.plan.sharing * others) if pooled and self._pool else 0)

    def desk_work(self, case: Case, step: str, seconds: int) -> int:
        typed = step == "establish" or step.startswith("report ")
        if not seconds or not typed or not self.here(case):
            return seconds
        lucks = (self.luck(step, case.issue.code, case.opening, system) for system in range(self._further(case)))
        return seconds + sum(self.plan.entry.draw(luck) for luck in lucks)

    def opened(self, case: Case) -> None:
        """Some workers report what they find to several departments, which may not see that it is one matter."""
        one_step = self._one_tap is not None and self._one_tap.reads(case)
        if case.channel != "patrol" or case.opening > 1 or one_step or not self.here(case):
            return
        if self.luck("parallel", case.by) < self.plan.parallel:
            self.at(self.model.env.now, partial(self._reports_again, case))

    def _reports_again(self, case: Case) -> None:
        if case.issue.live(self.model.env.now):
            self.model.discovery.report(case.issue, case.channel, case.by, 0)
