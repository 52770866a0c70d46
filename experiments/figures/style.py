"""One restrained style for all figures: readable on A4 in black and white, and the same file for the same numbers."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import logging
import math
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib import rc_context, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from experiments.figures.fonts import drawable, families
from experiments.figures.line_breaks import lines

WIDTH = 6.7
"""Inches: the text width of A4."""
INK, GREY, FAINT = "#222222", "#777777", "#dddddd"


@dataclass(frozen=True)
class Look:
    """How one scenario is drawn: told apart by colour, by dashes and by marker."""

    color: str
    dashes: Any
    marker: str


LOOKS = (
    Look("#333333", "-", "o"), Look("#0072b2", (0, (5, 1.5)), "s"), Look("#d55e00", (0, (1.2, 1.2)), "^"),
    Look("#009e73", (0, (6, 1.5, 1.2, 1.5)), "D"), Look("#aa4499", (0, (3, 1)), "v"), Look("#e69f00", (0, (8, 2)), "P"),
    Look("#56b4e9", (0, (2, 2)), "X"), Look("#882255", (0, (4, 1, 1, 1, 1, 1)), "<"),
    Look("#999933", (0, (10, 2)), ">"), Look("#117733", (0, (1, 2)), "p"),
)  # fmt: skip
MOST_BANDS = 4
"""With more scenarios than this the bands over the worlds would hide each other and are left out."""


def looks(names: Mapping[str, str] | list[str]) -> dict[str, Look]:
    """A look for each scenario, the baseline's first; they come round again after the last."""
    return {name: LOOKS[number % len(LOOKS)] for number, name in enumerate(names)}


def settings() -> dict[str, Any]:
    """What matplotlib is told."""
    return {
        "font.family": families(), "font.size": 8.5, "axes.titlesize": 9.5, "axes.titleweight": "bold",
        "axes.titlelocation": "left", "axes.titlepad": 10, "axes.labelcolor": INK, "axes.edgecolor": GREY,
        "axes.linewidth": 0.6, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
        "axes.axisbelow": True, "axes.unicode_minus": False, "grid.color": FAINT, "grid.linewidth": 0.5,
        "xtick.color": INK, "ytick.color": INK, "xtick.major.width": 0.6, "ytick.major.width": 0.6,
        "legend.frameon": False, "legend.fontsize": 8, "lines.linewidth": 1.5, "text.color": INK,
        "figure.dpi": 100, "savefig.dpi": 200, "svg.fonttype": "path", "svg.hashsalt": "wangge",
    }  # fmt: skip


@contextmanager
def styled() -> Iterator[None]:
    """Figures drawn in this context have this style."""
    log = logging.getLogger("matplotlib.font_manager")
    before = log.level
    log.setLevel(logging.ERROR)  # a Chinese family often has no bold face; the plain one will do
    try:
        with rc_context(settings()):
            yield
    finally:
        log.setLevel(before)


def canvas(height: float, width: float = WIDTH) -> Figure:
    """An empty figure, in inches."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def save(figure: Figure, path: Path) -> None:
    """path.svg and path.png; no date inside, so that equal figures are equal files.

    It is laid out once, as finely as the PNG is drawn: at the coarse scale of an SVG letters measure narrower than they are,
    and labels at the edge are cut off.
    """
    figure.set_dpi(rcParams["savefig.dpi"])
    figure.draw_without_rendering()
    figure.set_layout_engine(None)
    figure.savefig(path.with_suffix(".svg"), metadata={"Date": None, "Creator": None})
    figure.savefig(path.with_suffix(".png"), metadata={"Software": None})


def wrapped(text: str, letters: int = 46) -> str:
    """A label over several lines, each as wide as so many Latin letters; lines that it has stay."""
    return "\n".join(line for part in text.split("\n") for line in lines(part, letters))


def label(text: str) -> str:
    """A text from outside, such as a department of a log; letters that no font here can draw are written as codes."""
    return text if drawable(text) else text.encode("ascii", "backslashreplace").decode()


LEGEND_LINE = 0.16
"""Inches that a line of a legend takes."""


def legend_height(names: Collection[str], columns: int = 2) -> float:
    """Inches that a legend under the figure will take; 0 for a single name, which needs none."""
    rows = [list(names)[first :: math.ceil(len(names) / columns)] for first in range(math.ceil(len(names) / columns))]
    lines = sum(max(wrapped(name).count("\n") + 1 for name in row) for row in rows)
    return LEGEND_LINE * (lines + 1) if len(names) > 1 else 0.0


def legend(figure: Figure, axes: Axes, columns: int = 2) -> None:
    """A legend under everything, where it hides nothing."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside lower left", ncols=columns, borderaxespad=0.4, handlelength=2.6, columnspacing=1.6
    )
