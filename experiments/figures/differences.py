"""Differences from the baseline: a dot and its interval for each choice, a panel an outcome."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.comparison import BETTER, HIGHER, LOWER, WORSE
from experiments.figures.panels import DARK, grid, name_rows, whisker
from experiments.figures.style import GREY, INK, wrapped
from experiments.quantities import scaled, unit_text
from sim.messages import say

ORANGE = "#d55e00"
COLORS = {BETTER: DARK, WORSE: ORANGE, HIGHER: INK, LOWER: INK}


@dataclass(frozen=True)
class Panel:
    """One outcome; `table` holds levels (of `levers`, as shown), difference, difference_low, difference_high, verdict."""

    title: str
    unit: str
    levers: str
    table: pd.DataFrame


def height(panels: Sequence[Panel]) -> float:
    """Inches of a panel: all are as high as the one with the most choices."""
    return 1.0 + 0.24 * max((len(panel.table) for panel in panels), default=0)


def draw(panels: Sequence[Panel]) -> Figure:
    """Two panels beside each other."""
    figure, axes = grid(len(panels), height(panels))
    for each, panel in zip(axes, panels, strict=True):
        _panel(each, panel)
    return figure


def _panel(axes: Axes, panel: Panel) -> None:
    table, unit = panel.table, panel.unit
    heights = -np.arange(len(table), dtype=float)
    for height, (_, row) in zip(heights, table.iterrows(), strict=True):
        color = COLORS.get(row["verdict"])
        whisker(axes, scaled(row["difference_low"], unit), scaled(row["difference_high"], unit), height, color or GREY)
        axes.plot([scaled(row["difference"], unit)], [height], "o", markersize=5, color=color or GREY,
                  markerfacecolor=color or "white")  # fmt: skip
    name_rows(axes, heights, list(table["levels"]), 26)
    axes.set_ylabel(wrapped(panel.levers, 30))
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_title(wrapped(panel.title, 36))
    axes.set_xlabel(wrapped(say("change against the baseline, {unit}", unit=unit_text(unit, True)), 40))
