"""Working time in closed form: civil hours, holidays and DST compiled to open intervals in elapsed seconds.

Intervals are half-open, [opening, closing): at its closing a calendar is closed, and work ending just then ends then.
Nothing here steps through time: every question is one or two bisections.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.civil_time import CivilTime, Times
from sim.messages import say
from sim.records import MISSING
from sim.units import DAY

__all__ = ["ALWAYS", "FAR", "Calendar", "CivilTime", "Holidays", "Spell", "compile_calendar", "national_holidays"]

FAR = 2**60
"""The instant that never comes: past the end of every calendar."""

Spell = tuple[int, int]

def _sweep(times: Times, steps: Times) -> Times:
    """The instants at which the running sum of steps turns positive, stops being so, and so on; sorted, even."""
    instants, where = np.unique(times, return_inverse=True)
    level = np.cumsum(np.bincount(where.ravel(), weights=steps, minlength=len(instants))) > 0
    return instants[np.diff(level, prepend=False)]


class Calendar:
    """When something is open: disjoint intervals in elapsed seconds, closed outside [lo, hi).

    Given intervals may overlap, touch and lack order; empty ones vanish, reversed ones raise ValueError.
    """

    __slots__ = ("_done", "_edges", "hi", "lo")

    def __init__(self, intervals: Iterable[Spell] | Times, lo: int, hi: int) -> None:
        starts, ends = _columns(intervals)
        inside = np.clip(np.concatenate((starts, ends)), lo, hi)
        self._compile(_sweep(inside, np.repeat([1, -1], len(starts))), lo, hi)

    def _compile(self, edges: Times, lo: int, hi: int) -> None:
        self.lo, self.hi = lo, hi
        # Lists, 60 KB for a year of split shifts: a memoryview takes a fifth of that, but half as long again to search.
        self._edges: list[int] = edges.tolist()
        self._done: list[int] = [0, *np.cumsum(edges[1::2] - edges[::2]).tolist()]

    @property
    def intervals(self) -> Times:
        """The open intervals, shape (n, 2): opening, closing."""
        return np.array(self._edges, dtype=np.int64).reshape(-1, 2)

    @property
    def open_seconds(self) -> int:
        """Open seconds in all."""
        return self._done[-1]

    @property
    def longest_shift(self) -> int:
        """Length of the longest open interval, s; 0 if never open."""
        return int(np.diff(self.intervals, axis=1).max(initial=0))

    def is_open(self, t: int) -> bool:
        """Whether t lies in an open interval; a closing does not."""
        return bisect_right(self._edges, t) & 1 == 1

    def next_open(self, t: int) -> int:
        """The first open instant at or after t; FAR if there is none."""
        edges = self._edges
        i = bisect_right(edges, t)
        if i & 1:
            return t
        return edges[i] if i < len(edges) else FAR

    def next_close(self, t: int) -> int:
        """The first instant at or after t that is not open: the end of t's interval, or t itself when closed."""
        edges = self._edges
        i = bisect_right(edges, t)
        return edges[i] if i & 1 else t

    def add_work(self, t: int, w: int) -> int:
        """The instant at which w open seconds after t are done; t itself for w = 0; FAR beyond the compiled range."""
        if w <= 0:
            return _no_work(t, w)
        edges, done = self._edges, self._done
        i = bisect_right(edges, t)
        k = i >> 1
        if i & 1:
            if t + w <= edges[i]:
                return t + w
            w += t - edges[i - 1]
        w += done[k]
        k = bisect_left(done, w, k + 1) - 1
        return edges[2 * k] + w - done[k] if 2 * k < len(edges) else FAR

    def work_before(self, t: int, w: int) -> int:
        """The latest instant from which w open seconds are left until t; t itself for w = 0; -FAR if there is none."""
        if w <= 0:
            return _no_work(t, w)
        left = self._work_until(t) - w
        if left < 0:
            return -FAR
        k = bisect_right(self._done, left) - 1
        return self._edges[2 * k] + left - self._done[k]

    def work_between(self, a: int, b: int) -> int:
        """Open seconds from a to b; negative if b comes before a."""
        edges, done = self._edges, self._done
        i, j = bisect_right(edges, a), bisect_right(edges, b)
        work = done[j >> 1] - done[i >> 1]
        if i & 1:
            work -= a - edges[i - 1]
        return work + b - edges[j - 1] if j & 1 else work

    def _work_until(self, t: int) -> int:
        edges = self._edges
        i = bisect_right(edges, t)
        return self._done[i >> 1] + (t - edges[i - 1] if i & 1 else 0)

    def add_work_many(self, t: ArrayLike, w: ArrayLike) -> Times:
        """`add_work` on columns; where either is MISSING the result is MISSING."""
        times, work = np.broadcast_arrays(np.asarray(t, dtype=np.int64), np.asarray(w, dtype=np.int64))
        missing = (times == MISSING) | (work == MISSING)
        if np.any((work < 0) & ~missing):
            raise ValueError("work cannot be negative")
        done, openings = np.array(self._done, dtype=np.int64), np.append(self.intervals[:, 0], FAR)
        target = self._work_until_many(np.where(missing, 0, times)) + np.where(missing, 0, work)
        k = np.maximum(np.searchsorted(done, target, side="left") - 1, 0)
        reached = np.where(target > done[-1], FAR, openings[k] + target - done[k])
        return np.where(missing, MISSING, np.where(work == 0, times, reached))

    def work_between_many(self, a: ArrayLike, b: ArrayLike) -> Times:
        """`work_between` on columns; where either is MISSING the result is MISSING."""
        first, last = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
        work = self._work_until_many(last) - self._work_until_many(first)
        return np.where((first == MISSING) | (last == MISSING), MISSING, work)

    def _work_until_many(self, times: Times) -> Times:
        edges, done = np.insert(np.array(self._edges, dtype=np.int64), 0, 0), np.array(self._done, dtype=np.int64)
        i = np.searchsorted(edges[1:], times, side="right")
        return done[i >> 1] + np.where(i & 1 == 1, times - edges[i], 0)

    def minus(self, closed: Iterable[Spell] | Times) -> Calendar:
        """The same calendar without some intervals (absences, closures); it may be left never open."""
        starts, ends = _columns(closed)
        spells = self.intervals
        steps = np.repeat([1, -1, -1, 1], [len(spells), len(spells), len(starts), len(starts)])
        less = Calendar.__new__(Calendar)
        less._compile(_sweep(np.concatenate((spells[:, 0], spells[:, 1], starts, ends)), steps), self.lo, self.hi)
        return less


def _columns(intervals: Iterable[Spell] | Times) -> tuple[Times, Times]:
    pairs = intervals if isinstance(intervals, np.ndarray) else list(intervals)
    spells = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if np.any(spells[:, 1] < spells[:, 0]):
        raise ValueError("an interval ends before it starts")
    return spells[:, 0], spells[:, 1]


def _no_work(t: int, w: int) -> int:
    if w < 0:
        raise ValueError(f"work cannot be negative: {w} s")
    return t


class _Always(Calendar):
    """Open from -2**59 to 2**59: the same answers as its single interval gives, without a search."""

    __slots__ = ()

    def add_work(self, t: int, w: int) -> int:
        return t + w if w >= 0 and self.lo <= t and t + w <= self.hi else Calendar.add_work(self, t, w)

    def work_between(self, a: int, b: int) -> int:
        return b - a if self.lo <= a <= b <= self.hi else Calendar.work_between(self, a, b)


ALWAYS: Calendar = _Always([(-(2**59), 2**59)], -(2**59), 2**59)
"""The continuous clock as a calendar."""


@dataclass(frozen=True)
class Holidays:
    """Dates that are closed whatever their weekday, and make-up dates that are worked with Monday's hours."""

    closed: frozenset[dt.date] = frozenset()
    make_up: frozenset[dt.date] = frozenset()


def national_holidays(country: str, years: Iterable[int]) -> Holidays:
    """Public holidays and make-up working days of a country (ISO code) in some years, from the `holidays` package.

    Raises ValueError for a country it does not know. Make-up days exist only for years whose government notice the
    package contains: for China no later year than the one after its release.
    """
    import holidays  # a second of import that most scenarios do not need

    wanted = set(years)
    try:
        # A festival at the turn of the year moves days on both sides: read the neighbours too.
        known = holidays.country_holidays(country, years=sorted({y + shift for y in wanted for shift in (-1, 0, 1)}))
    except NotImplementedError:
        raise ValueError(
            say("no national holidays are known for country {value}; write a two-letter ISO code such as CN",
                value=repr(country))
        ) from None  # fmt: skip
    make_up = frozenset(day for day in getattr(known, "weekend_workdays", ()) if day.year in wanted)
    return Holidays(frozenset(day for day in known if day.year in wanted) - make_up, make_up)


def compile_calendar(
    civil: CivilTime,
    first_day: int,
    n_days: int,
    weekday_hours: Mapping[int, Sequence[Spell]],
    holidays: Holidays | None = None,
) -> Calendar:
    """Weekly hours over the civil days [first_day, first_day + n_days) as a Calendar in elapsed seconds.

    `weekday_hours`: for 0 (Monday) .. 6, pairs of seconds of the local day; 86400 is 24:00, and an end not after its
    start lies on the next day. A shift that began the evening before first_day counts from first_day's midnight. A
    holiday has no shift of its own. Raises ValueError if never open, or for hours outside a day.
    """
    _check_hours(weekday_hours)
    days = np.arange(first_day - 1, first_day + n_days)
    rows = np.array([_weekday(civil.date_of(int(day)), holidays) for day in days])
    shifts = [(days[rows == weekday], pair) for weekday, pairs in weekday_hours.items() for pair in pairs]
    wall = [(day * DAY + start, day * DAY + end + (DAY if end <= start else 0)) for day, (start, end) in shifts]
    spells = np.concatenate([np.column_stack(pair) for pair in wall] or [np.empty((0, 2), dtype=np.int64)])
    lo, hi = (int(edge) for edge in civil.elapsed([first_day * DAY, (first_day + n_days) * DAY]))
    calendar = Calendar(civil.elapsed(spells), lo, hi)
    if calendar.open_seconds == 0:
        first, last = civil.date_of(first_day), civil.date_of(first_day + n_days - 1)
        raise ValueError(
            say("the calendar is never open from {first} to {last}; give it hours on at least one working day",
                first=first, last=last)
        )  # fmt: skip
    return calendar


def _weekday(date: dt.date, holidays: Holidays | None) -> int:
    if holidays is not None and date in holidays.make_up:
        return 0
    return -1 if holidays is not None and date in holidays.closed else date.weekday()


def _check_hours(weekday_hours: Mapping[int, Sequence[Spell]]) -> None:
    for weekday, pairs in weekday_hours.items():
        for start, end in pairs:
            if weekday not in range(7) or not 0 <= start < DAY or not 0 <= end <= DAY:
                raise ValueError(
                    say(
                        "weekday {weekday}, hours {hours}: weekdays run from 0 (Monday) to 6, "
                        "hours from 00:00 to 24:00 (in seconds)",
                        weekday=weekday, hours=(start, end),
                    )
                )  # fmt: skip
