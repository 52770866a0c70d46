"""Morris screening as rows: how much a factor matters, and how uneven its effect is."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.factor_panels import FactorPanel, draw_factors
from experiments.figures.panels import DARK, MUTE, whisker
from experiments.figures.style import GREY, INK
from experiments.quantities import scaled, unit_text
from sim.messages import say

ROW = 0.25
"""Inches."""


def draw(panels: Sequence[FactorPanel]) -> Figure:
    """Tables with mu_star, low, high, sigma, noise, shown."""
    return draw_factors(panels, ROW, _paint)


def _paint(axes: Axes, heights: np.ndarray, panel: FactorPanel) -> None:
    unit = panel.unit
    for height, (_, row) in zip(heights, panel.shown.iterrows(), strict=True):
        color = DARK if row["shown"] else MUTE
        whisker(axes, scaled(row["low"], unit), scaled(row["high"], unit), height, color)
        named = say("mu*, told from chance") if row["shown"] else say("mu*, not told from chance")
        axes.plot([scaled(row["mu_star"], unit)], [height], "o", color=color, markersize=5, label=named, linestyle="none")
        axes.plot([scaled(row["sigma"], unit)], [height], "D", color=INK, markerfacecolor="none", markersize=4, label=say("sigma"),
                  linestyle="none")  # fmt: skip
        axes.plot([scaled(row["noise"], unit)], [height], "|", color=GREY, markersize=8, label=say("by chance"), linestyle="none")
    axes.set_xlim(left=0)
    axes.set_xlabel(say("effect of the whole range, {unit}", unit=unit_text(unit, True)))
