"""Nothing is lost and nothing comes from nowhere: cases, reports, backlogs, and Little's law."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.invariant_rules.breach import breach
from sim.messages import say
from sim.records import MISSING, RunRecords

OUTCOMES = ("closed", "rejected", "merged", "voided", "withdrawn", "self_handled", "not_found", "open")
ENDINGS = ("close", "force_close")


def cases_conserved(records: RunRecords) -> list[str]:
    """Every case has one number and one legal outcome; the closed have a closing time, the open none."""
    cases, number = records["cases"], records["cases"]["case_id"]
    closed, is_open, ended = cases["outcome"] == "closed", cases["outcome"] == "open", cases["closed_at"] != MISSING
    return [
        *breach(number, number.duplicated(), say("cases with the number of another")),
        *breach(number, ~cases["outcome"].isin(OUTCOMES), say("cases without a legal outcome")),
        *breach(number, closed & ~ended, say("closed cases without a closing time")),
        *breach(number, is_open & ended, say("open cases with a closing time")),
    ]


def littles_law(records: RunRecords) -> list[str]:
    """Number of open cases over time, by the events, equals arrival rate times mean time, by the cases.

    Little (1961) is exact when the open are cut at the end of the run: L = lambda W, here both in case-seconds.
    """
    cases, events, end = records["cases"], records["events"], records.frame.horizon_s
    if not len(events):
        return []
    cases = cases[(cases["established_at"] != MISSING) & cases["outcome"].isin(["closed", "open"])]
    until = cases["closed_at"].where(cases["closed_at"] != MISSING, end)
    expected = int((until.clip(0, end) - cases["established_at"].clip(0, end)).sum())
    swept = _open_seconds(events[events["case_id"].isin(cases["case_id"])], end)
    if swept == expected:
        return []
    return [say("{swept} case-seconds open by the events, {expected} by the cases", swept=swept, expected=expected)]


def _open_seconds(events: pd.DataFrame, end: int) -> int:
    """Area under the number of open cases, swept from event to event up to the end of the run."""
    come = events[events["event"] == "establish"].groupby("case_id")["at"].min().clip(0, end)
    gone = events[events["event"].isin(ENDINGS)].groupby("case_id")["at"].max().clip(0, end)
    at = np.concatenate((come, gone, [end])).astype(np.int64)
    step = np.repeat([1, -1, 0], [len(come), len(gone), 1])
    order = np.argsort(at, kind="stable")
    return int(np.dot(np.cumsum(step[order])[:-1], np.diff(at[order])))


def parts_make_the_whole(records: RunRecords) -> list[str]:
    """Cases by grid, category, ... add up to all cases; arrivals of a grid are the cases established there."""
    cases, units = records["cases"], records["units"]
    lines: list[str] = []
    for column in ("grid", "community", "category", "channel", "level", "department"):
        outside = cases[column].isna()
        lines += breach(cases["case_id"], outside, say("cases that belong to no {column}", column=column))
    grids = units[units["kind"] == "grid"]
    if len(grids):
        inside = (cases["established_at"] >= 0) & (cases["established_at"] < records.frame.horizon_s)
        counted = cases["grid"][inside].astype(str).value_counts()
        booked = grids["arrivals"].groupby(grids["unit"].astype(str)).sum()
        apart = counted.sub(booked, fill_value=0)
        lines += breach(apart.index, apart != 0, say("grids whose arrivals are not their established cases"))
    return lines


def backlog_follows(records: RunRecords) -> list[str]:
    """Backlog changes from one day to the next by arrivals minus departures, and holds the overdue."""
    units = records["units"].sort_values(["kind", "unit", "day"], kind="stable")
    keys = units["kind"].astype(str) + " " + units["unit"].astype(str) + ", " + units["day"].astype(str)
    units_alone = [units["kind"].astype(str), units["unit"].astype(str)]
    change = units["backlog"].groupby(units_alone, sort=False).diff()
    gained = units["arrivals"] - units["departures"]
    negative = (units["backlog"] < 0) | (units["backlog"] < gained)
    return [
        *breach(keys, change.notna() & (change != gained), say("unit-days whose backlog is not what came and went")),
        *breach(keys, negative, say("unit-days with a negative backlog")),
        *breach(keys, units["overdue"] > units["backlog"], say("unit-days with more overdue than open")),
    ]


REFERENCES = (
    ("reports", "case_id"), ("events", "case_id"), ("services", "case_id"), ("cases", "repeat_of"),
    ("cases", "merged_into"),
)  # fmt: skip


def nothing_lost(records: RunRecords) -> list[str]:
    """Numbers point to rows that exist, and every case of a simulated run has a report unless it is from a log."""
    cases, issues = records["cases"], records["issues"]
    lines: list[str] = []
    for table, column in (*REFERENCES, ("cases", "issue_id"), ("reports", "issue_id")):
        known = issues["issue_id"] if column == "issue_id" else cases["case_id"]
        number = records[table][column]
        lost = (number != -1) & ~number.isin(known)
        if len(known) or column != "issue_id":
            lines += breach(number, lost, say("{table} whose {column} is nowhere", table=table, column=column))
    heard = cases["case_id"].isin(records["reports"]["case_id"]) | (cases["channel"] == "log")
    silent = ~heard & (records.frame.source != "measured")
    lines += breach(issues["issue_id"], issues["issue_id"].duplicated(), say("issues with the number of another"))
    return lines + breach(cases["case_id"], silent, say("cases without a report"))
