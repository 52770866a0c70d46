"""Local wall-clock time against the scenario's elapsed seconds, right through DST, for one instant or a column."""

from __future__ import annotations

import datetime as dt
import difflib
import zoneinfo
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.messages import say
from sim.records import MISSING
from sim.units import DAY, HOUR, MINUTE

Times = NDArray[np.int64]

_EPOCH = dt.date(1970, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_PROBE = 7 * DAY


@cache
def _offsets(zone: str) -> tuple[Times, Times]:
    """Unix seconds of the zone's offset changes, 1970-2100, and its offsets: before the first, then from each on.

    The time zone library does not list its transitions: they are bisected between weekly probes.
    """
    tz = zoneinfo.ZoneInfo(zone)

    def offset(at: int) -> int:
        return round(dt.datetime.fromtimestamp(at, tz).utcoffset().total_seconds())  # type: ignore[union-attr]

    end = (dt.date(_LAST_YEAR + 1, 1, 1) - _EPOCH).days * DAY
    probes = range(0, end, _PROBE)
    seen = [offset(at) for at in probes]
    changes, values = [], seen[:1]
    for at, before, after in zip(probes, seen, seen[1:], strict=False):
        if before != after:
            inside = range(at, at + _PROBE)
            changes.append(at + bisect_left(inside, True, key=lambda second, old=before: offset(second) != old))
            values.append(after)
    return np.array(changes, dtype=np.int64), np.array(values, dtype=np.int64)


@dataclass(frozen=True)
class CivilTime:
    """Local wall-clock time against elapsed seconds: second 0 is the local midnight that begins `start`.

    Raises ValueError for an unknown zone. A wall-clock time that occurs twice means the first; one that DST skips
    means the instant of the change. Offsets are known for 1970-2100 and constant beyond.
    """

    start: dt.date
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        try:
            zoneinfo.ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            raise ValueError(_unknown_zone(self.zone)) from None

    @cached_property
    def _origin(self) -> int:
        wall = np.array([(self.start - _EPOCH).days * DAY], dtype=np.int64)
        return int(_from_wall(wall, *_offsets(self.zone))[0])

    @cached_property
    def _table(self) -> tuple[Times, Times]:
        """Offset changes in elapsed seconds, and what turns elapsed seconds into wall seconds before and after each."""
        changes, offsets = _offsets(self.zone)
        return changes - self._origin, offsets + self._origin - (self.start - _EPOCH).days * DAY

    @cached_property
    def _table_of_ints(self) -> tuple[list[int], list[int]]:
        changes, shifts = self._table
        return changes.tolist(), shifts.tolist()

    def elapsed(self, wall: ArrayLike) -> Times:
        """Elapsed seconds of wall-clock times given as seconds since `start`'s midnight on the wall clock."""
        return _from_wall(np.asarray(wall, dtype=np.int64), *self._table)

    def wall(self, seconds: ArrayLike) -> Times:
        """The inverse of `elapsed`: what the wall clock shows, in seconds since `start`'s midnight. MISSING stays."""
        times = np.asarray(seconds, dtype=np.int64)
        changes, shifts = self._table
        shift = shifts[np.searchsorted(changes, times, side="right")]
        return times + np.where(times == MISSING, 0, shift)

    def seconds_at(self, date: dt.date, hh: int = 0, mm: int = 0, ss: int = 0) -> int:
        """Elapsed seconds at a local date and time; 24:00 is the next midnight."""
        return int(self.elapsed((date - self.start).days * DAY + hh * HOUR + mm * MINUTE + ss))

    def local(self, seconds: int) -> dt.datetime:
        """The aware local time of an instant."""
        return dt.datetime.fromtimestamp(self._origin + seconds, zoneinfo.ZoneInfo(self.zone))

    def local_columns(self, seconds: ArrayLike) -> NDArray[np.datetime64]:
        """Local wall-clock times of a column, datetime64[s]; MISSING gives NaT."""
        wall = self.wall(seconds)
        since_epoch = np.where(wall == MISSING, MISSING, wall + (self.start - _EPOCH).days * DAY)
        return since_epoch.astype("datetime64[s]")

    def date_of(self, day: int) -> dt.date:
        """The date of a civil day index; 0 is `start`."""
        return self.start + dt.timedelta(days=day)

    def day_of(self, seconds: int) -> int:
        """The local civil day index of an instant; 0 is `start`, negative before."""
        changes, shifts = self._table_of_ints
        return (seconds + shifts[bisect_right(changes, seconds)]) // DAY

    def day_starts(self, n_days: int, first_day: int = 0) -> Times:
        """Elapsed seconds of the local midnights that begin days first_day .. first_day + n_days - 1."""
        return self.elapsed(np.arange(first_day, first_day + n_days, dtype=np.int64) * DAY)


def _from_wall(wall: Times, changes: Times, offsets: Times) -> Times:
    # A change has passed once the clock before it would show the change; in a skipped hour that overshoots, hence max.
    passed = np.searchsorted(changes + offsets[:-1], wall, side="right")
    earliest = np.concatenate(([np.iinfo(np.int64).min], changes))
    return np.maximum(wall - offsets[passed], earliest[passed])


def _unknown_zone(zone: str) -> str:
    close = difflib.get_close_matches(zone, zoneinfo.available_timezones(), n=1)
    if close:
        return say('unknown time zone {value}; did you mean "{guess}"?', value=repr(zone), guess=close[0])
    return say('unknown time zone {value}; write an IANA zone such as "Asia/Shanghai"', value=repr(zone))
