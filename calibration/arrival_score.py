"""How well fitted arrivals foretell days that the fit has not seen, beside what one would do without a model.

Counts: the continuous ranked probability score of each day (Gneiting and Raftery 2007), variance over mean, correlation with
the same weekday of the week before (lag 7). Shape: the mean over weekdays of the Wasserstein distance between the hours of
the day (circadian distance, hours). Naive: each day is one of the same weekday of the last eight weeks, hours those of the
last four weeks.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd

from calibration.arrival_fit import Arrivals, holidays_of
from calibration.intake import Intake
from sim.arrivals import daily_counts
from sim.civil_time import CivilTime
from sim.units import DAY, HOUR

Array = np.ndarray

WORLDS = 200
WEEKS_BACK, WEEKS_OF_HOURS = 8, 4
ALL = "*"


def score_arrivals(arrivals: Arrivals, held_out: Intake, start: datetime.date, days: int, worlds: int = WORLDS) -> pd.DataFrame:
    """Rows for the whole log (`*`) and each department: measure of the held-out days, of the model and of the naive forecast.

    `held_out` is a log that holds the days from `start` on (it may hold earlier ones too). Columns: department, days,
    cases, crps and naive_crps (cases a day), ratio (variance over mean), lag7, circadian_h, each also for model and naive.
    NaN where the log is too short: the naive forecast needs a week, lag 7 three.
    """
    first = CivilTime(start, arrivals.zone)
    opened, units = _opened(held_out, first, days)
    seen = np.array([np.bincount(first.wall(opened[units == each.department]) // DAY, minlength=days)[:days]
                     for each in arrivals.model.streams])  # fmt: skip
    free = holidays_of(arrivals.holidays, start.year, start.year + days // 365 + 1)
    drawn = np.array([daily_counts(arrivals.model, start, days, seed, free) for seed in range(1, worlds + 1)])
    naive = _naive(arrivals, start, days)
    hours = _Hours(arrivals, held_out, first, opened, units)
    rows = [_row(ALL, seen.sum(axis=0), drawn.sum(axis=1), naive.sum(axis=1), hours)]
    for k, stream in enumerate(arrivals.model.streams):
        rows.append(_row(stream.department, seen[k], drawn[:, k], naive[:, k], hours))
    return pd.DataFrame(rows)


def _opened(log: Intake, first: CivilTime, days: int) -> tuple[Array, Array]:
    """Seconds since `start` of the openings in the days, and their departments."""
    frame, cases = log.records.frame, log.records["cases"]
    shift = CivilTime(datetime.date.fromisoformat(frame.start), frame.zone).seconds_at(first.start)
    opened = cases["reported_at"].to_numpy() - shift
    inside = (opened >= 0) & (opened < int(first.day_starts(1, days)[0]))
    return opened[inside], cases["department"].astype(str).to_numpy()[inside]


def _naive(arrivals: Arrivals, start: datetime.date, days: int) -> Array:
    """Counts of the same weekday of the last weeks of training: forecasts x streams x days; NaN where there is none."""
    counts, dates = arrivals.counts, arrivals.days.dates
    result = np.full((WEEKS_BACK, len(counts), days), np.nan)
    for day in range(days):
        weekday = (start + datetime.timedelta(days=day)).weekday()
        same = [k for k, date in enumerate(dates) if date.weekday() == weekday and date < start][-WEEKS_BACK:]
        result[: len(same), :, day] = counts[:, same].T
    return result


class _Hours:
    """Hour-of-week profiles of the held-out days, of the model, and of the last weeks of training."""

    def __init__(self, arrivals: Arrivals, held_out: Intake, first: CivilTime, opened: Array, units: Array) -> None:
        self._wall, self._units, self._first = first.wall(opened), units, first
        self._model = {each.department: np.array(each.hours).reshape(7, 24) for each in arrivals.model.streams}
        self._level = {each.department: each.level for each in arrivals.model.streams}
        frame, cases = held_out.records.frame, held_out.records["cases"]
        log = CivilTime(datetime.date.fromisoformat(frame.start), frame.zone)
        before = log.wall(cases["reported_at"].to_numpy()) - (first.start - log.start).days * DAY
        recent = (before < 0) & (before >= -WEEKS_OF_HOURS * 7 * DAY)
        self._before, self._before_units = before[recent], cases["department"].astype(str).to_numpy()[recent]

    def distances(self, department: str) -> tuple[float, float]:
        """Circadian distance of the model and of the naive profile, hours."""
        seen = self._table(self._wall, self._units, department)
        return _circadian(seen, self._modelled(department)), _circadian(seen, self._table(self._before, self._before_units, department))

    def _modelled(self, department: str) -> Array:
        if department != ALL:
            return self._model[department]
        return sum((self._level[name] * table for name, table in self._model.items()), np.zeros((7, 24)))

    def _table(self, wall: Array, units: Array, department: str) -> Array:
        rows = np.ones(len(wall), dtype=bool) if department == ALL else units == department
        table = np.zeros((7, 24))
        np.add.at(table, ((self._first.start.weekday() + wall[rows] // DAY) % 7, wall[rows] // HOUR % 24), 1.0)
        return table


def _circadian(seen: Array, other: Array) -> float:
    """Mean over the weekdays seen, weighted by cases, of the Wasserstein distance of the hours of the day."""
    weight = seen.sum(axis=1)
    use = (weight > 0) & (other.sum(axis=1) > 0)
    if not use.any():
        return float("nan")
    a, b = (table[use].cumsum(axis=1) / table[use].sum(axis=1, keepdims=True) for table in (seen, other))
    return float(np.average(np.abs(a - b).sum(axis=1), weights=weight[use]))


def _row(department: str, seen: Array, drawn: Array, naive: Array, hours: _Hours) -> dict[str, object]:
    circadian = hours.distances(department)
    usable = naive[~np.isnan(naive).any(axis=1)]
    return {
        "department": department, "days": len(seen), "cases": int(seen.sum()),
        "crps": crps(drawn, seen), "naive_crps": crps(usable, seen) if len(usable) else float("nan"),
        "ratio": ratio(seen), "model_ratio": _mean([ratio(row) for row in drawn]),
        "lag7": lag(seen, 7), "model_lag7": float(np.mean([lag(row, 7) for row in drawn])),
        "circadian_h": circadian[0], "naive_circadian_h": circadian[1],
    }  # fmt: skip


def _mean(values: list[float]) -> float:
    """Of those that are known; NaN if none is."""
    known = [value for value in values if value == value]
    return float(np.mean(known)) if known else float("nan")


def crps(forecasts: Array, seen: Array) -> float:
    """Mean over days of E|X - y| - E|X - X'| / 2 of an ensemble (forecasts x days)."""
    m = len(forecasts)
    ordered = np.sort(forecasts, axis=0)
    spread = ((2 * np.arange(1, m + 1) - m - 1)[:, None] * ordered).sum(axis=0) / m**2
    return float((np.abs(forecasts - seen).mean(axis=0) - spread).mean())


def ratio(counts: Array) -> float:
    """Variance over mean of daily counts; NaN for fewer than two days or none at all."""
    return float(np.var(counts, ddof=1) / counts.mean()) if len(counts) > 1 and counts.mean() > 0 else float("nan")


def lag(counts: Array, days: int) -> float:
    """Correlation of each day with the day so many days before; NaN for fewer than three pairs of weeks or no change."""
    if len(counts) < 3 * days or np.std(counts[:-days]) == 0 or np.std(counts[days:]) == 0:
        return float("nan")
    return float(np.corrcoef(counts[:-days], counts[days:])[0, 1])
