"""Sobol indices as bars: what a factor does alone, and what it does with others."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.factor_panels import FactorPanel, draw_factors
from experiments.figures.panels import DARK, LIGHT, whisker
from experiments.figures.style import INK
from sim.messages import say

ROW = 0.36
"""Inches."""


def draw(panels: Sequence[FactorPanel]) -> Figure:
    """Tables with first and total, each with low and high."""
    return draw_factors(panels, ROW, _paint)


def _paint(axes: Axes, heights: np.ndarray, panel: FactorPanel) -> None:
    table = panel.shown
    for name, shift, color, text in (("first", 0.19, DARK, "first index"), ("total", -0.19, LIGHT, "total index")):
        axes.barh(heights + shift, table[name].fillna(0), height=0.36, color=color, label=say(text))
        for height, low, high in zip(heights, table[f"{name}_low"], table[f"{name}_high"], strict=True):
            whisker(axes, low, high, height + shift)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel(say("share of the variance"))
