"""Who owns what several departments might own: lists, the duty of the first receiver, credit."""

from __future__ import annotations

from sim.agents.departments import Department
from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.papers.paper import DISTRICT, Paper
from sim.scenario.centres.joint import Credit
from sim.scenario.centres.ownership import FirstReceiver, MergeList, ResponsibilityList
from sim.steps import waiting_for_others


class DutiesDescribed(Paper):
    """What the list describes without doubt is not contested."""

    plan: ResponsibilityList

    def contested(self, case: Case, share: float) -> float:
        listed = self.code(case.issue) in self.plan.categories and self.here(case)
        return 0.0 if listed and self.lucky(case, "described", self.plan.described) else share


class LeadsFixed(Paper):
    """A department refuses a case of a listed category only if it passes it on against the list."""

    plan: MergeList

    def refusal(self, case: Case, department: Department, share: float) -> float:
        listed = self.code(case.issue) in self.plan.categories and self.here(case)
        return min(share, self.plan.residual) if listed else share


class CreditForTaking(Paper):
    """A department takes a contested case if the work that it expects is not more than the credit."""

    plan: Credit

    def refusal(self, case: Case, department: Department, share: float) -> float:
        pays = self.model.efforts.estimate(case) <= self.plan.credit.seconds and self.here(case)
        return 0.0 if pays else share


class FirstReceiverKeeps(Paper):
    """The first department keeps the case. Where it would have sent it away, it asks the other one for help instead."""

    plan: FirstReceiver

    def must_keep(self, case: Case, department: Department) -> bool:
        return department.level == DISTRICT and self.here(case)

    def prepares(self, case: Case) -> Steps | None:
        owner = self.owned_by(case)
        if owner is None or case.attempt > 1 or not self.here(case):
            return None
        argues = not case.misrouted and self._would_refuse(case, owner)
        return self._asks(case, argues) if argues or case.misrouted else None

    def _would_refuse(self, case: Case, owner: Department) -> bool:
        model = self.model
        share = model.governance.refusal(case, owner, model.scenario.escalation.referral.refusal)
        return self.contests(case) and model.efforts.chance("refuse", case, 1) < share

    def _asks(self, case: Case, argues: bool) -> Steps:
        model = self.model
        if argues and self.lucky(case, "unresolved", self.plan.unresolved):
            if not (yield from model.governance.meets(case)):
                until = model.governance.wait(case, "meeting", model.next_meeting(model.now) - model.now)
                yield from waiting_for_others(case, model, until)
            model.note(case, "meeting", unit="joint_meeting")
        yield from waiting_for_others(case, model, self.plan.ask.draw(self.luck("ask", case.issue.code, case.opening)))
        helper, effort = self._helper(case), self.plan.help.draw(self.luck("help", case.issue.code, case.opening))
        yield helper.station.work(case, "help", effort, urgent=case.severity_seen == 3)

    def _helper(self, case: Case) -> Department:
        claimants = self.model.category(case.issue).departments
        other = case.claimant if case.misrouted else case.claimant + 1
        return self.model.departments[claimants[other % len(claimants)]]
