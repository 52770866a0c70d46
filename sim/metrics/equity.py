"""Who is served worst: the worst fifth of grids against the best, and how unevenly exposure falls.

Grids are compared by the mean of min(time, follow-up), which needs no curve a grid and treats open ones alike
everywhere.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.metrics.indicator import ELAPSED, Direction, Indicator
from sim.metrics.judged import Judged, judged_cases, judged_issues, ratio
from sim.records import MISSING, RunRecords

HOUR_S = 3_600
FIFTHS = 5


def _spent(judged: Judged, start: str, end: str, keep: pd.Series) -> pd.Series:
    """Hours from start to end, or to the end of the run, mean of each grid."""
    until = judged[end].where(judged.has(end), judged.end)
    return ((until - judged[start])[keep] / HOUR_S).groupby(judged["grid"][keep].astype(str)).mean()


def _fix_hours(records: RunRecords) -> pd.Series:
    issues = judged_issues(records)
    gone = issues["resolved_itself_at"]
    until = issues["fixed_at"].where(issues.has("fixed_at"), gone.where(gone != MISSING, issues.end))
    return ((until - issues["onset"]) / HOUR_S).groupby(issues["grid"].astype(str)).mean()


def _closure_hours(records: RunRecords) -> pd.Series:
    cases = judged_cases(records)
    return _spent(cases, "reported_at", "closed_at", cases.where("outcome", "closed", "open"))


def fifths(by_grid: pd.Series) -> tuple[float, float]:
    """Means of the best (lowest) and the worst (highest) fifth of the grids; NaN with fewer than five grids."""
    ranked = np.sort(by_grid.dropna().to_numpy(dtype=float))
    size = len(ranked) // FIFTHS
    if not size:
        return float("nan"), float("nan")
    return float(ranked[:size].mean()), float(ranked[-size:].mean())


def gini(amounts: np.ndarray) -> float:
    """Gini coefficient of non-negative amounts: 0 all equal, near 1 all with one; NaN when there is nothing."""
    ranked = np.sort(np.asarray(amounts, dtype=float))
    size = len(ranked)
    return ratio(float(np.dot(2 * np.arange(1, size + 1) - size - 1, ranked)), size * float(ranked.sum()))


def _exposure_gini(records: RunRecords) -> float:
    issues = judged_issues(records)
    exposed = issues["exposure_s"].groupby(issues["grid"].astype(str)).sum()
    units = records["units"]
    grids = set(units["unit"][units["kind"] == "grid"].astype(str)) | set(records["residents"]["grid"].astype(str))
    return gini(exposed.reindex(sorted(grids | set(exposed.index)), fill_value=0).to_numpy())


def _gap(of: Callable[[RunRecords], pd.Series]) -> Callable[[RunRecords], float]:
    def compute(records: RunRecords) -> float:
        best, worst = fifths(of(records))
        return worst - best

    return compute


def _times(of: Callable[[RunRecords], pd.Series]) -> Callable[[RunRecords], float]:
    def compute(records: RunRecords) -> float:
        best, worst = fifths(of(records))
        return ratio(worst, best)

    return compute


def _fifth(
    name: str, label: str, formula: str, unit: str, compute: Callable[[RunRecords], float], *needs: str
) -> Indicator:
    direction: Direction = "lower"
    return Indicator(name, label, formula, unit, direction, "grids with something to judge", ELAPSED, compute, needs)


INDICATORS = (
    _fifth("equity_fix_gap", "Worst minus best fifth of grids, onset to fix",
           "mean of min(hours from onset to fix, follow-up) a grid: worst fifth - best fifth",
           "hours", _gap(_fix_hours), "discovery", "true_fix"),
    _fifth("equity_fix_ratio", "Worst over best fifth of grids, onset to fix",
           "mean of min(hours from onset to fix, follow-up) a grid: worst fifth / best fifth",
           "times", _times(_fix_hours), "discovery", "true_fix"),
    _fifth("equity_closure_gap", "Worst minus best fifth of grids, report to closure",
           "mean of min(hours from report to closure, follow-up) a grid: worst fifth - best fifth",
           "hours", _gap(_closure_hours)),
    _fifth("equity_closure_ratio", "Worst over best fifth of grids, report to closure",
           "mean of min(hours from report to closure, follow-up) a grid: worst fifth / best fifth",
           "times", _times(_closure_hours)),
    Indicator("exposure_gini", "Unevenness of exposure over grids", "Gini coefficient of exposure hours a grid", "0..1",
              "lower", "all grids", ELAPSED, _exposure_gini, ("discovery",)),
)  # fmt: skip
