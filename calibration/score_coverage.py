"""Whether the range of the worlds holds what was measured as often as it should."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration import score_measures as by_day
from calibration.score_outlook import Outlook
from calibration.score_period import Groups, Period, groups_of

LEAST_MEAN = 5.0
"""Cells in which fewer are foretold are left out: there a range of whole numbers covers nearly always."""


def coverage(measured: pd.DataFrame, outlook: Outlook, period: Period) -> pd.DataFrame:
    """For each quantity: how many cells, the share whose measured value lies in the range of the worlds, and the share
    that would if the log were one more world: (worlds - 1) / (worlds + 1)."""
    groups = groups_of(measured, "department", period)
    quantities = {
        "closings_a_day": lambda cases: closings(cases, period, groups),
        "open_at_end": lambda cases: by_day.open_cases(cases, period, groups)[-1:],
        "closed_within": lambda cases: np.concatenate([hits.sum(axis=0) for _, hits in [by_day.counts_within(cases, period, groups)]]),
    }
    worlds = len(outlook.worlds)
    rows = []
    for name, count in quantities.items():
        drawn, truth = np.stack([count(world) for world in outlook.worlds]), count(measured)
        cells = drawn.mean(axis=0) >= LEAST_MEAN
        inside = (truth >= drawn.min(axis=0)) & (truth <= drawn.max(axis=0))
        share = float(inside[cells].mean()) if cells.any() else float("nan")
        rows.append({"quantity": name, "cells": int(cells.sum()), "covered": share, "nominal": (worlds - 1) / (worlds + 1)})
    return pd.DataFrame(rows)


def closings(cases: pd.DataFrame, period: Period, groups: Groups) -> np.ndarray:
    """Closings by day and group."""
    worked = cases[cases["outcome"] != "self_handled"]
    closed = worked[(worked["closed_at"] >= period.start) & (worked["closed_at"] < period.cut)]
    place = period.day(closed["closed_at"].to_numpy()) * len(groups.names) + groups.of(closed)
    return np.bincount(place, minlength=period.days * len(groups.names)).reshape(period.days, -1).astype(float)
