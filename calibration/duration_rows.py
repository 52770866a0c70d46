"""One row a case for the fit of durations: how long it took, whether it is over, how long it had lasted half-way."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from calibration.intake import Intake
from sim.calendars import ALWAYS, Calendar
from sim.records import MISSING

LATER = 0.3
"""Share of the training period, its last part, on which families are chosen."""


def time_to_close(intake: Intake, calendars: Mapping[str, Calendar] | None = None, later: float = LATER) -> pd.DataFrame:
    """Rows for `fit_durations`: department, category, spent_s, closed, zero, early_s; in the order of the cases.

    Time counts in the open hours of the department's calendar, on the continuous clock where there is none. `early_s`:
    seconds spent by the day that parts off the last `later` of the period, NaN if opened after it.
    """
    cases, cut = intake.records["cases"], intake.records.frame.horizon_s
    opened = cases["reported_at"].to_numpy()
    split = int(cut - later * (cut - opened.min())) if len(cases) else cut
    closed = (cases["closed_at"] != MISSING).to_numpy()
    ended = np.where(closed, cases["closed_at"].to_numpy(), cut)
    department = cases["department"].astype(str).to_numpy(dtype=object)
    spent, early = np.zeros(len(cases)), np.full(len(cases), np.nan)
    for unit in sorted(set(department)):
        rows = np.flatnonzero(department == unit)
        calendar = (calendars or {}).get(unit, ALWAYS)
        spent[rows] = calendar.work_between_many(opened[rows], ended[rows])
        known = rows[opened[rows] < split]
        early[known] = calendar.work_between_many(opened[known], np.minimum(ended[known], split))
    return pd.DataFrame({
        "department": department, "category": cases["category"].astype(str).to_numpy(dtype=object), "spent_s": spent,
        "closed": closed, "zero": (cases["outcome"] == "self_handled").to_numpy(), "early_s": early,
        "early_closed": closed & (ended <= split),
    })  # fmt: skip
