"""Durations of one cell as a likelihood needs them: how many were over at once, which ended, which were still open.

Times that nearly coincide are counted together (steps of 4 %), so that ten thousand cases cost no more than a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Array = np.ndarray

STEP = 0.04
"""Width of a step of log time, small beside the narrowest spread that a family may have (0.1)."""
FEW = 200
"""So many times or fewer are taken as they are."""
AT_ONCE = 60.0
"""Seconds below which a case counts as over at once: no family tells what happens inside the step of a log's clock."""


@dataclass(frozen=True)
class Sample:
    """Log times with weights. """

    zero: int
    """ended at once: within a minute"""
    ended: Array
    ended_weight: Array
    still: Array
    """log times at which cases were still open"""
    still_weight: Array
    entered: Array
    """log times from which cases were followed: one minute, or later for those that were open when the sample began"""
    entered_weight: Array
    fresh: float
    """cases that were not over at once and were followed from their start"""

    @property
    def closed(self) -> float:
        """Cases that ended later than at once."""
        return float(self.ended_weight.sum())

    @property
    def positive(self) -> float:
        """Cases that were not over at once, open ones among them."""
        return self.closed + float(self.still_weight.sum())

    @property
    def cases(self) -> float:
        """All cases that tell anything."""
        return self.zero + self.positive


def sample_of(spent_s: Array, closed: Array, entered_s: Array | None = None) -> Sample:
    """The sample of durations in seconds (`closed` False: still open after so long).

    Whoever lasts is followed from one minute on, so that a family is fitted to what lasts longer. `entered_s`: seconds
    after which a case was first followed, 0 for one followed from its start. The likelihood is conditional on having lasted
    so long (left truncation). An open case seen for less than a minute tells nothing.
    """
    spent, closed = np.asarray(spent_s, dtype=float), np.asarray(closed, dtype=bool)
    entered = np.zeros(len(spent)) if entered_s is None else np.asarray(entered_s, dtype=float)
    late = entered >= AT_ONCE
    at_once = closed & (spent < AT_ONCE) & ~late
    keep = (spent >= AT_ONCE) & (spent > entered)
    ended, still = np.log(spent[keep & closed]), np.log(spent[keep & ~closed])
    since = np.log(np.maximum(entered[keep], AT_ONCE))
    return Sample(int(at_once.sum()), *_counted(ended), *_counted(still), *_counted(since), float((keep & ~late).sum()))


def _counted(logs: Array) -> tuple[Array, Array]:
    values = logs if len(logs) <= FEW else np.rint(logs / STEP) * STEP
    distinct, counts = np.unique(values, return_counts=True)
    return distinct, counts.astype(float)
