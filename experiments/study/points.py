"""Design points: every choice of the levers, in every draw of the uncertainties. The baseline is choice 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.study.axes import LEVER, Axis, Level
from experiments.study.design_kinds import FullFactorial, OneAtATime
from experiments.study.designs import Row, rows_of, size_of
from experiments.study.settings import Setting, essential, settings_key
from experiments.study.spec import Study

BASELINE = "baseline"
_MOST_SAID = 3
"""Factors that the name of a choice tells; with more it has a number."""


@dataclass(frozen=True)
class Point:
    """What is run in several worlds."""

    number: int
    choice: int
    """0 for the baseline; the same choice meets every draw"""
    draw: int
    """0 where uncertainties have no design of their own"""
    name: str
    """of the choice"""
    levels: dict[str, Level | None]
    """by factor; None: as in the base"""
    settings: tuple[Setting, ...]
    cube: dict[str, float]
    """places from 0 to 1 by factor, where the design has them"""


@dataclass(frozen=True)
class Layout:
    """The parts from which points are made: axes of the choices, axes of the draws, rows of a table."""

    study: Study
    axes: tuple[Axis, ...]
    listed: tuple[Row, ...] = ()
    baseline: tuple[Level | None, ...] = ()
    """levels of all axes in the baseline"""

    @property
    def is_crossed(self) -> bool:
        """Whether uncertainties have a design of their own."""
        return self._spread is not None

    @property
    def _spread(self) -> object | None:
        return getattr(self.study.design, "uncertainties", None)

    @property
    def choosing(self) -> tuple[Axis, ...]:
        """Axes that make a choice."""
        return tuple(axis for axis in self.axes if axis.role == LEVER) if self.is_crossed else self.axes

    @property
    def drawing(self) -> tuple[Axis, ...]:
        """Axes that make a draw."""
        return tuple(axis for axis in self.axes if axis.role != LEVER) if self.is_crossed else ()

    def sizes(self) -> tuple[int, int]:
        """Choices with the baseline, at most, and draws; nothing is made for it."""
        choices = 1 + size_of(self.study.design, self.choosing, len(self.listed))
        return choices, size_of(self._spread, self.drawing) if self.is_crossed else 1

    def points(self, base: dict[str, Any]) -> list[Point]:
        """Every point in order: choice by choice, the baseline first, each in all draws. `base`: the plain scenario.

        A grid leaves out the choice that is the baseline once more; designs for sensitivity keep every row.
        """
        rows = list(self.listed) or list(rows_of(self.study.design, self.choosing))
        draws = list(rows_of(self._spread, self.drawing)) if self.is_crossed else [Row(())]
        nothing = Row((None,) * len(self.choosing))
        if isinstance(self.study.design, OneAtATime | FullFactorial):
            usual = settings_key(self._point(0, 0, nothing, 0, draws[0], base).settings)
            rows = [
                row for row in rows if settings_key(self._point(0, 1, row, 0, draws[0], base).settings) != usual
            ]
        return [
            self._point(choice * len(draws) + draw, choice, row, draw, drawn, base)
            for choice, row in enumerate([nothing, *rows])
            for draw, drawn in enumerate(draws)
        ]

    def sought(self, number: int, levels: tuple[Level, ...], base: dict[str, Any]) -> Point:
        """A point that a search asks for, as the choice of that number."""
        return self._point(number, number, Row(levels), 0, Row(()), base)

    def _point(self, number: int, choice: int, row: Row, draw: int, drawn: Row, base: dict[str, Any]) -> Point:
        usual = dict(zip((axis.name for axis in self.axes), self.baseline, strict=True))
        stated = {axis.name: level for axis, level in zip(self.choosing, row.levels, strict=True)}
        met = {axis.name: level for axis, level in zip(self.drawing, drawn.levels, strict=True)}
        levels = {name: (stated.get(name) or met.get(name) or usual[name]) for name in usual}
        settings = [setting for level in levels.values() if level is not None for setting in level.settings]
        cube = dict(zip((axis.name for axis in self.choosing), row.cube, strict=False))
        cube |= dict(zip((axis.name for axis in self.drawing), drawn.cube, strict=False))
        name = BASELINE if choice == 0 else _name(choice, stated)
        return Point(number, choice, draw, name, levels, essential(settings, base), cube)


def _name(choice: int, stated: dict[str, Level | None]) -> str:
    said = [f"{name}={level.shown}" for name, level in stated.items() if level is not None]
    return ", ".join(said) if len(said) <= _MOST_SAID else f"no. {choice}"


def choices_of(points: Sequence[Point]) -> dict[int, str]:
    """Names of the choices by number."""
    return {point.choice: point.name for point in points}
