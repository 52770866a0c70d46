"""Who takes part: attendance, what councils settle, volunteers, wishes; and who reports how much."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.metrics.indicator import NO_CLOCK, Direction, Indicator
from sim.metrics.judged import DAY_S, ratio
from sim.records import RunRecords

COUNCILS, VOLUNTEERS, WISHES, LEADERS = "ResidentCouncils", "VolunteerDays", "SmallWishes", "OpinionLeaders"
YOUNG, OLD = ("age_18_35",), ("age_60_plus",)


def happened(records: RunRecords, mechanism: str, *events: str) -> pd.DataFrame:
    """What a mechanism did inside the judged window, in order of time."""
    rows = records["governance"]
    mine = rows[(rows["mechanism"] == mechanism) & rows["event"].isin(events)]
    mine = mine[(mine["at"] >= records.frame.warm_up_s) & (mine["at"] < records.frame.judged_until_s)]
    return mine.sort_values(["at", "unit", "subject"], kind="stable")


def _attendance(records: RunRecords) -> float:
    return float(happened(records, COUNCILS, "meeting", "no quorum")["amount"].mean())


def _kept(records: RunRecords) -> float:
    meetings = happened(records, COUNCILS, "meeting", "no quorum")
    third = len(meetings) // 3
    if not third:
        return float("nan")
    present = meetings["amount"].to_numpy()
    return ratio(float(present[-third:].mean()), float(present[:third].mean()))


def _present(*bands: str) -> Callable[[RunRecords], float]:
    def compute(records: RunRecords) -> float:
        rows = happened(records, COUNCILS, "present")
        return ratio(float(rows["amount"][rows["subject"].isin(bands)].sum()), float(rows["amount"].sum()))

    return compute


def _settled(records: RunRecords) -> float:
    settled = len(happened(records, COUNCILS, "settled"))
    return ratio(settled, settled + len(happened(records, COUNCILS, "not settled")))


def _council_days(records: RunRecords) -> float:
    return float(happened(records, COUNCILS, "settled")["amount"].mean()) / DAY_S


def _volunteers(records: RunRecords) -> float:
    return float(happened(records, VOLUNTEERS, "volunteers").groupby("at")["amount"].sum().mean())


def _volunteers_kept(records: RunRecords) -> float:
    weeks = happened(records, VOLUNTEERS, "volunteers").groupby("at")["amount"].sum().to_numpy()
    third = len(weeks) // 3
    return ratio(float(weeks[-third:].mean()), float(weeks[:third].mean())) if third else float("nan")


def _granted(records: RunRecords) -> float:
    """Of the wishes of calls inside the judged window: `amount` is the days since the call."""
    answers = happened(records, WISHES, "granted", "given up")
    judged = answers["at"] - answers["amount"] * DAY_S >= records.frame.warm_up_s - 1
    return ratio(int((judged & (answers["event"] == "granted")).sum()), int(judged.sum()))


def _wish_days(records: RunRecords) -> float:
    return float(happened(records, WISHES, "granted")["amount"].mean())


def _reached(records: RunRecords) -> float:
    rows = records["governance"]
    known = rows["amount"][(rows["mechanism"] == LEADERS) & (rows["event"] == "reached")]
    return ratio(float(known.max()), float(len(records["residents"]))) if len(known) else float("nan")


def _took_part(records: RunRecords) -> float:
    residents = records["residents"]
    if not (residents["layer"].astype(str) != "").any():
        return float("nan")
    return float((residents["attended"] > 0).mean())


def _reports_a_head(records: RunRecords, of: pd.Series, over: pd.Series) -> float:
    contacts = records["residents"]["contacts"]
    return ratio(ratio(float(contacts[of].sum()), int(of.sum())), ratio(float(contacts[over].sum()), int(over.sum())))


def _tenants(records: RunRecords) -> float:
    tenant = records["residents"]["tenant"].astype(bool)
    return _reports_a_head(records, tenant, ~tenant)


def _old(records: RunRecords) -> float:
    old = records["residents"]["age_band"].isin(OLD)
    return _reports_a_head(records, old, ~old)


def _unevenness(records: RunRecords) -> float:
    residents = records["residents"]
    a_head = np.sort(residents["contacts"].groupby(residents["grid"].astype(str)).mean().to_numpy())
    fifth = max(1, len(a_head) // 5)
    return ratio(float(a_head[-fifth:].mean()), float(a_head[:fifth].mean()))


def _part(
    name: str, label: str, formula: str, unit: str, direction: Direction, whose: str, compute: Callable[[RunRecords], float]
) -> Indicator:
    return Indicator(name, label, formula, unit, direction, whose, NO_CLOCK, compute, ("residents",))


INDICATORS = (
    _part("council_attendance", "Councils: persons present", "persons present, mean of the meetings", "persons", "higher",
          "meetings of councils", _attendance),
    _part("council_attendance_kept", "Councils: attendance kept", "persons present in the last third of the meetings / in the first third",
          "times", "higher", "meetings of councils", _kept),
    _part("council_young_share", "Councils: share of the young", "18 to 35 years / all present", "share", "higher",
          "persons present at councils", _present(*YOUNG)),
    _part("council_old_share", "Councils: share of the old", "60 years and more / all present", "share", "none",
          "persons present at councils", _present(*OLD)),
    _part("council_settled_share", "Councils: matters settled", "settled / settled or sent the formal way", "share", "higher",
          "matters that councils dealt with", _settled),
    _part("council_days", "Councils: until settled", "days from the agenda to the decision, mean", "days", "lower",
          "matters that councils settled", _council_days),
    _part("volunteers_weekly", "Volunteers a week", "volunteers who came, mean of the weeks", "persons", "higher", "weeks",
          _volunteers),
    _part("volunteers_kept", "Volunteers kept", "volunteers in the last third of the weeks / in the first third", "times", "higher",
          "weeks", _volunteers_kept),
    _part("wishes_granted_share", "Wishes granted", "granted / granted or given up", "share", "higher", "wishes", _granted),
    _part("wish_days", "Wishes: until granted", "days from the call until granted, mean", "days", "lower", "wishes granted",
          _wish_days),
    _part("leaders_reach", "Reached by opinion leaders", "residents who have heard of the channels / residents", "share", "higher",
          "residents of the table", _reached),
    _part("took_part_share", "Residents who took part", "residents who came to anything at least once / residents", "share", "higher",
          "residents of the table", _took_part),
    _part("tenant_report_ratio", "Reports of tenants against owners", "reports a tenant / reports an owner", "times", "none",
          "residents of the table", _tenants),
    _part("old_report_ratio", "Reports of the old against others", "reports a head from 60 years on / below", "times", "none",
          "residents of the table", _old),
    _part("report_unevenness", "Most against least reporting fifth of grids", "reports a head: most outspoken fifth / quietest fifth",
          "times", "lower", "grids with residents", _unevenness),
)  # fmt: skip
