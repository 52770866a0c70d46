"""A frontier of two or more objectives, with the noise of the worlds that judged it."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import DARK, MUTE, grid
from experiments.figures.style import wrapped
from experiments.quantities import scaled, unit_text

MOST_PAIRS = 6
Objective = tuple[str, str, str]
"""Key, label, unit."""


def draw(table: pd.DataFrame, searched: np.ndarray, usual: np.ndarray, objectives: Sequence[Objective]) -> Figure:
    """Every pair of objectives. `table`: candidates in fresh worlds; `searched`: points by objectives; `usual`: the baseline."""
    pairs = list(itertools.combinations(range(len(objectives)), 2))[:MOST_PAIRS]
    figure, axes = grid(len(pairs), 3.3 if len(pairs) > 1 else 3.8, columns=1 if len(pairs) == 1 else 2)
    for each, (x, y) in zip(axes, pairs, strict=True):
        across, up = objectives[x], objectives[y]
        each.plot(_all(searched[:, x], across), _all(searched[:, y], up), ".", color=MUTE, markersize=3, zorder=0)
        _candidates(each, table, across, up)
        each.plot(_all(usual[[x]], across), _all(usual[[y]], up), "x", color="#d55e00", markersize=7, markeredgewidth=2, zorder=4)
        each.set_xlabel(wrapped(f"{across[1]}, {unit_text(across[2])}", 40))
        each.set_ylabel(wrapped(f"{up[1]}, {unit_text(up[2])}", 40))
    return figure


def _candidates(axes: Axes, table: pd.DataFrame, across: Objective, up: Objective) -> None:
    for _, row in table.iterrows():
        x, y = scaled(row[across[0]], across[2]), scaled(row[up[0]], up[2])
        if row["on_frontier"]:
            _cross(axes, row, across, up, x, y)
        face = DARK if row["on_frontier"] else "white"
        shape = {"marker": "*", "markersize": 12, "color": "#e69f00", "markeredgecolor": "#222222"} if row["knee"] else {
            "marker": "o", "markersize": 4.5, "color": DARK, "markerfacecolor": face}  # fmt: skip
        axes.plot([x], [y], linestyle="none", zorder=5 if row["knee"] else 3, **shape)


def _cross(axes: Axes, row: pd.Series, across: Objective, up: Objective, x: float, y: float) -> None:
    ends = [(scaled(row[f"{key}_low"], unit), scaled(row[f"{key}_high"], unit)) for key, _, unit in (across, up)]
    line = {"color": DARK, "linewidth": 0.7, "alpha": 0.55, "zorder": 1}
    axes.plot(list(ends[0]), [y, y], **line)
    axes.plot([x, x], list(ends[1]), **line)


def _all(values: np.ndarray, objective: Objective) -> list[float]:
    return [scaled(float(value), objective[2]) for value in values]
