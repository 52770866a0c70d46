"""Interaction of the factors of a full factorial: does the effect of one depend on another?"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Analysis, Picture, pictures_of
from experiments.analysis.evidence import Evidence, outcome_label, row_means
from experiments.analysis.grids import Grid
from experiments.figures import interaction as figure
from experiments.figures.panels import grid_sheets
from experiments.intervals import Interval
from experiments.procedures.interaction import Interaction, interaction
from experiments.quantities import change_text, interval_text, number, scaled, unit_text, value_text, with_unit
from experiments.study.axes import Axis
from experiments.study.points import Point
from experiments.study.results import units
from experiments.study.spec import Outcome
from sim.messages import say
from sim.metrics.table import INDICATORS

MOST_PAIRS = 3


@dataclass(frozen=True)
class Pair:
    """Two factors, what they are at each level, and how they act on an outcome."""

    outcome: Outcome
    first: Axis
    second: Axis
    levels: tuple[tuple[str, ...], tuple[str, ...]]
    found: Interaction


class Interplay(Analysis):
    """Every pair of the first factors; with more than two, means over the others."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        axes = [axis for axis in evidence.choosing if len(axis.grid()) > 1]
        chosen = list(itertools.islice(itertools.combinations(axes, 2), MOST_PAIRS))
        pairs = [_pair(evidence, outcome, *two) for two in chosen for outcome in evidence.study.outcomes]
        self._pairs = [pair for pair in pairs if pair is not None]

    def frames(self) -> dict[str, pd.DataFrame]:
        """interaction: a row an outcome, pair of factors and pair of levels."""
        rows = []
        for pair in self._pairs:
            for (i, a), (j, b) in itertools.product(enumerate(pair.levels[0]), enumerate(pair.levels[1])):
                corners = pair.found.corners
                rows.append((pair.outcome.indicator, pair.outcome.group, pair.first.name, pair.second.name, a, b,
                             pair.found.means[i, j], pair.found.beyond[i, j], corners.mean, corners.low, corners.high))  # fmt: skip
        heads = ["indicator", "group", "first", "second", "first_value", "second_value", "mean", "beyond", "corners",
                 "corners_low", "corners_high"]  # fmt: skip
        return {"interaction": pd.DataFrame(rows, columns=heads)} if rows else {}

    def title(self) -> str:
        """Heading."""
        return say("Does the effect of one factor depend on another?")

    def sentences(self) -> list[str]:
        """A sentence a pair and outcome."""
        return [self._sentence(pair) for pair in self._pairs]

    def grids(self) -> list[Grid]:
        """A table of means a pair and outcome."""
        return [self._grid(pair) for pair in self._pairs]

    def pictures(self) -> list[Picture]:
        """Lines over the first factor, one for each level of the second; a panel a pair and outcome."""
        panels = [
            figure.Panel(outcome_label(pair.outcome), pair.outcome.indicator, self._name(pair.first), self._name(pair.second),
                         *pair.levels, pair.found.means, self._corners(pair))
            for pair in self._pairs
        ]  # fmt: skip
        caption = say("Means over the worlds. Parallel lines: the factors add up. Lines that part or cross: the effect of one "
                      "depends on the other.")  # fmt: skip
        caption += say(" Below: by how much the effect differs between the ends, with its 95 % interval over the worlds.")
        return pictures_of("interaction", caption, grid_sheets(panels, figure.PANEL_HEIGHT), figure.draw)

    def _corners(self, pair: Pair) -> str:
        unit, corners = INDICATORS[pair.outcome.indicator].unit, pair.found.corners
        return say("interaction {change} ({interval})", change=with_unit(change_text(corners, unit), unit, difference=True),
                   interval=interval_text(corners, unit, sign=True))  # fmt: skip

    def _name(self, axis: Axis) -> str:
        return self._evidence.meanings[axis.name].name

    def _sentence(self, pair: Pair) -> str:
        unit, corners = INDICATORS[pair.outcome.indicator].unit, pair.found.corners
        values = {
            "label": outcome_label(pair.outcome), "first": self._name(pair.first), "second": self._name(pair.second),
            "change": with_unit(change_text(corners, unit), unit, difference=True),
            "interval": interval_text(corners, unit, sign=True),
        }  # fmt: skip
        if corners.n > 1 and (corners.low > 0 or corners.high < 0):
            return say("{label}: the effect of {second} depends on {first}; between the ends of {first} it differs by {change} "
                       "({interval}).", **values)  # fmt: skip
        return say("{label}: no interaction of {first} and {second} shown; between the ends of {first} the effect of {second} "
                   "differs by {change} ({interval}).", **values)  # fmt: skip

    def _grid(self, pair: Pair) -> Grid:
        unit = INDICATORS[pair.outcome.indicator].unit
        caption = say("{label}, {unit}", label=outcome_label(pair.outcome), unit=unit_text(unit))
        spread = float(np.ptp(pair.found.means)) / 10
        rows = [
            [f"{self._name(pair.first)} = {level}", *(value_text(_level(mean, spread), unit) for mean in row)]
            for level, row in zip(pair.levels[0], pair.found.means, strict=True)
        ]
        worst = float(np.abs(pair.found.beyond).max())
        note = say("The two factors alone add up to these means within {size}.", size=with_unit(number(scaled(worst, unit), 2), unit, True))
        return Grid(caption, [""] + [f"{self._name(pair.second)} = {level}" for level in pair.levels[1]], rows, note=note)


def _level(mean: float, spread: float) -> Interval:
    return Interval(mean, mean - spread, mean + spread, 1, np.nan)


def _pair(evidence: Evidence, outcome: Outcome, first: Axis, second: Axis) -> Pair | None:
    """None where a cell has no run, or no world is whole."""
    here: dict[tuple[str, str], list[Point]] = {}
    for point in evidence.program.points:
        at = (point.levels[first.name], point.levels[second.name])
        if point.draw == 0 and at[0] is not None and at[1] is not None:
            here.setdefault((str(at[0].shown), str(at[1].shown)), []).append(point)
    levels = tuple(tuple(str(level.shown) for level in axis.grid()) for axis in (first, second))
    cubes = evidence.cubes[outcome.key]
    if any(cell not in here for cell in itertools.product(*levels)):
        return None
    cells = np.array([
        [row_means(np.array([units(cubes[point.choice]) for point in here[a, b]]).T) for b in levels[1]] for a in levels[0]
    ])  # fmt: skip
    try:
        return Pair(outcome, first, second, (levels[0], levels[1]), interaction(cells))
    except ValueError:
        return None
