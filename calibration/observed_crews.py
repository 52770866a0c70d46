"""Effective crews as a log shows them: how many resources are at work at once, on a day, by hour and weekday.

A resource that works for several departments counts for each by its share of the touches of that day. The time in which a
department works is what holds nearly all of its touches: local hours and weekdays.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportIndexIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.observed_presence import Presence
from calibration.observed_queue import FAR, Waits
from sim.streams import stream
from sim.units import DAY, HOUR

FEWEST_DAYS, FEWEST_CASES = 20, 30
"""Days of work and cases of a department below which nothing is said (judgement)."""
BUSY_HOUR, BUSY_DAY = 0.02, 0.02
"""Shares of the touches from which an hour of the day or a weekday belongs to the working time (as hours are fitted)."""
RESAMPLES = 400

Array = np.ndarray


@dataclass(frozen=True)
class Span:
    """A mean with its 95 % interval from resampled weeks, and median, 10 % and 90 % of what it is the mean of."""

    mean: float
    low: float
    high: float
    median: float
    p10: float
    p90: float


@dataclass(frozen=True)
class CrewsSeen:
    """`unit`: department, empty for the whole log. `at_once`: resources at work in an hour of the working time (hours of days
    that were worked); `a_day`: different resources on such a day. `used`: share of their time at work that is filled with
    timed steps; None where steps have no start. `hours`, `weekdays`: of the working time; `by_hour`: mean at once by local
    hour, `by_weekday`: mean resources a day from Monday."""

    unit: str
    resources: int
    days: int
    at_once: Span | None
    a_day: Span
    used: Span | None
    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    by_hour: tuple[float, ...]
    by_weekday: tuple[float, ...]


@dataclass(frozen=True)
class InHand:
    """Cases in hand at once (begun and not ended): the most on a day, over the days on which any was begun."""

    unit: str
    days: int
    peak: Span


def in_hand_of(waits: Waits) -> tuple[InHand, ...]:
    """By department, for a table of cases with starts; where a crew has one case in hand, the peaks are crews at work."""
    found = []
    for unit, mine in waits.frame.groupby("unit", sort=True):
        mine = mine[((mine["started"] < FAR) & (mine["ended"] < FAR)).to_numpy()]
        begun, ended = np.sort(mine["started"].to_numpy()), np.sort(mine["ended"].to_numpy())
        in_hand = np.arange(1, len(begun) + 1) - np.searchsorted(ended, begun, side="right")
        peaks = pd.Series(in_hand).groupby(begun // DAY).max()
        if len(mine) >= FEWEST_CASES and len(peaks) >= FEWEST_DAYS:
            days = peaks.index.to_numpy()
            found.append(InHand(str(unit), len(days), _span(peaks.to_numpy(dtype=float)[:, None], _weeks(days))))
    return tuple(found)


def crews_of(presence: Presence, cases_by_unit: dict[str, int]) -> tuple[CrewsSeen, ...]:
    """The whole log, and each of its departments with enough cases and days, where it has several."""
    if not presence.persons:
        return ()
    found = [_seen("", presence, None)]
    if len(cases_by_unit) > 1:
        found += [_seen(unit, presence, unit) for unit, cases in cases_by_unit.items() if cases >= FEWEST_CASES]
    return tuple(each for each in found if each is not None)


def _seen(name: str, presence: Presence, unit: str | None) -> CrewsSeen | None:
    touches = presence.touches
    mine = touches if unit is None else touches[(touches["unit"] == unit).to_numpy()]
    hours, weekdays = working_time(mine["at"].to_numpy(), presence.first_weekday)
    all_touches = presence.spans["touches"].to_numpy()
    at = mine.groupby(["resource", "day"]).size().rename("mine").reset_index()
    spans = presence.spans.assign(all=all_touches).merge(at, on=["resource", "day"])
    weekday = (presence.first_weekday + spans["day"].to_numpy()) % 7
    spans = spans[np.isin(weekday, weekdays)].assign(share=lambda rows: rows["mine"] / rows["all"])
    days = np.unique(spans["day"])
    if len(days) < FEWEST_DAYS:
        return None
    grid = _at_work(spans, days)
    a_day = spans.groupby("day")["share"].size().reindex(days).to_numpy(dtype=float)
    per_week = _weeks(days)
    clock = not presence.dates_only
    return CrewsSeen(
        unit=name, resources=int(spans["resource"].nunique()), days=len(days),
        at_once=_span(grid[:, list(hours)], per_week) if clock else None,
        a_day=_span(a_day[:, None], per_week), used=_used(presence, unit, spans, days, per_week) if clock else None,
        hours=hours if clock else (), weekdays=weekdays,
        by_hour=tuple(float(x) for x in grid.mean(axis=0)) if clock else (),
        by_weekday=_by_weekday(a_day, (presence.first_weekday + days) % 7),
    )  # fmt: skip


def working_time(at: Array, first_weekday: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Hours of the day and weekdays (0: Monday) that hold nearly all touches; `at`: wall seconds."""
    hour = np.bincount(at // HOUR % 24, minlength=24) / max(1, len(at))
    weekday = np.bincount((first_weekday + at // DAY) % 7, minlength=7) / max(1, len(at))
    busy = np.flatnonzero(hour >= BUSY_HOUR)
    hours = tuple(range(int(busy.min()), int(busy.max()) + 1)) if len(busy) else tuple(range(24))
    return hours, tuple(int(day) for day in np.flatnonzero(weekday >= BUSY_DAY))


def _at_work(spans: pd.DataFrame, days: Array) -> Array:
    """Resources at work, one row a day, one column an hour of the day: seconds of presence over an hour."""
    place = np.searchsorted(days, spans["day"].to_numpy())
    share = spans["share"].to_numpy()
    first, last = ((spans[name] - spans["day"] * DAY).to_numpy(dtype=float) for name in ("first", "last"))
    grid = np.zeros((len(days), 24))
    for hour in range(24):
        inside = np.clip(np.minimum(last, (hour + 1) * HOUR) - np.maximum(first, hour * HOUR), 0, None)
        grid[:, hour] = np.bincount(place, inside / HOUR * share, len(days))
    return grid


def _used(
    presence: Presence, unit: str | None, spans: pd.DataFrame, days: Array, weeks: Array
) -> Span | None:
    pieces = presence.pieces
    if not len(pieces):
        return None
    mine = pieces if unit is None else pieces[(pieces["unit"] == unit).to_numpy()]
    done = mine.groupby("day")["seconds"].sum().reindex(days, fill_value=0.0).to_numpy()
    there = ((spans["last"] - spans["first"]) * spans["share"]).groupby(spans["day"]).sum().reindex(days).to_numpy()
    daily = done / np.maximum(1.0, there)
    ratio = _resampled(weeks, done) / np.maximum(1.0, _resampled(weeks, there))
    low, high = np.quantile(ratio, [0.025, 0.975])
    p10, median, p90 = np.quantile(daily, [0.1, 0.5, 0.9])
    return Span(float(done.sum() / max(1.0, there.sum())), float(low), float(high), float(median), float(p10), float(p90))


def _weeks(days: Array) -> Array:
    """Of each resampled log, how often each day's week is drawn."""
    week = np.unique(days // 7, return_inverse=True)[1]
    count = int(week.max()) + 1
    draw = stream(1, "observed weeks of crews").integers(0, count, (RESAMPLES, count))
    return np.array([np.bincount(row, minlength=count) for row in draw], dtype=float)[:, week]


def _resampled(weeks: Array, per_day: Array) -> Array:
    return weeks @ per_day / np.maximum(1.0, weeks.sum(axis=1))


def _span(grid: Array, weeks: Array) -> Span:
    """Of all cells of a table with one row a day."""
    low, high = np.quantile(_resampled(weeks, grid.mean(axis=1)), [0.025, 0.975])
    p10, median, p90 = np.quantile(grid, [0.1, 0.5, 0.9])
    return Span(float(grid.mean()), float(low), float(high), float(median), float(p10), float(p90))


def _by_weekday(a_day: Array, weekday: Array) -> tuple[float, ...]:
    return tuple(float(a_day[weekday == day].mean()) if (weekday == day).any() else 0.0 for day in range(7))
