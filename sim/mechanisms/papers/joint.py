"""Cases that need two departments: one after the other, or at the same time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.agents.departments import Department
from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.papers.paper import DISTRICT, Paper
from sim.scenario.centres.joint import JointCases, SeveralDepartments
from sim.steps import waiting_for_others
from sim.task import Task

Joiner = Callable[[Case], int | None]
"""Seconds until the departments of a case have come together; None: they do not."""


class TwoDepartments(Paper):
    """Sees to the work of the second department."""

    plan: SeveralDepartments

    def __init__(self, model: Any, plan: SeveralDepartments, number: int) -> None:
        super().__init__(model, plan, number)
        self.joiners: list[Joiner] = []
        self._at_work: dict[int, Task] = {}

    def needs_two(self, case: Case) -> bool:
        """Whether the case needs a second department when it comes to the departments."""
        share = self.plan.shares.get(self.code(case.issue), 0.0)
        return (
            share > 0
            and self.here(case)
            and self.model.owner_level(case) == DISTRICT
            and self.lucky(case, "two", share)
        )

    def second(self, case: Case) -> Department:
        """The second department: the next claimant that does not have the case, else any other one."""
        model = self.model
        claimants = [name for name in model.category(case.issue).departments if name != case.department]
        others = claimants[:1] or [name for name in model.departments if name != case.department] or [case.department]
        return model.departments[others[int(self.luck("second", case.issue.code) * len(others))]]

    def _concerns(self, case: Case) -> bool:
        return case.attempt == 1 and self.owned_by(case) is not None and self.needs_two(case)

    def prepares(self, case: Case) -> Steps | None:
        if not self._concerns(case):
            return None
        waits = [seconds for joiner in self.joiners if (seconds := joiner(case)) is not None]
        return self._together(case, min(waits)) if waits else None

    def _together(self, case: Case, seconds: int) -> Steps:
        """The second department begins when its own queue lets it, on papers of its own."""
        yield from waiting_for_others(case, self.model, seconds)
        self._at_work[case.case_id] = self._ask(_copy(case, self.model.env.now), case)

    def completes(self, case: Case) -> Steps | None:
        if not self._concerns(case):
            return None
        task = self._at_work.pop(case.case_id, None)
        return self._after_the_first(case) if task is None else self._until_both(case, task)

    def _until_both(self, case: Case, task: Task) -> Steps:
        since = self.model.env.now
        yield task
        case.wait_other_s += self.model.env.now - since

    def _after_the_first(self, case: Case) -> Steps:
        seconds = self.plan.pass_on.draw(self.luck("pass on", case.issue.code, case.opening))
        yield from waiting_for_others(case, self.model, self.model.governance.wait(case, "pass on", seconds))
        yield self._ask(case, case)

    def _ask(self, papers: Case, case: Case) -> Task:
        second, model = self.second(case), self.model
        work = model.category(case.issue).work.draw(self.luck("work", case.issue.code, case.opening))
        return second.station.work(papers, "second", work, travel=model.efforts.seconds(second.travel_step, case),
                                   urgent=case.severity_seen == 3)  # fmt: skip


def _copy(case: Case, now: int) -> Case:
    """Papers on which a second department books its time beside the first: the case itself counts each second once."""
    copy = Case(case.case_id, case.issue, case.opening, case.channel, now)
    copy.priority, copy.supervised, copy.severity_seen = case.priority, case.supervised, case.severity_seen
    copy.established_at, copy.final_due = case.established_at, case.final_due
    return copy


class JoinedCases(Paper):
    """Some cases are joined: their departments agree, and begin together."""

    plan: JointCases

    def begins(self) -> None:
        two = self.fellow(TwoDepartments)
        assert two is not None, "the chapter asks for several_departments"
        two.joiners.append(self._joined)

    def _joined(self, case: Case) -> int | None:
        if not self.here(case) or not self.lucky(case, "joined", self.plan.share):
            return None
        return self.plan.join.draw(self.luck("join", case.issue.code, case.opening))
