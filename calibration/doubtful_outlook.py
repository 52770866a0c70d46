"""The forecast of a fit that was made on what was known at a time, its departments run in closed form, one draw a world."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from calibration.crew_trials import Crews, unserved
from calibration.doubtful_draws import drawn_rows
from calibration.doubtful_fit import Asked, DoubtfulFit, doubtful_tree
from calibration.intake import Intake
from calibration.period_world import closings, from_then, known_names
from calibration.replay_fit import prepared, scenario_of
from calibration.score_outlook import MODEL, Outlook
from calibration.score_period import COLUMNS, Period
from calibration.staffing import Fitted
from experiments.posterior import DrawRow
from sim.records import RunRecords
from sim.scenario import Scenario
from sim.units import DAY

RUNS = 2
"""Worlds of training in which candidates are run at an origin."""


def doubtful_outlook(whole: Intake, period: Period, asked: Asked, worlds: int) -> Outlook:
    """Fit on the cases opened before the period, as they stood then, and foretell it. `whole`: openings beyond it, too."""
    past = _before(whole, period.start)
    start = prepared(past, "origin", "origin", "0" * 64, asked.work_share, period.cut // DAY, rhythmic=True)
    fit = DoubtfulFit(start, asked)
    doubts = [fit.doubt(unit, RUNS) for unit in fit.departments]
    paces = fit.paces()
    tree = doubtful_tree(start, doubts, paces)
    staff = {row["name"]: Fitted(row["name"], row["crews"], 0.0, 0.0, row["calendar"]) for row in tree["staffing"]["departments"]}
    scenario = from_then(scenario_of(tree, staff, tree["replay"]["demands"]), period)
    arrivals = known_names(scenario, whole)
    draws: dict[int, dict[str, DrawRow]] = {}
    for row in drawn_rows(doubts, paces, asked.seed, _power(worlds)):
        mine = DrawRow(row["crews"], row["work_s"], row["work_cv"], (), 0.0, row["queue_s"], row["pace"])
        draws.setdefault(row["draw"], {})[row["department"]] = mine
    return Outlook(MODEL, [_world(scenario, arrivals, period, draws[number], number + 1) for number in range(worlds)])


def _power(count: int) -> int:
    return 1 << max(0, count - 1).bit_length()


def _before(whole: Intake, now: int) -> Intake:
    records = whole.records
    cases = records["cases"]
    tables = {**records.tables, "cases": cases[cases["reported_at"] < now]}
    return replace(whole, records=RunRecords(replace(records.frame, horizon_s=now), records.seed, tables, records.notes))


def _world(scenario: Scenario, arrivals: Intake, period: Period, draw: dict[str, DrawRow], seed: int) -> pd.DataFrame:
    """The cases of a world with their closings."""
    assert scenario.replay is not None
    paced = tuple(each.model_copy(update={"level": each.level * draw[each.department].pace}) for each in scenario.replay.paces)
    changed = scenario.model_copy(update={"replay": scenario.replay.model_copy(update={"paces": paced})})
    parts = []
    for name, unit in unserved(changed, arrivals, seed).items():
        row = draw.get(name)
        crews = Crews(row.crews, row.work_s, row.queue_s or 0.0) if row is not None else Crews(1, 60.0)
        parts.append(pd.DataFrame({"case_id": unit.code, "closed_at": unit.closed(crews, period.cut - period.start)}))
    ended = pd.concat(parts) if parts else pd.DataFrame({"case_id": [], "closed_at": []})
    known = arrivals.records["cases"]
    cases = known[list(COLUMNS)].assign(closed_at=closings(ended, arrivals, period))
    return cases[cases["reported_at"] < period.cut]
