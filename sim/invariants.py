"""What holds in every run, whatever the scenario: each rule one function that says where the records break it.

A rule compares tables that were written apart, or numbers inside one row, so that a fault of the model shows here
before it shows in an indicator. Rules that a log cannot answer (an empty table, a measured log) find nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.messages import say
from sim.records import EVENT_NAMES, MISSING, RunRecords

OUTCOMES = ("closed", "rejected", "merged", "voided", "withdrawn", "self_handled", "not_found", "open")
ENDINGS = ("close", "force_close")
SINGLE_CALENDAR = "single_calendar:"
"""`records.notes["single_calendar:<station>"] = n`: its n servers keep the same hours and may all do all of its work."""

TIMES = (
    "reported_at", "verified_at", "established_at", "dispatched_at", "first_response_at", "arrived_at",
    "handling_started_at", "handled_at", "fed_back_at", "checked_at", "closed_at", "evaluated_at",
)  # fmt: skip
ALWAYS_IN_ORDER = (
    ("reported_at", "verified_at"), ("verified_at", "established_at"), ("reported_at", "established_at"),
    ("established_at", "dispatched_at"), ("reported_at", "first_response_at"), ("arrived_at", "handled_at"),
    ("handling_started_at", "handled_at"), ("established_at", "closed_at"), ("closed_at", "evaluated_at"),
)  # fmt: skip
IN_ORDER_UNLESS_SENT_ON = (("dispatched_at", "arrived_at"), ("dispatched_at", "handling_started_at"))
"""The dispatch is the last one and the handling the first: they compare only if the case never changed hands."""
IN_ORDER_UNLESS_IN_REWORK = (("handled_at", "fed_back_at"), ("fed_back_at", "checked_at"), ("checked_at", "closed_at"))
"""In an open case that is handled again, the later steps are still those of the attempt before."""

Labels = pd.Series | np.ndarray


def check_records(records: RunRecords) -> list[str]:
    """One line for each way in which the records break a rule; empty when all rules hold."""
    return [f"{name}: {line}" for name, rule in RULES.items() for line in rule(records)]


def _broken(labels: Labels, bad: Labels, what: str) -> list[str]:
    rows = np.flatnonzero(np.asarray(bad))
    if not len(rows):
        return []
    return [say("{what}: {count} of them, first {first}", what=what, count=len(rows), first=np.asarray(labels)[rows[0]])]


def _later(rows: pd.DataFrame, first: str, second: str) -> pd.Series:
    return (rows[first] != MISSING) & (rows[second] != MISSING) & (rows[first] > rows[second])


def times_in_order(records: RunRecords) -> list[str]:
    """reported, verified, established, dispatched, handled, fed back, checked, closed, evaluated: where present."""
    cases = records["cases"]
    sent_on = (cases[["returns", "referrals", "escalations"]] > 0).any(axis=1)
    in_rework = (cases["outcome"] == "open") & (cases["reworks"] > 0)
    never = pd.Series(False, index=cases.index)
    groups = ((ALWAYS_IN_ORDER, never), (IN_ORDER_UNLESS_SENT_ON, sent_on), (IN_ORDER_UNLESS_IN_REWORK, in_rework))
    lines = [
        _broken(cases["case_id"], _later(cases, first, second) & ~excused, f"cases with {second} before {first}")
        for pairs, excused in groups
        for first, second in pairs
    ]
    return sum(lines, [])


def times_inside_run(records: RunRecords) -> list[str]:
    """Nothing happens after the end of the run."""
    cases, end = records["cases"], records.frame.horizon_s
    late = (cases[list(TIMES)] > end).any(axis=1)
    after = _broken(records["events"]["case_id"], records["events"]["at"] > end, "events after the end of the run")
    return _broken(cases["case_id"], late, "cases with a time after the end of the run") + after


def events_in_order(records: RunRecords) -> list[str]:
    """Numbered events of a case have rising numbers, times that never fall, and legal names."""
    events = records["events"].sort_values(["case_id", "seq"], kind="stable")
    same = events["case_id"].diff() == 0
    names = events["event"].isin(EVENT_NAMES)
    return [
        *_broken(events["case_id"], same & (events["seq"].diff() == 0), "events with the number of another"),
        *_broken(events["case_id"], same & (events["at"].diff() < 0), "events before the previous one of their case"),
        *_broken(events["event"], ~names, "events without a legal name"),
    ]


def one_thing_at_a_time(records: RunRecords) -> list[str]:
    """The spells of one server (a name within its station) do not overlap."""
    services = records["services"]
    spells = services[(services["started_at"] != MISSING) & (services["server"].astype(str) != "")]
    server = spells.groupby(["station", "server"], observed=True, sort=False).ngroup()
    spells = spells.assign(owner=server).sort_values(["owner", "started_at", "ended_at"], kind="stable")
    busy_until = spells.groupby("owner", sort=False)["ended_at"].cummax().shift()
    overlap = (spells["owner"].diff() == 0) & (spells["started_at"] < busy_until)
    names = spells["station"].astype(str) + " " + spells["server"].astype(str)
    return _broken(names, overlap, "spells that begin before the server is free")


def spells_fit(records: RunRecords) -> list[str]:
    """A spell is queued, begins and ends in this order; its work is not longer than itself."""
    spells = records["services"]
    served = spells["started_at"] != MISSING
    begun = spells["started_at"].where(served, spells["ended_at"])
    length = (spells["ended_at"] - begun).where(served, 0)
    case = spells["case_id"]
    return [
        *_broken(case, (spells["queued_at"] > begun) | (begun > spells["ended_at"]), "spells with times out of order"),
        *_broken(case, (spells["work_s"] > length) | (spells["work_s"] < 0), "spells with more work than time"),
    ]


def cases_conserved(records: RunRecords) -> list[str]:
    """Every case has one number and one legal outcome; the closed have a closing time, the open none."""
    cases = records["cases"]
    closed, is_open, ended = cases["outcome"] == "closed", cases["outcome"] == "open", cases["closed_at"] != MISSING
    return [
        *_broken(cases["case_id"], cases["case_id"].duplicated(), "cases with the number of another"),
        *_broken(cases["case_id"], ~cases["outcome"].isin(OUTCOMES), "cases without a legal outcome"),
        *_broken(cases["case_id"], closed & ~ended, "closed cases without closed_at"),
        *_broken(cases["case_id"], is_open & ended, "open cases with closed_at"),
    ]


def _established(records: RunRecords) -> pd.DataFrame:
    cases = records["cases"]
    return cases[(cases["established_at"] != MISSING) & cases["outcome"].isin(["closed", "open"])]


def littles_law(records: RunRecords) -> list[str]:
    """Number of open cases over time, from the events, equals arrival rate times mean time, from the cases.

    Little (1961), with the open cut at the end of the run, is exact: L = lambda W, here in case-seconds.
    """
    events, cases, end = records["events"], _established(records), records.frame.horizon_s
    if not len(events):
        return []
    until = cases["closed_at"].where(cases["closed_at"] != MISSING, end)
    expected = int((until.clip(0, end) - cases["established_at"].clip(0, end)).sum())
    events = events[events["case_id"].isin(cases["case_id"])]
    come = events[events["event"] == "establish"].groupby("case_id")["at"].min().clip(0, end)
    gone = events[events["event"].isin(ENDINGS)].groupby("case_id")["at"].max().clip(0, end)
    at = np.concatenate((come, gone, [end])).astype(np.int64)
    step = np.concatenate((np.ones(len(come)), -np.ones(len(gone)), [0])).astype(np.int64)
    order = np.argsort(at, kind="stable")
    swept = int(np.dot(np.cumsum(step[order])[:-1], np.diff(at[order])))
    found = say("{swept} case-seconds open by the events, {expected} by the cases", swept=swept, expected=expected)
    return [found] if swept != expected else []


def parts_make_the_whole(records: RunRecords) -> list[str]:
    """Cases by grid, category, ... add up to all cases; arrivals of a grid are the cases established there."""
    cases, units, lines = records["cases"], records["units"], []
    for column in ("grid", "community", "category", "channel", "level", "department"):
        lines += _broken(cases["case_id"], cases[column].isna(), f"cases outside every {column}")
    grids = units[units["kind"] == "grid"]
    if len(grids):
        inside = (cases["established_at"] >= 0) & (cases["established_at"] < records.frame.horizon_s)
        counted = cases["grid"][inside].astype(str).value_counts()
        booked = grids["arrivals"].groupby(grids["unit"].astype(str)).sum()
        both = pd.concat([counted, booked], axis=1).fillna(0).to_numpy()
        names = counted.index.union(booked.index, sort=False)
        lines += _broken(names, both[:, 0] != both[:, 1], "grids whose arrivals are not their established cases")
    return lines


def backlog_is_what_came_minus_what_went(records: RunRecords) -> list[str]:
    """Backlog changes from one day to the next by arrivals minus departures, and holds the overdue."""
    units = records["units"].sort_values(["kind", "unit", "day"], kind="stable")
    keys = units["kind"].astype(str) + " " + units["unit"].astype(str)
    change = units["backlog"].groupby(keys, sort=False).diff()
    wrong = change.notna() & (change != units["arrivals"] - units["departures"])
    start = units["backlog"] - units["arrivals"] + units["departures"]
    return [
        *_broken(keys, wrong, "unit-days whose backlog does not follow from arrivals and departures"),
        *_broken(keys, (start < 0) | (units["backlog"] < 0), "unit-days with a negative backlog"),
        *_broken(keys, units["overdue"] > units["backlog"], "unit-days with more overdue than open"),
    ]


def nothing_lost(records: RunRecords) -> list[str]:
    """Numbers point to rows that exist, and every case of a simulated run has a report unless it is from a log."""
    cases, known = records["cases"], records["cases"]["case_id"]
    lines = []
    for name, column in (("reports", "case_id"), ("events", "case_id"), ("services", "case_id"),
                         ("cases", "repeat_of"), ("cases", "merged_into")):  # fmt: skip
        number = records[name][column]
        lines += _broken(number, (number != -1) & ~number.isin(known), f"{name} whose {column} is no case")
    for name in ("cases", "reports") if len(records["issues"]) else ():
        number = records[name]["issue_id"]
        lost = (number != -1) & ~number.isin(records["issues"]["issue_id"])
        lines += _broken(number, lost, f"{name} whose issue_id is no issue")
    silent = ~known.isin(records["reports"]["case_id"]) & (cases["channel"] != "log")
    return lines + _broken(known, silent & (records.frame.source != "measured"), "cases without a report")


def time_adds_up(records: RunRecords) -> list[str]:
    """Waiting, work and travel of a case fit between its report and its last event (or the end of the run)."""
    cases = records["cases"]
    last = cases["case_id"].map(records["events"].groupby("case_id")["at"].max())
    end = cases[list(TIMES)].max(axis=1).where(last.isna(), last.fillna(0))
    end = end.where(cases["outcome"] != "open", records.frame.horizon_s)
    parts = ["wait_capacity_s", "wait_closed_s", "wait_other_s", "work_s", "travel_s"]
    spent = cases[parts].sum(axis=1)
    return [
        *_broken(cases["case_id"], spent > end - cases["reported_at"], "cases that took longer than they lasted"),
        *_broken(cases["case_id"], (cases[parts] < 0).any(axis=1), "cases with a negative waiting or working time"),
    ]


def staff_days_add_up(records: RunRecords) -> list[str]:
    """Seconds of the activities and idle seconds make up the shift, within a second; overtime comes on top."""
    staff = records["staff"]
    activities = ["emergency_s", "handling_s", "checking_s", "travel_s", "paperwork_s", "patrol_s", "idle_s"]
    gap = staff[activities].sum(axis=1) - staff["shift_s"]
    names = staff["worker"].astype(str) + " day " + staff["day"].astype(str)
    negative = (staff[[*activities, "overtime_s"]] < 0).any(axis=1)
    return _broken(names, gap.abs() > 1, "worker-days whose activities do not make up the shift") + _broken(
        names, negative, "worker-days with a negative activity"
    )


def limits_agree(records: RunRecords) -> list[str]:
    """Overdue after extensions implies overdue before; without extension or pause it is what the times say."""
    cases, end = records["cases"], records.frame.horizon_s
    plain = (cases["handling_due"] != MISSING) & (cases["extensions"] == 0) & (cases["deferred_s"] == 0)
    settled = plain & cases["outcome"].isin(["closed", "open"]) & (cases["reworks"] == 0)
    fed_back = cases["fed_back_at"] != MISSING
    late = np.where(fed_back, cases["fed_back_at"] > cases["handling_due"], cases["handling_due"] < end)
    judged = settled & (fed_back | ((cases["outcome"] == "open") & (cases["handling_due"] != end)))
    assessed = cases["overdue_assessed"] & ~cases["overdue_raw"]
    return [
        *_broken(cases["case_id"], assessed, "cases overdue after extensions but not before"),
        *_broken(cases["case_id"], judged & (cases["overdue_raw"] != late), "cases whose overdue_raw is not what the times say"),
    ]


def issues_are_consistent(records: RunRecords) -> list[str]:
    """Nothing happens to an issue before its onset; its exposure is the part of its life inside the run."""
    issues, end = records["issues"], records.frame.horizon_s
    lines = [
        _broken(issues["issue_id"], _later(issues, "onset", later), f"issues with {later} before onset")
        for later in ("worsened_at", "resolved_itself_at", "found_at", "fixed_at")
    ]
    ends = [issues[name].where(issues[name] != MISSING, end) for name in ("fixed_at", "resolved_itself_at")]
    live = np.minimum(*ends).clip(0, end) - issues["onset"].clip(0, end)
    lines.append(_broken(issues["issue_id"], live != issues["exposure_s"], "issues whose exposure is not their life"))
    found = issues["found_by"].astype(str) != ""
    lines.append(_broken(issues["issue_id"], found != (issues["found_at"] != MISSING), "issues found by nobody, or never"))
    return sum(lines, [])


def fixed_means_right_at_closure(records: RunRecords) -> list[str]:
    """`truly_fixed` says whether the issue had been fixed, or had gone, when the case closed."""
    cases, issues = records["cases"], records["issues"].set_index("issue_id")
    closed = cases[(cases["outcome"] == "closed") & cases["issue_id"].isin(issues.index)]
    life = issues.reindex(closed["issue_id"])[["fixed_at", "resolved_itself_at"]].to_numpy()
    right = ((life != MISSING) & (life <= closed[["closed_at"]].to_numpy())).any(axis=1)
    return _broken(closed["case_id"], right != closed["truly_fixed"], "closed cases whose truly_fixed is not so")


def nobody_idle_beside_work(records: RunRecords) -> list[str]:
    """Whenever a server of a station begins something and work still waits, all servers of the station are busy.

    Only stations named in `records.notes` under SINGLE_CALENDAR are judged: elsewhere the records do not say who was
    on duty and might have done it. What goes on after a pre-emption or suspension is bound to its server: it does not
    wait for others. Between two beginnings nothing can be seen, because a closed station looks the same.
    """
    lines = []
    for note, servers in records.notes.items():
        if note.startswith(SINGLE_CALENDAR):
            services = records["services"]
            spells = services[services["station"] == note.removeprefix(SINGLE_CALENDAR)]
            lines += _idle(note.removeprefix(SINGLE_CALENDAR), spells, int(servers))
    return lines


def _idle(station: str, spells: pd.DataFrame, servers: int) -> list[str]:
    spells = spells.sort_values(["case_id", "attempt", "activity", "queued_at", "ended_at"], kind="stable")
    same = (spells[["case_id", "attempt"]].diff() == 0).all(axis=1) & (spells["activity"] == spells["activity"].shift())
    bound = same & spells["outcome"].shift().isin(["pre-empted", "suspended"])
    served = spells["started_at"] != MISSING
    at = np.unique(spells["started_at"][served])
    left = spells["started_at"].where(served, spells["ended_at"])
    waiting = _present(spells["queued_at"][~bound], left[~bound], at)
    busy = _present(spells["started_at"][served], spells["ended_at"][served], at)
    return _broken(at, (waiting > 0) & (busy < servers), f"moments with work waiting and a server idle at {station}")


def _present(come: pd.Series, gone: pd.Series, at: np.ndarray) -> np.ndarray:
    """How many are there just after each moment of `at`: come at or before, not gone yet."""
    return np.searchsorted(np.sort(come), at, side="right") - np.searchsorted(np.sort(gone), at, side="right")


RULES: dict[str, Callable[[RunRecords], list[str]]] = {
    "times in order": times_in_order,
    "times inside the run": times_inside_run,
    "events in order": events_in_order,
    "one thing at a time": one_thing_at_a_time,
    "spells fit": spells_fit,
    "cases conserved": cases_conserved,
    "Little's law": littles_law,
    "parts make the whole": parts_make_the_whole,
    "backlog": backlog_is_what_came_minus_what_went,
    "nothing lost": nothing_lost,
    "time adds up": time_adds_up,
    "staff days add up": staff_days_add_up,
    "limits agree": limits_agree,
    "issues consistent": issues_are_consistent,
    "fixed means right at closure": fixed_means_right_at_closure,
    "nobody idle beside work": nobody_idle_beside_work,
}
"""Every rule by the name under which a breach is shown."""
