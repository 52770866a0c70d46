"""Tornado: how far each factor alone moves an outcome, the widest bar on top."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import DARK, LIGHT, MOST, name_rows, stack, whisker
from experiments.figures.style import INK, wrapped
from experiments.quantities import scaled, unit_text
from sim.messages import say

MOST_BARS = 15


def draw(panels: Sequence[tuple[str, str, pd.DataFrame]]) -> Figure:
    """Panels of title, unit and table (factor, low_value, high_value, low_change, high_change with their intervals)."""
    shown = [(title, unit, table.head(MOST_BARS)) for title, unit, table in panels[:MOST]]
    figure, axes = stack([0.9 + 0.42 * len(table) for _, _, table in shown])
    for each, (title, unit, table) in zip(axes, shown, strict=True):
        _panel(each, title, unit, table)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=2)
    return figure


def _panel(axes: Axes, title: str, unit: str, table: pd.DataFrame) -> None:
    heights = -np.arange(len(table), dtype=float)
    for name, shift, color, hatch, text in (("low_change", 0.2, LIGHT, "////", "low end"), ("high_change", -0.2, DARK, "", "high end")):
        axes.barh(heights + shift, scaled_all(table[name].fillna(0), unit), height=0.36, color=color, hatch=hatch, edgecolor="white",
                  linewidth=0, label=say(text))  # fmt: skip
        for height, low, high in zip(heights, table[f"{name}_low"], table[f"{name}_high"], strict=True):
            whisker(axes, scaled(low, unit), scaled(high, unit), height + shift)
    names = [f"{row['factor']}  {row['low_value']} – {row['high_value']}" for _, row in table.iterrows()]
    name_rows(axes, heights, names, 40)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_title(wrapped(title, 80))
    axes.set_xlabel(say("change against the baseline, {unit}", unit=unit_text(unit, True)))


def scaled_all(values: pd.Series, unit: str) -> pd.Series:
    """The values in the unit that is shown."""
    return values.map(lambda value: scaled(value, unit))
