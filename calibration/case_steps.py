"""What a log tells of a case between opening and closing: its steps in order, its counts, flags and score."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.event_log import Steps
from calibration.mapping_columns import COUNTS, FLAGS, STEPS
from sim.records import MISSING

YES = frozenset(("1", "1.0", "true", "t", "yes", "y", "是", "有"))

MOST = 1000
"""A larger count (of returns, of reworks) is a wrong column."""


def put_in_order(opened: np.ndarray, steps: dict[str, np.ndarray], closed: np.ndarray) -> np.ndarray:
    """Set to MISSING, in place, a step before the opening or an earlier step, or after the closing; returns where."""
    latest, misplaced = opened.copy(), np.zeros(len(opened), bool)
    for name in STEPS:
        if name in steps:
            at = steps[name]
            known = at != MISSING
            wrong = known & ((at < latest) | ((closed != MISSING) & (at > closed)))
            at[wrong] = MISSING
            misplaced |= wrong
            latest = np.where(known & ~wrong, at, latest)
    return misplaced


def measures(text: pd.DataFrame, order: np.ndarray) -> dict[str, np.ndarray]:
    """The figures that the log has columns for, under their names in the cases table; what is no figure is 0 or NaN."""
    found: dict[str, np.ndarray] = {}
    for name in (*COUNTS, "satisfaction"):
        if name in text:
            figures = pd.to_numeric(text[name].iloc[order], errors="coerce").to_numpy(dtype=float)
            usable = np.where((figures >= 0) & (figures <= MOST), figures, np.nan)
            found[name] = usable if name == "satisfaction" else np.nan_to_num(usable).astype(np.int64)
    for name in FLAGS:
        if name in text:
            found[name] = text[name].iloc[order].str.casefold().isin(YES).to_numpy()
    return found


def canonical_steps(steps: Steps, order: np.ndarray, origin: int, horizon_s: int) -> pd.DataFrame:
    """The steps of the kept cases under their case_id, in seconds since the start; what begins after the cut is left out.

    `order`: row of each kept case in the log. A step that ends after the cut has begun and has no end yet.
    """
    place = pd.Series(np.arange(len(order)), index=order)
    frame = steps.frame[steps.frame["case"].isin(order).to_numpy()]
    times = {
        name: np.where(frame[name] == MISSING, MISSING, frame[name] - np.where(frame[name] == MISSING, 0, origin))
        for name in ("started", "completed")
    }
    times["completed"] = np.where(times["completed"] >= horizon_s, MISSING, times["completed"])
    shown = ((times["started"] != MISSING) & (times["started"] < horizon_s)) | (times["completed"] != MISSING)
    table = pd.DataFrame({
        "case_id": place[frame["case"]].to_numpy() * 100 + 1,
        "activity": frame["activity"].to_numpy(), "resource": frame["resource"].to_numpy(),
        "group": frame["group"].to_numpy(),
        "started_at": times["started"], "completed_at": times["completed"],
    })  # fmt: skip
    table = table[shown]
    first = np.where(table["started_at"] != MISSING, table["started_at"], table["completed_at"])
    return table.assign(first=first).sort_values(["case_id", "first"], kind="stable").drop(columns="first").reset_index(drop=True)
