"""A frontier of two or more objectives, with the noise of the worlds that judged it."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import DARK, MUTE, grid, named_once
from experiments.figures.style import wrapped
from experiments.quantities import scaled, unit_text
from sim.messages import say

MOST_PAIRS = 6
Objective = tuple[str, str, str]
"""Key, label, unit."""


def draw(table: pd.DataFrame, searched: np.ndarray, usual: np.ndarray, objectives: Sequence[Objective]) -> Figure:
    """Every pair of objectives. `table`: candidates in fresh worlds; `searched`: points by objectives; `usual`: the baseline."""
    pairs = list(itertools.combinations(range(len(objectives)), 2))[:MOST_PAIRS]
    figure, axes = grid(len(pairs), 3.3 if len(pairs) > 1 else 3.8, columns=1 if len(pairs) == 1 else 2)
    for each, (x, y) in zip(axes, pairs, strict=True):
        across, up = objectives[x], objectives[y]
        each.plot(_all(searched[:, x], across), _all(searched[:, y], up), ".", color=MUTE, markersize=3, zorder=0, label=say("tried"))
        _candidates(each, table, across, up)
        each.plot(_all(usual[[x]], across), _all(usual[[y]], up), "x", color="#d55e00", markersize=7, markeredgewidth=2, zorder=4,
                  linestyle="none", label=say("baseline"))  # fmt: skip
        each.set_xlabel(_axis_text(across))
        each.set_ylabel(_axis_text(up))
    named_once(figure, axes, 5)
    return figure


def _axis_text(objective: Objective) -> str:
    return wrapped(say("{label}, {unit}", label=objective[1], unit=unit_text(objective[2])), 36)


def _candidates(axes: Axes, table: pd.DataFrame, across: Objective, up: Objective) -> None:
    for _, row in table.iterrows():
        x, y = scaled(row[across[0]], across[2]), scaled(row[up[0]], up[2])
        if row["on_frontier"]:
            _cross(axes, row, across, up, x, y)
        axes.plot([x], [y], linestyle="none", zorder=5 if row["knee"] else 3, **_look(row))


def _look(row: pd.Series) -> dict[str, Any]:
    if row["knee"]:
        return {"marker": "*", "markersize": 12, "color": "#e69f00", "markeredgecolor": "#222222", "label": say("knee")}
    named, face = (say("on the frontier"), DARK) if row["on_frontier"] else (say("no longer on it"), "white")
    return {"marker": "o", "markersize": 4.5, "color": DARK, "markerfacecolor": face, "label": named}


def _cross(axes: Axes, row: pd.Series, across: Objective, up: Objective, x: float, y: float) -> None:
    ends = [(scaled(row[f"{key}_low"], unit), scaled(row[f"{key}_high"], unit)) for key, _, unit in (across, up)]
    line = {"color": DARK, "linewidth": 0.7, "alpha": 0.55, "zorder": 1}
    axes.plot(list(ends[0]), [y, y], **line)
    axes.plot([x, x], list(ends[1]), **line)


def _all(values: np.ndarray, objective: Objective) -> list[float]:
    return [scaled(float(value), objective[2]) for value in values]
