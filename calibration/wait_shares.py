"""How waiting for others is spread, given what crews cost a case: the sum of the two is what a log measures.

Shares of a grid of waits by expectation and maximisation (Richardson 1972; Lucy 1974; Vardi, Shepp and Kaufman 1985), stopped
early, which keeps the result near its start. How many cases wait for nobody a log hardly tells, since a short wait and a longer
queue come to the same: so that share is where a fit starts, anew in every run, and moves only as far as the log asks.
"""

# The stubs of scipy and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STEPS = 40
"""Steps of the iteration (judgement): more follow the chance of single cases."""
SHORTEST, PER_TENFOLD = 60.0, 8
"""Shortest wait of the grid above 0, in open seconds, and waits for each tenfold."""
BINS = 60
"""Bins of the measured times, each with as many closings as the others (judgement)."""

Array = np.ndarray


@dataclass(frozen=True)
class TimesToClose:
    """Times to close in open seconds: edges of bins (rising), and of each group the share that ends in each bin (rows add up
    to 1) and the share that outlasts the log.

    Bins are (-inf, first edge], ..., (last edge, inf).
    """

    edges: Array
    share: Array
    never: Array

    @property
    def grid(self) -> Array:
        """0, and waits in even ratios from SHORTEST to the longest time."""
        top = max(2 * SHORTEST, float(self.edges[-1]))
        return np.append(0.0, np.geomspace(SHORTEST, top, 1 + int(np.ceil(PER_TENFOLD * np.log10(top / SHORTEST)))))


def times_to_close(spent: Array, closed: Array, groups: list[Array]) -> TimesToClose:
    """From open seconds to the closing or the cut, by group (masks): Kaplan-Meier, so that open cases count."""
    curves = [_curve(spent[mine], closed[mine]) for mine in groups]
    ends = np.unique(np.quantile(spent[closed], np.arange(1, BINS + 1) / BINS)) if closed.any() else np.array([SHORTEST])
    never = np.array([still[-1] if len(still) else 1.0 for _, still in curves])
    upto = np.array([_ended(ends, *curve) / max(1e-12, 1 - left) for curve, left in zip(curves, never, strict=True)])
    return TimesToClose(ends, np.diff(upto, axis=1, prepend=0.0, append=1.0), never)


def wait_shares(times: TimesToClose, crew_time: Array, at_once: float) -> Array:
    """The share of each wait of the grid, one row a group (adds up to 1): with crew times as drawn (sorted), nearer and nearer to
    the measured times in likelihood. `at_once`: the share without any wait from which it starts."""
    waits = times.grid
    upto = np.searchsorted(crew_time, times.edges[:, None] - waits[None], side="right") / max(1, len(crew_time))
    chance = np.diff(upto, axis=0, prepend=0.0, append=1.0)
    start = np.append(at_once, np.full(len(waits) - 1, (1 - at_once) / (len(waits) - 1)))
    share = np.tile(start, (len(times.share), 1))
    for _ in range(STEPS):
        expected = np.maximum(share @ chance.T, 1e-12)
        share = np.maximum(share * ((times.share / expected) @ chance), 1e-12)
        share /= share.sum(axis=1, keepdims=True)
    return share


def quantiles(shares: Array, waits: Array, at: Array) -> Array:
    """The waits at probabilities; between two of the grid in even ratios, and a share at 0 stays there."""
    upto = np.cumsum(shares)
    place = np.minimum(np.searchsorted(upto, at - 1e-9), len(waits) - 1)
    below = np.where(place > 0, upto[place - 1], 0.0)
    part = np.clip((at - below) / np.maximum(shares[place], 1e-12), 0, 1)
    lower = np.log(np.maximum(waits[np.maximum(place - 1, 0)], waits[1] / 2))
    found = np.exp(lower + part * (np.log(np.maximum(waits[place], 1.0)) - lower))
    return np.where(place == 0, 0.0, found)


def _curve(spent: Array, closed: Array) -> tuple[Array, Array]:
    """Times of closing and the share still open after each (Kaplan-Meier 1958), one entry a case, ties in turn."""
    order = np.lexsort((~closed, spent))
    ended = closed[order]
    left = np.arange(len(order), 0, -1)
    still = np.cumprod(np.where(ended, 1 - 1 / left, 1.0))
    return spent[order][ended], still[ended]


def _ended(at: Array, times: Array, still: Array) -> Array:
    """Share of all that ended by each time."""
    return 1 - np.append(1.0, still)[np.searchsorted(times, at, side="right")]
