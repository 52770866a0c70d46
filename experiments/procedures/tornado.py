"""Tornado data: how far each factor alone moves an outcome from the baseline, low end and high end."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from experiments.intervals import holm, t_interval

COLUMNS = ("factor", "low_change", "low_change_low", "low_change_high", "high_change", "high_change_low",
           "high_change_high", "swing", "swing_low", "swing_high", "p_holm", "worlds")  # fmt: skip


def tornado(baseline: np.ndarray, ends: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> pd.DataFrame:
    """One row a factor, columns COLUMNS, the widest bar first.

    `ends`: for each factor the values at its low and at its high end, world by world as in `baseline`. Changes are
    paired differences from the baseline with t intervals; `swing` is high minus low end, `p_holm` its p-value corrected
    over the factors. The width of a bar is the span of low end, high end and baseline.
    """
    rows, p_values = [], []
    for factor, (low, high) in ends.items():
        down, up, swing = t_interval(low - baseline), t_interval(high - baseline), t_interval(high - low)
        numbers = [bound for each in (down, up, swing) for bound in (each.mean, each.low, each.high)]
        rows.append((factor, *numbers, swing.n))
        p_values.append(swing.p)
    table = pd.DataFrame(rows, columns=[*COLUMNS[:10], "worlds"])
    table["p_holm"] = holm(p_values)
    changes = table[["low_change", "high_change"]].assign(none=0.0)
    width = changes.max(axis=1) - changes.min(axis=1)
    order = width.sort_values(ascending=False, kind="stable").index
    return table.loc[order, list(COLUMNS)].reset_index(drop=True)
