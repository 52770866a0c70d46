"""Times in their order: of a case, of its events, of a spell of service, of an issue."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

from itertools import chain

import pandas as pd

from sim.invariant_rules.breach import breach
from sim.messages import say
from sim.records import EVENT_NAMES, MISSING, RunRecords

TIMES = (
    "reported_at", "verified_at", "established_at", "dispatched_at", "first_response_at", "arrived_at",
    "handling_started_at", "handled_at", "fed_back_at", "checked_at", "closed_at", "evaluated_at",
)  # fmt: skip
ALWAYS = (
    ("reported_at", "verified_at"), ("verified_at", "established_at"), ("reported_at", "established_at"),
    ("established_at", "dispatched_at"), ("reported_at", "first_response_at"), ("arrived_at", "handled_at"),
    ("handling_started_at", "handled_at"), ("established_at", "closed_at"), ("closed_at", "evaluated_at"),
)  # fmt: skip
UNLESS_SENT_ON = (("dispatched_at", "arrived_at"), ("dispatched_at", "handling_started_at"))
"""The dispatch is the last one and the handling the first: they compare only if the case never changed hands."""
UNLESS_IN_REWORK = (("handled_at", "fed_back_at"), ("fed_back_at", "checked_at"), ("checked_at", "closed_at"))
"""In an open case that is handled again, the later steps are still those of the attempt before."""


def later(rows: pd.DataFrame, first: str, second: str) -> pd.Series:
    """True where both times are there and `first` lies after `second`."""
    return (rows[first] != MISSING) & (rows[second] != MISSING) & (rows[first] > rows[second])


def times_in_order(records: RunRecords) -> list[str]:
    """reported, verified, established, dispatched, handled, fed back, checked, closed, evaluated: where present."""
    cases = records["cases"]
    sent_on = (cases[["returns", "referrals", "escalations"]] > 0).any(axis=1)
    in_rework = (cases["outcome"] == "open") & (cases["reworks"] > 0)
    never = pd.Series(False, index=cases.index)
    lines = [
        breach(
            cases["case_id"],
            later(cases, first, second) & ~excused,
            say("cases with {second} before {first}", first=first, second=second),
        )
        for pairs, excused in ((ALWAYS, never), (UNLESS_SENT_ON, sent_on), (UNLESS_IN_REWORK, in_rework))
        for first, second in pairs
    ]
    return list(chain.from_iterable(lines))


def times_inside_run(records: RunRecords) -> list[str]:
    """Nothing happens after the end of the run."""
    cases, events, end = records["cases"], records["events"], records.frame.horizon_s
    late = (cases[list(TIMES)] > end).any(axis=1)
    return [
        *breach(cases["case_id"], late, say("cases with a time after the end of the run")),
        *breach(events["case_id"], events["at"] > end, say("events after the end of the run")),
    ]


def events_in_order(records: RunRecords) -> list[str]:
    """Numbered events of a case have numbers of their own, times that never fall, and legal names."""
    events = records["events"].sort_values(["case_id", "seq"], kind="stable")
    case, same = events["case_id"], events["case_id"].diff() == 0
    return [
        *breach(case, same & (events["seq"].diff() == 0), say("events with the number of another")),
        *breach(case, same & (events["at"].diff() < 0), say("events before the previous one of their case")),
        *breach(events["event"], ~events["event"].isin(EVENT_NAMES), say("events without a legal name")),
    ]


def spells_fit(records: RunRecords) -> list[str]:
    """A spell is queued, begins and ends in this order; its work is not longer than itself."""
    spells = records["services"]
    served = spells["started_at"] != MISSING
    begun = spells["started_at"].where(served, spells["ended_at"])
    length, case = (spells["ended_at"] - begun).where(served, 0), spells["case_id"]
    return [
        *breach(case, (spells["queued_at"] > begun) | (begun > spells["ended_at"]), say("spells out of order")),
        *breach(case, (spells["work_s"] > length) | (spells["work_s"] < 0), say("spells with more work than time")),
    ]


def issues_in_order(records: RunRecords) -> list[str]:
    """Nothing happens to an issue before its onset; who found it did so at some time."""
    issues = records["issues"]
    lines = [
        breach(issues["issue_id"], later(issues, "onset", end), say("issues with {second} before onset", second=end))
        for end in ("worsened_at", "resolved_itself_at", "found_at", "fixed_at")
    ]
    never = ~issues["found_by"].astype(str).isin(("", "prevented")) & (issues["found_at"] == MISSING)
    return [*chain.from_iterable(lines), *breach(issues["issue_id"], never, say("issues found at no time"))]
