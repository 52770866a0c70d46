"""A case: the administrative record that follows when an issue is reported. Closing it is not fixing the issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.records import MISSING

if TYPE_CHECKING:
    from sim.issue import Issue
    from sim.task import Task

CASES_PER_ISSUE = 100
"""Openings of one issue, at most: case number = issue number x 100 + opening number."""

TIMES = (
    "reported_at", "verified_at", "established_at", "dispatched_at", "first_response_at", "arrived_at", "handling_started_at",
    "handled_at", "fed_back_at", "checked_at", "closed_at", "evaluated_at", "verification_due", "establishment_due",
    "dispatch_due", "handling_due", "check_due", "closure_due",
)  # fmt: skip
COUNTS = (
    "returns", "referrals", "reworks", "extensions", "deferred_s", "escalations", "touches", "wait_capacity_s",
    "wait_closed_s", "wait_other_s", "work_s", "travel_s",
)  # fmt: skip
FLAGS = ("supervised", "forced_close", "truly_fixed", "overdue_raw", "overdue_assessed")


class Case:
    """One case while it is worked on; times are seconds, MISSING until they come."""

    __slots__ = (
        *TIMES, *COUNTS, *FLAGS, "attempt", "by", "case_id", "category", "channel", "claimant", "contacts", "cost", "department",
        "final_due", "issue", "level", "limit_type", "merged_into", "misrouted", "noted_at", "opening", "outcome", "owner",
        "priority", "public", "refused", "place", "repeat_of", "resident", "satisfaction", "seq", "server", "severity_seen", "task",
    )  # fmt: skip

    reported_at: int
    verified_at: int
    established_at: int
    dispatched_at: int
    first_response_at: int
    arrived_at: int
    handling_started_at: int
    handled_at: int
    fed_back_at: int
    checked_at: int
    closed_at: int
    evaluated_at: int
    verification_due: int
    establishment_due: int
    dispatch_due: int
    handling_due: int
    check_due: int
    closure_due: int
    returns: int
    referrals: int
    reworks: int
    extensions: int
    deferred_s: int
    escalations: int
    touches: int
    wait_capacity_s: int
    wait_closed_s: int
    wait_other_s: int
    work_s: int
    travel_s: int
    supervised: bool
    forced_close: bool
    truly_fixed: bool
    overdue_raw: bool
    overdue_assessed: bool

    def __init__(self, case_id: int, issue: Issue, opening: int, channel: str, now: int) -> None:
        self._nothing_yet()
        self.case_id = case_id
        self.issue = issue
        self.opening = opening
        self.category = issue.category
        self.channel = channel
        self.reported_at = now
        self.severity_seen = issue.severity(now)
        self.priority = 4 - self.severity_seen
        self.outcome = "open"
        self.public = False
        self.misrouted = False
        self.by = self.limit_type = self.department = self.server = self.level = ""
        self.owner: object = None
        self.task: Task | None = None
        self.resident = self.repeat_of = self.merged_into = -1
        self.attempt = 1
        self.contacts = 1
        self.refused = self.claimant = self.place = 0
        self.seq = 0
        self.noted_at = now
        self.cost = 0.0
        self.satisfaction = float("nan")
        self.final_due = MISSING

    def _nothing_yet(self) -> None:
        """No time has come, nothing counted, nothing so."""
        self.verified_at = self.established_at = self.dispatched_at = self.first_response_at = self.arrived_at = MISSING
        self.handling_started_at = self.handled_at = self.fed_back_at = self.checked_at = self.closed_at = MISSING
        self.evaluated_at = self.verification_due = self.establishment_due = self.dispatch_due = MISSING
        self.handling_due = self.check_due = self.closure_due = MISSING
        self.returns = self.referrals = self.reworks = self.extensions = self.deferred_s = self.escalations = 0
        self.touches = self.wait_capacity_s = self.wait_closed_s = self.wait_other_s = self.work_s = self.travel_s = 0
        self.supervised = self.forced_close = self.truly_fixed = self.overdue_raw = self.overdue_assessed = False

    @property
    def closed(self) -> bool:
        """Nothing more will be done on it (evaluation apart)."""
        return self.outcome != "open"

    def occasion(self, attempt: int = 1) -> int:
        """Number of a further occasion for luck: 0 for the first attempt of the first case of an issue."""
        return (self.opening - 1) * 100 + attempt - 1
