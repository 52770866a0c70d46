"""Approval of spending: the request climbs until a level may decide, unless the power is delegated or a contract pays."""

from __future__ import annotations

import math
from statistics import NormalDist

from sim.case import Case
from sim.mechanisms.forums.forum import Forum
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.money.audit import AuditTwicePublished
from sim.mechanisms.money.budget import BudgetOfCommunities
from sim.scenario.chapter import LEVELS
from sim.scenario.forums.spending import Delegation, RepairContract, Spending, Sum
from sim.steps import waiting_for_others
from sim.units import DAY


class ContractThatPays(Forum):
    """Pays repairs from the fund when its conditions hold."""

    plan: RepairContract

    def covers(self, case: Case, amount: float) -> bool:
        """Whether it pays this sum."""
        return self.code(case.issue) in self.plan.categories and amount <= self.plan.limit and self.here(case)


class DelegatedApproval(Forum):
    """One level approves and closes what is on its list, up to its limit."""

    plan: Delegation

    def begins(self) -> None:
        super().begins()
        self._spending = self.fellow(ApprovalOfSpending)

    def covers(self, case: Case, amount: float) -> bool:
        """Whether the matter and its sum are delegated."""
        listed = self.code(case.issue) in self.plan.items and case.severity_seen <= self.plan.most_severe
        return listed and amount <= self.plan.limit and self.here(case)

    def authority(self, case: Case, level: str) -> str:
        """A delegated matter needs nobody above the level that has the power."""
        if self._spending is None or LEVELS.index(level) <= LEVELS.index(self.plan.level):
            return level
        return self.plan.level if self.covers(case, self._spending.amount(case)) else level


class ApprovalOfSpending(Forum):
    """Before the work the money must be approved, and be there."""

    plan: Spending

    def begins(self) -> None:
        super().begins()
        self._contract, self._delegation = self.fellow(ContractThatPays), self.fellow(DelegatedApproval)
        self._audit, self._budget = self.fellow(AuditTwicePublished), self.fellow(BudgetOfCommunities)
        self._astray: set[int] = set()

    def amount(self, case: Case) -> float:
        """Yuan that the work of a case needs; 0 if it needs none."""
        code = self.code(case.issue)
        if not self.here(case) or not self.lucky(case, "needs money", self.plan.shares.get(code, 0.0)):
            return 0.0
        return drawn(self.plan.sums[code], self.own_luck(case, "sum"))

    def prepares(self, case: Case) -> Steps | None:
        amount = self.amount(case) if case.attempt == 1 else 0.0
        return self._approved(case, amount) if amount else None

    def _approved(self, case: Case, amount: float) -> Steps:
        began, name = self.model.env.now, self.model.city.communities[case.issue.community].name
        misuse = yield from self._asks(case, amount)
        self.write("approved", name, str(case.case_id), (self.model.env.now - began) / DAY)
        if self._budget is not None and self._budget.here(case):
            yield from self._budget.pays_for(case, amount)
        self.spends("materials", name, amount)
        self.write("paid", name, str(case.case_id), amount)
        self._spent(case, name, amount, misuse)

    def _asks(self, case: Case, amount: float) -> Steps:
        """The way of the request; returns the probability that what it ends with is spent on something else."""
        if self._contract is not None and self._contract.covers(case, amount):
            yield from waiting_for_others(case, self.model, self._contract.plan.executes.draw(self.own_luck(case, "executes")))
            return 0.0
        if self._delegation is not None and self._delegation.covers(case, amount):
            plan: Delegation = self._delegation.plan
            yield from self._lies(case, plan.level, plan.lies.draw(self.own_luck(case, "lies")),
                                  plan.work.draw(self.own_luck(case, "examine")))  # fmt: skip
            return plan.drift
        for number, step in enumerate(self.plan.ladder):
            yield from self._lies(case, step.level, step.lies.draw(self.own_luck(case, "lies", number)),
                                  step.work.draw(self.own_luck(case, "examine", number)))  # fmt: skip
            if step.limit is not None and amount <= step.limit:
                break
        return self.plan.misuse

    def _lies(self, case: Case, level: str, lies: int, work: int) -> Steps:
        """The request lies at a level, and its desk examines it."""
        yield from waiting_for_others(case, self.model, lies)
        yield self.model.desk(case.issue, level).work(case, "approve", work)

    def _spent(self, case: Case, name: str, amount: float, misuse: float) -> None:
        if not self.lucky(case, "misuse", misuse):
            return
        if self._audit is not None and self._audit.here(case) and self._audit.prevents_misuse(case):
            return
        self._astray.add(case.case_id)
        self.write("misused", name, str(case.case_id), amount)

    def fix_share(self, case: Case, share: float) -> float:
        """Without the materials the first attempt fixes nothing."""
        return 0.0 if case.attempt == 1 and case.case_id in self._astray else share

    def closed(self, case: Case) -> None:
        self._astray.discard(case.case_id)


def drawn(plan: Sum, u: float) -> float:
    """Yuan of a lognormal sum at the uniform `u`."""
    variance = math.log1p(plan.cv**2)
    return plan.mean * math.exp(math.sqrt(variance) * NormalDist().inv_cdf(u) - variance / 2)
