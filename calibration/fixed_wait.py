"""Cases closed by a rule of the system, not by work: after one and the same wait."""

from __future__ import annotations

import numpy as np

SHORTEST_S, SHARE, LEAST, TIMES = 20 * 3600, 0.1, 20, 5
"""The wait is at least 20 h; one hour of it holds a tenth of all so long, 20 cases, and 5 times the hours beside it."""

BESIDE = 6
"""Hours before and after that it is compared with."""


def fixed_wait(took_s: np.ndarray) -> np.ndarray:
    """True where a duration (seconds) falls into the one hour in which suspiciously many lie; nowhere if there is none."""
    long = took_s >= SHORTEST_S
    if not long.any():
        return long
    # Both ways of cutting hours, so that waits around a full hour are not halved.
    found = [_in_top_hour(took_s, long, shift) for shift in (0, 1800)]
    return max(found, key=lambda rows: int(rows.sum()))


def _in_top_hour(took_s: np.ndarray, long: np.ndarray, shift: int) -> np.ndarray:
    hour = (np.where(long, took_s, 0) + shift) // 3600
    hours, counts = np.unique(hour[long], return_counts=True)
    top, held = int(hours[counts.argmax()]), int(counts.max())
    beside = int(counts[np.abs(hours - top) <= BESIDE].sum()) - held
    fixed = held >= max(LEAST, SHARE * long.sum()) and held >= TIMES * beside / (2 * BESIDE)
    return long & (hour == top) & fixed
