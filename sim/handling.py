"""What may happen while a case is with its owner: refusal, waiting for others, the queue, limits, pressure.

The step itself stands in sim/lifecycle.py; this is what it consists of.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.agents.departments import Department, Offer, Temptation
from sim.case import Case
from sim.policies.decisions import NextClaimant, Raise, Supervise
from sim.policies.view import LateView, ReferralView
from sim.records import MISSING
from sim.steps import Steps, answer_first, at_desk, waiting_for_others
from sim.task import OVERDUE

if TYPE_CHECKING:
    from sim.model import GovernanceModel


def taken_on(case: Case, model: GovernanceModel, owner: Department) -> Steps:
    """Whether the owner keeps it: a misrouted case comes back (回退), a contested one may be refused (推诿)."""
    visit = case.returns + case.referrals
    referral = model.scenario.escalation.referral
    contested = model.contested(case)
    offer = Offer(
        not case.misrouted,
        contested,
        case.refused < 0 or model.governance.must_keep(case, owner),
        model.governance.refusal(case, owner, referral.refusal),
        model.efforts.chance("refuse", case, visit + 1),
    )
    if owner.accepts(offer):
        return True
    if case.misrouted:
        case.misrouted = False
        case.returns += 1
        review = model.governance.wait(case, "return", model.efforts.seconds("return", case))
        yield from waiting_for_others(case, model, review)
        model.note(case, "return", unit=owner.name)
    else:
        yield from refused(case, model, owner)
    case.owner = None
    return False


def refused(case: Case, model: GovernanceModel, owner: Department) -> Steps:
    """A claimant refuses: to the next one, or before the joint meeting, which orders the lead to take it."""
    case.referrals += 1
    case.refused += 1
    review = model.governance.wait(case, "refusal", model.efforts.seconds("refusal", case, case.referrals))
    yield from waiting_for_others(case, model, review)
    model.note(case, "refer", unit=owner.name)
    departments = model.category(case.issue).departments
    claimants = departments[case.claimant :] + departments[: case.claimant]
    decision = model.policies.referral.refer(ReferralView(claimants, case.refused))
    if isinstance(decision, NextClaimant) and 0 <= decision.claimant < len(claimants):
        case.place = decision.claimant
        return
    if not (yield from model.governance.meets(case)):
        until_meeting = model.governance.wait(case, "meeting", model.next_meeting(model.now) - model.now)
        yield from waiting_for_others(case, model, until_meeting)
    case.refused = -1
    model.note(case, "meeting", unit="joint_meeting")


def external_wait(case: Case, model: GovernanceModel) -> Steps:
    """Waiting for others before the work can start; an option pauses the clocks for it (缓办)."""
    seconds = model.governance.wait(case, "external", model.external_wait(case))
    if not seconds:
        return
    pauses = model.scenario.workflow.handling.pause_external
    model.note(case, "defer", unit=case.department)
    yield from waiting_for_others(case, model, seconds)
    if pauses and case.handling_due != MISSING:
        case.deferred_s += seconds
        case.handling_due += seconds
        case.final_due += seconds
        case.closure_due += seconds
    model.note(case, "resume", unit=case.department)


def hands_on(case: Case, model: GovernanceModel) -> Steps:
    """Queue for the owner and be worked on. If the limit passes while it waits, the escalation policy decides."""
    limit = first_look(case, model)
    if limit is not None and limit < model.now:
        limit = yield from late(case, model)
    while True:
        task = case.task = model.handle(case, limit)
        outcome = yield task
        if outcome != OVERDUE:
            break
        limit = yield from late(case, model)
    if case.handling_started_at == MISSING:
        case.handling_started_at, case.arrived_at = task.started_at, model.arrival(case, task)
        answer_first(case, model, case.arrived_at)


def first_look(case: Case, model: GovernanceModel) -> int | None:
    """When somebody looks at a case that waits: when a share of its limit has gone that the policy names; None: never."""
    if case.final_due == MISSING:
        return None
    share = getattr(model.policies.escalation, "first_look", 1.0)
    if share >= 1:
        return case.final_due
    return case.established_at + math.floor(share * (case.final_due - case.established_at))


def share_of_limit(case: Case, now: int) -> float:
    """How much of the limit of a case has gone; 1 at the limit."""
    allowed = case.final_due - case.established_at
    return (now - case.established_at) / allowed if allowed > 0 else 1.0


def late(case: Case, model: GovernanceModel) -> Steps:
    """Somebody looks at a case that waits at or before its limit. Returns when to look again: None if never."""
    limit = model.governance.limit(case, model.category(case.issue).limits[case.severity_seen - 1])
    early = model.now < case.final_due
    if not early and extended(case, model):
        return case.final_due if case.final_due > model.now else None
    levels = model.scenario.escalation.levels
    decision = model.policies.escalation.late(
        LateView(case.level, levels, case.severity_seen, case.escalations, case.supervised, case.contacts,
                 share_of_limit(case, model.now), case.repeat_of >= 0)
    )  # fmt: skip
    if isinstance(decision, Supervise):
        case.supervised = True
        model.note(case, "supervise", unit=case.department)
    elif isinstance(decision, Raise) and case.level != levels[-1]:
        case.level = levels[levels.index(case.level) + 1]
        case.escalations += 1
        yield from at_desk(case, model, case.level, "review", f"review {case.level}")
        case.owner = model.owner(case)
        case.department = case.owner.name
        model.note(case, "escalate", unit=case.department)
        return model.due(model.now, limit)
    return case.final_due if early else None


def extended(case: Case, model: GovernanceModel) -> bool:
    """An extension (延期) adds one original limit to the assessed due time; the raw one stays."""
    rule = model.scenario.workflow.handling
    if (
        case.extensions >= rule.most_extensions
        or model.efforts.chance("extend", case, case.extensions + 1) >= rule.extension
    ):
        return False
    case.extensions += 1
    limit = model.governance.limit(case, model.category(case.issue).limits[case.severity_seen - 1])
    case.final_due = model.due(case.final_due, limit)
    model.note(case, "extend", unit=case.department)
    return True


def tempted(case: Case, model: GovernanceModel, owner: Department) -> bool:
    """Whether a department under scoring pressure reports done what it has not done."""
    pressure = model.scenario.evaluation.pressure
    late_loss, caught_loss = model.governance.losses(case, owner, pressure.late_loss, pressure.caught_loss)
    if late_loss <= 0 or case.attempt > 1:
        return False
    check = model.scenario.workflow.check
    caught = model.governance.check_share(case, check.share) * model.detection(case)
    would_be_late = model.now + model.efforts.estimate(case) > case.final_due
    return owner.closes_unfixed(
        Temptation(would_be_late, late_loss, caught_loss, caught)
    )
