"""All measures of all forecasts on one period, with the model's lead over each naive one and its interval.

Intervals: moving blocks of seven days (circular), so that each resample keeps whole weeks; the same days are drawn for
the log and for every forecast (paired), 999 times; 2.5 and 97.5 % of the differences.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration import score_measures as by_day
from calibration.score_measures import Measure
from calibration.score_outlook import Outlook, case_errors
from calibration.score_period import Groups, Period, groups_of
from sim.streams import stream

BLOCK_DAYS, RESAMPLES = 7, 999
MEASURES = {
    "within_department": "closed within 4 h to 1 week, by department",
    "within_category": "closed within 4 h to 1 week, by type",
    "late_department": "late share of due cases, by department",
    "log_time_department": "log of hours to close, by department",
    "log_time_category": "log of hours to close, by type",
    "backlog_department": "backlog curve, by department",
    "backlog_city": "backlog curve, whole city",
    "closing_hours": "hour of the week of closings",
    "opening_hours": "hour of the week of openings",
    "per_case": "each case against itself",
}
"""Code of each measure and how it is called. All are distances: 0 is perfect."""


@dataclass(frozen=True)
class Card:
    """Distances of each forecast (a row a measure and forecast) and leads of the first over the others."""

    values: pd.DataFrame
    """measure, forecast, value"""
    leads: pd.DataFrame
    """measure, against, difference (first less other: negative is better), low, high"""


def score_card(measured: pd.DataFrame, outlooks: Sequence[Outlook], period: Period, seed: int = 1) -> Card:
    """Score every forecast; the first is the model, held against each of the others."""
    days = np.ones((1, period.days))
    resamples = block_weights(period.days, seed)
    found = {each.name: measures(measured, each, period) for each in outlooks}
    rows, leads = [], []
    model = outlooks[0].name
    for code in MEASURES:
        drawn = {name: row[code](resamples) for name, row in found.items() if code in row}
        for name in drawn:
            rows.append({"measure": code, "forecast": name, "value": float(found[name][code](days)[0])})
            if name != model:
                leads.append(_lead(code, name, float((found[model][code](days) - found[name][code](days))[0]), drawn[model] - drawn[name]))
    return Card(pd.DataFrame(rows), pd.DataFrame(leads, columns=["measure", "against", "difference", "low", "high"]))


def noise_floor(model: Outlook, period: Period, most: int = 5) -> dict[str, float]:
    """What the model would score if it were true: one of its worlds as the log, the rest as forecast, a few in turn."""
    found: list[dict[str, float]] = []
    for number, world in enumerate(model.worlds[:most]):
        rest = Outlook("rest", [each for place, each in enumerate(model.worlds) if place != number])
        if rest.worlds:
            found.append({code: float(measure(np.ones((1, period.days)))[0]) for code, measure in measures(world, rest, period).items()})
    known = {code: [row[code] for row in found if not np.isnan(row[code])] for code in MEASURES}
    return {code: float(np.mean(values)) for code, values in known.items() if values}


def measures(measured: pd.DataFrame, outlook: Outlook, period: Period) -> dict[str, Measure]:
    """Each measure of one forecast as a function of weights on the days."""
    department, category = (groups_of(measured, name, period) for name in ("department", "category"))
    city = Groups("department", ("",), np.array([department.sizes.sum()]))
    found = {
        "within_department": _shares(by_day.counts_within, measured, outlook, period, department),
        "within_category": _shares(by_day.counts_within, measured, outlook, period, category),
        "late_department": _shares(by_day.counts_late, measured, outlook, period, department),
        "log_time_department": _log_time(measured, outlook, period, department),
        "log_time_category": _log_time(measured, outlook, period, category),
        "backlog_department": _backlog(measured, outlook, period, department),
        "backlog_city": _backlog(measured, outlook, period, city),
        "closing_hours": _hours(measured, outlook, period, "closed_at"),
        "opening_hours": _hours(measured, outlook, period, "reported_at"),
    }
    return found | ({"per_case": _per_case(measured, outlook, period)} if outlook.same_cases else {})


def _shares(count, measured: pd.DataFrame, outlook: Outlook, period: Period, groups: Groups) -> Measure:
    pairs = [count(world, period, groups) for world in outlook.worlds]
    predicted = by_day.mean_counts([base for base, _ in pairs]), by_day.mean_counts([hits for _, hits in pairs])
    return by_day.share_distance(count(measured, period, groups), predicted, groups.sizes)


def _log_time(measured: pd.DataFrame, outlook: Outlook, period: Period, groups: Groups) -> Measure:
    predicted = by_day.mean_counts([by_day.counts_log_time(world, period, groups) for world in outlook.worlds])
    return by_day.log_time_distance(by_day.counts_log_time(measured, period, groups), predicted, groups.sizes)


def _backlog(measured: pd.DataFrame, outlook: Outlook, period: Period, groups: Groups) -> Measure:
    predicted = by_day.mean_counts([by_day.open_cases(world, period, groups) for world in outlook.worlds])
    return by_day.backlog_distance(by_day.open_cases(measured, period, groups), predicted)


def _hours(measured: pd.DataFrame, outlook: Outlook, period: Period, column: str) -> Measure:
    predicted = by_day.mean_counts([by_day.counts_by_hour(world, period, column) for world in outlook.worlds])
    return by_day.hour_distance(by_day.counts_by_hour(measured, period, column), predicted)


def _per_case(measured: pd.DataFrame, outlook: Outlook, period: Period) -> Measure:
    error, day = case_errors(measured, outlook, period)
    total = np.bincount(day, weights=error, minlength=period.days)
    cases = np.bincount(day, minlength=period.days).astype(float)
    return lambda weights: weights @ total / np.maximum(1e-12, weights @ cases)


def block_weights(days: int, seed: int, resamples: int = RESAMPLES) -> np.ndarray:
    """How often each day is drawn in each resample: circular blocks of a week, as many days in all as there are."""
    block = min(BLOCK_DAYS, days)
    draw = stream(seed, "score blocks", days)
    starts = draw.integers(0, days, (resamples, -(-days // block)))
    drawn = ((starts[:, :, None] + np.arange(block)) % days).reshape(resamples, -1)[:, :days]
    return np.stack([np.bincount(row, minlength=days) for row in drawn]).astype(float)


def _lead(code: str, against: str, difference: float, drawn: np.ndarray) -> Mapping[str, object]:
    known = drawn[~np.isnan(drawn)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
    return {"measure": code, "against": against, "difference": difference, "low": float(low), "high": float(high)}
