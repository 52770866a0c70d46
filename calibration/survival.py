"""How long the cases of a log stay open, read off the Kaplan-Meier curve of sim/metrics."""

from __future__ import annotations

import numpy as np

from sim.metrics.survival import Durations, Survival, survival

LEVELS = np.array([0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.84, 0.88,
                   0.91, 0.94, 0.96, 0.98, 0.99])  # fmt: skip
"""Probabilities at which a fitted duration is written down; denser where tails bend."""


def kaplan_meier(duration: np.ndarray, closed: np.ndarray) -> Survival:
    """The curve by which simulated runs are judged too: open cases (`closed` False) are at risk, and not dropped."""
    return survival(Durations(np.asarray(duration), np.asarray(closed)))


def closed_within(duration: np.ndarray, closed: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Share closed within each limit (seconds); NaN where nobody was followed for so long."""
    curve = kaplan_meier(duration, closed)
    return np.array([curve.within(float(limit)) for limit in limits])


def fitted_quantiles(duration: np.ndarray, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Probabilities, the durations reached by them, and the share that outlasts the log.

    The probabilities are those of the cases that end inside the log, so they run from 0 to 1.
    """
    curve = kaplan_meier(duration, closed)
    reached = 1 - float(curve.still[-1])
    if not curve.finished:
        return np.array([0.0, 1.0]), np.full(2, float(curve.seconds[-1])), 1.0
    at = np.append(LEVELS, 1.0)
    return at, np.array([curve.quantile(float(level) * reached) for level in at]), 1 - reached
