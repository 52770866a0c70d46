"""Where it fails: the combinations that were run, by two factors, and the first box of conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.panels import MUTE, grid, named_once
from experiments.figures.style import label, wrapped
from experiments.procedures.conditions import Box, Column, Limits, Meaning, is_number
from sim.messages import say

FAILS = "#d55e00"
PANEL_HEIGHT = 3.6
MOST_VALUES = 6
"""A number that takes no more values than this has room between them."""


@dataclass(frozen=True)
class Panel:
    """One outcome by two factors, across and up."""

    title: str
    names: tuple[str, str]
    meanings: tuple[Meaning | None, Meaning | None]
    columns: tuple[Column, Column]
    fails: np.ndarray
    limits: Box


def draw(panels: Sequence[Panel]) -> Figure:
    """A panel an outcome."""
    figure, axes = grid(len(panels), PANEL_HEIGHT, columns=1 if len(panels) == 1 else 2)
    for each, panel in zip(axes, panels, strict=True):
        _panel(each, panel, 70 if len(panels) == 1 else 32)
    named_once(figure, axes)
    return figure


def _panel(axes: Axes, panel: Panel, letters: int) -> None:
    across, up = (_placed(axis, name, meaning, column) for axis, name, meaning, column in
                  zip((axes.xaxis, axes.yaxis), panel.names, panel.meanings, panel.columns, strict=True))  # fmt: skip
    for fails, marker, color, text in ((False, "o", MUTE, "reaches the threshold"), (True, "x", FAILS, "fails")):
        rows = panel.fails == fails
        if not rows.any():
            continue
        axes.plot(across[rows], up[rows], marker, color=color, markersize=4 if marker == "x" else 3.2, label=say(text), linestyle="none")
    _frame(axes, panel)
    axes.set_title(wrapped(panel.title, letters))


def _placed(axis, name: str, meaning: Meaning | None, column: Column) -> np.ndarray:
    """Places of the values on an axis, which gets its name and, for categories, their names."""
    meaning = meaning or Meaning(name, name)
    axis.set_label_text(label(f"{meaning.name}, {meaning.unit}" if meaning.unit else meaning.name))
    known = sorted(set(column.tolist()))
    if is_number(column):
        values = np.array(known) * meaning.times
        if len(known) > MOST_VALUES:
            return column * meaning.times
        axis.set_ticks(values, labels=[f"{value:g}" for value in values])
        return column * meaning.times + _spread(len(column), float(np.diff(values).min(initial=np.inf)))
    axis.set_ticks(list(range(len(known))), labels=[label(meaning.category(each)) for each in known])
    return np.array([known.index(each) for each in column.tolist()], dtype=float) + _spread(len(column), 1.0)


def _spread(count: int, step: float) -> np.ndarray:
    """Shifts that show points of the same value beside each other, within their step to the next value."""
    return np.random.default_rng(1).uniform(-0.18, 0.18, count) * (step if np.isfinite(step) else 0.0)


def _frame(axes: Axes, panel: Panel) -> None:
    """The box's limits in these two factors, out to the ends of the axes where there is none."""
    if not any(name in panel.limits for name in panel.names):
        return
    (left, right), (below, above) = axes.get_xlim(), axes.get_ylim()
    ends = []
    for name, meaning, column, whole in zip(panel.names, panel.meanings, panel.columns, ((left, right), (below, above)), strict=True):
        ends.append(_side(panel.limits.get(name, Limits()), meaning, column, whole))
    (x0, x1), (y0, y1) = ends
    axes.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, fill=False, edgecolor="#222222", linewidth=1.4, linestyle=(0, (5, 2))))
    axes.set_xlim(left, right)
    axes.set_ylim(below, above)


def _side(limits: Limits, meaning: Meaning | None, column: Column, whole: tuple[float, float]) -> tuple[float, float]:
    if limits.among is not None:
        known = sorted(set(column.tolist()))
        at = [known.index(each) for each in limits.among if each in known]
        return (min(at) - 0.35, max(at) + 0.35) if at else whole
    times = meaning.times if meaning else 1.0
    return max(limits.low * times, whole[0]), min(limits.high * times, whole[1])
