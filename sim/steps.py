"""What several steps of a case need: work at a desk, waiting, and its end."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from simpy.events import Event

from sim.case import Case
from sim.instant import CASE as CASE_OWNER
from sim.instant import COMPLETION, content_key
from sim.moment import Moment
from sim.records import MISSING

if TYPE_CHECKING:
    from sim.model import GovernanceModel

_CASES = 1 << 34
"""Case numbers that a content key can tell apart."""

Steps = Generator[Event, Any, Any]
"""A stretch of a case's life: it yields what it waits for."""


def at_desk(case: Case, model: GovernanceModel, level: str, activity: str, step: str = "") -> Steps:
    """Work on the papers at the desk of a level; no effort asks nobody."""
    seconds = model.governance.desk_work(case, step or activity, model.efforts.seconds(step or activity, case))
    if seconds:
        desk = model.governance.desk(case, step or activity, model.desk(case.issue, level))
        yield desk.work(case, activity, seconds, urgent=case.severity_seen == 3)


def waiting_for_others(case: Case, model: GovernanceModel, seconds: int) -> Steps:
    """Time that no staff of ours can shorten."""
    if seconds > 0:
        case.wait_other_s += min(seconds, model.horizon - model.now)
        yield pause(case, model, seconds)


def pause(case: Case, model: GovernanceModel, seconds: int) -> Event:
    """An event after so many seconds, in the order of completions at its instant."""
    return Moment(model.env, seconds, content_key(COMPLETION, CASE_OWNER, case.case_id % _CASES))


def answer_first(case: Case, model: GovernanceModel, at: int | None = None) -> None:
    """Somebody is there for the first time."""
    if case.first_response_at == MISSING:
        case.first_response_at = model.now if at is None else at


def end(case: Case, model: GovernanceModel, outcome: str) -> None:
    """Nothing more will be done on this case."""
    case.outcome = outcome
    case.truly_fixed = not case.issue.live(model.now)
