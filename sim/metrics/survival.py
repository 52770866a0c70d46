"""Durations of which some are not over yet: Kaplan-Meier, so that open cases are counted and not forgotten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_TINY = 1e-9
"""Smaller than one case in a hundred million: absorbs the rounding of a long product."""


@dataclass(frozen=True)
class Durations:
    """Seconds (int64) that each lasted, and whether it ended (`done`) or was still running when last seen."""

    seconds: np.ndarray
    done: np.ndarray


@dataclass(frozen=True)
class Survival:
    """Kaplan-Meier estimate: `still[i]` is the share that lasts beyond `seconds[i]` (sorted, one entry a case)."""

    seconds: np.ndarray
    still: np.ndarray
    finished: int
    """how many of them ended"""

    def quantile(self, p: float) -> float:
        """Shortest time by which a share `p` has ended, in seconds; NaN when the curve does not get so far."""
        reached = np.flatnonzero(self.still <= 1.0 - p + _TINY)
        return float(self.seconds[reached[0]]) if len(reached) else float("nan")

    def within(self, limit_s: float) -> float:
        """Share that ended within `limit_s` seconds; NaN when nobody was followed for so long."""
        last = int(np.searchsorted(self.seconds, limit_s, side="right"))
        if last == len(self.seconds) and (last == 0 or (self.still[-1] > _TINY and self.seconds[-1] < limit_s)):
            return float("nan")
        return 1.0 - float(self.still[last - 1]) if last else 0.0

    def mean(self, up_to_s: float) -> float:
        """Mean of min(time, `up_to_s`) in seconds: the area under the curve; NaN when none ended."""
        if not self.finished:
            return float("nan")
        edges = np.concatenate(([0.0], np.minimum(self.seconds, up_to_s), [up_to_s]))
        return float(np.dot(np.concatenate(([1.0], self.still)), np.diff(edges)))


def survival(durations: Durations) -> Survival:
    """The product-limit estimate (Kaplan and Meier 1958); at a tie, what ended counts before what was cut."""
    keys = np.sort(durations.seconds.astype(np.int64) * 2 + ~durations.done.astype(bool))
    ended = (keys & 1) == 0
    at_risk = np.arange(len(keys), 0, -1)
    return Survival(keys >> 1, np.cumprod(np.where(ended, 1.0 - 1.0 / at_risk, 1.0)), int(ended.sum()))
