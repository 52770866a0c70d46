"""Tornado: how far each factor alone moves an outcome, the widest bar on top."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.factor_panels import FactorPanel, draw_factors
from experiments.figures.panels import DARK, LIGHT, whisker
from experiments.figures.style import INK
from experiments.quantities import scaled, unit_text
from sim.messages import say

ROW = 0.42
"""Inches."""


def draw(panels: Sequence[FactorPanel]) -> Figure:
    """Tables with low_value and high_value (texts), low_change and high_change, each with low and high."""
    return draw_factors([_with_ends(panel) for panel in panels], ROW, _paint)


def _with_ends(panel: FactorPanel) -> FactorPanel:
    """Rows that say from where to where the factor goes."""
    table = panel.table
    named = [f"{row['factor']}\n{row['low_value']} – {row['high_value']}" for _, row in table.iterrows()]
    return FactorPanel(panel.title, panel.unit, table.assign(factor=named))


def _paint(axes: Axes, heights: np.ndarray, panel: FactorPanel) -> None:
    table, unit = panel.shown, panel.unit
    for name, shift, color, hatch, text in (("low_change", 0.2, LIGHT, "////", "low end"), ("high_change", -0.2, DARK, "", "high end")):
        values = [scaled(value, unit) for value in table[name].fillna(0)]
        axes.barh(heights + shift, values, height=0.36, color=color, hatch=hatch, edgecolor="white", linewidth=0, label=say(text))
        for height, low, high in zip(heights, table[f"{name}_low"], table[f"{name}_high"], strict=True):
            whisker(axes, scaled(low, unit), scaled(high, unit), height + shift)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel(say("change against the baseline, {unit}", unit=unit_text(unit, True)))
