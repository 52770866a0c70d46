"""Rolling origins inside the training period: learn up to a day, foretell the two weeks after it, move on.

The whole fit is made again at each origin, with its doubt, and each world takes a draw; departments are run in closed form
instead of by the model. This is where choices are made, never on what is held out.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from calibration.doubtful_fit import Asked
from calibration.doubtful_outlook import doubtful_outlook
from calibration.intake import Intake
from calibration.known_log import known_at
from calibration.naive_forecasts import random_durations, shifted_traces
from calibration.score_card import score_card
from calibration.score_coverage import coverage
from calibration.score_period import Period
from sim.civil_time import CivilTime

Tree = dict[str, Any]
HORIZON_DAYS, ORIGINS, WORLDS = 14, 3, 8
LEAST_TRAINING_DAYS = 21
COVERAGE = "coverage: "
"""Before the name of a quantity whose share inside the range of the worlds stands among the values."""


def rolling_origins(training: Intake, asked: Asked) -> list[dict[str, Any]]:
    """Scores at up to ORIGINS origins, the last one HORIZON_DAYS before the end: origin, measure, forecast, value."""
    frame = training.records.frame
    civil = CivilTime(date.fromisoformat(frame.start), frame.zone)
    days = civil.day_of(frame.horizon_s)
    found = []
    for number in range(ORIGINS, 0, -1):
        first = days - number * HORIZON_DAYS
        if first >= LEAST_TRAINING_DAYS:
            period = Period(int(civil.day_starts(1, first)[0]), int(civil.day_starts(1, first + HORIZON_DAYS)[0]), civil)
            found += _scored(training, period, asked)
    return found


def _scored(training: Intake, period: Period, asked: Asked) -> list[dict[str, Any]]:
    cases = training.records["cases"]
    whole = known_at(training, period.start)
    arrivals = whole.records["cases"]
    known = arrivals[arrivals["reported_at"] < period.start]
    seen = cases[cases["reported_at"] < period.cut]
    mine = arrivals[arrivals["reported_at"] < period.cut]
    model = doubtful_outlook(whole, period, asked, WORLDS)
    card = score_card(seen, [model, shifted_traces(known, period), random_durations(known, mine, period, WORLDS)], period)
    covered = [{"measure": COVERAGE + row["quantity"], "forecast": model.name, "value": row["covered"]}
               for row in coverage(seen, model, period).to_dict("records")]  # fmt: skip
    origin = str(period.civil.local(period.start).date())
    # A measure that a log has nothing for (lateness without targets) is null in JSON.
    rows = [{"origin": origin, **row} for row in [*card.values.to_dict("records"), *covered]]
    return [{**row, "value": row["value"] if row["value"] == row["value"] else None} for row in rows]


def summed(rows: list[dict[str, Any]]) -> Tree:
    """Mean over the origins: measure -> forecast -> value."""
    if not rows:
        return {}
    table = pd.DataFrame(rows).pivot_table(index="measure", columns="forecast", values="value", aggfunc="mean")
    return {str(measure): {str(k): round(float(v), 5) for k, v in row.items() if v == v} for measure, row in table.iterrows()}
