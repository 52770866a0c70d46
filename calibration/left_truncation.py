"""What a log cannot show in its first weeks: cases opened before it began and open then.

If cases come at an even rate and stay open with survival S, the backlog at day t of the log holds the share
(integral of S from t on) / (integral of S) of cases that the log never saw. Little's law needs no more than that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.survival import kaplan_meier

UNSEEN = 0.1
"""A start is called early enough when at most so much of the backlog is unseen then (judgement)."""

DAY = 86400


@dataclass(frozen=True)
class LeftTruncation:
    """`day`: first day on which nine tenths of the backlog are in the log, NaN if that day never comes; `unseen_at_start`
    and after a month: share of the backlog that is not in the log; `never`: share still open after the whole log."""

    day: float
    after_month: float
    never: float


def left_truncation(duration: np.ndarray, closed: np.ndarray, length_s: float) -> LeftTruncation:
    """`duration`: seconds open (until the cut for open cases); `length_s`: from the first opening to the cut.

    The survival beyond the log is not known: what is still open at its end makes every answer a lower bound.
    """
    if not len(duration) or not closed.any() or length_s <= 0:
        return LeftTruncation(float("nan"), float("nan"), float("nan"))
    curve = kaplan_meier(duration, closed)
    edges = np.concatenate(([0.0], np.minimum(curve.seconds, length_s), [length_s]))
    areas = np.concatenate(([1.0], curve.still)) * np.diff(edges)
    total = float(areas.sum())
    if total <= 0:
        return LeftTruncation(0.0, 0.0, float(curve.still[-1]))
    rest = total - np.concatenate(([0.0], np.cumsum(areas)))
    day = float(np.interp(-UNSEEN * total, -rest, edges)) / DAY
    month = float(np.interp(30 * DAY, edges, rest)) / total if length_s > 30 * DAY else float("nan")
    # A day so late that the log is all but over is no start.
    return LeftTruncation(day if day < 0.8 * length_s / DAY else float("nan"), month, float(curve.still[-1]))
