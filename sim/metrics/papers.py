"""What papers cost: minutes at desks and of typing, hand-overs, the way to the joint meeting, and what residents wait for."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

from functools import partial

import pandas as pd

from sim.metrics.indicator import ELAPSED, NO_CLOCK, SHIFTS, Indicator
from sim.metrics.judged import DAY_S, judged_cases, ratio
from sim.metrics.speed import BY_NAME, HOUR_S, durations
from sim.metrics.survival import survival
from sim.records import MISSING, RunRecords

MINUTE_S = 60
AT_DESKS = ("intake", "establish", "dispatch", "review", "answer")
"""Work on papers, whoever does it."""
GRAVE = 2
"""Lowest severity of a case that is more than minor."""


def _in_window(records: RunRecords, at: pd.Series) -> pd.Series:
    frame = records.frame
    return (at >= frame.warm_up_s) & (at < frame.judged_until_s)


def _spells(records: RunRecords, *activities: str) -> pd.DataFrame:
    """Spells of work of these activities that began in the judged window."""
    services = records["services"]
    started = services["started_at"]
    return services[services["activity"].isin(activities) & (started != MISSING) & _in_window(records, started)]


def _desk_minutes(records: RunRecords) -> float:
    seconds = float(_spells(records, *AT_DESKS)["work_s"].sum())
    return ratio(seconds / MINUTE_S, len(judged_cases(records)))


def _minutes_a_case(activity: str, records: RunRecords) -> float:
    """Minutes of an activity a case and attempt that had any; spells of one task count together."""
    spells = _spells(records, activity)
    cases = spells.groupby(["case_id", "attempt"], observed=True).ngroups
    return ratio(float(spells["work_s"].sum()) / MINUTE_S, cases)


def _enquiry_hours(records: RunRecords) -> float:
    frame, spells = records.frame, _spells(records, "enquiry")
    days = (frame.judged_until_s - frame.warm_up_s) / DAY_S
    return ratio(float(spells["work_s"].sum()) / HOUR_S, days) if len(spells) else float("nan")


def _handovers(records: RunRecords) -> float:
    cases = judged_cases(records)
    dispatched = cases.has("dispatched_at")
    changes = cases["returns"] + cases["referrals"] + cases["escalations"]
    return ratio(float(changes[dispatched].sum()), int(dispatched.sum()))


def _meetings(records: RunRecords) -> pd.DataFrame:
    """Events of judged cases at which a joint meeting settled them, with the time of the event before."""
    events = records["events"].sort_values(["case_id", "seq"], kind="stable")
    before = events["at"].shift()
    judged = set(judged_cases(records)["case_id"])
    met = (events["event"] == "meeting") & events["case_id"].isin(judged)
    return pd.DataFrame({"case_id": events["case_id"][met], "hours": (events["at"] - before)[met] / HOUR_S})


def _meeting_hours(records: RunRecords) -> float:
    return float(_meetings(records)["hours"].mean())


def _meeting_share(records: RunRecords) -> float:
    dispatched = int(judged_cases(records).has("dispatched_at").sum())
    return ratio(_meetings(records)["case_id"].nunique(), dispatched)


def _shared_hours(records: RunRecords) -> float:
    """A case whose second department has not begun is not known to need one; it is left out."""
    shared = set(_spells(records, "second")["case_id"])
    cases = judged_cases(records)
    rows = cases["case_id"].isin(shared) & cases.has("handled_at")
    return float((cases["handled_at"] - cases["established_at"])[rows].mean()) / HOUR_S


def _application_hours(records: RunRecords) -> float:
    book = records["governance"]
    done = book[(book["event"] == "application") & _in_window(records, book["at"])]
    return float(done["amount"].astype(float).mean()) if len(done) else float("nan")


def _grave_within(hours: int, records: RunRecords) -> float:
    found = durations(records, BY_NAME["establishment_to_handled"], lambda judged: judged["severity_seen"] >= GRAVE)
    return survival(found).within(hours * HOUR_S)


INDICATORS = (
    Indicator("desk_minutes_per_case", "Desk work a case",
              "minutes of receiving, establishing, dispatching, reviewing and answering / judged cases",
              "minutes", "lower", "judged cases", SHIFTS, _desk_minutes, ("effort",)),
    Indicator("report_minutes_mean", "Writing up a finding", "minutes of a grid worker to report a finding, mean",
              "minutes", "lower", "findings reported", SHIFTS, partial(_minutes_a_case, "report"), ("effort",)),
    Indicator("plan_minutes_mean", "Planning a case", "minutes to make or find the plan of a case, mean",
              "minutes", "lower", "cases that needed a plan", SHIFTS, partial(_minutes_a_case, "plan"), ("effort",)),
    Indicator("enquiry_hours_per_day", "Enquiries left to people", "hours of work on enquiries / days",
              "hours", "lower", "days of the judged window", SHIFTS, _enquiry_hours, ("effort",)),
    Indicator("application_hours_mean", "Applications", "hours from applying until all have agreed, mean",
              "hours", "lower", "applications that ended in the judged window", ELAPSED, _application_hours),
    Indicator("handovers_per_case", "Hand-overs a case", "returns, refusals and escalations / dispatched cases",
              "hand-overs", "lower", "dispatched cases", NO_CLOCK, _handovers),
    Indicator("meeting_share", "Cases before the joint meeting", "settled by the joint meeting / dispatched cases",
              "share", "lower", "dispatched cases", NO_CLOCK, _meeting_share),
    Indicator("meeting_wait_mean", "Wait for the joint meeting", "hours from the last event before until it is settled, mean",
              "hours", "lower", "judged cases that the joint meeting settled", ELAPSED, _meeting_hours),
    Indicator("shared_case_hours_mean", "Cases of two departments", "hours from establishment to handled, mean",
              "hours", "lower", "handled cases that a second department worked on", ELAPSED, _shared_hours),
    Indicator("grave_handled_within_48h", "More than minor, handled within 48 h",
              "share of cases of severity 2 and 3 handled at most 48 h after establishment, by Kaplan-Meier",
              "share", "higher", "judged cases of severity 2 and 3", ELAPSED, partial(_grave_within, 48)),
)  # fmt: skip
