"""Crews and work of a department as a fit finds them: measured where the log shows them, else declared and tried."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from calibration.observed_fit import Measured
from calibration.survival import fitted_quantiles
from sim.units import HOUR

SHORTEST_WORK, LONGEST_WORK = 300.0, 4.0 * HOUR
"""Bounds of the declared mean work (assumed): nobody is done in under 5 minutes, crews are seldom half a day on one case."""
FULLEST = 1.0
"""Measured crews that could not carry the measured work are raised until they can: no queue may grow for ever."""
TRIED = "log: crews at the utilisation that comes nearest to the log"
TRIED_MEASURED = "log: measured work at the utilisation that comes nearest to the log"


@dataclass(frozen=True)
class Fitted:
    """A department's part of the scenario."""

    name: str
    crews: int
    work_s: float
    utilisation: float
    calendar: str
    source: str = TRIED


def staff_of(
    unit: str, spent: pd.DataFrame, calendar: str, utilisation: float, work_share: float, measured: Measured | None
) -> Fitted:
    """Crews and mean work of a department. `spent`: open seconds from opening to closing of its cases, and `open_total`.

    Where neither is measured: crews that carry the declared work at a utilisation, and the work content that makes it exact.
    """
    open_s = max(1.0, float(spent["open_total"].iloc[0]))
    rate = len(spent) / open_s
    crews = None if measured is None else measured.crews(unit, open_s)
    work = None if measured is None else measured.mean_work(unit)
    if crews is not None and work is not None:
        least = max(1, math.ceil(rate * work / FULLEST))
        used = max(crews.crews, least)
        source = crews.source if used == crews.crews else f"{crews.source}; raised from {crews.crews}, which the measured work overfills"
        return Fitted(unit, used, work, rate * work / used, calendar, source)
    if crews is not None:
        exact = float(np.clip(utilisation * crews.crews / rate, 60.0, LONGEST_WORK))
        return Fitted(unit, crews.crews, exact, rate * exact / crews.crews, calendar, crews.source)
    if work is not None:
        found = max(1, round(rate * work / utilisation), math.ceil(rate * work / FULLEST))
        return Fitted(unit, found, work, rate * work / found, calendar, TRIED_MEASURED)
    at, durations, _ = fitted_quantiles(spent["spent"].to_numpy(), spent["closed"].to_numpy())
    typical = float(np.interp(0.5, at, durations))
    declared = float(np.clip(work_share * typical, SHORTEST_WORK, LONGEST_WORK))
    found = max(1, round(rate * declared / utilisation))
    exact = float(np.clip(utilisation * found / rate, 60.0, LONGEST_WORK))
    return Fitted(unit, found, exact, rate * exact / found, calendar)


def work_tree(fitted: Fitted, category: str, measured: Measured | None) -> dict[str, Any]:
    """The work of a category as a distribution: measured mean and spread, else the department's mean with CV 1 (assumed)."""
    row = None if measured is None else measured.work_row(fitted.name, category)
    mean, cv = (fitted.work_s, 1.0) if row is None else (row.mean, float(np.clip(row.cv, 0.05, 10.0)))
    return {"family": "lognormal", "mean": f"{max(1, round(mean))} s", "cv": round(cv, 2)}
