"""A surge and four ways to meet it: the cases of a log with and without those of the surge, under three other policies."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from calibration.closing_world import closing_world
from calibration.intake import Intake
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.units import DAY, HOUR

AS_IS, WITHOUT = "as it was", "without the surge"
CROSS, SHORTEST, MORE = "cross-trained crews", "shortest estimate first", "10 % more crew hours"
POLICIES = (CROSS, SHORTEST, MORE)
LENT, MORE_HOURS = 0.1, 1.1
"""Share of every other department's crews that can do the bottleneck's work and are lent to it; crew hours it gets."""
CLEARED = 0.1
"""A surge is cleared when no more than this share of its cases that end at all is open."""


@dataclass(frozen=True)
class Surge:
    """Which cases of a log are the surge, and which department meets it."""

    types: tuple[str, ...]
    since: date
    until: date
    department: str

    def rows(self, cases: pd.DataFrame, since_s: int, until_s: int) -> np.ndarray:
        """True for the cases of the surge."""
        named = cases["category"].astype(str).isin(self.types).to_numpy()
        return named & ((cases["reported_at"] >= since_s) & (cases["reported_at"] < until_s)).to_numpy()


@dataclass(frozen=True)
class Meeting:
    """One world of one arm."""

    arm: str
    seed: int
    scenario: Scenario
    arrivals: Intake
    surge: frozenset[int]
    """case_id of the surge's cases"""
    department: str


def meet(task: Meeting) -> dict[str, Any]:
    """Simulate one world of one arm: hours of the other cases, and when the surge was cleared."""
    arrivals = _without(task.arrivals, task.surge) if task.arm == WITHOUT else task.arrivals
    scenario = _changed(task.scenario, task.arm, task.department)
    world = closing_world(scenario, arrivals, task.seed)
    if task.arm == MORE and world.measured is not None:
        mine = world.measured.department == task.department
        work = np.where(mine, np.rint(world.measured.work / MORE_HOURS), world.measured.work).astype(np.int64)
        world = replace(world, measured=replace(world.measured, work=work))
    cases = simulate(scenario, task.seed, world)["cases"]
    code = world.code[cases["issue_id"].to_numpy()]
    end = np.where(cases["closed_at"] == MISSING, scenario.time.horizon.seconds, cases["closed_at"])
    worked = (cases["outcome"] != "self_handled").to_numpy()
    surging = np.isin(code, list(task.surge))
    others = worked & ~surging
    mine = others & (cases["department"] == task.department).to_numpy()
    spent = (end - cases["reported_at"].to_numpy()) / HOUR
    never = _never(world)[cases["issue_id"].to_numpy()]
    return {"arm": task.arm, "seed": task.seed, "others_h": float(spent[others].sum()), "others": int(others.sum()),
            "department_h": float(spent[mine].sum()), "department_cases": int(mine.sum()),
            "cleared_day": _cleared(end[surging & ~never], scenario.time.horizon.seconds)}  # fmt: skip


def _never(world: Any) -> np.ndarray:
    return world.measured.wait >= 30 * 365 * DAY


def _cleared(ends: np.ndarray, horizon: int) -> float:
    """Days from the start until no more than CLEARED of the cases is open; NaN without any, inf if that never comes."""
    if not len(ends):
        return float("nan")
    day = float(np.quantile(ends, 1 - CLEARED, method="higher"))
    return day / DAY if day < horizon else float("inf")


def _without(arrivals: Intake, surge: frozenset[int]) -> Intake:
    records = arrivals.records
    cases = records["cases"]
    kept = cases[~cases["case_id"].isin(list(surge))]
    return replace(arrivals, records=RunRecords(records.frame, records.seed, {**records.tables, "cases": kept}, records.notes))


def _changed(scenario: Scenario, arm: str, department: str) -> Scenario:
    if arm not in (CROSS, SHORTEST):
        return scenario
    tree = scenario.model_dump(mode="json")
    if arm == SHORTEST:
        tree["policies"]["queueing"] = {"name": "shortest_estimate", "params": {"inside_class": True}}
    else:
        _lend(tree["staffing"]["departments"], department)
    return Scenario.model_validate(tree)


def _lend(units: list[dict[str, Any]], department: str) -> None:
    lent = 0
    for unit in units:
        away = int(unit["crews"] * LENT) if unit["name"] != department else 0
        unit["crews"] -= away
        lent += away
    for unit in units:
        unit["crews"] += lent if unit["name"] == department else 0
