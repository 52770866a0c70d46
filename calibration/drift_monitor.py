"""Whether a calibrated scenario still fits: the weeks after its training beside the weeks that it was learnt from.

Each week has, for each department, how many cases came and which share was closed within a day and within a week. For each
such row the mean of the new weeks is held against that of the training weeks by Welch's t test; the p-values are corrected
for the number of rows (Holm). An alarm at 5 % is false in at most 5 % of looks if weeks are alike and independent.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false, reportCallIssue=false, reportOperatorIssue=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.score_period import Period, ends
from experiments.intervals import holm
from sim.civil_time import CivilTime
from sim.units import DAY

ALARM = 0.05
LEAST_WEEKS, LEAST_CASES = 3, 10
"""Weeks that each side needs, and cases that a week needs to have a share."""
LIMITS = {"closed within 24 h": DAY, "closed within 1 week": 7 * DAY}
CASES = "cases a week"
WEEK = 7 * DAY


@dataclass(frozen=True)
class Drift:
    """A row a department and measure, the most suspicious first."""

    table: pd.DataFrame
    """department, measure, trained, new, p_holm, alarm"""
    weeks: int
    """new weeks"""

    @property
    def alarm(self) -> bool:
        """Whether anything has moved."""
        return bool(self.table["alarm"].any())


def drift(cases: pd.DataFrame, civil: CivilTime, trained: int, cut: int) -> Drift:
    """Weeks before `trained` against weeks from then to `cut` (seconds since the start of the log)."""
    weekly = _weekly(cases, civil, trained, cut)
    rows = [_row(unit, measure, each) for (unit, measure), each in weekly.groupby(["department", "measure"])]
    table = pd.DataFrame([row for row in rows if row is not None], columns=["department", "measure", "trained", "new", "p"])
    table["p_holm"] = holm(table["p"]) if len(table) else []
    table["alarm"] = table["p_holm"] < ALARM
    return Drift(table.drop(columns="p").sort_values("p_holm", kind="stable").reset_index(drop=True), max(0, (cut - trained) // WEEK))


def _weekly(cases: pd.DataFrame, civil: CivilTime, trained: int, cut: int) -> pd.DataFrame:
    """department, measure, week (0 is the first new one, negative before), value. Whole weeks only."""
    worked = cases[(cases["outcome"] != "self_handled") & (cases["reported_at"] < cut)]
    opened = worked["reported_at"].to_numpy()
    week = (opened - trained) // WEEK
    end, closed = ends(worked, Period(0, cut, civil))
    frame = pd.DataFrame({"department": worked["department"].astype(str).to_numpy(), "week": week})
    whole = (frame["week"] >= -(trained // WEEK)) & (frame["week"] < (cut - trained) // WEEK)
    found = []
    for measure, limit in LIMITS.items():
        followed = whole & (trained + (frame["week"] + 1) * WEEK + limit <= cut)
        hits = frame.assign(hit=closed & (end - opened <= limit))[followed]
        shares = hits.groupby(["department", "week"])["hit"].agg(["mean", "size"]).reset_index()
        shares = shares[shares["size"] >= LEAST_CASES]
        found.append(shares.rename(columns={"mean": "value"}).assign(measure=measure)[["department", "measure", "week", "value"]])
    counts = frame[whole].groupby(["department", "week"]).size()
    weeks = pd.RangeIndex(-(trained // WEEK), max(-(trained // WEEK), (cut - trained) // WEEK))
    table = counts.unstack("department").reindex(weeks).fillna(0).rename_axis("week").reset_index()
    counted = table.melt("week", var_name="department", value_name="cases")
    big = counted.groupby("department")["cases"].transform("mean") >= LEAST_CASES
    # On the logarithm, on which twice as many weighs like half as many.
    counted = counted[big].assign(measure=CASES, value=lambda each: np.log(each["cases"] + 1))
    return pd.concat([*found, counted[["department", "measure", "week", "value"]]], ignore_index=True)


def _row(unit: str, measure: str, weekly: pd.DataFrame) -> tuple[str, str, float, float, float] | None:
    from scipy.stats import ttest_ind

    before, after = (weekly["value"].to_numpy()[rows] for rows in (weekly["week"] < 0, weekly["week"] >= 0))
    if min(len(before), len(after)) < LEAST_WEEKS:
        return None
    shown = [float(np.exp(each.mean()) - 1) if measure == CASES else float(each.mean()) for each in (before, after)]
    if before.std() + after.std() < 1e-12:
        return unit, measure, *shown, 1.0 if abs(before.mean() - after.mean()) < 1e-12 else 0.0
    return unit, measure, *shown, float(ttest_ind(before, after, equal_var=False).pvalue)
