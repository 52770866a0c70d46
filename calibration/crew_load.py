"""What crews are asked to carry when cases close in a rhythm, and how many of them that takes."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from calibration.closing_world import closing_world
from calibration.intake import Intake
from calibration.staffing import Fitted
from sim.scenario import Scenario

Tree = dict[str, Any]


def with_closings(demands: list[Tree], closings: dict[tuple[str, str], Tree], queue: dict[str, float]) -> list[Tree]:
    """The demands with their times to close in rhythm; types without one of their own have that of their department."""
    found = []
    for row in demands:
        key = (row["department"], row["category"])
        closing = closings.get(key)
        found.append(row if closing is None else {**row, "closing": {**closing, "queue": round(queue.get(key[0], 0.0))}})
    return found


def offered_work(scenario: Scenario, intake: Intake) -> dict[str, float]:
    """Mean work of a case by department in one world: no case is worked on for longer than it was open."""
    measured = closing_world(scenario, intake, 1).measured
    assert measured is not None
    table = pd.DataFrame({"unit": measured.department.astype(str), "work": measured.work})[~measured.done_when_registered]
    return {str(unit): float(mean) for unit, mean in table.groupby("unit")["work"].mean().items()}


def lighter(staff: Mapping[Any, Fitted], offered: dict[str, float], spent: pd.DataFrame, utilisation: float) -> dict[Any, Fitted]:
    """The crews that carry the work that is really offered at this utilisation."""
    rate = {unit: len(rows) / max(1.0, float(rows["open_total"].iloc[0])) for unit, rows in spent.groupby("department", observed=True)}
    found = {}
    for unit, fitted in staff.items():
        crews = max(1, round(rate[unit] * offered.get(str(unit), fitted.work_s) / utilisation))
        found[unit] = replace(fitted, crews=crews)
    return found
