"""How a stopping rule came to its end: differences and their intervals against the number of worlds."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.style import GREY, INK, MOST_BANDS, canvas, label, legend, legend_height, looks, wrapped
from experiments.quantities import scaled, unit_text
from sim.messages import say

MOST = 10


def draw(table: pd.DataFrame, title: str, unit: str, wanted: float | None) -> Figure:
    """`table`: choice, name, worlds, difference, low, high; `wanted`: the half-width to be reached, none for other rules."""
    names = list(dict.fromkeys(table["name"]))[:MOST]
    shift = 0.012 * (float(table["worlds"].max()) - 2)  # ends at the same number of worlds stand beside each other
    figure = canvas((4.4 if wanted else 3.0) + legend_height(names))
    upper, *lower = figure.subplots(2 if wanted else 1, 1, sharex=True, squeeze=False).ravel()
    for place, (name, look) in enumerate(looks(names).items()):
        rows = table[(table["name"] == name) & (table["worlds"] > 2)]
        mean, low, high = (np.array([scaled(value, unit) for value in rows[part]]) for part in ("difference", "low", "high"))
        upper.plot(rows["worlds"], mean, color=look.color, linestyle=look.dashes, label=wrapped(label(name)))
        if len(rows):
            upper.errorbar([rows["worlds"].iloc[-1] + shift * (place + 1)], mean[-1:], [mean[-1:] - low[-1:], high[-1:] - mean[-1:]],
                           fmt=look.marker, color=look.color, markersize=4, elinewidth=1, capsize=2)  # fmt: skip
        if len(names) <= MOST_BANDS:
            upper.fill_between(rows["worlds"], low, high, color=look.color, alpha=0.13, linewidth=0)
        for axes in lower:
            axes.plot(rows["worlds"], (high - low) / 2, color=look.color, linestyle=look.dashes)
    _axes(upper, lower, title, unit, wanted)
    if len(names) > 1:
        legend(figure, upper)
    return figure


def _axes(upper, lower, title: str, unit: str, wanted: float | None) -> None:
    upper.axhline(0, color=INK, linewidth=0.8)
    upper.set_title(wrapped(title, 80))
    upper.set_ylabel(say("difference, {unit}", unit=unit_text(unit, True)))
    for axes in lower:
        axes.axhline(scaled(wanted or 0.0, unit), color=GREY, linestyle=(0, (4, 3)), linewidth=1)
        axes.set_ylim(bottom=0)
        axes.set_ylabel(say("half-width, {unit}", unit=unit_text(unit, True)))
    (lower or [upper])[-1].set_xlabel(say("worlds"))
    upper.xaxis.set_major_locator(MaxNLocator(integer=True))
