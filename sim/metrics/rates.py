"""Standard rates of urban grid management (GB/T 30428.4 and city practice): their denominators are what was due.

A case is due at a step when it has done the step, or is open and the limit of the step has passed by the end of the
run. Cases without that limit, cases whose limit still lies ahead and cases that ended otherwise before are left out.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from sim.metrics.indicator import LIMITS, NO_CLOCK, Direction, Indicator
from sim.metrics.judged import DAY_S, STAFF_CHANNELS, Judged, judged_cases, share
from sim.records import MISSING, RunRecords

REPEAT_WINDOW_S = 30 * DAY_S
Flags = Callable[[Judged], pd.Series]


def fed_back(cases: Judged) -> pd.Series:
    """When the handling clock stopped: the feedback, or the closure where a log knows no feedback."""
    return cases.once(fed_back, lambda: _fed_back(cases))


def _fed_back(cases: Judged) -> pd.Series:
    closed = cases["closed_at"].where(_closed(cases), MISSING)
    return cases["fed_back_at"].where(cases.has("fed_back_at"), closed)


def due(done: pd.Series, limit: pd.Series, cases: Judged) -> pd.Series:
    """Flags of the cases that a step was due for, from the time it was done at and its limit."""
    passed = cases.where("outcome", "open") & (limit <= cases.end)
    return (limit != MISSING) & ((done != MISSING) | passed)


def _due_at(done: str, limit: str) -> Flags:
    return lambda cases: due(cases[done], cases[limit], cases)


def _kept_at(done: str, limit: str) -> Flags:
    return lambda cases: cases.has(done) & (cases[done] <= cases[limit])


def due_to_handle(cases: Judged) -> pd.Series:
    """应处置: fed back, or open past the handling limit as extended."""
    open_late = cases.where("outcome", "open") & cases["overdue_assessed"]
    return (cases["handling_due"] != MISSING) & ((fed_back(cases) != MISSING) | open_late)


def due_to_handle_raw(cases: Judged) -> pd.Series:
    """应处置 before extensions: fed back, or open past the handling limit as first set."""
    open_late = cases.where("outcome", "open") & cases["overdue_raw"]
    return (cases["handling_due"] != MISSING) & ((fed_back(cases) != MISSING) | open_late)


def due_to_close(cases: Judged) -> pd.Series:
    """应结案: closed, or open past the closure limit."""
    return due(cases["closed_at"], cases["closure_due"], cases) & cases.where("outcome", "closed", "open")


due_to_dispatch = _due_at("dispatched_at", "dispatch_due")


def _closed(cases: Judged) -> pd.Series:
    return cases.where("outcome", "closed")


def _established(cases: Judged) -> pd.Series:
    return cases.has("established_at") & ~_on_the_spot(cases)


def _decided(cases: Judged) -> pd.Series:
    """Taken up or turned down, or open past the limit; duplicates and what was settled on the spot are neither."""
    turned_down = cases.where("outcome", "rejected", "voided", "withdrawn", "not_found")
    late = cases.where("outcome", "open") & cases.has("establishment_due") & (cases["establishment_due"] <= cases.end)
    return (_established(cases) | turned_down | late) & ~cases.where("outcome", "merged", "self_handled")


def _more_than_none(column: str) -> Flags:
    return lambda cases: cases[column] > 0


def _by_patrol(cases: Judged) -> pd.Series:
    return _decided(cases) & cases.where("channel", "patrol")


def _missed(cases: Judged) -> pd.Series:
    first = (cases["issue_id"] >= 0) & (cases["repeat_of"] < 0)
    return first & ~cases.where("channel", *STAFF_CHANNELS)


def _on_the_spot(cases: Judged) -> pd.Series:
    return cases.where("outcome", "self_handled")


def _public(cases: Judged) -> pd.Series:
    return ~cases.where("channel", *STAFF_CHANNELS) & ~cases.where("outcome", "merged")


def _follows(keys: np.ndarray, cases: pd.DataFrame) -> np.ndarray:
    """True where a case of the same key (-1 for none) was closed in the 30 days before this one's report."""
    reported, ended = cases["reported_at"].to_numpy(), cases["closed_at"].to_numpy()
    asking, closed = (keys >= 0) & (reported != MISSING), (keys >= 0) & (ended != MISSING)
    # Keys and times become one sorted number: keys lie further apart than any time or window.
    low = min(reported[asking].min(initial=0), ended[closed].min(initial=0)) - REPEAT_WINDOW_S
    gap = max(reported.max(initial=0), ended.max(initial=0)) - low + 1
    marks = np.sort(keys[closed] * gap + ended[closed] - low)
    until = np.where(asking, keys * gap + reported - low, 0)
    found = np.searchsorted(marks, until) - np.searchsorted(marks, until - REPEAT_WINDOW_S)
    return asking & (found > 0)


def _codes(values: pd.Series) -> np.ndarray:
    return np.where(values.to_numpy() >= 0, pd.factorize(values)[0], -1)


def repeats_of_issue(cases: pd.DataFrame) -> pd.Series:
    """Flags of cases reported less than 30 days after a closure of the same issue."""
    return pd.Series(_follows(_codes(cases["issue_id"]), cases), index=cases.index)


def repeats_of_place(cases: pd.DataFrame) -> pd.Series:
    """Flags of cases reported less than 30 days after a closure in the same grid and category."""
    place = cases.groupby(["grid", "category"], observed=True, sort=False).ngroup().to_numpy()
    return pd.Series(_follows(place, cases), index=cases.index)


def _repeated(repeats: Callable[[pd.DataFrame], pd.Series], records: RunRecords) -> float:
    whole = _public(judged_cases(records))
    return share(repeats(records["cases"])[whole.index], whole)


def _rate(
    name: str, label: str, formula: str, direction: Direction, part: Flags, whole: Flags, *needs: str
) -> Indicator:
    def compute(records: RunRecords) -> float:
        cases = judged_cases(records)
        return share(part(cases), whole(cases))

    denominator = formula.split(" / ")[1]
    clock = LIMITS if denominator.startswith("cases due") else NO_CLOCK
    return Indicator(name, label, formula, "share", direction, denominator, clock, compute, needs)


INDICATORS = (
    _rate("establishment_rate", "Establishment rate",
          "established / reported cases decided or past that limit, without duplicates and self-handled ones",
          "none", _established, _decided),
    _rate("on_time_verification_rate", "On-time verification", "verified within the limit / cases due to verify",
          "higher", _kept_at("verified_at", "verification_due"), _due_at("verified_at", "verification_due")),
    _rate("on_time_establishment_rate", "On-time establishment",
          "established within the limit / cases due to establish",
          "higher", _kept_at("established_at", "establishment_due"), _due_at("established_at", "establishment_due")),
    _rate("on_time_dispatch_rate", "On-time dispatch", "dispatched within the limit / cases due to dispatch",
          "higher", _kept_at("dispatched_at", "dispatch_due"), due_to_dispatch),
    _rate("correct_dispatch_rate", "Correct dispatch", "dispatched and never sent back / cases due to dispatch",
          "higher", lambda cases: cases.has("dispatched_at") & (cases["returns"] == 0), due_to_dispatch),
    _rate("handling_rate", "Handling rate", "result passed back / cases due to handle",
          "higher", lambda cases: fed_back(cases) != MISSING, due_to_handle),
    _rate("on_time_handling_rate", "On-time handling",
          "result passed back within the limit as extended / cases due to handle",
          "higher", lambda cases: (fed_back(cases) != MISSING) & ~cases["overdue_assessed"], due_to_handle),
    _rate("on_time_handling_rate_raw", "On-time handling before extensions",
          "result passed back within the first limit / cases due to handle by the first limit",
          "higher", lambda cases: (fed_back(cases) != MISSING) & ~cases["overdue_raw"], due_to_handle_raw),
    _rate("overdue_backlog_rate", "Overdue backlog", "open past the handling limit / cases due to handle",
          "lower", lambda cases: fed_back(cases) == MISSING, due_to_handle),
    _rate("on_time_check_rate", "On-time check", "checked within the limit / cases due to check",
          "higher", _kept_at("checked_at", "check_due"), _due_at("checked_at", "check_due")),
    _rate("closure_rate", "Closure rate", "closed / cases due to close", "higher", _closed, due_to_close),
    _rate("on_time_closure_rate", "On-time closure", "closed within the limit / cases due to close",
          "higher", _kept_at("closed_at", "closure_due"), due_to_close),
    _rate("rework_rate", "Rework rate", "handled again at least once / cases due to close",
          "lower", _more_than_none("reworks"), due_to_close),
    _rate("forced_closure_rate", "Forced closure", "closed although the check had failed / closed cases",
          "lower", lambda cases: cases["forced_close"], _closed),
    _rate("extension_rate", "Extension rate", "limit extended at least once / cases due to handle",
          "lower", _more_than_none("extensions"), due_to_handle),
    _rate("deferral_rate", "Deferral rate", "clock paused at least once / cases due to handle",
          "lower", _more_than_none("deferred_s"), due_to_handle),
    _rate("supervision_rate", "Supervision rate", "put under supervision / established cases",
          "lower", lambda cases: cases["supervised"], _established),
    _rate("return_rate", "Return rate", "sent back as misrouted at least once / dispatched cases",
          "lower", _more_than_none("returns"), lambda cases: cases.has("dispatched_at")),
    _rate("referral_rate", "Referral rate", "refused by at least one claimant / dispatched cases",
          "lower", _more_than_none("referrals"), lambda cases: cases.has("dispatched_at")),
    _rate("valid_report_rate", "Valid-report rate", "established / cases that a patrol reported and that were decided",
          "higher", _established, _by_patrol),
    _rate("missed_report_rate", "Missed-report rate",
          "real issues that the public had to report first / established cases",
          "lower", _missed, _established, "discovery"),
    _rate("self_handled_rate", "Self-handled rate", "settled on the spot / cases settled on the spot or established",
          "none", _on_the_spot, lambda cases: _on_the_spot(cases) | _established(cases)),
    Indicator("repeat_complaint_rate", "Repeat complaints",
              "reported within 30 days of a closure of the same issue"
              " / cases reported by the public, without duplicates",
              "share", "lower", "cases reported by the public, without duplicates", NO_CLOCK,
              partial(_repeated, repeats_of_issue), ("discovery",)),
    Indicator("repeat_place_rate", "Repeat complaints, same place and kind",
              "reported within 30 days of a closure in the same grid and category"
              " / cases reported by the public, without duplicates",
              "share", "lower", "cases reported by the public, without duplicates", NO_CLOCK,
              partial(_repeated, repeats_of_place)),
    _rate("true_fix_share", "Truly fixed at closure",
          "issue was right when the case closed / closed cases about an issue",
          "higher", lambda cases: cases["truly_fixed"],
          lambda cases: _closed(cases) & (cases["issue_id"] >= 0), "true_fix"),
)  # fmt: skip
