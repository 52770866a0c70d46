"""What is kept of a case that has ended, and what is measured on it: as its record says, and as it truly is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.case import Case
from sim.records import MISSING

INSTITUTION = ("patrol", "sensor")
DONE = ("closed", "self_handled")
"""Outcomes of a case on which somebody has worked."""


class Deed(NamedTuple):
    """A case that has ended. Times in seconds."""

    community: int
    grid: int
    category: int
    due: bool
    late: bool
    """after the first limit"""
    late_told: bool
    """after the limit as extended, which is what the record counts"""
    seconds: int
    """from the report to the result"""
    forced: bool
    fixed: bool
    reworks: int
    public: bool
    digital: bool
    proactive: bool
    kept: bool
    open: bool = False
    """not ended at all: its limit has passed, and it counts as not done in time"""


def deed_of(case: Case, now: int, digital: bool) -> Deed:
    """What is kept of a case that ends now."""
    back = case.fed_back_at if case.fed_back_at != MISSING else now
    return Deed(
        case.issue.community, case.issue.grid, case.category, case.handling_due != MISSING, case.overdue_raw,
        case.overdue_assessed, back - case.reported_at, case.forced_close, not case.issue.live(now), case.reworks,
        case.channel not in INSTITUTION, digital, case.channel in INSTITUTION, not (case.returns or case.referrals),
    )  # fmt: skip


Sight = Callable[[Deed, bool, int], bool | None]
"""Whether a deed counts, by its record (True) or in truth, with the seconds that are asked; None: it is not concerned."""


def _response(deed: Deed, told: bool, within: int) -> bool | None:
    if not deed.due:
        return None
    if deed.open:
        return False
    return not deed.late_told if told else deed.fixed and not deed.late


def _quick(deed: Deed, told: bool, within: int) -> bool:
    return not deed.open and deed.seconds <= within and (told or deed.fixed)


def _passed(deed: Deed, told: bool, within: int) -> bool:
    return not deed.reworks and (told or deed.fixed)


def _resolved(deed: Deed, told: bool, within: int) -> bool:
    return not deed.forced if told else deed.fixed


SIGHTS: dict[str, Sight] = {
    "response": _response,
    "quick": _quick,
    "passed": _passed,
    "resolved": _resolved,
    "proactive": lambda deed, told, within: deed.proactive,
    "public": lambda deed, told, within: deed.public,
    "digital": lambda deed, told, within: deed.digital if deed.public else None,
    "kept": lambda deed, told, within: deed.kept,
}
"""What is measured case by case; the other measures are read off call-backs, hours and places."""
TIMELY = ("response", "quick")
"""Measures in which an open case past its limit counts; the others are about cases that have ended."""


def share_of(deeds: list[Deed], measure: str, told: bool, within: Callable[[Deed], int]) -> float | None:
    """Share of the deeds that count, of those that are concerned; None if none is."""
    sight, timely = SIGHTS[measure], measure in TIMELY
    seen = [answer for deed in deeds if (timely or not deed.open)
            and (answer := sight(deed, told, within(deed))) is not None]  # fmt: skip
    return sum(seen) / len(seen) if seen else None
