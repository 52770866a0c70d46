"""Weights of indicators: as given or by pairwise judgements, corrected by how much each indicator tells the units apart."""

from __future__ import annotations

import numpy as np

from sim.scenario.appraisal import Appraisal
from sim.scenario.pairwise import ahp_weights


def entropy_weights(figures: np.ndarray) -> np.ndarray:
    """Weights that add up to 1 from figures (units x indicators, none negative); equal ones where nothing tells units apart.

    The weight of an indicator is 1 less the entropy of its shares over the units, over that of equal shares (Shannon).
    """
    units, indicators = figures.shape
    totals = figures.sum(axis=0)
    if units < 2:
        return np.full(indicators, 1 / indicators)
    shares = np.divide(figures, totals, out=np.full(figures.shape, 1 / units), where=totals > 0)
    logs = np.log(shares, out=np.zeros(shares.shape), where=shares > 0)
    told = np.maximum(0.0, 1 + (shares * logs).sum(axis=0) / np.log(units))
    return told / told.sum() if told.sum() > 1e-12 else np.full(indicators, 1 / indicators)


def weights_of(plan: Appraisal, figures: list[list[float]]) -> list[float]:
    """Weights of the plan's indicators, in their order, after units have shown these figures."""
    given = [part.weight for part in plan.parts]
    if plan.method is None:
        return given
    if plan.method.judgements:
        given = ahp_weights(plan.method.judgements)[0]
    if len(figures) < 2:
        return given
    blend, told = plan.method.blend, entropy_weights(np.array(figures))
    return [(1 - blend) * mine + blend * theirs for mine, theirs in zip(given, told.tolist(), strict=True)]
