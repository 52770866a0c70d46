"""Rolling origins inside the training period: learn up to a day, foretell the two weeks after it, move on.

What is scored are the fitted times to close alone, without crews: this is where choices are made, never on what is held out.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from calibration.closing_rhythm import Tree, fit_closings
from calibration.intake import Intake
from calibration.known_log import known_at
from calibration.naive_forecasts import random_durations, shifted_traces
from calibration.score_card import score_card
from calibration.score_outlook import MODEL, Outlook
from calibration.score_period import COLUMNS, Period
from sim.civil_time import CivilTime
from sim.closing_times import clocks_of, closing_times
from sim.records import MISSING
from sim.scenario.closing import Closing, Rhythm
from sim.units import DAY

HORIZON_DAYS, ORIGINS, WORLDS = 14, 3, 8
LEAST_TRAINING_DAYS = 21


def rolling_origins(training: Intake) -> list[dict[str, Any]]:
    """Scores at up to ORIGINS origins, the last one HORIZON_DAYS before the end: origin, measure, forecast, value."""
    frame = training.records.frame
    civil = CivilTime(date.fromisoformat(frame.start), frame.zone)
    days = frame.horizon_s // DAY
    found = []
    for number in range(ORIGINS, 0, -1):
        first = days - number * HORIZON_DAYS
        if first >= LEAST_TRAINING_DAYS:
            period = Period(int(civil.day_starts(1, first)[0]), int(civil.day_starts(1, first + HORIZON_DAYS)[0]), civil)
            found += _scored(training, period)
    return found


def _scored(training: Intake, period: Period) -> list[dict[str, Any]]:
    cases = training.records["cases"]
    arrivals = known_at(training, period.start).records["cases"]
    known = arrivals[arrivals["reported_at"] < period.start]
    seen = cases[cases["reported_at"] < period.cut]
    mine = arrivals[arrivals["reported_at"] < period.cut]
    outlooks = [closing_outlook(known, mine, period, WORLDS), shifted_traces(known, period), random_durations(known, mine, period, WORLDS)]
    card = score_card(seen, outlooks, period)
    origin = str(period.civil.local(period.start).date())
    return [{"origin": origin, **row} for row in card.values.to_dict("records")]


def closing_outlook(known: pd.DataFrame, arrivals: pd.DataFrame, period: Period, worlds: int) -> Outlook:
    """Closings drawn from times fitted on what was known when the period began; no crews."""
    rhythms, closings = fit_closings(known, period.civil, period.start)
    clocks = clocks_of(tuple(Rhythm.model_validate(each) for each in rhythms), period.civil, period.cut)
    fitted = {key: Closing.model_validate(tree) for key, tree in closings.items()}
    return Outlook(MODEL, [_drawn(fitted, clocks, arrivals, period, seed) for seed in range(1, worlds + 1)])


def _drawn(fitted: dict[tuple[str, str], Closing], clocks: Any, arrivals: pd.DataFrame, period: Period, seed: int) -> pd.DataFrame:
    ends = arrivals["closed_at"].to_numpy(dtype=np.int64).copy()
    waiting = (ends == MISSING) & (arrivals["outcome"] != "self_handled").to_numpy()
    names = [arrivals[name].astype(str).to_numpy() for name in ("department", "category")]
    opened, code = arrivals["reported_at"].to_numpy(), arrivals["case_id"].to_numpy(dtype=np.int64)
    table = pd.DataFrame({"department": names[0], "category": names[1]})[waiting]
    for (unit, category), rows in table.groupby(["department", "category"]).groups.items():
        closing = fitted.get((unit, category), fitted.get((unit, "*")))
        if closing is not None:
            at = rows.to_numpy()
            ends[at], _ = closing_times(closing, clocks[closing.rhythm], opened[at], period.start, code[at], seed)
    return arrivals[list(COLUMNS)].assign(closed_at=ends)


def summed(rows: list[dict[str, Any]]) -> Tree:
    """Mean over the origins: measure -> forecast -> value."""
    if not rows:
        return {}
    table = pd.DataFrame(rows).pivot_table(index="measure", columns="forecast", values="value", aggfunc="mean")
    return {str(measure): {str(k): round(float(v), 5) for k, v in row.items() if v == v} for measure, row in table.iterrows()}
