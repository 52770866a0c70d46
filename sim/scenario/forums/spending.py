"""Work that public money pays: who approves it, how much may be delegated, who looks afterwards."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.centres.limits import Severity
from sim.scenario.chapter import LEVELS, Chapter, Name, entry, portion
from sim.scenario.forums.settling import Shares, check_shares
from sim.scenario.option import Option
from sim.units import Span

Approver = Literal["community", "subdistrict", "district"]


class Sum(Chapter):
    """What a case's work costs in materials and contracts: lognormal."""

    mean: float = entry("mean", "yuan", gt=0)
    cv: float = entry("standard deviation over mean", default=0.0, ge=0, le=20)


class Approval(Chapter):
    """One step of the approval of spending."""

    level: Approver = entry("level whose desk examines the request")
    limit: float | None = entry("sum up to which the request ends here; none: any sum", "yuan", None, ge=0)
    work: AnyDistribution = entry("work of the desk")
    lies: AnyDistribution = entry("time the request lies at this level, besides the desk's own queue")


class Spending(Option):
    """Approval of spending (资金审批): some cases cannot be worked on before their money is approved."""

    shares: Shares = entry("share of the cases of a category whose work needs public money", "share")
    sums: dict[Name, Sum] = entry("sums by category")
    ladder: tuple[Approval, ...] = entry("steps of approval, lowest first", min_length=1, max_length=6)
    misuse: float = portion("probability that approved money is spent on something else", 0.0)

    @model_validator(mode="after")
    def _whole(self) -> Spending:
        check_shares(self.shares, "shares")
        for code in self.shares:
            if code not in self.sums:
                raise ValueError(say("{code} has a share but no sum; give it one under sums", code=code))
        order = [LEVELS.index(step.level) for step in self.ladder]
        if order != sorted(order) or self.ladder[-1].limit is not None:
            raise ValueError(say("the steps of approval must rise by level, and the last one must have no limit"))
        return self


class Delegation(Option):
    """Delegated approval (小额资金与事项下放): below a limit, what is on the list is approved and closed by one level."""

    limit: float = entry("sum up to which the level approves alone", "yuan", ge=0)
    items: tuple[Name, ...] = entry("categories on the delegated list", min_length=1)
    level: Literal["community", "subdistrict"] = entry("level that has the power", default="community")
    most_severe: Severity = entry("highest severity of a delegated matter", "1..3")
    work: AnyDistribution = entry("work of its desk")
    lies: AnyDistribution = entry("time the request lies there")
    drift: float = portion("probability that money approved there is spent on something else")


class RepairContract(Option):
    """Smart contract of the repair fund (智能合约): pays when its conditions hold; nobody has to approve."""

    categories: tuple[Name, ...] = entry("categories that it pays for", min_length=1)
    limit: float = entry("sum up to which it pays", "yuan", ge=0)
    executes: AnyDistribution = entry("time from the request until the money is there")


class Audit(Option):
    """Audit and double publication (审计双公示)."""

    every: Span = entry("time between two audits", "duration")
    detection: float = portion("probability that an audit finds a misuse")
    objection: float = portion("probability that residents object in time to a published spending that is a misuse")
    watch: Span = entry("time for which nothing can be misused where an audit has found something", "duration")
