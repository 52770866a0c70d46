"""Morris screening: which factors move an outcome at all, and which act straight and alone (Morris 1991)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.intervals import LEVEL
from experiments.procedures.libraries import library

COLUMNS = ("factor", "mu_star", "low", "high", "mu", "sigma", "trajectories")
_SEED = 1


def screening(
    names: Sequence[str], cube: np.ndarray, outcomes: np.ndarray, *, levels: int = 4, level: float = LEVEL
) -> pd.DataFrame:
    """Elementary effects by factor, largest first: one row each, columns COLUMNS.

    `cube`: points of whole Morris trajectories in the unit cube, in the order of SALib's sampler, a row each with the
    outcome of the same row (the mean of its worlds). Effects are per whole range of the factor, in the outcome's unit.
    `mu_star` is the mean of their sizes (Campolongo 2007), with a bootstrap interval over trajectories; `mu` their mean:
    near `mu_star` if the factor always moves the outcome the same way; `sigma` their spread: bends and interactions.
    A trajectory with a NaN is left out whole. Raises ValueError where fewer than two are left; BadInput without SALib.
    """
    analysis = library("SALib.analyze.morris")
    points, values = _whole_trajectories(cube, outcomes, len(names) + 1)
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    found = analysis.analyze(
        problem, points, values, num_resamples=1000, conf_level=level, num_levels=levels, seed=_SEED
    )
    centre, reach = np.asarray(found["mu_star"], dtype=float), np.asarray(found["mu_star_conf"], dtype=float)
    rows = zip(names, centre, np.maximum(centre - reach, 0.0), centre + reach, found["mu"], found["sigma"], strict=True)
    table = pd.DataFrame([(*row, len(values) // (len(names) + 1)) for row in rows], columns=list(COLUMNS))
    return table.sort_values("mu_star", ascending=False, kind="stable", ignore_index=True)


def _whole_trajectories(cube: np.ndarray, outcomes: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    values = np.asarray(outcomes, dtype=float)
    if len(values) % length or len(values) != len(cube):
        raise ValueError(f"{len(values)} outcomes of {len(cube)} points are not whole trajectories of {length}")
    kept = ~np.isnan(values.reshape(-1, length)).any(axis=1)
    if kept.sum() < 2:
        raise ValueError("Morris screening needs two whole trajectories")
    rows = np.repeat(kept, length)
    return np.asarray(cube, dtype=float)[rows], values[rows]
