"""Open cases at the end of each day, and those of them past their handling limit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.style import FAINT, GREY, MOST_BANDS, canvas, legend, legend_height, looks, wrapped
from experiments.summary import Summary
from sim.messages import say
from sim.scenario import Scenario
from sim.units import DAY


def draw(arms: Mapping[str, Summary], names: Mapping[str, str], scenario: Scenario) -> Figure:
    """Two panels over the civil days: open, and overdue; the mean of the worlds and a band over their range."""
    figure = canvas(4.0 + legend_height([names[arm] for arm in arms]))
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    for arm, look in looks(list(arms)).items():
        for axes, column in ((upper, "open"), (lower, "overdue")):
            worlds = arms[arm].backlog.pivot(index="day", columns="replication", values=column)
            at = _dates(scenario.time.start, worlds.index)
            axes.plot(
                at,
                worlds.mean(axis=1),
                color=look.color,
                linestyle=look.dashes,
                linewidth=1.2,
                label=wrapped(names[arm]),
            )
            if worlds.shape[1] > 1 and len(arms) <= MOST_BANDS:
                axes.fill_between(at, worlds.min(axis=1), worlds.max(axis=1), color=look.color, alpha=0.15, linewidth=0)
    _axes(upper, lower, scenario)
    if len(arms) > 1:
        legend(figure, upper)
    return figure


def _dates(start: dt.date, days: pd.Index) -> np.ndarray:
    return date2num(start) + days.to_numpy() + 1


def _axes(upper, lower, scenario: Scenario) -> None:
    upper.set_title(say("Open cases at the end of each day"))
    upper.set_ylabel(say("open cases"))
    lower.set_ylabel(say("of them overdue"))
    locator = AutoDateLocator(minticks=4, maxticks=9)
    lower.xaxis.set_major_locator(locator)
    # Month names would need a language of their own: numbers do not.
    lower.xaxis.set_major_formatter(ConciseDateFormatter(
        locator, formats=["%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M", "%S"],
        zero_formats=["", "%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M"], show_offset=False,
    ))  # fmt: skip
    warm_up = scenario.time.warm_up.seconds / DAY
    for axes in (upper, lower):
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.margins(x=0)
        if warm_up:
            start = date2num(scenario.time.start)
            axes.axvspan(start, start + warm_up, color=FAINT, alpha=0.6, linewidth=0, zorder=0)
    if warm_up:
        upper.annotate(
            say("warm-up, not judged"),
            (0, 1),
            (3, -3),
            xycoords="axes fraction",
            textcoords="offset points",
            va="top",
            fontsize=7,
            color=GREY,
        )
