"""Keeping the limits: share of cases handled in time, by level, category and department."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from experiments.figures.labels import Labels
from experiments.figures.style import GREY, canvas, label, legend, legend_height, looks, wrapped
from experiments.headlines import LEVEL_ORDER
from experiments.intervals import Interval, t_interval
from experiments.summary import ALL, CASES, Summary
from sim.messages import say

ON_TIME = "on_time_handling_rate"
KINDS = ("level", "category", "department")
MOST_ROWS, FEWEST_CASES = 14, 5
"""Categories and departments shown at most, the worst kept under the baseline first; cases in a world below which none is shown."""


def draw(arms: Mapping[str, Summary], names: Mapping[str, str], labels: Labels) -> Figure | None:
    """A row a group, a marker a scenario, its interval over the worlds. None if no case had a limit that fell due."""
    values = {arm: _values(summary) for arm, summary in arms.items()}
    few = _few(next(iter(arms.values())))
    rows = [row for row in _rows(values) if not labels.is_level(row) and row not in few]
    if not rows:
        return None
    figure = canvas(1.0 + max(0.22, 0.05 * len(arms)) * (len(rows) + 2) + legend_height([names[arm] for arm in arms]))
    axes = figure.subplots()
    heights = _heights(rows)
    for place, (arm, look) in enumerate(looks(list(arms)).items()):
        shift = (place - (len(arms) - 1) / 2) * min(0.22, 0.8 / len(arms))
        for number, group in enumerate(rows):
            found = values[arm].get(group)
            if found is not None and not np.isnan(found.mean):
                _marker(axes, found, heights[number] - shift, look, wrapped(names[arm]) if number == 0 else None)
    _axes(axes, heights, [label(labels.group(group)) for group in rows])
    if len(arms) > 1:
        legend(figure, axes)
    return figure


def _values(summary: Summary) -> dict[str, Interval]:
    rows = summary.indicators[summary.indicators["indicator"] == ON_TIME]
    return {str(group): t_interval(part["value"]) for group, part in rows.groupby("group", sort=False)}


def _few(summary: Summary) -> set[str]:
    """Categories and departments whose share would be one over a handful of cases: noise, and in a replay near to single people."""
    counts = summary.indicators[summary.indicators["indicator"] == CASES]
    parts = counts.groupby("group", sort=False)
    return {str(group) for group, part in parts if group != ALL and np.mean(part["value"].to_numpy()) < FEWEST_CASES}


def _rows(values: Mapping[str, Mapping[str, Interval]]) -> list[str]:
    """Groups to show: everybody, levels from below, then categories and departments, the worst kept first."""
    baseline = next(iter(values.values()))
    known = [group for group, found in baseline.items() if not np.isnan(found.mean)]
    if ALL not in known:
        return []
    rows = [ALL, *(f"level={level}" for level in LEVEL_ORDER if f"level={level}" in known)]
    for kind in KINDS[1:]:
        mine = sorted(
            (group for group in known if group.startswith(f"{kind}=")), key=lambda group: baseline[group].mean
        )
        rows += mine[:MOST_ROWS] if len(mine) > 1 else []
    return rows


def _heights(rows: list[str]) -> np.ndarray:
    kinds = [group.partition("=")[0] for group in rows]
    gaps = np.cumsum([before != kind for before, kind in zip(["", *kinds], kinds, strict=False)])
    return -(np.arange(len(rows)) + 0.7 * gaps)


def _marker(axes, found: Interval, height: float, look, name: str | None) -> None:
    if not np.isnan(found.low):
        axes.plot([max(found.low, 0), min(found.high, 1)], [height, height], color=look.color, linewidth=1)
    axes.plot([found.mean], [height], look.marker, color=look.color, markersize=4.5, label=name, linestyle="none")


def _axes(axes, heights: np.ndarray, labels: list[str]) -> None:
    axes.set_title(say("Handled in time, as extended"))
    axes.set_xlabel(say("share of cases due"))
    axes.set_xlim(0, 1.02)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_yticks(heights)
    axes.set_ylim(heights.min() - 0.7, heights.max() + 0.7)
    axes.set_yticklabels([wrapped(text, 30) for text in labels])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.axvline(1, color=GREY, linewidth=0.6)
