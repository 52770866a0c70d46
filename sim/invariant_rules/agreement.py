"""Numbers of one row, or of two tables, that must say the same thing."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import numpy as np

from sim.invariant_rules.breach import breach
from sim.invariant_rules.order import TIMES
from sim.messages import say
from sim.records import MISSING, RunRecords

PARTS = ["wait_capacity_s", "wait_closed_s", "wait_other_s", "work_s", "travel_s"]
ACTIVITIES = ["emergency_s", "handling_s", "checking_s", "travel_s", "paperwork_s", "patrol_s", "idle_s"]


def time_adds_up(records: RunRecords) -> list[str]:
    """Waiting, work and travel of a case fit between its report and its last event (or the end of the run)."""
    cases = records["cases"]
    last = cases["case_id"].map(records["events"].groupby("case_id")["at"].max())
    end = cases[list(TIMES)].max(axis=1).where(last.isna(), last.fillna(0))
    end = end.where(cases["outcome"] != "open", records.frame.horizon_s)
    too_long = cases[PARTS].sum(axis=1) > end - cases["reported_at"]
    negative = (cases[PARTS] < 0).any(axis=1)
    return [
        *breach(cases["case_id"], too_long, say("cases that took longer than they lasted")),
        *breach(cases["case_id"], negative, say("cases with a negative waiting or working time")),
    ]


def staff_days_add_up(records: RunRecords) -> list[str]:
    """Seconds of the activities (overtime included) and idle seconds make up shift and overtime, within a second."""
    staff = records["staff"]
    gap = (staff[ACTIVITIES].sum(axis=1) - staff["shift_s"] - staff["overtime_s"]).abs() > 1
    names = staff["worker"].astype(str) + ", " + staff["day"].astype(str)
    negative = (staff[[*ACTIVITIES, "overtime_s"]] < 0).any(axis=1)
    return [
        *breach(names, gap, say("worker-days whose activities do not make up shift and overtime")),
        *breach(names, negative, say("worker-days with a negative activity")),
    ]


def limits_agree(records: RunRecords) -> list[str]:
    """Overdue after extensions implies overdue before; without extension, pause or rework it is what the times say.

    A measured log brings its own flags and is not judged.
    """
    cases, end = records["cases"], records.frame.horizon_s
    fed_back, due = cases["fed_back_at"] != MISSING, cases["handling_due"]
    plain = (due != MISSING) & (cases[["extensions", "deferred_s", "reworks"]] == 0).all(axis=1)
    still_open = (cases["outcome"] == "open") & ~fed_back & (due != end)
    judged = plain & ((fed_back & (cases["outcome"] == "closed")) | still_open)
    late = np.where(fed_back, cases["fed_back_at"] > due, due < end)
    wrong = judged & (cases["overdue_raw"] != late) & (records.frame.source != "measured")
    only_after = cases["overdue_assessed"] & ~cases["overdue_raw"]
    return [
        *breach(cases["case_id"], only_after, say("cases overdue after extensions but not before")),
        *breach(cases["case_id"], wrong, say("cases whose overdue_raw is not what their times say")),
    ]


def exposure_is_life(records: RunRecords) -> list[str]:
    """Exposure is the part of an issue's life, from onset to fix or to going away, that lies inside the run."""
    issues, end = records["issues"], records.frame.horizon_s
    fixed, gone = (issues[name].where(issues[name] != MISSING, end) for name in ("fixed_at", "resolved_itself_at"))
    life = np.minimum(fixed, gone).clip(0, end) - issues["onset"].clip(0, end)
    return breach(issues["issue_id"], life != issues["exposure_s"], say("issues whose exposure is not their life"))


def fixed_means_right_at_closure(records: RunRecords) -> list[str]:
    """`truly_fixed` says whether the issue had been fixed, or had gone, when the case closed.

    Not judged where the run says that it lacks the true fix (`records.notes["without:true_fix"]`) or has no issues.
    """
    if records.notes.get("without:true_fix"):
        return []
    issues = records["issues"].drop_duplicates("issue_id").set_index("issue_id")
    cases = records["cases"]
    closed = cases[(cases["outcome"] == "closed") & cases["issue_id"].isin(issues.index)]
    life = issues.reindex(closed["issue_id"])[["fixed_at", "resolved_itself_at"]].to_numpy()
    right = ((life != MISSING) & (life <= closed[["closed_at"]].to_numpy())).any(axis=1)
    return breach(closed["case_id"], right != closed["truly_fixed"], say("closed cases whose truly_fixed is not so"))
