"""How long cases stay open: the share not yet closed against the time since the report, by Kaplan-Meier."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportReturnType=false

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator, PercentFormatter

from experiments.figures.style import MOST_BANDS, canvas, legend, legend_height, looks, wrapped
from experiments.summary import Summary
from sim.messages import say

TICKS = {
    0.25: "15 min",
    1: "1 h",
    4: "4 h",
    24: "1 d",
    72: "3 d",
    168: "1 week",
    720: "30 d",
    2160: "90 d",
    8760: "1 year",
}
"""Hours that are marked, and how."""


def draw(arms: Mapping[str, Summary], names: Mapping[str, str]) -> Figure:
    """A curve for each scenario: the mean of its worlds, and a band over the range of them."""
    figure = canvas(3.0 + legend_height([names[arm] for arm in arms]))
    axes = figure.subplots()
    last = 1.0
    for arm, look in looks(list(arms)).items():
        worlds = _worlds(arms[arm].curve)
        axes.plot(
            worlds.index,
            worlds.mean(axis=1, skipna=False),
            color=look.color,
            linestyle=look.dashes,
            label=wrapped(names[arm]),
        )
        if worlds.shape[1] > 1 and len(arms) <= MOST_BANDS:
            axes.fill_between(
                worlds.index, worlds.min(axis=1), worlds.max(axis=1), color=look.color, alpha=0.15, linewidth=0
            )
        last = max(last, _end(worlds))
    _axes(axes, last)
    if len(arms) > 1:
        legend(figure, axes)
    return figure


def _worlds(curve: pd.DataFrame) -> pd.DataFrame:
    """A row an hour (without 0, which has no place on a logarithmic axis), a column a replication."""
    wide = curve.pivot(index="hours", columns="replication", values="open")
    return wide[wide.index > 0]


def _end(worlds: pd.DataFrame) -> float:
    """Hours by which all but a thousandth are closed, or to which the curves reach."""
    alive = worlds.index[(worlds.max(axis=1) > 0.001).to_numpy()]
    return float(alive.max()) if len(alive) else 1.0


def _axes(axes, last: float) -> None:
    axes.set_title(say("How long cases stay open"))
    axes.set_xlabel(say("time since the report (logarithmic)"))
    axes.set_ylabel(say("share of cases not yet closed"))
    axes.set_xscale("log")
    axes.set_xlim(0.25, max(last, 4) * 1.05)
    axes.set_ylim(0, 1.0)
    shown = [hours for hours in TICKS if hours <= axes.get_xlim()[1]]
    axes.xaxis.set_major_locator(FixedLocator(shown))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([say(TICKS[hours]) for hours in shown])
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_yticks(np.linspace(0, 1, 6))
