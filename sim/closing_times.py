"""When the cases of a log would close, from fitted times to close that count in the rhythm of a department's closings.

A case ages by the weight of the hour: fast in office hours, hardly at night. Hours of the week without weight close
hardly anything, so closings fall into the hours in which the city closes cases.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.scenario.closing import BANDS, WEEK_HOURS, Closing, Rhythm
from sim.streams import uniforms
from sim.units import DAY, HOUR

Array = np.ndarray
LEAST_WEIGHT, LEAST_PACE = 1e-4, 0.01
_GRID = np.linspace(0.0, 1.0, 2001)
_SLACK = 400 * 24
"""Hours after the last time asked for up to which a rhythm is laid out; what closes later is beyond any log."""


class RhythmClock:
    """Seconds since the start <-> seconds of a rhythm."""

    def __init__(self, weights: Array, civil: CivilTime, until_s: int, pace: Array | None = None) -> None:
        """`pace`: factor of each civil day from the start on; what lies after its last day goes on at 1."""
        hours = until_s // HOUR + _SLACK
        floor = np.maximum(np.asarray(weights, dtype=float), LEAST_WEIGHT)
        self.weights = (floor / floor.mean())[hours_of_week(civil, np.arange(hours) * HOUR)]
        gone = self.weights if pace is None else self.weights * _by_hour(pace, civil, hours)
        self._aged = np.concatenate([[0.0], np.cumsum(gone * HOUR)])
        self._at = np.arange(hours + 1) * float(HOUR)

    def aged(self, seconds: Array) -> Array:
        """Seconds of the rhythm at each time."""
        return np.interp(seconds, self._at, self._aged)

    def time(self, aged: Array) -> Array:
        """The time at which so many seconds of the rhythm have gone."""
        return np.interp(aged, self._aged, self._at)

    def band(self, seconds: Array) -> Array:
        """Band of BANDS of the weight of the hour of each time."""
        hour = np.clip(np.asarray(seconds) // HOUR, 0, len(self.weights) - 1).astype(np.int64)
        return np.digitize(self.weights[hour], BANDS)


def _by_hour(pace: Array, civil: CivilTime, hours: int) -> Array:
    """The pace of each hour, never quite nothing: a clock that stands still cannot be read backwards."""
    day = civil.wall(np.arange(hours) * HOUR) // DAY
    return np.maximum(np.append(pace, 1.0)[np.minimum(day, len(pace))], LEAST_PACE)


def hours_of_week(civil: CivilTime, seconds: Array) -> Array:
    """Hour of the week of each time, Monday 00 being 0."""
    return ((civil.start.weekday() * 24 + civil.wall(seconds) // HOUR) % WEEK_HOURS).astype(np.int64)


def clocks_of(rhythms: tuple[Rhythm, ...], civil: CivilTime, until_s: int) -> Mapping[str, RhythmClock]:
    """A clock for each rhythm."""
    return {each.name: RhythmClock(np.array(each.weights), civil, until_s) for each in rhythms}


def closing_times(
    closing: Closing, clock: RhythmClock, opened: Array, now: int, code: Array, seed: int
) -> tuple[Array, Array]:
    """When each case closes (MISSING if it outlasts the log), and whether it was closed at once.

    Cases opened before `now` are known to be open then.
    """
    u = uniforms(seed, "replay close", at=code)
    age = np.maximum(0.0, clock.aged(np.full(len(opened), now)) - clock.aged(opened))
    lasting = closing.time.quantiles(np.minimum(_GRID, 1 - 2.0**-53))
    reach = 1 - closing.never
    # Places of equal times count as one step, passed when the age passes it.
    passed = reach * np.searchsorted(lasting, age, side="right") / len(lasting) * (age > 0)
    level = passed + u * (1 - passed)
    spent = np.interp(np.minimum(level / max(reach, 1e-9), 1.0), _GRID, lasting)
    ends = np.rint(clock.time(clock.aged(opened) + np.maximum(spent, age)))
    ends = np.where(level < reach, np.maximum(ends, np.maximum(opened, now)), MISSING).astype(np.int64)
    return _with_quick(closing, clock, opened, now, code, seed, ends)


def _with_quick(
    closing: Closing, clock: RhythmClock, opened: Array, now: int, code: Array, seed: int, ends: Array
) -> tuple[Array, Array]:
    """Some new cases close at once, by the clock on the wall; how many depends on the hour."""
    if closing.quick_time is None or not closing.quick:
        return ends, np.zeros(len(ends), dtype=bool)
    share = np.array(closing.quick)[clock.band(opened)]
    at_once = (uniforms(seed, "replay at once", at=code) < share) & (opened >= now)
    spent = np.rint(closing.quick_time.quantiles(uniforms(seed, "replay at once time", at=code)))
    return np.where(at_once, opened + spent.astype(np.int64), ends), at_once
