"""Where the days go: mean hours of a closed case from onset to closure, step by step, by the level that owned it."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportGeneralTypeIssues=false

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.style import INK, canvas, legend, wrapped
from experiments.headlines import mean_steps
from experiments.summary import ALL, Summary
from sim.messages import say
from sim.metrics.steps import STEPS

MOST_BY_LEVEL = 4
"""With more scenarios than this only the bars of all levels together are drawn."""
COLORS = dict(zip(STEPS, (
    "#08519c", "#4292c6",  # before anybody is told
    "#9ecae1", "#c7e9c0", "#74c476",  # accepting and sending on
    "#fd8d3c", "#a63603",  # waiting for a handler, handling
    "#bcbddc", "#9e9ac8", "#6a51a3",  # telling, checking, closing
), strict=True))  # fmt: skip


def draw(arms: Mapping[str, Summary], names: Mapping[str, str]) -> Figure:
    """Stacked bars: for each level a bar a scenario. A step that takes no time anywhere is left out."""
    rows = _rows(arms)
    steps = [step for step in STEPS if rows[step].fillna(0).max() > 0.005]
    figure = canvas(1.2 + 0.24 * len(rows) + 0.2 * math.ceil(len(steps) / 3))
    axes = figure.subplots()
    heights = _heights(rows)
    for step in steps:
        left = rows[steps[: steps.index(step)]].fillna(0).sum(axis=1)
        axes.barh(heights, rows[step].fillna(0), left=left, color=COLORS[step], height=0.8, label=say(step),
                  edgecolor="white", linewidth=0.4)  # fmt: skip
    _totals(axes, heights, rows)
    _axes(axes, heights, rows, names if len(arms) > 1 else None)
    legend(figure, axes, columns=3)
    return figure


def _rows(arms: Mapping[str, Summary]) -> pd.DataFrame:
    """A row a level and scenario, columns the steps and `total`; the rows of all levels together last."""
    tables = {arm: mean_steps(summary).T for arm, summary in arms.items()}
    levels = [level for level in next(iter(tables.values())).index if level != ALL and len(arms) <= MOST_BY_LEVEL]
    found = [
        tables[arm].reindex([level]).assign(level=level, arm=arm)
        for level in [*levels, ALL]
        for arm in arms
        if level in tables[arm].index
    ]
    return pd.concat(found, ignore_index=True)


def _heights(rows: pd.DataFrame) -> np.ndarray:
    """Bars from the top down, a gap between levels."""
    gaps = (rows["level"] != rows["level"].shift()).cumsum().to_numpy()
    return -(np.arange(len(rows)) + 0.5 * gaps)


def _totals(axes, heights: np.ndarray, rows: pd.DataFrame) -> None:
    reach = np.nanmax(rows["total"].to_numpy(), initial=0.0)
    for height, total in zip(heights, rows["total"], strict=True):
        if not np.isnan(total):
            axes.text(
                total + 0.008 * reach,
                height,
                f"{total:.0f}" if total >= 10 else f"{total:.1f}",
                va="center",
                fontsize=7.5,
            )


def _axes(axes, heights: np.ndarray, rows: pd.DataFrame, names: Mapping[str, str] | None) -> None:
    by_level = rows["level"].nunique() > 1
    axes.set_title(say("Where the days go, by the level that owned the case") if by_level else say("Where the days go"))
    axes.set_xlabel(say("mean hours of a closed case, from onset to closure"))
    axes.grid(axis="y", visible=False)
    axes.set_yticks(heights)
    axes.tick_params(axis="y", length=0)
    if names is None:
        axes.set_yticklabels([say(str(level)) for level in rows["level"]], color=INK)
        return
    first = (rows["level"] != rows["level"].shift()) & by_level
    labels = [
        f"{say(str(level))}   {wrapped(names[arm])}" if begins else wrapped(names[arm])
        for level, arm, begins in zip(rows["level"], rows["arm"], first, strict=True)
    ]
    axes.set_yticklabels(labels, fontsize=7.5)
