"""Interaction plot: an outcome over one factor, a line for each level of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import grid
from experiments.figures.style import label, looks, wrapped
from experiments.quantities import scaled, unit_text
from sim.metrics.table import INDICATORS

PANEL_HEIGHT = 3.0


@dataclass(frozen=True)
class Panel:
    """One outcome over two factors."""

    title: str
    indicator: str
    first: str
    second: str
    first_levels: tuple[str, ...]
    second_levels: tuple[str, ...]
    means: np.ndarray
    """first by second"""
    corners: str
    """by how much the effect of the second differs between the ends of the first, with its interval"""


def draw(panels: Sequence[Panel]) -> Figure:
    """A panel an outcome and pair of factors."""
    figure, axes = grid(len(panels), PANEL_HEIGHT, columns=1 if len(panels) == 1 else 2)
    for each, panel in zip(axes, panels, strict=True):
        _panel(each, panel)
    return figure


def _panel(axes: Axes, panel: Panel) -> None:
    unit = INDICATORS[panel.indicator].unit
    places = np.arange(len(panel.first_levels))
    for number, (level, look) in enumerate(looks(list(panel.second_levels)).items()):
        values = [scaled(value, unit) for value in panel.means[:, number]]
        axes.plot(places, values, color=look.color, linestyle=look.dashes, marker=look.marker, markersize=4, label=label(level))
    axes.set_xticks(places)
    axes.set_xticklabels([wrapped(label(level), 14) for level in panel.first_levels])
    axes.set_xlim(-0.25, len(places) - 0.75)
    axes.set_xlabel(f"{label(panel.first)}\n{wrapped(panel.corners, 52)}")
    axes.set_ylabel(unit_text(unit))
    axes.set_title(wrapped(panel.title, 32))
    axes.margins(y=0.12)
    axes.legend(title=label(panel.second), title_fontsize=8)
