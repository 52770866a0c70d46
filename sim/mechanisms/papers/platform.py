"""One network for all management: departments on one platform pass cases on, and know what is known already."""

from __future__ import annotations

from sim.case import Case
from sim.issue import Issue
from sim.mechanisms.papers.paper import Paper
from sim.scenario.centres.joint import Platform

BY_PAPER = ("return", "refusal", "pass on")


class OneNetwork(Paper):
    """Between departments on the platform a case travels as fast as the platform."""

    plan: Platform

    def wait(self, case: Case, step: str, seconds: int) -> int:
        if step not in BY_PAPER or not self.here(case):
            return seconds
        named = {case.department, *self.model.category(case.issue).departments}
        if not named <= set(self.plan.departments):
            return seconds
        return self.plan.pass_on.draw(self.luck(step, case.issue.code, case.opening, case.returns, case.referrals))

    def recognition(self, issue: Issue, share: float) -> float:
        return max(share, self.plan.recognition) if self.in_force(issue.community) else share
