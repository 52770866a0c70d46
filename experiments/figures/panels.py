"""Panels under each other: one an outcome, each with its own scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import canvas, label, wrapped

Panel = TypeVar("Panel")
MOST = 6
"""Panels of a figure in which all are equally high."""
TALLEST = 9.0
"""Inches of the tallest figure: with its caption it fits on a page of A4."""
DARK, LIGHT, MUTE = "#0072b2", "#9ecae1", "#bbbbbb"


def sheets(panels: Sequence[Panel], inches: Callable[[Panel], float]) -> list[list[Panel]]:
    """The panels in order, as many in a figure as fit on a page; one at least."""
    found: list[list[Panel]] = []
    room = 0.0
    for panel in panels:
        if not found or inches(panel) > room:
            found.append([])
            room = TALLEST
        found[-1].append(panel)
        room -= inches(panel)
    return found


def grid_sheets(panels: Sequence[Panel], height: float, columns: int = 2) -> list[list[Panel]]:
    """The panels of each figure where `columns` stand beside each other, each so many inches high."""
    most = columns * int(TALLEST // height)
    return [list(panels[first : first + most]) for first in range(0, len(panels), most)]


def grid(count: int, height: float, columns: int = 2) -> tuple[Figure, list[Axes]]:
    """A figure with `count` panels, `columns` beside each other, each `height` inches high."""
    columns = min(columns, count)
    rows = -(-count // columns)
    figure = canvas(height * rows)
    axes = np.atleast_1d(figure.subplots(rows, columns, squeeze=False)).ravel()
    for empty in axes[count:]:
        empty.set_visible(False)
    return figure, list(axes[:count])


def stack(heights: Sequence[float]) -> tuple[Figure, list[Axes]]:
    """A figure with a panel under the other, of these heights in inches."""
    figure = canvas(sum(heights))
    return figure, list(np.atleast_1d(figure.subplots(len(heights), 1, height_ratios=list(heights), squeeze=False)).ravel())


def name_rows(axes: Axes, heights: Sequence[float], names: Sequence[str], letters: int = 30) -> None:
    """Names of bars at the left, the first one on top."""
    axes.set_yticks(list(heights))
    axes.set_yticklabels([wrapped(label(name), letters) for name in names])
    axes.set_ylim(min(heights) - 0.7, max(heights) + 0.7)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)


def whisker(axes: Axes, low: float, high: float, at: float, color: str = "#222222") -> None:
    """The line of an interval; nothing where there is none."""
    if not (np.isnan(low) or np.isnan(high)):
        axes.plot([low, high], [at, at], color=color, linewidth=1)


def named_once(figure: Figure, panels: Sequence[Axes], columns: int = 4) -> None:
    """A legend under everything that names what is drawn in any panel, each once."""
    named = {text: handle for axes in panels for handle, text in zip(*axes.get_legend_handles_labels(), strict=True)}
    figure.legend(list(named.values()), list(named), loc="outside lower left", ncols=columns)
