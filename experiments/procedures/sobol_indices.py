"""Sobol indices: which share of an outcome's variance comes from which factor (Saltelli 2010; Jansen 1999)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.intervals import LEVEL
from experiments.procedures.libraries import library

COLUMNS = ("factor", "first", "first_low", "first_high", "total", "total_low", "total_high", "samples")
_SEED = 1
RESAMPLES = 500


def sobol_indices(names: Sequence[str], outcomes: np.ndarray, *, level: float = LEVEL) -> pd.DataFrame:
    """First and total indices with bootstrap intervals, largest total first: one row a factor, columns COLUMNS.

    `outcomes` in the order of a Saltelli design without second order: for each row of A in turn A, A with column i of B
    for every factor i, B. `first`: share of the variance that goes if the factor were known (interactions left out);
    `total`: share that stays if all but it were known. Estimates may lie a little outside 0 to 1; noise of the outcomes
    counts as interaction, so take means of several common worlds. A row of A with a NaN is left out whole. An outcome
    that never varies has NaN indices. Raises ValueError where fewer than two rows are left; BadInput without SALib.
    """
    analysis = library("SALib.analyze.sobol")
    values = _whole_blocks(outcomes, len(names) + 2)
    samples = len(values) // (len(names) + 2)
    if np.ptp(values) == 0:
        return pd.DataFrame([(name, *[np.nan] * 6, samples) for name in names], columns=list(COLUMNS))
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    found = analysis.analyze(
        problem, values, calc_second_order=False, num_resamples=RESAMPLES, conf_level=level, seed=_SEED
    )
    rows = [
        (name, *_around(found["S1"][i], found["S1_conf"][i]), *_around(found["ST"][i], found["ST_conf"][i]), samples)
        for i, name in enumerate(names)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def _around(centre: float, reach: float) -> tuple[float, float, float]:
    return float(centre), float(centre - reach), float(centre + reach)


def _whole_blocks(outcomes: np.ndarray, length: int) -> np.ndarray:
    values = np.asarray(outcomes, dtype=float)
    if len(values) % length:
        raise ValueError(f"{len(values)} outcomes are not whole blocks of {length}")
    blocks = values.reshape(-1, length)
    kept = blocks[~np.isnan(blocks).any(axis=1)]
    if len(kept) < 2:
        raise ValueError("Sobol indices need two whole rows of the design")
    return kept.reshape(-1)
