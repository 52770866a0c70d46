"""A scenario and its arrivals laid on a period that begins inside the log, and the simulated closings of its cases."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from calibration.case_rows import UNKNOWN
from calibration.intake import Intake
from calibration.score_period import Period
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.units import DAY


def from_then(scenario: Scenario, period: Period) -> Scenario:
    """The scenario from the first day of the period to its cut: it begins with the cases that were open then."""
    tree = scenario.model_dump(mode="json")
    begin = period.civil.local(period.start).date()
    length = period.cut - period.start
    tree["time"] |= {"start": begin.isoformat(), "horizon": f"{-(-length // DAY)} d", "warm_up": "0 s"}
    return Scenario.model_validate(tree)


def known_names(scenario: Scenario, arrivals: Intake) -> Intake:
    """The arrivals in names that the scenario knows: a department or zone that came after training counts as `unknown`, or
    as the first one where there is no `unknown`."""
    cases = arrivals.records["cases"]
    listed = {"department": [unit.name for unit in scenario.staffing.departments], "community": list(scenario.places.zones)}
    changed = {column: known_words(cases[column], names) for column, names in listed.items()}
    records = arrivals.records
    tables = {**records.tables, "cases": cases.assign(**changed)}
    return replace(arrivals, records=RunRecords(records.frame, records.seed, tables, records.notes))


def known_words(words: pd.Series, names: list[str]) -> pd.Series:
    """Words that are in a list of names; others are `unknown`, or the first of them where there is no `unknown`."""
    otherwise = UNKNOWN if UNKNOWN in names else names[0]
    return words.astype(object).map(lambda word: str(word) if str(word) in names else otherwise)


def closings(simulated: pd.DataFrame, arrivals: Intake, period: Period) -> np.ndarray:
    """Simulated closing of each arrival; what the log knew when the period began stays."""
    known = arrivals.records["cases"]
    ends = simulated.set_index("case_id")["closed_at"].reindex(known["case_id"]).fillna(MISSING).to_numpy(dtype=np.int64)
    ends = np.where(ends == MISSING, MISSING, ends + period.start)
    is_open = ((known["closed_at"] == MISSING) & (known["outcome"] != "self_handled")).to_numpy()
    return np.where(is_open, ends, known["closed_at"].to_numpy())
