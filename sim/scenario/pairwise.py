"""Weights from pairwise judgements (analytic hierarchy process, Saaty 1980), and how far the judgements contradict each other."""

from __future__ import annotations

import numpy as np

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Consistency index of random judgements on 1, 2, ... things (Saaty 1980)."""

Judgements = tuple[tuple[float, ...], ...]
"""Square: row i, column j says how many times as important thing i is as thing j."""


def ahp_weights(judgements: Judgements) -> tuple[list[float], float]:
    """Weights that add up to 1 (the principal eigenvector), and the consistency ratio: 0 without contradiction."""
    matrix = np.array(judgements, dtype=float)
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(np.real(values)))
    weights = np.abs(np.real(vectors[:, first]))
    size = len(matrix)
    if size < 3:  # two things cannot contradict each other
        return (weights / weights.sum()).tolist(), 0.0
    index = (float(np.real(values[first])) - size) / (size - 1)
    return (weights / weights.sum()).tolist(), max(0.0, index / RANDOM_INDEX[size - 1])
