"""How far a run of the model is from a log, department by department: what a fit makes small."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from calibration.survival import closed_within
from sim.records import MISSING, RunRecords
from sim.units import DAY, HOUR

WITHIN = np.array([4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY])
"""Times to close at which a run is held against the log."""


def backlog(cases: pd.DataFrame, days: int) -> np.ndarray:
    """Cases open at the end of each day of 86,400 s."""
    opened = np.bincount(np.clip(cases["reported_at"] // DAY, 0, days - 1), minlength=days)
    ended = cases["closed_at"][(cases["closed_at"] != MISSING) & (cases["closed_at"] < days * DAY)]
    return np.cumsum(opened - np.bincount(ended // DAY, minlength=days))


def gaps_by_department(measured: pd.DataFrame, run: RunRecords, cut: int) -> dict[str, float]:
    """How far a run is from the log, by department: mean difference of the shares closed within WITHIN, and of the backlog.

    The backlog counts as its root mean squared difference over its mean, a quarter as much as the shares.
    """
    days = cut // DAY
    gaps = {}
    for unit, a, b in _by_unit(measured, run["cases"]):
        shares = np.nanmean(np.abs(_closed_within(a, cut) - _closed_within(b, cut)))
        curve = backlog(a, days)
        gaps[unit] = float(shares + np.sqrt(np.mean((curve - backlog(b, days)) ** 2)) / max(1.0, curve.mean()) / 4)
    return gaps


def _closed_within(cases: pd.DataFrame, cut: int) -> np.ndarray:
    worked = cases[cases["outcome"] != "self_handled"]
    closed = ((worked["closed_at"] != MISSING) & (worked["closed_at"] < cut)).to_numpy()
    ended = np.where(closed, worked["closed_at"], cut)
    return closed_within(ended - worked["reported_at"].to_numpy(), closed, WITHIN)


def _by_unit(measured: pd.DataFrame, simulated: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    for unit in sorted(measured["department"].astype(str).unique()):
        yield unit, measured[measured["department"] == unit], simulated[simulated["department"] == unit]
