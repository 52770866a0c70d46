"""A table of factors as rows of a panel, the most important on top: what screening, indices and tornado share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import name_rows, named_once, sheets, stack
from experiments.figures.style import label, wrapped
from sim.messages import say

MOST_ROWS = 20
_LETTERS = 36
_LINE = 0.155
"""Inches that a line of a name takes."""
_FRAME = 0.9
"""Inches of a panel beside its rows: title, axis and its label."""


@dataclass(frozen=True)
class FactorPanel:
    """One outcome."""

    title: str
    unit: str
    """of the outcome; empty where what is drawn has none"""
    table: pd.DataFrame
    """a row a factor, with a column `factor`; others as the figure wants them"""

    @property
    def shown(self) -> pd.DataFrame:
        """The rows that there is room for."""
        return self.table.head(MOST_ROWS)

    @property
    def heading(self) -> str:
        """The title; it says so where rows are left out."""
        if len(self.table) <= MOST_ROWS:
            return self.title
        return say("{title}: the first {count} of {all}", title=self.title, count=MOST_ROWS, all=len(self.table))

    @property
    def names(self) -> list[str]:
        """What the rows are called, over several lines where they are long."""
        return [wrapped(label(str(name)), _LETTERS) for name in self.shown["factor"]]

    def inches(self, row: float) -> float:
        """How high it is with rows of this height, or higher where names need it."""
        most = max((name.count("\n") + 1 for name in self.names), default=1)
        return _FRAME + max(row, _LINE * most) * len(self.shown)


Paint = Callable[[Axes, np.ndarray, FactorPanel], None]
"""Draws the rows of a panel at these heights, and says what the axis across is."""


def factor_sheets(panels: Sequence[FactorPanel], row: float) -> list[list[FactorPanel]]:
    """The panels of each figure, where rows are so many inches high."""
    return sheets(panels, lambda panel: panel.inches(row))


def draw_factors(panels: Sequence[FactorPanel], row: float, paint: Paint) -> Figure:
    """A panel under the other with rows so many inches high."""
    figure, axes = stack([panel.inches(row) for panel in panels])
    for each, panel in zip(axes, panels, strict=True):
        heights = -np.arange(len(panel.shown), dtype=float)
        paint(each, heights, panel)
        name_rows(each, heights.tolist(), panel.names, _LETTERS)
        each.set_title(wrapped(panel.heading, 70))
    named_once(figure, axes)
    return figure
