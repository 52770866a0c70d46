"""Where the days go: hours of a closed case by step and level, and by what it spent them on."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from sim.metrics.indicator import ELAPSED, Indicator
from sim.metrics.judged import judged_cases
from sim.records import MISSING, RunRecords

HOUR_S = 3_600

STEPS = {
    "onset to found": "found_at",
    "found to reported": "reported_at",
    "reported to verified": "verified_at",
    "verified to established": "established_at",
    "established to dispatched": "dispatched_at",
    "dispatched to handling started": "handling_started_at",
    "handling started to handled": "handled_at",
    "handled to fed back": "fed_back_at",
    "fed back to checked": "checked_at",
    "checked to closed": "closed_at",
}
"""Each step and the time that ends it."""

PARTS = {
    "waiting, nobody free": "wait_capacity_s",
    "waiting, closed": "wait_closed_s",
    "waiting for others": "wait_other_s",
    "work": "work_s",
    "travel": "travel_s",
}


def _closed_cases(records: RunRecords, columns: list[str]) -> pd.DataFrame:
    judged = judged_cases(records)
    closed = judged.where("outcome", "closed") & judged.has("closed_at")
    return pd.DataFrame({column: judged[column][closed] for column in columns})


def _with_issue(records: RunRecords, cases: pd.DataFrame) -> pd.DataFrame:
    """Onset and finding of each case's issue; a case without an issue begins with its report."""
    issues = records["issues"].set_index("issue_id")[["onset", "found_at"]]
    known = issues.reindex(cases["issue_id"].to_numpy(), fill_value=MISSING).to_numpy()
    reported = cases["reported_at"].to_numpy()
    onset = np.where(known[:, 0] != MISSING, known[:, 0], reported)
    return pd.DataFrame({"onset": onset, "found_at": known[:, 1]}, index=cases.index)


def _levels(cases: pd.DataFrame, hours: dict[str, np.ndarray]) -> pd.DataFrame:
    frame = pd.DataFrame(hours, index=cases.index)
    means = frame.groupby(cases["level"].astype(str)).mean()
    return pd.concat([means, frame.mean().to_frame("all").T]).rename_axis("level")


def days_by_step(records: RunRecords) -> pd.DataFrame:
    """Mean hours per step (columns) and level (rows, last row `all`) of judged closed cases, and their `total`.

    A step without a time of its own takes none, and a time that lies before an earlier step's counts as that step's:
    the steps of a row add up to its total, the hours from onset to closure. A second case of an issue counts the time
    since that issue's onset. Without closed cases only `all` is left, with NaN.
    """
    cases = _closed_cases(records, ["issue_id", "level", *list(STEPS.values())[1:]])
    started = _with_issue(records, cases)
    columns = [started["onset"], started["found_at"], *(cases[end] for end in list(STEPS.values())[1:])]
    times = np.column_stack([column.to_numpy() for column in columns])
    # MISSING is the smallest number there is, so the running maximum also carries the last known time forward.
    times = np.minimum(np.maximum.accumulate(times, axis=1), times[:, -1:])
    hours = dict(zip(STEPS, (np.diff(times, axis=1) / HOUR_S).T, strict=True))
    return _levels(cases, {**hours, "total": (times[:, -1] - times[:, 0]) / HOUR_S})


def wait_split(records: RunRecords) -> pd.DataFrame:
    """Mean hours that judged closed cases spent waiting (for whom), in work and in travel, by level and for `all`."""
    cases = _closed_cases(records, ["level", *PARTS.values()])
    return _levels(cases, {part: cases[column].to_numpy() / HOUR_S for part, column in PARTS.items()})


def _mean_part(column: str, records: RunRecords) -> float:
    return float(_closed_cases(records, [column])[column].mean()) / HOUR_S


def _part(name: str, label: str, column: str) -> Indicator:
    formula, whom = f"{label}: hours a closed case, mean", "judged closed cases"
    compute = partial(_mean_part, column)
    return Indicator(name, label, formula, "hours", "lower", whom, ELAPSED, compute, ("effort",))


INDICATORS = (
    _part("wait_capacity_mean", "Waiting, nobody free", "wait_capacity_s"),
    _part("wait_closed_mean", "Waiting, station closed", "wait_closed_s"),
    _part("wait_other_mean", "Waiting for others", "wait_other_s"),
    _part("work_mean", "Hands-on work", "work_s"),
    _part("travel_mean", "Travel", "travel_s"),
)
