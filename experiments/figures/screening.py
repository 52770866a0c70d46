"""Morris screening as rows: how much a factor matters, and how uneven its effect is."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import DARK, MOST, MUTE, name_rows, stack, whisker
from experiments.figures.style import GREY, INK, wrapped
from experiments.quantities import scaled, unit_text
from sim.messages import say

MOST_ROWS = 20


def draw(panels: Sequence[tuple[str, str, pd.DataFrame]]) -> Figure:
    """Panels of title, unit and table (factor, mu_star, low, high, sigma, noise, shown), the largest on top."""
    shown = [(title, unit, table.head(MOST_ROWS)) for title, unit, table in panels[:MOST]]
    figure, axes = stack([0.9 + 0.25 * len(table) for _, _, table in shown])
    for each, (title, unit, table) in zip(axes, shown, strict=True):
        _panel(each, title, unit, table)
    handles, labels = axes[0].get_legend_handles_labels()
    named = dict(zip(labels, handles, strict=True))
    figure.legend(list(named.values()), list(named), loc="outside lower left", ncols=4)
    return figure


def _panel(axes: Axes, title: str, unit: str, table: pd.DataFrame) -> None:
    heights = -np.arange(len(table), dtype=float)
    for height, (_, row) in zip(heights, table.iterrows(), strict=True):
        color = DARK if row["shown"] else MUTE
        whisker(axes, scaled(row["low"], unit), scaled(row["high"], unit), height, color)
        named = say("mu*, told from chance") if row["shown"] else say("mu*, not told from chance")
        axes.plot([scaled(row["mu_star"], unit)], [height], "o", color=color, markersize=5, label=named, linestyle="none")
        axes.plot([scaled(row["sigma"], unit)], [height], "D", color=INK, markerfacecolor="none", markersize=4, label=say("sigma"),
                  linestyle="none")  # fmt: skip
        axes.plot([scaled(row["noise"], unit)], [height], "|", color=GREY, markersize=8, label=say("by chance"), linestyle="none")
    name_rows(axes, heights, list(table["factor"]), 40)
    axes.set_xlim(left=0)
    axes.set_title(wrapped(title, 80))
    axes.set_xlabel(say("effect of the whole range, {unit}", unit=unit_text(unit, True)))
