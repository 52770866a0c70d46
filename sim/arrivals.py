"""Cases drawn from the arrivals that were fitted on a log: day by day, the same case on the same date in every run.

A day's number of a department is Poisson with a mean that is its level, trend, month and weekday times two gamma or
lognormal day factors, so that counts vary more than chance alone. Everything is read off by quantile from uniforms that
belong to a date: another start, horizon or policy leaves a date's cases as they are.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields

import numpy as np
from scipy import special, stats

from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.scenario.arrivals import ArrivalModel, ArrivalStream, CaseKind
from sim.streams import uniforms
from sim.units import DAY, HOUR

Array = np.ndarray

_SERIALS = np.int64(1 << 20)
"""Cases of one department and day, at most."""
_BACK = 60
"""Days whose luck a day remembers."""


@dataclass(frozen=True)
class Arrived:
    """Columns of cases in order of time: seconds since the start, lasting code, words, limit (MISSING: none)."""

    at: Array
    code: Array
    department: Array
    category: Array
    zone: Array
    """index into places.zones"""
    channel: Array
    due: Array
    registered: Array

    def __len__(self) -> int:
        return len(self.at)

    def of(self, rows: Array) -> Arrived:
        """Some of the cases."""
        return Arrived(*(getattr(self, each.name)[rows] for each in fields(self)))


def daily_means(model: ArrivalModel, stream: ArrivalStream, dates: list[datetime.date], holidays: frozenset[datetime.date]) -> Array:
    """Expected cases of a department on each date, without day factors and with the shocks that come again."""
    since = datetime.date.fromisoformat(model.since)
    ahead = np.array([(date - since).days for date in dates], dtype=float)
    damped = (1 - model.damping ** np.maximum(ahead, 0)) / (1 - model.damping) + np.minimum(ahead, 0)
    week = np.array(stream.week)
    day = np.array([week[6] * stream.holiday if date in holidays else week[date.weekday()] for date in dates])
    month = np.array(model.months)[[date.month - 1 for date in dates]] if model.months else 1.0
    return stream.level * np.exp(np.clip(model.trend * damped, -3, 3)) * day * month * _shocks(model, stream.department, dates)


def _shocks(model: ArrivalModel, department: str, dates: list[datetime.date]) -> Array:
    factor = np.ones(len(dates))
    if model.shock_on == "none" or not model.shocks:
        return factor
    first = min(datetime.date.fromisoformat(shock.date) for shock in model.shocks)
    shift = datetime.date.fromisoformat(model.shock_on) - first
    moved = {datetime.date.fromisoformat(shock.date) + shift: shock.factor for shock in model.shocks if shock.department == department}
    return np.array([moved.get(date, 1.0) for date in dates])


def shared_level(model: ArrivalModel, ordinals: Array, seed: int) -> Array:
    """The lognormal factor, mean 1, that all departments share on each day; it remembers earlier days."""
    if model.shared_cv == 0:
        return np.ones(len(ordinals))
    lags = np.arange(_BACK)
    weights = model.memory**lags
    weights /= np.sqrt((weights**2).sum())
    luck = special.ndtri(uniforms(seed, "arrival day", at=ordinals[:, None] - lags))
    variance = np.log1p(model.shared_cv**2)
    return np.exp(np.sqrt(variance) * luck @ weights - variance / 2)


def daily_counts(
    model: ArrivalModel, first: datetime.date, days: int, seed: int, holidays: frozenset[datetime.date] = frozenset()
) -> Array:
    """Cases by department (in the order of the streams) and day, from the date `first` on."""
    dates = [first + datetime.timedelta(days=day) for day in range(days)]
    ordinals = np.array([date.toordinal() for date in dates], dtype=np.int64)
    shared = shared_level(model, ordinals, seed)
    rows = []
    for stream in model.streams:
        mean = daily_means(model, stream, dates, holidays) * shared
        if stream.cv:
            u = uniforms(seed, "arrival level", stream.department, at=ordinals)
            mean = mean * special.gammaincinv(stream.cv**-2, u) * stream.cv**2
        rows.append(stats.poisson.ppf(uniforms(seed, "arrivals", stream.department, at=ordinals), np.maximum(mean, 1e-12)))
    return np.minimum(np.array(rows), float(_SERIALS - 1)).astype(np.int64)


def draw_arrivals(
    model: ArrivalModel, civil: CivilTime, begin_s: int, end_s: int, seed: int, holidays: frozenset[datetime.date] = frozenset()
) -> Arrived:
    """The cases that come in [begin_s, end_s) of a run whose second 0 is the start of `civil`."""
    first = civil.day_of(begin_s)
    days = civil.day_of(max(begin_s, end_s - 1)) - first + 1
    counts = daily_counts(model, civil.date_of(first), days, seed, holidays)
    parts = [_of_stream(model, stream, counts[k], civil, first, seed, holidays) for k, stream in enumerate(model.streams)]
    columns = [np.concatenate(each) for each in zip(*parts, strict=True)]
    inside = (columns[0] >= begin_s) & (columns[0] < end_s)
    order = np.flatnonzero(inside)[np.lexsort((columns[1][inside], columns[0][inside]))]
    return Arrived(*(column[order] for column in columns))


def _of_stream(
    model: ArrivalModel, stream: ArrivalStream, counts: Array, civil: CivilTime, first: int, seed: int,
    holidays: frozenset[datetime.date],
) -> tuple[Array, ...]:  # fmt: skip
    name = stream.department
    day = np.repeat(np.arange(len(counts)), counts)
    serial = np.arange(len(day)) - np.repeat(np.cumsum(counts) - counts, counts)
    ordinal = np.array([civil.date_of(first + k).toordinal() for k in range(len(counts))], dtype=np.int64)
    base = np.int64(int(uniforms(0, "arrival code", name, at=np.zeros(1, dtype=np.int64))[0] * 2**60))
    code = base + ordinal[day] * _SERIALS + serial
    dates = [civil.date_of(first + k) for k in range(len(counts))]
    weekday = np.array([6 if date in holidays else date.weekday() for date in dates], dtype=np.int64)[day]
    at = civil.elapsed((first + day) * DAY + _second_of_day(stream, weekday, uniforms(seed, "arrival hour", at=code)))
    return at, code, np.full(len(code), name, dtype=object), *_contents(model, name, at, code, seed)


def _second_of_day(stream: ArrivalStream, weekday: Array, u: Array) -> Array:
    """Wall seconds since midnight at which a share u of the weekday's weight has passed."""
    result = np.zeros(len(u))
    for number in range(7):
        rows = weekday == number
        edges = np.concatenate(([0.0], np.cumsum(stream.hours[24 * number : 24 * number + 24])))
        result[rows] = np.interp(u[rows], edges / edges[-1], np.arange(25) * HOUR)
    return np.minimum(np.floor(result).astype(np.int64), DAY - 1)


def _contents(model: ArrivalModel, department: str, at: Array, code: Array, seed: int) -> tuple[Array, ...]:
    """Category, zone, channel, limit, and whether it is registered when done."""
    kinds = [kind for kind in model.kinds if kind.department == department]
    which = _pick(np.array([kind.share for kind in kinds]), uniforms(seed, "arrival kind", at=code))
    zone, due = np.zeros(len(code), dtype=np.int64), np.full(len(code), MISSING, dtype=np.int64)
    channel, registered = np.full(len(code), "", dtype=object), np.zeros(len(code), dtype=bool)
    luck = {name: uniforms(seed, f"arrival {name}", at=code) for name in ("zone", "channel", "limited", "limit", "registered")}
    for number, kind in enumerate(kinds):
        rows = np.flatnonzero(which == number)
        zone[rows] = _pick(np.array(kind.zones), luck["zone"][rows])
        names = sorted(kind.channels)
        channel[rows] = np.array(names, dtype=object)[_pick(np.array([kind.channels[n] for n in names]), luck["channel"][rows])]
        registered[rows] = luck["registered"][rows] < kind.registered
        limited = rows[luck["limited"][rows] < kind.limited]
        due[limited] = at[limited] + _limits(kind, luck["limit"][limited])
    category = np.array([kind.category for kind in kinds], dtype=object)[which]
    return category, zone, channel, due, registered


def _pick(weights: Array, u: Array) -> Array:
    edges = np.cumsum(weights)
    return np.minimum(np.searchsorted(edges / edges[-1], u, side="right"), len(weights) - 1)


def _limits(kind: CaseKind, u: Array) -> Array:
    """Limits are names of periods, so one of those written is taken as it is, and none between two."""
    return np.array([limit.seconds for limit in kind.limits], dtype=np.int64)[(u * len(kind.limits)).astype(np.int64)]
