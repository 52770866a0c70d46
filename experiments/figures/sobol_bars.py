"""Sobol indices as bars: what a factor does alone, and what it does with others."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import DARK, LIGHT, MOST, name_rows, stack, whisker
from experiments.figures.style import wrapped
from sim.messages import say

MOST_BARS = 15


def draw(panels: Sequence[tuple[str, pd.DataFrame]]) -> Figure:
    """Panels of title and table (factor, first, total, each with low and high), the largest total on top."""
    shown = [(title, table.head(MOST_BARS)) for title, table in panels[:MOST]]
    figure, axes = stack([0.9 + 0.36 * len(table) for _, table in shown])
    for each, (title, table) in zip(axes, shown, strict=True):
        _panel(each, title, table)
    axes[0].legend(loc="lower right")
    return figure


def _panel(axes: Axes, title: str, table: pd.DataFrame) -> None:
    heights = -np.arange(len(table), dtype=float)
    for name, shift, color, text in (("first", 0.19, DARK, "first index"), ("total", -0.19, LIGHT, "total index")):
        axes.barh(heights + shift, table[name].fillna(0), height=0.36, color=color, label=say(text))
        for height, low, high in zip(heights, table[f"{name}_low"], table[f"{name}_high"], strict=True):
            whisker(axes, low, high, height + shift)
    name_rows(axes, heights, list(table["factor"]))
    axes.set_title(wrapped(title, 80))
    axes.set_xlabel(say("share of the variance"))
    axes.set_xlim(min(0.0, float(np.nan_to_num(table["first_low"].min()))), None)
