"""An answer within a limit to everybody who reports, whatever the state of the case."""

from __future__ import annotations

from functools import partial

from sim.case import Case
from sim.mechanisms.papers.paper import Paper
from sim.scenario.centres.limits import Answers
from sim.units import HOUR

STAFF = ("patrol", "sensor", "log")


class AnswerWithinTheLimit(Paper):
    """The desk writes to whom has not heard of a closure by then; who has seen the answer feels told."""

    plan: Answers

    def begins(self) -> None:
        self._answered: set[int] = set()

    def opened(self, case: Case) -> None:
        if case.channel in STAFF or not self.here(case):
            return
        now = self.model.env.now
        begin = self.model.due(now, self.plan.within) - self.plan.ahead.seconds
        self.at(max(now, begin), partial(self._writes, case))

    def _writes(self, case: Case) -> None:
        if case.closed:
            return
        effort = self.plan.work.draw(self.luck("answer", case.issue.code, case.opening))
        task = self.model.intake_desk(case.issue).work(None, "answer", effort)
        task.callbacks.append(lambda _: self._sent(case))

    def _sent(self, case: Case) -> None:
        self._answered.add(case.case_id)
        hours = (self.model.env.now - case.reported_at) / HOUR
        self.write("answered", self.model.city.communities[case.issue.community].name, str(case.case_id), hours)

    def told(self, case: Case, share: float) -> float:
        return max(share, self.plan.seen) if case.case_id in self._answered else share
