"""Working lives of grid workers: who quits, whom paperwork overburdens, what an hour of patrol finds."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportIndexIssue=false, reportCallIssue=false

from __future__ import annotations

from sim.metrics.indicator import NO_CLOCK, SHIFTS, Indicator
from sim.metrics.judged import DAY_S, judged_issues, judged_staff, ratio
from sim.records import RunRecords

HOUR_S = 3_600
TOO_MUCH = 0.3
"""Share of the shift beyond which a survey calls paperwork too much."""


def _workers(records: RunRecords) -> list[str]:
    staff = judged_staff(records)
    outside = (staff["paperwork_s"] > 0) | (staff["patrol_s"] > 0)
    return sorted({str(name) for name in staff["worker"][outside]})


def _quits(records: RunRecords) -> float:
    rows, frame = records["governance"], records.frame
    at = rows["at"].to_numpy()
    quits = (rows["event"] == "quits") & (at >= frame.warm_up_s) & (at < frame.judged_until_s)
    return ratio(int(quits.sum()), len(_workers(records)) * (frame.judged_until_s - frame.warm_up_s) / (365 * DAY_S))


def _overburdened(records: RunRecords) -> float:
    staff, own = judged_staff(records), _workers(records)
    papers, shift = (staff[column].groupby(staff["worker"], observed=True).sum() for column in ("paperwork_s", "shift_s"))
    return ratio(sum(float(papers[name]) > TOO_MUCH * float(shift[name]) for name in own), len(own))


def _finds(records: RunRecords) -> float:
    found = judged_issues(records).where("found_by", "patrol")
    return ratio(int(found.sum()), float(judged_staff(records)["patrol_s"].sum()) / HOUR_S)


INDICATORS = (
    Indicator("turnover_per_worker_year", "Turnover", "grid workers who quit / seats x years", "1/year", "lower",
              "seats of grid workers", NO_CLOCK, _quits, ("staff",)),
    Indicator("overburdened_share", "Overburdened with paperwork",
              "grid workers with paperwork on more than 30 % of their shift / grid workers", "share", "lower",
              "grid workers", SHIFTS, _overburdened, ("staff",)),
    Indicator("finds_per_patrol_hour", "Finds an hour of patrol", "issues first found by a patrol / hours on patrol",
              "issues/hour", "higher", "hours on patrol", SHIFTS, _finds, ("staff", "discovery")),
)  # fmt: skip
