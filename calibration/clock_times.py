"""Times as people wrote them -> instants: formats, the city's zone, and the two hours a year no clock can tell."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from calibration.mapping import ISO
from sim.records import MISSING

YEARS = (1970, 2100)
"""A time outside of these years (1900-01-01, 9999-12-31 for "never") is no time; zone offsets are known for them."""

PLACEHOLDER_DAYS = 2
"""The first days of 1970 are second 0 of a computer's clock in some zone: an empty cell, not a time."""

OFFSET = r"(?:[zZ]|[+-]\d\d:?\d\d)$"
"""An ISO time that ends so carries its own offset; without it the zone of the mapping holds."""


@dataclass(frozen=True)
class Instants:
    """One column of times, an entry a row. `epoch`: seconds since 1970 in UTC, or MISSING; `clock`: local wall time."""

    epoch: np.ndarray
    clock: pd.Series
    given: np.ndarray
    ambiguous: np.ndarray
    nonexistent: np.ndarray
    pattern: np.ndarray
    """place in the stated formats of the one that was read; -1 for none"""
    with_offset: np.ndarray
    """rows that carry their own offset from UTC"""

    @property
    def known(self) -> np.ndarray:
        """Rows that have a time."""
        return self.epoch != MISSING

    @property
    def unreadable(self) -> np.ndarray:
        """Rows that have something written that is no time in any stated format."""
        return self.given & ~self.known

    @property
    def at_midnight(self) -> np.ndarray:
        """Rows whose clock shows 00:00:00: usually a date without a time."""
        return (self.clock == self.clock.dt.normalize()).to_numpy()


def read_instants(texts: pd.Series, formats: Sequence[str], zone: str) -> Instants:
    """Times of a text column in the zone. An hour that comes twice is the first; a skipped one is the change itself.

    The same convention as `sim.civil_time`.
    """
    given = (texts != "").to_numpy()
    clock = pd.Series(np.full(len(texts), np.datetime64("NaT", "us")), index=texts.index)
    offset = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[us, UTC]")
    which = pd.Series(np.full(len(texts), -1, dtype=np.int8), index=texts.index)
    for place, pattern in enumerate(formats):
        todo = given & clock.isna().to_numpy() & offset.isna().to_numpy()
        if not todo.any():
            break
        local, absolute = _parse(texts[todo], pattern)
        clock.loc[local.index] = local
        offset.loc[absolute.index] = absolute
        which.loc[local.index.append(absolute.index)] = place
    return _localise(clock, offset, given, zone, which.to_numpy())


def read_later(instants: Instants, rows: np.ndarray, zone: str) -> Instants:
    """The same, with the ambiguous times of the given rows read as the second pass of their hour."""
    rows = rows & instants.ambiguous
    if not rows.any():
        return instants
    later = instants.clock[rows].dt.tz_localize(zone, ambiguous=np.zeros(int(rows.sum()), bool), nonexistent="NaT")
    epoch = instants.epoch.copy()
    epoch[rows] = _seconds(later.dt.tz_convert("UTC"))
    return replace(instants, epoch=epoch)


def no_instants(size: int) -> Instants:
    """A column that the log does not have."""
    no = np.zeros(size, bool)
    clock = pd.Series(np.full(size, np.datetime64("NaT", "us")))
    return Instants(np.full(size, MISSING), clock, no, no, no, np.full(size, -1, dtype=np.int8), no)


def epoch_of(moment: datetime, zone: str) -> int:
    """Seconds since 1970 of a local moment."""
    return int(pd.Timestamp(moment).tz_localize(zone, ambiguous=True, nonexistent="shift_forward").timestamp())


def _parse(texts: pd.Series, pattern: str) -> tuple[pd.Series, pd.Series]:
    if pattern == ISO:
        has_offset = texts.str.contains(OFFSET)
    else:
        has_offset = pd.Series("%z" in pattern, index=texts.index)
    local = pd.to_datetime(texts[~has_offset], format=pattern, errors="coerce").dropna()
    absolute = pd.to_datetime(texts[has_offset], format=pattern, errors="coerce", utc=True).dropna()
    local, absolute = local[_plausible(local)], absolute[_plausible(absolute)]
    return local.astype("datetime64[us]"), absolute.astype("datetime64[us, UTC]")


def _plausible(times: pd.Series) -> pd.Series:
    first_days = (times.dt.year == YEARS[0]) & (times.dt.day_of_year <= PLACEHOLDER_DAYS)
    return times.dt.year.between(*YEARS) & ~first_days


def _localise(
    clock: pd.Series, absolute: pd.Series, given: np.ndarray, zone: str, which: np.ndarray
) -> Instants:
    written = clock.notna().to_numpy()
    strict = clock.dt.tz_localize(zone, ambiguous="NaT", nonexistent="NaT").notna().to_numpy()
    first = np.ones(len(clock), bool)
    here = clock.dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    exists = clock.dt.tz_localize(zone, ambiguous=first, nonexistent="NaT").notna().to_numpy()
    utc = here.dt.tz_convert("UTC").fillna(absolute)
    wall = utc.dt.tz_convert(zone).dt.tz_localize(None)
    carried = absolute.notna().to_numpy()
    return Instants(_seconds(utc), wall, given, written & exists & ~strict, written & ~exists, which, carried)


def _seconds(utc: pd.Series) -> np.ndarray:
    ticks = utc.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    return np.where(np.isnat(ticks), MISSING, ticks.astype(np.int64))
