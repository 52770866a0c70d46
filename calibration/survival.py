"""How long cases stay open when some are open still: the Kaplan-Meier curve and its quantiles."""

from __future__ import annotations

import numpy as np

LEVELS = np.array([0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.84, 0.88,
                   0.91, 0.94, 0.96, 0.98, 0.99])  # fmt: skip
"""Probabilities at which a fitted duration is written down; denser where tails bend."""


def survival(duration: np.ndarray, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct durations, rising, and the share still open just after each (Kaplan and Meier 1958).

    Open cases (`closed` False) count as at risk up to their duration and are not dropped.
    """
    times, first = np.unique(np.sort(duration), return_index=True)
    order = np.argsort(duration, kind="stable")
    ended = np.add.reduceat(closed[order].astype(float), first)
    at_risk = len(duration) - first
    return times, np.cumprod(1 - ended / at_risk)


def closed_within(duration: np.ndarray, closed: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Share closed within each limit by Kaplan-Meier; NaN beyond the longest observation."""
    if not len(duration):
        return np.full(len(limits), np.nan)
    times, left = survival(duration, closed)
    place = np.searchsorted(times, limits, side="right") - 1
    share = np.where(place < 0, 0.0, 1 - left[np.maximum(place, 0)])
    return np.where(np.asarray(limits) > times[-1], np.where(left[-1] <= 1e-12, 1.0, np.nan), share)


def fitted_quantiles(duration: np.ndarray, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Probabilities, the durations reached by them, and the share that outlasts the log.

    The probabilities are those of the cases that end inside the log, so they run from 0 to 1.
    """
    times, left = survival(duration, closed)
    done = 1 - left
    reached = float(done[-1])
    if reached <= 0:
        return np.array([0.0, 1.0]), np.full(2, float(times[-1])), 1.0
    place = np.minimum(np.searchsorted(done, LEVELS * reached - 1e-12), len(times) - 1)
    at = np.append(LEVELS, 1.0)
    last = times[np.searchsorted(done, reached - 1e-12)]
    return at, np.maximum.accumulate(np.append(times[place], last)).astype(float), 1 - reached
