"""Does the clock of a log hang in the stated zone? Its week is laid over an office week and shifted until it fits best.

A measure over whole days would not see a slip of eight hours; the hour of the week does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HOURS = 168

OFFICE_DAY = np.array([.5, .3, .2, .2, .1, .3, 1.1, 3.5, 7, 11.5, 11.9, 10.3, 8.8, 8.3, 8.8, 7.7, 5, 3.6, 2.5, 2.2, 1.9, 1.7,
                       1.6, 1])  # fmt: skip
"""Per cent of a day's requests by hour: Boston 311, July-October 2011."""

OFFICE_WEEK = np.concatenate([OFFICE_DAY * weight for weight in (1, 1, 1, 1, 0.9, 0.27, 0.33)])
"""The same by hour of the week from Monday 00:00 on; weekend weights from the same log."""

FEWEST, FEWEST_DAYS = 200, 14
"""Times and days without which nothing is said (judgement)."""

LIKE_OFFICE, BETTER_BY, LEAST_SHIFT = 0.85, 0.15, 3
"""Called shifted: the best shift fits that well, that much better than none, and is no matter of early risers."""


@dataclass(frozen=True)
class ZoneCheck:
    """`shift_h`: hours by which the log's clock seems to run ahead (+) of office hours; None: nothing can be said.

    `fit`: correlation with an office week as the times stand; `best`: after the shift. `busy`: share of all times in
    the busiest nine hours on end of the day, which begin at hour `busy_from`.
    """

    shift_h: int | None
    fit: float
    best: float
    busy: float
    busy_from: int

    @property
    def wrong(self) -> bool:
        """Whether the zone is probably not the stated one."""
        return self.shift_h is not None and abs(self.shift_h) >= LEAST_SHIFT


def check_zone(local_s: np.ndarray) -> ZoneCheck:
    """`local_s`: wall-clock times in seconds since 1970-01-01 00:00 (a Thursday), whatever the zone."""
    hour = (np.asarray(local_s, dtype=np.int64) // 3600 + 72) % HOURS
    counts = np.bincount(hour, minlength=HOURS).astype(float)
    busy, busy_from = _busiest(counts)
    days = len(np.unique(np.asarray(local_s) // 86400))
    if len(local_s) < FEWEST or days < FEWEST_DAYS:
        return ZoneCheck(None, float("nan"), float("nan"), busy, busy_from)
    fits = {shift: _fit(np.roll(counts, -shift)) for shift in range(-11, 13)}
    best = max(fits, key=lambda shift: (fits[shift], -abs(shift)))
    clear = fits[best] >= LIKE_OFFICE and fits[best] - fits[0] >= BETTER_BY
    shift = best if clear else 0 if fits[0] >= LIKE_OFFICE else None
    return ZoneCheck(shift, fits[0], fits[best], busy, busy_from)


def _fit(counts: np.ndarray) -> float:
    return float(np.corrcoef(counts, OFFICE_WEEK)[0, 1]) if counts.std() else 0.0


def _busiest(counts: np.ndarray) -> tuple[float, int]:
    """Share and first hour of the nine hours on end, round the clock, that hold most."""
    day = counts.reshape(7, 24).sum(axis=0)
    held = [float(np.take(day, range(first, first + 9), mode="wrap").sum()) for first in range(24)]
    return float(max(held) / max(day.sum(), 1.0)), int(np.argmax(held))
