"""What was foretold of a period: one table of cases for each world, whoever foretold it."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.score_period import Period, ends
from sim.units import HOUR

MODEL = "model"
"""How the forecast of a simulated scenario is called."""


@dataclass(frozen=True)
class Outlook:
    """A forecast: `worlds` holds the columns of `score_period.COLUMNS`, cases open when the period began included."""

    name: str
    worlds: Sequence[pd.DataFrame]
    same_cases: bool = True
    """its cases are the measured ones, so that each can be held against itself"""


def log_hours(cases: pd.DataFrame, period: Period) -> np.ndarray:
    """log10 of the hours from opening (or from the period's start, for older cases) to the end, or to the cut."""
    end, _ = ends(cases, period)
    begun = np.maximum(cases["reported_at"].to_numpy(), period.start)
    return np.log10(np.maximum(end - begun, 36) / HOUR)


def case_errors(measured: pd.DataFrame, outlook: Outlook, period: Period) -> tuple[np.ndarray, np.ndarray]:
    """Error of each case that was open in the period, and its day: the CRPS of log10 hours over the worlds.

    CRPS (Gneiting and Raftery 2007, the fair form of Ferro 2014): mean |x - y| less half of the mean |x - x'| over
    different worlds. With one world the mean |x - y|.
    """
    cases = open_in(measured, period)
    truth = log_hours(cases, period)
    ids = cases["case_id"].to_numpy()
    drawn = np.stack([log_hours(world.set_index("case_id").loc[ids].reset_index(), period) for world in outlook.worlds])
    error = np.abs(drawn - truth).mean(axis=0) - _spread(np.sort(drawn, axis=0))
    day = period.day(np.maximum(cases["reported_at"].to_numpy(), period.start))
    return error, day


def open_in(cases: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Cases that needed work and were open at some time of the period."""
    worked = cases[(cases["outcome"] != "self_handled") & (cases["reported_at"] < period.cut)]
    end, closed = ends(worked, period)
    return worked[~closed | (end >= period.start)]


def _spread(ordered: np.ndarray) -> np.ndarray:
    """Half of the mean distance of two different worlds, from each case's worlds in order."""
    worlds = len(ordered)
    if worlds < 2:
        return np.zeros(ordered.shape[1])
    weights = 2 * np.arange(1, worlds + 1) - worlds - 1
    return (weights @ ordered) / (worlds * (worlds - 1))
