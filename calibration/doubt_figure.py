"""The figure of a calibration's doubt: which crews and which work of each department training leaves standing."""

# The stubs of matplotlib say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullFormatter

from calibration.crew_posterior import Doubt
from experiments.figures.drawing import Drawn
from experiments.figures.fonts import in_figure_language
from experiments.figures.style import FAINT, GREY, LOOKS, canvas, label, legend_height, save, styled, wrapped
from sim.messages import say

NAME = "pinned_down"


def draw_doubt(doubts: Sequence[Doubt], folder: Path) -> Drawn:
    """Write the figure: a row a department with cases enough to tell, a mark a candidate."""
    folder.mkdir(parents=True, exist_ok=True)
    with in_figure_language(), styled():
        save(_figure([each for each in doubts if each.told]), folder / NAME)
    return Drawn(NAME, folder / NAME, _caption(doubts))


def _caption(doubts: Sequence[Doubt]) -> str:
    if any(doubt.believed for doubt in doubts):
        return say("Draws inferred for each department: filled, the larger the heavier, where training cannot tell them from the best; "
                   "hollow where it speaks against them.")  # fmt: skip
    return say("Candidates of each department: filled, the larger the heavier, where training cannot tell them from the best; hollow "
               "where it speaks against them. The farthest right: crews are never short.")  # fmt: skip


def _figure(doubts: Sequence[Doubt]) -> Figure:
    texts = [say("kept, by weight"), say("ruled out by training")]
    figure = canvas(1.1 + 0.32 * max(1, len(doubts)) + legend_height(texts))
    left, right = figure.subplots(1, 2, sharey=True)
    for place, doubt in enumerate(reversed(doubts)):
        _marks(left, [each.crews for each in doubt.candidates], doubt, place)
        _marks(right, [each.work_s / 60 for each in doubt.candidates], doubt, place)
    left.set_yticks(range(len(doubts)), [label(each.name) for each in reversed(doubts)])
    for axes, title, unit in ((left, say("crews"), say("crews, log scale")), (right, say("work a case"), say("minutes, log scale"))):
        axes.set_title(title)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 3)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xlabel(unit)
        axes.margins(x=0.08, y=0.12)
    handles = [Line2D([], [], linestyle="none", marker="o", color=LOOKS[1].color, markersize=6),
               Line2D([], [], linestyle="none", marker="o", color=GREY, fillstyle="none", markersize=4)]  # fmt: skip
    figure.legend(handles, [wrapped(text) for text in texts], loc="outside lower left", ncols=2)
    return figure


def _marks(axes: Axes, values: Sequence[float], doubt: Doubt, place: int) -> None:
    """Candidates at one value stand on one another: together they have the sum of their weights."""
    together: dict[float, float] = {}
    for value, weight in zip(values, doubt.weight, strict=True):
        together[value] = together.get(value, 0.0) + weight
    axes.plot([min(together), max(together)], [place, place], color=FAINT, linewidth=1.2, zorder=1)
    gone = [value for value, weight in together.items() if weight == 0]
    kept = {value: weight for value, weight in together.items() if weight > 0}
    axes.scatter(gone, [place] * len(gone), s=18, facecolors="white", edgecolors=GREY, linewidths=0.8, zorder=2)
    axes.scatter(list(kept), [place] * len(kept), s=[12 + 160 * weight for weight in kept.values()], color=LOOKS[1].color,
                 linewidths=0, zorder=3, alpha=0.85)  # fmt: skip
