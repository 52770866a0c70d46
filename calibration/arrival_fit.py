"""Arrivals of a log as a model that can be drawn from: start here. `fit_arrivals(intake)` -> `Arrivals`.

The level is flat, follows a trend, or is that of recent days, whichever foretold the later weeks of the training period
best from the weeks before them (rolling origin). What the log is too short to tell is left out and said in `notes`.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from calibration.arrival_days import A_STREAM, FOR_A_TREND, DayFit, Days, fit_days, judged, own_scatter, shared_scatter
from calibration.arrival_mix import hour_profile, kinds_of
from calibration.intake import Intake
from sim.arrivals import draw_arrivals
from sim.calendars import national_holidays
from sim.civil_time import CivilTime
from sim.messages import BadInput, say
from sim.scenario.arrivals import ArrivalModel
from sim.units import DAY

Array = np.ndarray
Tree = dict[str, Any]
KINDS = ("flat", "recent", "trend")
BETTER = 0.97
"""A level that moves must foretell with at most this share of the flat one's error (judgement)."""

EDGE = 9 * 3600
"""Seconds from midnight in which a day without a case may still be whole (judgement)."""


@dataclass(frozen=True)
class Arrivals:
    """A fitted model of arrivals, with what was found on the way."""

    tree: Tree
    """chapter `replay.arrivals` as a scenario writes it"""
    model: ArrivalModel
    zone: str
    zones: tuple[str, ...]
    holidays: str
    kind: str
    """flat, recent or trend"""
    days: Days
    counts: Array
    """streams x days of the log"""
    shocks: pd.DataFrame
    """date, department, count, expected"""
    notes: tuple[str, ...]
    """codes of what the log is too short to tell: part_of_a_day, no_weekdays, no_scatter, no_season"""

    def draw(self, start: datetime.date, days: int, seed: int) -> pd.DataFrame:
        """New cases from local midnight of `start` on: reported_at (seconds since then), department, category, ..."""
        civil = CivilTime(start, self.zone)
        end = int(civil.day_starts(1, days)[0])
        free = holidays_of(self.holidays, start.year, start.year + days // 365 + 1)
        found = draw_arrivals(self.model, civil, 0, end, seed, free)
        return pd.DataFrame({
            "reported_at": found.at, "department": found.department, "category": found.category,
            "community": np.array(self.zones, dtype=object)[found.zone], "channel": found.channel,
            "handling_due": found.due, "registered": found.registered,
        })  # fmt: skip


def holidays_of(country: str, first: int, last: int) -> frozenset[datetime.date]:
    """Public holidays of some years; none for the country `none`."""
    return frozenset() if country == "none" else national_holidays(country, range(first, last + 1)).closed


def fit_arrivals(intake: Intake, holidays: str = "none") -> Arrivals:
    """Fit the arrivals of all cases of a training period. Raises BadInput for a log that spans no time at all."""
    cases, frame = intake.records["cases"], intake.records.frame
    opened = cases["reported_at"].to_numpy()
    if len(cases) < 2 or opened.min() == opened.max():
        raise BadInput(say("{count} cases, all opened in one second: no arrivals can be fitted", count=len(cases)))
    civil = CivilTime(datetime.date.fromisoformat(frame.start), frame.zone)
    days, part, notes = _days(civil, opened, frame.horizon_s, holidays)
    units = sorted(cases["department"].astype(str).unique())
    names = cases["department"].astype(str).to_numpy()
    first = (days.dates[0] - civil.start).days
    day = civil.wall(opened) // DAY - first
    counts = np.array([np.bincount(day[(names == unit) & (day >= 0) & (day < len(days))], minlength=len(days)) for unit in units])
    kind = best_kind(counts.sum(axis=0), days)
    fits = _streams(counts, days, kind)
    free = days.holiday
    zones = sorted(cases["community"].astype(str).unique())
    shocks = _shocks(units, counts, fits, days)
    tree = _tree(units, counts, fits, days, kind, part) | {"kinds": kinds_of(cases, zones), "shocks": _factors(shocks)}
    _add_hours(tree, names, civil.wall(opened), (civil.start.weekday() + civil.wall(opened) // DAY) % 7, day, free)
    model = ArrivalModel.model_validate(tree)
    return Arrivals(tree, model, frame.zone, tuple(zones), holidays, kind, days, counts, shocks, notes)


def _days(civil: CivilTime, opened: Array, horizon_s: int, holidays: str) -> tuple[Days, float, tuple[str, ...]]:
    """Whole days of the log, the share of a day that is seen if there is none, and what cannot be told."""
    first, last = civil.day_of(int(opened.min())), civil.day_of(int(horizon_s))
    # A log whose first case comes later in the day than offices open, or whose last comes before they shut, was cut there.
    begin = first if int(opened.min()) - int(civil.day_starts(1, first)[0]) < EDGE else first + 1
    seen_until = int(opened.max())
    end = last if seen_until >= int(civil.day_starts(1, last)[0]) - EDGE else civil.day_of(seen_until)
    notes, part = [], 1.0
    if end <= begin:
        begin, end = first, first + 1
        part = max(1.0, float(seen_until - opened.min())) / DAY
        notes.append("part_of_a_day")
    dates = tuple(civil.date_of(day) for day in range(begin, end))
    free = holidays_of(holidays, dates[0].year, dates[-1].year)
    notes += ["no_weekdays", "no_scatter"] if len(dates) < 14 else []
    notes += ["no_season"] if len(dates) < 730 else []
    return Days(dates, np.array([date in free for date in dates])), part, tuple(notes)


def best_kind(total: Array, days: Days) -> str:
    """The kind of level that foretells best, from four origins in the second half, the fortnight after each."""
    if len(days) < FOR_A_TREND:
        return "flat"
    errors = dict.fromkeys(KINDS, 0.0)
    for origin in np.linspace(len(days) // 2, len(days) - 14, 4).astype(int):
        past, ahead = Days(days.dates[:origin], days.holiday[:origin]), slice(origin, origin + 14)
        weekday = days.weekday[ahead]
        usual = ~fit_days(total, days).shocks[ahead]
        for kind in KINDS:
            fit = fit_days(total[:origin], past, kind)
            steps = np.arange(1, len(weekday) + 1)
            season = fit.months[days.month[ahead]] if len(fit.months) else 1.0
            mean = fit.level * fit.week[weekday] * season * np.exp(fit.trend * steps)
            errors[kind] += float(((np.sqrt(total[ahead]) - np.sqrt(mean))[usual] ** 2).sum())
    best = min(KINDS, key=lambda kind: errors[kind])
    return best if errors[best] < BETTER * errors["flat"] else "flat"


def _streams(counts: Array, days: Days, kind: str) -> list[DayFit]:
    """Fit of each department; thin ones take the weekdays of all together."""
    whole = fit_days(counts.sum(axis=0), days, kind)
    return [fit_days(row, days, kind, None if row.sum() >= A_STREAM else whole.week) for row in counts]


def _tree(units: list[str], counts: Array, fits: list[DayFit], days: Days, kind: str, part: float) -> Tree:
    means, use = np.array([fit.mean for fit in fits]), np.array([~fit.shocks & judged(len(days), kind) for fit in fits])
    shared, memory = shared_scatter(counts, means, use) if len(days) >= 14 and len(units) > 1 else (0.0, 0.0)
    streams = []
    for unit, row, fit, known in zip(units, counts, fits, use, strict=True):
        own = own_scatter(row, fit.mean, known, shared) if len(days) >= 14 and row.sum() >= A_STREAM else 0.0
        streams.append({
            "department": unit, "level": float(f"{fit.level / part:.6g}"), "week": [round(float(f), 5) for f in fit.week],
            "holiday": 1.0, "cv": round(min(own, 5.0), 5),
        })  # fmt: skip
    weight = counts.sum(axis=1) / max(1, counts.sum())
    trend = float(sum(w * fit.trend for w, fit in zip(weight, fits, strict=True)))
    total = fit_days(counts.sum(axis=0), days, kind)
    return {
        "since": days.dates[-1].isoformat(), "trend": round(trend, 6), "damping": 0.98,
        "months": [round(float(f), 5) for f in total.months], "shared_cv": round(min(shared, 5.0), 5), "memory": round(memory, 4),
        "streams": streams, "shock_on": "none",
    }  # fmt: skip


def _add_hours(tree: Tree, names: Array, wall: Array, weekday: Array, day: Array, free: Array) -> None:
    held = (day >= 0) & (day < len(free))
    weekday = np.where(held & free[np.clip(day, 0, len(free) - 1)], 6, weekday)
    city = hour_profile(wall, weekday)
    for stream in tree["streams"]:
        rows = names == stream["department"]
        profile = hour_profile(wall[rows], weekday[rows], city)
        stream["hours"] = [float(f"{share:.4g}") for share in profile.ravel()]


def _shocks(units: list[str], counts: Array, fits: list[DayFit], days: Days) -> pd.DataFrame:
    rows = [{"date": days.dates[k], "department": unit, "count": int(row[k]), "expected": float(fit.mean[k])}
            for unit, row, fit in zip(units, counts, fits, strict=True) for k in np.flatnonzero(fit.shocks)]  # fmt: skip
    found = pd.DataFrame(rows, columns=["date", "department", "count", "expected"])
    return found.sort_values(["date", "department"], kind="stable").reset_index(drop=True)


def _factors(shocks: pd.DataFrame) -> list[Tree]:
    columns = (shocks[name].tolist() for name in ("date", "department", "count", "expected"))
    return [{"date": date.isoformat(), "department": unit, "factor": round(seen / max(expected, 1e-3), 4)}
            for date, unit, seen, expected in zip(*columns, strict=True)]  # fmt: skip
