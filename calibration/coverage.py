"""Which days a log covers: part days at its ends, days without a row inside, and days of a surge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DAY = 86400

EXPECTED = 5.0
"""Openings that other days have in a stretch in which the first (or last) day has none: less than 1 % by chance."""

LATE_START, EARLY_END = 10 * 3600, 16 * 3600
"""A log of one single day has no other day to be compared with: nothing before 10:00 or after 16:00 is a part day."""

SURGE, SURGE_LEAST = 2.0, 30
"""A day with twice the openings of its like, and thirty more, is a surge (judgement)."""

WEEKS = 3
"""Days of the same weekday group that a surge is compared with, before and after: this many weeks to either side."""


@dataclass(frozen=True)
class Coverage:
    """Days are counted from the first one with a row (day 0, local). `first_at`, `last_at`: seconds of the day."""

    days: int
    rows_a_day: float
    first_at: int
    last_at: int
    first_partial: bool
    last_partial: bool
    empty_days: int
    surges: tuple[tuple[int, int, float], ...]
    """day, openings, the usual number"""

    @property
    def whole_days(self) -> int:
        """Days without the part days at the ends."""
        return max(0, self.days - self.first_partial - self.last_partial)


def coverage(local_s: np.ndarray, cut_local_s: int | None = None) -> Coverage:
    """`local_s`: wall-clock seconds since 1970 of the openings; `cut_local_s`: the stated end, if there is one.

    The day of the last opening is whole when a stated cut lies at its end or later; at least one row is needed.
    """
    local = np.sort(np.asarray(local_s, dtype=np.int64))
    first_day, last_day = int(local[0] // DAY), int(local[-1] // DAY)
    days = last_day - first_day + 1
    number, second = local // DAY - first_day, local % DAY
    counts = np.bincount(number, minlength=days)
    first_at, last_at = int(second[0]), int(second[-1])
    ended = cut_local_s is not None and cut_local_s >= (last_day + 1) * DAY
    if days == 1:
        first_partial, last_partial = first_at > LATE_START, last_at < EARLY_END and not ended
    else:
        first_partial = _missing(second, number, 0, (0, first_at))
        last_partial = not ended and _missing(second, number, days - 1, (last_at + 1, DAY))
    return Coverage(
        days=days,
        rows_a_day=len(local) / days,
        first_at=first_at,
        last_at=last_at,
        first_partial=first_partial,
        last_partial=last_partial,
        empty_days=int((counts == 0).sum()),
        surges=_surges(counts),
    )


def _missing(second: np.ndarray, number: np.ndarray, day: int, span: tuple[int, int]) -> bool:
    """Whether other days have so many openings in that span of the day that having none is no chance."""
    others = number != day
    inside = (second >= span[0]) & (second < span[1]) & others
    return bool(inside.sum() / max(1, len(np.unique(number[others]))) >= EXPECTED)


def _surges(counts: np.ndarray) -> tuple[tuple[int, int, float], ...]:
    found = []
    for day, count in enumerate(counts):
        near = range(max(0, day - 7 * WEEKS), min(len(counts), day + 7 * WEEKS + 1))
        like = [counts[other] for other in near if other != day and (other - day) % 7 == 0]
        if len(like) >= WEEKS:
            usual = float(np.median(like))
            if count >= SURGE * usual and count - usual >= SURGE_LEAST:
                found.append((day, int(count), usual))
    return tuple(found)
