"""Figures of a calibration report: measured beside foretold."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from calibration.naive_forecasts import RANDOM, SHIFTED
from calibration.score_measures import WITHIN
from calibration.score_outlook import MODEL
from experiments.figures.drawing import Drawn
from experiments.figures.fonts import in_figure_language
from experiments.figures.style import LOOKS, canvas, label, legend, legend_height, save, styled, wrapped
from sim.messages import say

MEASURED = "measured"
SIDES = (MEASURED, MODEL, SHIFTED, RANDOM)
SHOWN_LIMITS = ("4 h", "24 h", "1 week")


def names() -> dict[str, str]:
    """How each side is called, in the language in force."""
    return {MEASURED: say("measured"), MODEL: say("model"), SHIFTED: say("last period, shifted"),
            RANDOM: say("random past durations")}  # fmt: skip


def draw_scores(facts: Mapping[str, Any], folder: Path) -> list[Drawn]:
    """Write the figures of a period's scores; Chinese only where a font can draw it."""
    folder.mkdir(parents=True, exist_ok=True)
    with in_figure_language(), styled():
        made = {"backlog": _backlog(facts), "closed_within": _closed_within(facts), "closing_hours": _closing_hours(facts)}
        for name, figure in made.items():
            save(figure, folder / name)
    captions = {
        "backlog": say("Cases open at the end of each day of the held-out period, whole city. Band: range of the model's worlds."),
        "closed_within": say("Share of the cases that were closed within a time, by department: measured beside foretold."),
        "closing_hours": say("Closings by the hour of the week, Monday to Sunday: share of all closings in each hour."),
    }
    return [Drawn(name, folder / name, captions[name]) for name in made]


def _backlog(facts: Mapping[str, Any]) -> Figure:
    curves, shown = facts["backlog"], names()
    figure = canvas(2.6 + legend_height(shown.values()))
    axes = figure.subplots()
    for side, look in zip(SIDES, LOOKS, strict=False):
        daily = curves[side]["mean"] if side != MEASURED else curves[MEASURED]
        total = np.sum(daily, axis=1)
        at = np.arange(1, len(total) + 1)
        axes.plot(at, total, color=look.color, linestyle=look.dashes, label=wrapped(shown[side]), linewidth=2.0 if side == MEASURED else 1.3)
        if side == MODEL:
            axes.fill_between(at, curves[side]["low"], curves[side]["high"], color=look.color, alpha=0.2, linewidth=0)
    axes.set_title(say("Open cases"))
    axes.set_xlabel(say("day of the held-out period"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(bottom=0)
    axes.margins(x=0)
    legend(figure, axes)
    return figure


def _closed_within(facts: Mapping[str, Any]) -> Figure:
    rows, shown = facts["departments"], names()
    figure = canvas(0.9 + 0.26 * len(rows) + legend_height(shown.values()))
    panels = figure.subplots(1, len(SHOWN_LIMITS), sharey=True)
    at, limits = np.arange(len(rows))[::-1], list(WITHIN)
    for axes, limit in zip(panels, SHOWN_LIMITS, strict=True):
        place = limits.index(limit)
        for side, look in zip(SIDES, LOOKS, strict=False):
            shares = [np.nan if row[side][place] is None else 100 * row[side][place] for row in rows]
            axes.plot(shares, at, linestyle="none", marker=look.marker, color=look.color, label=wrapped(shown[side]),
                      markersize=6 if side == MEASURED else 4.5, fillstyle="full" if side == MEASURED else "none")  # fmt: skip
        axes.set_title(say("closed within {time}", time=say(limit)))
        axes.set_xlim(0, 100)
        axes.set_xlabel("%")
    panels[0].set_yticks(at, [label(str(row["group"])) for row in rows])
    legend(figure, panels[0])
    return figure


def _closing_hours(facts: Mapping[str, Any]) -> Figure:
    shown = names()
    figure = canvas(2.2 + legend_height(shown.values()))
    axes = figure.subplots()
    for side, look in zip(SIDES, LOOKS, strict=False):
        counts = np.asarray(facts["closing_hours"][side], dtype=float)
        axes.plot(np.arange(168), 100 * counts / max(1.0, counts.sum()), color=look.color, linestyle=look.dashes,
                  label=wrapped(shown[side]), linewidth=1.8 if side == MEASURED else 1.0)  # fmt: skip
    axes.set_title(say("Closings by hour of the week"))
    axes.set_ylabel("%")
    axes.set_xticks(np.arange(0, 168, 24), [say(day) for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")], ha="left")
    axes.set_ylim(bottom=0)
    axes.margins(x=0)
    legend(figure, axes)
    return figure
