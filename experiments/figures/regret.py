"""The decision under doubt: how surely each choice is better, what it is expected to cost, what is worth learning."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import DARK, LIGHT, MUTE, name_rows, whisker
from experiments.figures.style import GREY, canvas, wrapped
from experiments.quantities import scaled, unit_text
from sim.messages import say

MOST_BARS = 12
ACROSS = 20
"""Letters of a label under a panel: a longer one would reach beyond it."""


@dataclass(frozen=True)
class Row:
    """One outcome: choices with p_better and regret, unknowns with worth."""

    title: str
    unit: str
    policies: pd.DataFrame
    unknowns: pd.DataFrame

    @property
    def inches(self) -> float:
        """How high it is: the names of choices take two or three lines."""
        return 1.2 + 0.44 * min(MOST_BARS, max(len(self.policies), len(self.unknowns)))


def draw(rows: Sequence[Row]) -> Figure:
    """Two or three panels an outcome."""
    heights = [row.inches for row in rows]
    figure = canvas(sum(heights))
    axes = figure.subplots(len(rows), 3, height_ratios=heights, squeeze=False)
    for (left, middle, right), row in zip(axes, rows, strict=True):
        left.set_title(wrapped(row.title, 60))
        _policies(left, middle, row)
        _unknowns(right, row)
    return figure


def _policies(left: Axes, middle: Axes, row: Row) -> None:
    table = row.policies.head(MOST_BARS)
    heights = -np.arange(len(table), dtype=float)
    for height, (_, each) in zip(heights, table.iterrows(), strict=True):
        whisker(left, each["p_better_low"], each["p_better_high"], height, DARK)
        left.plot([each["p_better"]], [height], "o", color=DARK, markersize=4.5)
        whisker(middle, scaled(each["regret_low"], row.unit), scaled(each["regret_high"], row.unit), height)
    middle.barh(heights, [scaled(value, row.unit) for value in table["regret"]], height=0.6, color=LIGHT, zorder=0)
    left.axvline(0.5, color=GREY, linewidth=0.6)
    left.set_xlim(-0.03, 1.03)
    left.set_xlabel(say("P(better)"))
    name_rows(left, heights, list(table["policy"]), 20)
    name_rows(middle, heights, [""] * len(heights))
    middle.set_xlim(left=0)
    middle.set_xlabel(wrapped(say("regret, {unit}", unit=unit_text(row.unit, True)), ACROSS))


def _unknowns(axes: Axes, row: Row) -> None:
    table = row.unknowns.head(MOST_BARS)
    if table.empty:
        axes.set_visible(False)
        return
    heights = -np.arange(len(table), dtype=float)
    colors = [DARK if shown else MUTE for shown in table["shown"]]
    axes.barh(heights, [scaled(value, row.unit) for value in table["worth"]], height=0.6, color=colors)
    for height, low, high in zip(heights, table["low"], table["high"], strict=True):
        whisker(axes, scaled(low, row.unit), scaled(high, row.unit), height)
    name_rows(axes, heights, list(table["unknown"]), 18)
    axes.set_xlim(left=0)
    axes.set_xlabel(wrapped(say("worth of learning, {unit}", unit=unit_text(row.unit, True)), ACROSS))
