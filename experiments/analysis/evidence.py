"""What a finished study knows: the values of its outcomes by choice, draw and world, and what its factors are."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from experiments.procedures.conditions import Column, Meaning
from experiments.study.axes import LEVER, Axis
from experiments.study.layout_tables import is_plain_number, shown_value
from experiments.study.points import Point, choices_of
from experiments.study.program import Program, Wanted
from experiments.study.results import cubes_of, direction_of, outcome_values, units
from experiments.study.searching import judged
from experiments.study.spec import Factor, Outcome, Study
from sim.messages import say
from sim.metrics.indicator import Direction
from sim.metrics.table import INDICATORS


@dataclass(frozen=True)
class Evidence:
    """A study, its points, the values that its runs gave, and the table of its results."""

    program: Program
    wanted: tuple[Wanted, ...]
    """all points and worlds; of a search those that the search itself ran, too"""
    done: frozenset[str]
    results: pd.DataFrame
    told: Callable[[], Sequence[str]] = tuple
    """what a stopping rule has found, in the language in force"""

    @property
    def lines(self) -> list[str]:
        """What a stopping rule has found, in words."""
        return list(self.told())

    @property
    def study(self) -> Study:
        """The specification."""
        return self.program.file.study

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The factors, levers first."""
        return self.program.file.layout.axes

    @property
    def choosing(self) -> tuple[Axis, ...]:
        """The factors that make a choice: with a design of their own for the uncertainties the levers, else all."""
        return self.program.file.layout.choosing

    @property
    def drawing(self) -> tuple[Axis, ...]:
        """The factors that make a draw; none where uncertainties have no design of their own."""
        return self.program.file.layout.drawing

    @cached_property
    def by_run(self) -> dict[tuple[str, str], dict[str, float]]:
        """Value of each outcome (indicator and group) by run."""
        return outcome_values(self.study.outcomes, self.program.folder, sorted(self.done))

    @cached_property
    def cubes(self) -> dict[str, dict[int, np.ndarray]]:
        """For each outcome a table of draws by worlds for each choice."""
        shown = judged(self.study, self.wanted)
        return {
            outcome.key: cubes_of(shown, self.by_run.get((outcome.indicator, outcome.group), {}))
            for outcome in self.study.outcomes
        }

    @cached_property
    def names(self) -> dict[int, str]:
        """Names of the choices by number."""
        return choices_of(self.program.points)

    def choice_name(self, choice: int) -> str:
        """A choice as it is shown: the baseline in the language in force, with what it is where its levels are stated."""
        if choice:
            return self.names[choice]
        said = [f"{name}={level.shown}" for name, level in self.program.points[0].levels.items()
                if level is not None and self._is_chosen(name)]  # fmt: skip
        return f"{say('baseline')} ({', '.join(said)})" if 0 < len(said) <= 3 else say("baseline")

    def _is_chosen(self, name: str) -> bool:
        return any(axis.name == name and axis.role == LEVER for axis in self.axes)

    def values(self, outcome: Outcome, choice: int) -> np.ndarray:
        """Worlds of a choice, or its draws, each the mean of its worlds."""
        return units(self.cubes[outcome.key][choice])

    def means(self, outcome: Outcome, points: Iterable[Point]) -> np.ndarray:
        """Mean over the worlds of each point; NaN where none has a value."""
        cubes = self.cubes[outcome.key]
        return row_means(np.array([cubes[point.choice][point.draw] for point in points]))

    @cached_property
    def chosen(self) -> list[Point]:
        """The points of the design in its order, the baseline left out."""
        return [point for point in self.program.points if point.choice]

    @cached_property
    def meanings(self) -> dict[str, Meaning]:
        """How sentences speak of each factor."""
        pairs = zip(self.study.factors, self.axes, strict=True)
        return {axis.name: meaning_of(factor, axis) for factor, axis in pairs}

    def shown(self, axis: Axis, point: Point) -> Any:
        """The value of a factor at a point, as tables show it."""
        return shown_value(axis, point.levels[axis.name], self.program.file.plain_base)

    def said(self, axis: Axis, point: Point) -> str:
        """The same as sentences and figures write it: with its unit, shares in per cent where the study says so."""
        value, meaning = self.shown(axis, point), self.meanings[axis.name]
        return meaning.number(value) if is_plain_number(value) else meaning.category(value)

    def columns(self, points: Sequence[Point], axes: Sequence[Axis]) -> dict[str, Column]:
        """Values of factors at points: numbers, or names; a table of joint draws gives a column a path."""
        found: dict[str, Column] = {}
        for axis in axes:
            if not axis.path and axis.levels and axis.levels[0].shown == 1 and isinstance(axis.levels[0].shown, int):
                found |= _drawn(axis, points)
                continue
            values = [self.shown(axis, point) for point in points]
            numbers = all(is_plain_number(value) for value in values)
            found[axis.name] = np.array(values, dtype=float) if numbers else np.array([str(each) for each in values], dtype=object)
        return found


def _drawn(axis: Axis, points: Sequence[Point]) -> dict[str, Column]:
    """The columns of a table of joint draws that hold numbers."""
    rows = [level.settings if (level := point.levels[axis.name]) is not None else () for point in points]
    table = [{setting.path: setting.value for setting in row} for row in rows]
    paths = [path for path in table[0] if all(isinstance(row.get(path), int | float) for row in table)] if table else []
    return {path: np.array([row[path] for row in table], dtype=float) for path in paths}


def meaning_of(factor: Factor, axis: Axis) -> Meaning:
    """How sentences speak of a factor of a study file."""
    english = factor.label or axis.name.replace("_", " ")
    numbers = [level.shown for level in axis.levels]
    whole = axis.range.whole if axis.range else bool(numbers) and all(isinstance(each, int) for each in numbers)
    unit = factor.unit or (axis.range.unit if axis.range else "")
    return Meaning(english, factor.label_zh or english, unit, 100.0 if unit == "%" else 1.0, factor.counted, whole)


def row_means(table: np.ndarray) -> np.ndarray:
    """Mean of each row; NaN left out, NaN where there is nothing else."""
    known = ~np.isnan(table)
    count = known.sum(axis=-1)
    return np.where(count > 0, np.where(known, table, 0.0).sum(axis=-1) / np.maximum(count, 1), np.nan)


def outcome_label(outcome: Outcome) -> str:
    """The indicator's name, with the group where it is not everybody."""
    text = say(INDICATORS[outcome.indicator].label)
    return text if outcome.group == "all" else f"{text} ({outcome.group})"


def directed(study: Study) -> list[tuple[Outcome, Direction]]:
    """Outcomes of which one side is better, with the side."""
    return [(each, direction_of(each)) for each in study.outcomes if direction_of(each) != "none"]


def keyed(outcome: Outcome, table: pd.DataFrame) -> pd.DataFrame:
    """The table with indicator and group in front."""
    return table.assign(indicator=outcome.indicator, group=outcome.group)[["indicator", "group", *table.columns]]


def stacked(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The tables of several outcomes in one."""
    return pd.concat(list(tables.values()), ignore_index=True) if tables else pd.DataFrame()
