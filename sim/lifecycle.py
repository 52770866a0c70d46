"""READ THIS FIRST: the life of one case, from discovery to evaluation, the seven steps in order.

The process waits for tasks (work that a station does), for limits, and for others. At each fork it asks a policy (what the
institution decides) or an agent (what a person decides), and writes one line in the journal. Terms and their Chinese are
in GLOSSARY.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.departments import Department
from sim.agents.residents import Outcome
from sim.case import Case
from sim.handling import external_wait, hands_on, taken_on, tempted
from sim.policies.decisions import Reject
from sim.policies.view import ReportView, RouteView
from sim.records import MISSING
from sim.steps import Steps, answer_first, at_desk, end, pause, waiting_for_others

if TYPE_CHECKING:
    from sim.agents.grid_workers import GridWorker
    from sim.model import GovernanceModel


def life_of(case: Case, model: GovernanceModel, finder: GridWorker | None) -> Steps:
    """One case: collection, establishment, dispatch, handling, feedback, check and closure, evaluation."""
    yield from collection(case, model, finder)
    if not case.closed:
        yield from establishment(case, model)
    while not case.closed:
        yield from dispatch(case, model)
        yield from handling(case, model)
        if case.owner is None:
            continue
        yield from feedback(case, model)
        yield from check_and_close(case, model)
    model.discovery.case_ends(case)
    model.governance.closed(case)
    yield from evaluation(case, model)
    model.file(case)


# -- 1 collection (信息收集) ------------------------------------------------------------------------------------------


def collection(case: Case, model: GovernanceModel, finder: GridWorker | None) -> Steps:
    """A finder reports, or puts it right on the spot; a public report or an alarm is verified on site (核实)."""
    model.note(case, "report", actor=case.by)
    if finder is not None:
        yield from report_by_finder(case, model, finder)
    elif model.registered_when_done(case):
        model.settle_issue(case)
        case.established_at = case.handled_at = case.fed_back_at = case.closed_at = model.now
        case.department = model.owner(case).name
        model.note(case, "self_handle", unit=case.department)
        end(case, model, "self_handled")
    elif not model.replayed:
        yield from verification(case, model)


def report_by_finder(case: Case, model: GovernanceModel, finder: GridWorker) -> Steps:
    """The grid worker who met it writes it up; a minor one it fixes where it stands, in one go with the report."""
    case.first_response_at = model.now
    step = f"report {finder.team.name}"
    report = model.governance.desk_work(case, step, model.efforts.seconds(step, case))
    share, luck = model.category(case.issue).self_handle, model.efforts.chance("self handle", case)
    if not finder.handles_on_the_spot(case.issue, share, luck):
        yield model.at_work(finder, case, "report", report)
    else:
        work = finder.content(model.efforts.seconds("handle", case), model.efforts.chance("known", case))
        yield model.at_work(finder, case, "handle", report + work)
        model.settle_issue(case)
        case.level, case.department, case.handled_at = "grid", finder.team.name, model.now
        model.note(case, "self_handle", actor=finder.name)
        end(case, model, "self_handled")


def verification(case: Case, model: GovernanceModel) -> Steps:
    """Somebody looks whether there is anything; what is not there is not established."""
    rule = model.scenario.workflow.verification
    case.verification_due = model.due(case.reported_at, rule.limit)
    if model.efforts.chance("verified", case) >= model.governance.verify_share(case, rule.share):
        return
    yield model.on_site(case, "verify", model.efforts.seconds("verify", case))
    case.verified_at = model.now
    answer_first(case, model)
    model.note(case, "verify", actor=case.server)
    if not case.issue.live(model.now):
        model.note(case, "not_found" if case.issue.real else "reject", actor=case.server)
        end(case, model, "not_found" if case.issue.real else "rejected")
        return
    case.severity_seen = case.issue.severity(model.now)


# -- 2 establishment (案卷建立) ---------------------------------------------------------------------------------------


def establishment(case: Case, model: GovernanceModel) -> Steps:
    """The desk accepts the case and its clocks start, or rejects it, or recognises it as one that is open."""
    rule = model.scenario.workflow.establishment
    known_at = case.verified_at if case.verified_at != MISSING else case.reported_at
    case.establishment_due = model.due(known_at, rule.limit)
    yield from at_desk(case, model, rule.level, "establish")
    decision = model.policies.triage.triage(report_view(case, model))
    if isinstance(decision, Reject):
        model.note(case, "reject", detail=decision.reason)
        end(case, model, "rejected")
        return
    case.priority = model.governance.priority(case, decision.priority)
    case.claimant = model.governance.claimant(case, decision.claimant)
    case.established_at = model.now
    set_limits(case, model)
    model.note(case, "establish", actor=case.server)
    if (yield from model.governance.settles(case)):
        settled(case, model)


def settled(case: Case, model: GovernanceModel) -> None:
    """Those concerned have settled the matter outside the chain; the desk closes the case."""
    case.handled_at = case.fed_back_at = case.closed_at = model.now
    tell_lateness(case)
    model.note(case, "handle", unit=case.department)
    model.note(case, "close")
    end(case, model, "closed")


def report_view(case: Case, model: GovernanceModel) -> ReportView:
    """What the desk knows of a report."""
    category = model.category(case.issue)
    backlogs = tuple(model.departments[name].station.waiting for name in category.departments)
    return ReportView(
        category.code, case.severity_seen, case.channel, case.verified_at != MISSING, category.departments, backlogs
    )


def set_limits(case: Case, model: GovernanceModel) -> None:
    """Start the handling clock and the closure clock."""
    flow = model.scenario.workflow
    started = case.established_at if flow.handling.clock_from == "establishment" else case.reported_at
    limit = model.governance.limit(case, model.category(case.issue).limits[case.severity_seen - 1])
    case.limit_type = model.limit_type(limit)
    case.handling_due = case.final_due = model.measured_due(case, model.due(started, limit))
    if case.handling_due != MISSING:
        case.closure_due = model.due(case.handling_due, flow.closure_allowance)


# -- 3 dispatch (任务派遣) --------------------------------------------------------------------------------------------


def dispatch(case: Case, model: GovernanceModel) -> Steps:
    """The desk sends the case to a level and an owner; on the layered route every level on the way reviews it."""
    if case.owner is not None:
        return
    rule = model.scenario.workflow.dispatch
    if case.dispatch_due == MISSING:
        case.dispatch_due = model.due(case.established_at, rule.limit)
    yield from at_desk(case, model, rule.level, "dispatch")
    if case.dispatched_at == MISSING:
        case.level = "grid"
        level = model.owner_level(case)
        route = model.policies.dispatch.route(RouteView(case.severity_seen, level, model.scenario.escalation.levels))
        for passed in model.governance.through(case, route.through):
            yield from review(case, model, passed)
        case.level = level
    case.owner = model.owner(case)
    case.department = case.owner.name
    case.dispatched_at = model.now
    model.note(case, "dispatch", unit=case.department)


def review(case: Case, model: GovernanceModel, level: str) -> Steps:
    """A level looks at a case that passes through, and lets the papers lie."""
    case.level = level
    step = f"tray {level}"
    yield from waiting_for_others(case, model, model.governance.wait(case, step, model.efforts.seconds(step, case)))
    yield from at_desk(case, model, level, "review", f"review {level}")
    model.note(case, "review", unit=level, actor=case.server)


# -- 4 handling (任务处理) --------------------------------------------------------------------------------------------


def handling(case: Case, model: GovernanceModel) -> Steps:
    """The owner takes the case, waits for others if it must, and works on it; or it goes back, on, or up."""
    owner: Department = case.owner  # type: ignore[assignment]
    if case.attempt == 1 and not (yield from taken_on(case, model, owner)):
        return
    if case.attempt == 1:
        yield from external_wait(case, model)
    if model.needs_no_crew(case):
        model.settle_issue(case)
    elif not tempted(case, model, owner):
        yield from model.governance.prepares(case)
        yield from hands_on(case, model)
        yield from model.governance.completes(case)
        owner = case.owner  # type: ignore[assignment]
        if not case.issue.live(model.now):
            case.severity_seen = 1  # there is nothing left to hurry for: the check is no emergency
        elif model.efforts.chance("fix", case, case.attempt) < model.fix_share(case):
            model.settle_issue(case)
    case.handled_at = model.now
    model.note(case, "handle", unit=owner.name, actor=case.server)


# -- 5 feedback (处理反馈) --------------------------------------------------------------------------------------------


def feedback(case: Case, model: GovernanceModel) -> Steps:
    """The owner passes the result back: the handling clock stops."""
    seconds = model.efforts.seconds("feedback", case, case.attempt)
    if seconds:
        done = model.owner_calendar(case).add_work(model.now, seconds)
        yield from waiting_for_others(case, model, done - model.now)
    case.fed_back_at = model.now
    tell_lateness(case)
    model.note(case, "feedback", unit=case.department)


def tell_lateness(case: Case) -> None:
    """Whether the result came back after the limit: the raw one, and the one after extensions."""
    if case.handling_due != MISSING:
        case.overdue_raw, case.overdue_assessed = case.fed_back_at > case.handling_due, case.fed_back_at > case.final_due


# -- 6 check and closure (核查结案) -----------------------------------------------------------------------------------


def check_and_close(case: Case, model: GovernanceModel) -> Steps:
    """Somebody looks on site whether it was done: if not, back to handling; after too many failures it is closed by force."""
    rule = model.scenario.workflow.check
    case.check_due = model.due(case.fed_back_at, rule.limit)
    case.checked_at = MISSING  # of this attempt
    if model.efforts.chance("checked", case, case.attempt) < model.governance.check_share(case, rule.share):
        yield model.on_site(case, "check", model.efforts.seconds("check", case, case.attempt))
        case.checked_at = model.now
        model.note(case, "check", actor=case.server)
        if case.issue.live(model.now) and model.efforts.chance("detect", case, case.attempt) < model.detection(case):
            if case.reworks < model.governance.most_reworks(case, rule.most_reworks):
                case.reworks += 1
                case.attempt += 1
                case.severity_seen = case.issue.severity(model.now)
                model.note(case, "rework", unit=case.department)
                return
            case.forced_close = True
            model.note(case, "force_close")
    case.closed_at = model.now
    case.truly_fixed = not case.issue.live(model.now)
    model.note(case, "close")
    end(case, model, "closed")


# -- 7 evaluation (综合评价) ------------------------------------------------------------------------------------------


def evaluation(case: Case, model: GovernanceModel) -> Steps:
    """The resident who reported is called back and scores; trust moves with the score."""
    resident = model.residents.pop(case.case_id, None)
    rule = model.scenario.evaluation
    if resident is None:
        return
    if case.outcome == "closed" and model.efforts.chance("called", case) < rule.call_back.coverage:
        yield pause(case, model, model.efforts.seconds("call_back", case))
        if model.efforts.chance("answers", case) < rule.call_back.answer:
            expected = model.efforts.seconds("patience", case)
            told = model.efforts.chance("told", case) < model.governance.told(case, rule.score.told)
            waited, mood = case.closed_at - case.reported_at, model.efforts.chance("mood", case)
            solved = case.truly_fixed or not case.issue.live(model.now)
            points = resident.scores(Outcome(waited, expected, solved, told, case.contacts, mood))
            case.satisfaction = model.governance.score(case, resident.number, points)
            model.remember(case, resident)
        case.evaluated_at = model.now
        model.note(case, "evaluate", actor=str(resident.number))
    resident.remove()
