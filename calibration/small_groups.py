"""Groups of so few cases that a number about them would speak of single ones: put together before a fit, blurred in scores."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from calibration.case_rows import UNKNOWN
from calibration.intake import Intake
from sim.records import RunRecords

SMALLEST = 5
"""No number that is written down speaks of fewer cases."""
MIDDLE = 2.5
"""Stands for every count from 1 to 4."""


def folded(intake: Intake) -> Intake:
    """The log as a fit may learn from it: departments of fewer than SMALLEST cases count as one of them, `unknown`.

    Where they are fewer together, too, they count as the largest department.
    """
    cases = intake.records["cases"]
    names = cases["department"].astype(str)
    thin = _thin(names, cases["outcome"] != "self_handled")
    if not thin:
        return intake
    together = int(names.isin({*thin, UNKNOWN}).sum())
    rest = names[~names.isin(thin)]
    into = UNKNOWN if together >= SMALLEST or not len(rest) else str(rest.value_counts().index[0])
    departments = names.where(~names.isin(thin), into).astype("category")
    tables = {**intake.records.tables, "cases": cases.assign(department=departments)}
    records = intake.records
    return replace(intake, records=RunRecords(records.frame, records.seed, tables, records.notes))


def _thin(names: pd.Series, worked: pd.Series) -> set[str]:
    """Departments with few cases, or with few that need work (none is no group)."""
    sizes = names.value_counts()
    at_work = names[worked].value_counts()
    return {str(name) for each in (sizes, at_work) for name, count in each.items() if 0 < count < SMALLEST}


def blurred(counts: np.ndarray) -> np.ndarray:
    """Counts with 1 to 4 replaced by MIDDLE."""
    counts = np.asarray(counts, dtype=float)
    return np.where((counts > 0) & (counts < SMALLEST), MIDDLE, counts)
