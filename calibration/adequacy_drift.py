"""Does the city stay the same over the log? Its first, middle and last third side by side."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.survival import kaplan_meier

LIMITS = {"4 h": 4 * 3600, "24 h": 86400, "72 h": 3 * 86400, "7 d": 7 * 86400, "30 d": 30 * 86400}

FEWEST_DAYS, FEWEST = 9, 50
"""Days of the log, and cases a third, without which nothing is said (judgement)."""

POINTS, ERRORS = 0.05, 3.0
"""A share closed that moves by 5 points and by three standard errors has drifted (judgement)."""

LEVEL, MIX = 1.3, 0.15
"""Openings a day that move by a third, and a mix of categories of which 15 % change places, have drifted (judgement)."""


@dataclass(frozen=True)
class Drift:
    """Per third: cases, openings a day, share closed within each limit (NaN: not followed so long). Then what moved."""

    cases: tuple[int, ...]
    per_day: tuple[float, ...]
    within: dict[str, tuple[float, ...]]
    mix_moved: float
    """share of cases that would have to change category to turn the first third's mix into the last one's"""
    found: tuple[str, ...]
    """any of: durations, level, mix"""


def drift(opened: np.ndarray, duration: np.ndarray, closed: np.ndarray, category: pd.Series) -> Drift | None:
    """None when the log is too short or too small to tell. `opened`, `duration` in seconds."""
    length = float(opened.max() - opened.min()) + 1 if len(opened) else 0.0
    if length < FEWEST_DAYS * 86400:
        return None
    third = np.minimum(((opened - opened.min()) * 3 / length).astype(int), 2)
    cases = np.bincount(third, minlength=3)
    if cases.min() < FEWEST:
        return None
    curves = [kaplan_meier(duration[third == part], closed[third == part]) for part in range(3)]
    within = {name: tuple(curve.within(float(limit)) for curve in curves) for name, limit in LIMITS.items()}
    per_day = tuple(float(count) * 3 * 86400 / length for count in cases)
    moved = _mix(category[third == 0], category[third == 2])
    found = [
        name
        for name, yes in (
            ("durations", any(_moved(shares, cases) for shares in within.values())),
            ("level", max(per_day) > LEVEL * min(per_day)),
            ("mix", moved > MIX),
        )
        if yes
    ]
    return Drift(tuple(int(count) for count in cases), per_day, within, moved, tuple(found))


def _moved(shares: tuple[float, ...], cases: np.ndarray) -> bool:
    """Whether any two thirds differ by more than chance and by more than is worth speaking of."""
    for one, other in ((0, 1), (1, 2), (0, 2)):
        a, b = shares[one], shares[other]
        if not (np.isnan(a) or np.isnan(b)):
            error = np.sqrt(a * (1 - a) / cases[one] + b * (1 - b) / cases[other])
            if abs(a - b) > max(POINTS, ERRORS * error):
                return True
    return False


def _mix(first: pd.Series, last: pd.Series) -> float:
    """Total variation distance between two mixes, less what chance alone makes of samples of that size."""
    names = sorted(set(first) | set(last))
    p, q = (part.value_counts(normalize=True).reindex(names, fill_value=0.0).to_numpy() for part in (first, last))
    # Half the expected absolute difference of two binomial shares with the same p: sqrt(2/pi) standard errors.
    both = (p + q) / 2
    chance = 0.5 * np.sqrt(2 / np.pi * both * (1 - both) * (1 / len(first) + 1 / len(last))).sum()
    return max(0.0, 0.5 * float(np.abs(p - q).sum()) - float(chance))
