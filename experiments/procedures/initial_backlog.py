"""Does the backlog with which the judged time begins belong to the run, or to the way it was started?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.intervals import LEVEL, Interval, t_interval
from sim.messages import say


@dataclass(frozen=True)
class StartingBacklog:
    """The open cases just after warm-up against those of the rest of the run."""

    early: float
    later: float
    change: Interval
    """early minus later, over worlds"""
    matters: bool
    """the interval excludes 0 and the change is more than `tolerance` of the later backlog"""

    def text(self) -> str:
        """One line."""
        if not self.matters:
            return say("backlog: after warm-up {early:.4g} open cases, later {later:.4g}; no sign of the start",
                       early=self.early, later=self.later)  # fmt: skip
        return say("backlog: after warm-up {early:.4g} open cases, later {later:.4g}; the warm-up is too short or the "
                   "backlog does not settle", early=self.early, later=self.later)  # fmt: skip


def starting_backlog(
    backlog: np.ndarray, warm_up: int, window: int, *, tolerance: float = 0.05, level: float = LEVEL
) -> StartingBacklog:
    """Compare the first `window` days after `warm_up` with all days after them. `backlog`: worlds by days, open cases.

    Raises ValueError where fewer than two windows of days are left or there is one world.
    """
    judged = np.asarray(backlog, dtype=float)[:, warm_up:]
    if len(judged) < 2 or judged.shape[1] < 2 * window:
        raise ValueError("the starting backlog needs two worlds, and two windows of days after warm-up")
    early, later = judged[:, :window].mean(axis=1), judged[:, window:].mean(axis=1)
    change = t_interval(early - later, level)
    size = abs(change.mean) > tolerance * max(abs(float(later.mean())), 1e-12)
    apart = not change.low <= 0 <= change.high
    return StartingBacklog(float(early.mean()), float(later.mean()), change, bool(size and apart))


def days_to_meet(empty: np.ndarray, loaded: np.ndarray, *, tolerance: float = 0.05) -> int | None:
    """Days after which runs started empty and runs started with a backlog stay together; None: not within the runs.

    Both are worlds by days, the same worlds. Together: the mean backlogs differ by at most `tolerance` of the larger.
    Whoever starts with what then still differs would find another result: the warm-up should be at least this long.
    """
    first, second = np.asarray(empty, dtype=float).mean(axis=0), np.asarray(loaded, dtype=float).mean(axis=0)
    apart = np.abs(first - second) > tolerance * np.maximum(np.abs(first), np.abs(second))
    if apart[-1]:
        return None
    return int(np.flatnonzero(apart)[-1]) + 1 if apart.any() else 0
