"""What it costs. Money is booked by month, so these are numbers of the whole run, warm-up included."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from sim.metrics.indicator import NO_CLOCK, Indicator
from sim.metrics.judged import judged_cases, ratio
from sim.records import MISSING, RunRecords


def _spent(records: RunRecords) -> float:
    return float(records["money"]["amount"].sum())


def _per_case(records: RunRecords) -> float:
    return ratio(_spent(records), int((records["cases"]["outcome"] == "closed").sum()))


def _per_resident(records: RunRecords) -> float:
    return ratio(_spent(records), records.frame.population)


def _work_cost(records: RunRecords) -> float:
    cases = judged_cases(records)
    return float(cases["cost"][cases.where("outcome", "closed")].mean())


def _per_fixed_issue(records: RunRecords) -> float:
    issues = records["issues"]  # what was prevented never was an issue
    return ratio(_spent(records), int(((issues["fixed_at"] != MISSING) & (issues["found_by"] != "prevented")).sum()))


INDICATORS = (
    Indicator("cost_total", "Cost", "money spent in the whole run", "yuan", "lower", "whole run", NO_CLOCK, _spent,
              ("money",)),
    Indicator("cost_per_case", "Cost a closed case", "money spent in the whole run / cases closed in the whole run",
              "yuan", "lower", "cases closed in the whole run", NO_CLOCK, _per_case, ("money",)),
    Indicator("cost_per_resident", "Cost a resident", "money spent in the whole run / residents", "yuan", "lower",
              "residents", NO_CLOCK, _per_resident, ("money",)),
    Indicator("cost_per_fixed_issue", "Cost a fixed issue", "money spent in the whole run / issues put right in the whole run",
              "yuan", "lower", "issues put right in the whole run", NO_CLOCK, _per_fixed_issue, ("money", "true_fix")),
    Indicator("work_cost_per_case", "Staff cost a closed case", "staff cost of work and travel, mean of closed cases",
              "yuan", "lower", "judged closed cases", NO_CLOCK, _work_cost, ("effort",)),
)  # fmt: skip
