"""Which family a cell gets: the one that foretells the later part of the training period best, the simplest of equals.

The training period is cut in time. Families are fitted as the log stood on that day and scored on what came after: cases
opened later, and the rest of those that were open then. Among families within one standard error of the best the one with
the fewest parameters is taken (the one-standard-error rule of Breiman, Friedman, Olshen and Stone 1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.duration_laws import LAWS
from calibration.duration_likelihood import LawFit
from calibration.duration_sample import Sample
from calibration.duration_steps import STEPWISE, fit_family

FOR_A_MIXTURE = 120
"""Cases that must have ended before two parts are told apart (judgement)."""
OPEN_FOR_NEVER, OPEN_SHARE = 5, 0.03
NEARLY_ALL, FAR_LONGER = 0.99, 2.0
"""A share that never ends is thought of when so many cases, and such a share of them, are open, or when so many are open for
twice as long as 99 % of those that ended took (judgement)."""


@dataclass(frozen=True)
class Choice:
    """A family, whether a share of it never ends, and how it scored on what it had not seen."""

    name: str
    endless: bool
    pooled: bool
    score: float
    """mean log score a held-out case (density of log time); NaN if nothing was held out"""
    cases: float


def candidates(sample: Sample) -> list[tuple[str, bool]]:
    """Families that a sample can bear, simplest first."""
    names = [name for name in LAWS if not name.startswith("two_") or sample.closed >= FOR_A_MIXTURE]
    steps = [(STEPWISE, False)] if sample.closed >= FOR_A_MIXTURE else []
    return [(name, endless) for endless in ((False, True) if _may_never(sample) else (False,)) for name in names] + steps


def _may_never(sample: Sample) -> bool:
    """Whether many cases are open, or some for far longer than nearly all that ended took."""
    still = float(sample.still_weight.sum())
    if still < OPEN_FOR_NEVER or not len(sample.ended):
        return False
    below = np.cumsum(sample.ended_weight) / sample.ended_weight.sum()
    long = sample.ended[np.searchsorted(below, NEARLY_ALL)] + np.log(FAR_LONGER)
    return still >= OPEN_SHARE * sample.positive or float(sample.still_weight[sample.still > long].sum()) >= OPEN_FOR_NEVER


def choose(early: Sample, late: Sample, pooled: LawFit | None = None) -> Choice | None:
    """The family that foretells `late` best from `early`; `pooled` is one that borrowed strength from other cells.

    None when no family can be fitted to the early part.
    """
    fits = [(fit, False) for fit in (fit_family(name, early, endless) for name, endless in candidates(early)) if fit is not None]
    if pooled is not None:
        fits.insert(0, (pooled, True))
    return _best(fits, late)


def _best(fits: Sequence[tuple[LawFit, bool]], late: Sample) -> Choice | None:
    if not fits:
        return None
    scored = [fit.scores(late) for fit, _ in fits]
    totals = np.array([float(values @ weights) for values, weights in scored])
    best = int(np.argmax(totals))
    fair = [place for place in range(len(fits)) if totals[best] - totals[place] <= _error(scored[best], scored[place])]
    place = min(fair, key=lambda number: (_size(*fits[number]), -totals[number]))
    fit, is_pooled = fits[place]
    score = totals[place] / late.cases if late.cases else float("nan")
    return Choice(fit.law.name, fit.endless, is_pooled, float(score), late.cases)


def _size(fit: LawFit, pooled: bool) -> int:
    return 1 if pooled else max(len(fit.parameters), fit.law.freedom)


def _error(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> float:
    """Standard error of the difference of two total scores of the same items."""
    difference, weights = one[0] - other[0], one[1]
    count = float(weights.sum())
    if count < 2:
        return 0.0
    mean = float(difference @ weights) / count
    return float(np.sqrt(((difference - mean) ** 2) @ weights * count / (count - 1)))
