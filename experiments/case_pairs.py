"""The same issue under two policies: which ones became faster, which slower, and by how much.

Pairs are formed on issue_id over all judged issues, not over cases closed in both: an issue that was never found or
whose case stayed open counts with the time for which it was followed.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.metrics.judged import judged_issues
from sim.records import MISSING, RunRecords

HOUR_S = 3_600
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MEASURES = ("fix", "closure")
"""Hours from onset until the thing was right, and until the institution first closed a case about it."""


@dataclass(frozen=True)
class CasePairs:
    """Paired issues of one world."""

    pairs: pd.DataFrame
    """issue_id, category, grid, community, department, onset; with _a and _b: fix_h, closure_h (each cut at the end of
    follow-up), exposure_h, fixed, found, opened, closed; b minus a: fix_change_h, closure_change_h,
    exposure_change_h"""
    only_a: int
    """issues of the first world that the second does not have: 0 when both are the same world"""
    only_b: int


SHARED = ("category", "grid", "community", "department", "onset")
CHANGES = ("fix_h", "closure_h", "exposure_h")


def pair_issues(a: RunRecords, b: RunRecords) -> CasePairs:
    """Pair the judged issues of two runs of the same world."""
    return pair_fates(fates(a), fates(b))


def pair_fates(first: pd.DataFrame, second: pd.DataFrame) -> CasePairs:
    """Pair what `fates` found in two runs of the same world: the first may be paired with many."""
    same = first.index.intersection(second.index)
    a, b = (each if each.index.equals(same) else each.loc[same] for each in (first, second))
    own = [name for name in first.columns if name not in SHARED]
    columns = {name: a[name] for name in SHARED} | {f"{name}_a": a[name] for name in own}
    columns |= {f"{name}_b": b[name] for name in own}
    columns |= {name.replace("_h", "_change_h"): b[name] - a[name] for name in CHANGES}
    pairs = pd.DataFrame(columns, index=same)
    return CasePairs(pairs.reset_index(), len(first) - len(same), len(second) - len(same))


def fates(records: RunRecords) -> pd.DataFrame:
    """What became of each judged issue of a run, by issue_id: columns as in `CasePairs.pairs`, without the ending."""
    judged = judged_issues(records)
    onset, end = judged["onset"].to_numpy(), judged.end
    gone = judged["resolved_itself_at"].to_numpy()
    frame = pd.DataFrame({name: judged[name].to_numpy() for name in ("issue_id", "onset")})
    for name in ("category", "grid", "community"):
        frame[name] = judged[name].astype(str).to_numpy()
    fixed = judged["fixed_at"].to_numpy()
    until = np.where(fixed != MISSING, fixed, np.where(gone != MISSING, gone, end))
    frame["fix_h"] = (np.minimum(until, end) - onset) / HOUR_S
    frame["fixed"] = fixed != MISSING
    frame["found"] = judged.has("found_at").to_numpy()
    frame["exposure_h"] = judged["exposure_s"].to_numpy() / HOUR_S
    return _with_cases(frame.set_index("issue_id"), records, end)


def _with_cases(issues: pd.DataFrame, records: RunRecords, end: int) -> pd.DataFrame:
    cases = records["cases"]
    closed = cases[(cases["outcome"] == "closed") & (cases["closed_at"] != MISSING)]
    first_closed = closed.groupby("issue_id")["closed_at"].min().reindex(issues.index)
    issues["opened"] = issues.index.isin(cases["issue_id"])
    issues["closed"] = first_closed.notna().to_numpy()
    issues["closure_h"] = (first_closed.fillna(end).to_numpy() - issues["onset"].to_numpy()) / HOUR_S
    first = cases[["issue_id", "department"]].dropna().drop_duplicates("issue_id").set_index("issue_id")["department"]
    issues["department"] = first.astype(object).reindex(issues.index).fillna("").to_numpy()
    return issues


def counts(pairs: pd.DataFrame, measure: str = "closure") -> dict[str, float]:
    """How many issues became faster, slower or stayed the same by a measure of MEASURES, by how much, and who was
    missed in one of the two only. Hours; `a` is the baseline."""
    change = pairs[f"{measure}_change_h"]
    faster, slower = change[change < 0], change[change > 0]
    found = {
        "issues": len(pairs),
        "faster": len(faster),
        "slower": len(slower),
        "same": len(pairs) - len(faster) - len(slower),
        "mean_change_h": change.mean(),
        "faster_median_h": faster.median(),
        "slower_median_h": slower.median(),
        "exposure_change_h": pairs["exposure_change_h"].sum(),
    }
    quantiles = {f"q{round(100 * q):02d}_h": change.quantile(q) for q in QUANTILES}
    return {key: float(value) for key, value in {**found, **quantiles, **_one_sided(pairs)}.items()}


def _one_sided(pairs: pd.DataFrame) -> dict[str, int]:
    never = {
        "never_found": (~pairs["found_a"], ~pairs["found_b"]),
        "never_opened": (~pairs["opened_a"], ~pairs["opened_b"]),
        "open": (pairs["opened_a"] & ~pairs["closed_a"], pairs["opened_b"] & ~pairs["closed_b"]),
    }
    return {
        f"{name}_{where}": int(rows.sum())
        for name, (a, b) in never.items()
        for where, rows in (("a_only", a & ~b), ("b_only", b & ~a), ("both", a & b))
    }


def counts_by(pairs: pd.DataFrame, column: str, measure: str = "closure") -> pd.DataFrame:
    """`counts` for each value of a column of the pairs (category, department, grid, community), a row each."""
    rows = {str(value): counts(part, measure) for value, part in pairs.groupby(column)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(column).reset_index()
