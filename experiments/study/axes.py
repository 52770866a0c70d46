"""The factors of a study made ready: each value that a factor takes, as settings of the scenario."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.study.settings import Setting
from experiments.study.spec import OVERLAYS, Factor, Range, Study
from scenarios.faults import Faults
from scenarios.guard import MOST_TABLE_BYTES, read_text, shown_path
from scenarios.marks import Mark, Node, plain
from scenarios.scalars import scalar
from scenarios.stacking import option_path, read_overlay
from sim.messages import BadInput, say

LEVER, UNCERTAINTY = "lever", "uncertainty"
_DIGITS = 10


@dataclass(frozen=True)
class Level:
    """One value of a factor: how it is shown, and what it sets."""

    shown: Any
    settings: tuple[Setting, ...]


@dataclass(frozen=True)
class Axis:
    """A factor: a list of levels, or a range."""

    name: str
    role: str
    """LEVER or UNCERTAINTY"""
    path: str
    """empty for named options and joint draws"""
    levels: tuple[Level, ...]
    range: Range | None
    mark: Mark

    def grid(self) -> list[Level]:
        """The levels that a grid design takes."""
        if self.range is None:
            return list(self.levels)
        most = self.range.levels - 1
        return [self._within(number / most) for number in range(most + 1)]

    def at(self, share: float) -> Level:
        """The level at a place from 0 to 1: of a list each has an equal part."""
        if self.range is not None:
            return self._within(share)
        return self.levels[min(int(share * len(self.levels)), len(self.levels) - 1)]

    def named(self, value: Any) -> Level | None:
        """The level that a user means by a value; None where there is none."""
        if self.range is None:
            return next((level for level in self.levels if level.shown == value), None)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return self._level(value) if number else None

    def _within(self, share: float) -> Level:
        assert self.range is not None
        low, high = self.range.low, self.range.high
        if self.range.whole:
            return self._level(min(int(low) + int(share * (high - low + 1)), int(high)))
        if self.range.scale == "log":
            return self._level(math.exp(math.log(low) + share * (math.log(high) - math.log(low))))
        return self._level(low + share * (high - low))

    def _level(self, value: float) -> Level:
        assert self.range is not None
        number = value if isinstance(value, int) else float(f"{value:.{_DIGITS}g}")
        said = f"{number} {self.range.unit}" if self.range.unit else number
        return Level(number, (Setting(self.path, said, self.mark),))


def axes_of(study: Study, tree: Node, folder: Path, faults: Faults) -> tuple[Axis, ...]:
    """Every factor of a study, levers first. What is wrong with files and names is noted."""
    axes = []
    for key, role, factors in (("levers", LEVER, study.levers), ("uncertainties", UNCERTAINTY, study.uncertainties)):
        rows = tree.child(key)
        for number, factor in enumerate(factors):
            node = rows.child(number) if rows is not None else None
            assert node is not None
            axes.append(_axis(factor, role, node, f"{key}.{number}", folder, faults))
    _check_names(axes, faults)
    return tuple(axes)


def _axis(factor: Factor, role: str, node: Node, where: str, folder: Path, faults: Faults) -> Axis:
    levels: tuple[Level, ...] = ()
    mark = node.mark
    if factor.values is not None and (listed := node.child("values")) is not None:
        levels = tuple(_listed(factor, listed))
    elif factor.options is not None and (stated := node.child("options")) is not None:
        levels = tuple(_optional(stated, f"{where}.options", faults))
    elif factor.draws is not None and (stated := node.child("draws")) is not None:
        mark = stated.mark
        levels = tuple(_drawn(folder / factor.draws, stated.mark, f"{where}.draws", faults))
    elif factor.range is not None and (stated := node.child("range")) is not None:
        mark = node.keys.get("range", stated.mark)
    return Axis(factor.called, role, factor.path or "", levels, factor.range, mark)


def _listed(factor: Factor, listed: Node) -> Iterator[Level]:
    rows = listed.value if isinstance(listed.value, list) else []
    for row in rows:
        value = plain(row)
        yield Level(value, (Setting(str(factor.path), value, row.mark),))


def _optional(stated: Node, where: str, faults: Faults) -> Iterator[Level]:
    options = stated.value if isinstance(stated.value, dict) else {}
    for name, body in options.items():
        parts = body.value if isinstance(body.value, dict) else {}
        settings = [
            Setting(path, plain(value), body.keys[path]) for path, value in parts.items() if path != OVERLAYS
        ]
        if OVERLAYS in parts:
            settings = [*overlaid(parts[OVERLAYS], f"{where}.{name}.{OVERLAYS}", faults), *settings]
        yield Level(name, tuple(settings))


def overlaid(stated: Node, where: str, faults: Faults) -> list[Setting]:
    """Partial scenarios, by shipped name or file, as settings of the whole."""
    found = []
    for row in stated.value if isinstance(stated.value, list) else [stated]:
        try:
            overlay = read_overlay(option_path(str(row.value)), faults)
        except BadInput as error:
            faults.add(row.mark, where, str(error))
        else:
            found.append(Setting("", plain(overlay.tree), row.mark))
    return found


def _drawn(path: Path, mark: Mark, where: str, faults: Faults) -> Iterator[Level]:
    """The rows of a CSV file, one level each, called by their number from 1."""
    for number, row in enumerate(table_rows(path, mark, where, faults), start=1):
        yield Level(number, tuple(Setting(key, value, Mark(shown_path(path), number + 1, 1)) for key, value in row.items()))


def table_rows(path: Path, mark: Mark, where: str, faults: Faults) -> list[dict[str, Any]]:
    """The lines of a CSV file by its headings; a cell means what it would mean in YAML, an empty one nothing."""
    try:
        text = read_text(path, MOST_TABLE_BYTES)
    except BadInput as error:
        faults.add(mark, where, str(error))
        return []
    reader = csv.reader(io.StringIO(text))
    heads = [head.strip() for head in next(reader, [])]
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heads):
            text = say("{count} cells where the first line has {heads}", count=len(cells), heads=len(heads))
            faults.add(Mark(shown_path(path), reader.line_num, 1), where, text)
            continue
        pairs = zip(heads, cells, strict=True)
        rows.append({head: scalar(cell.strip()) for head, cell in pairs if cell.strip()})
    if not rows:
        faults.add(mark, where, say("the table {file} has no rows", file=shown_path(path)))
    return rows


def _check_names(axes: Sequence[Axis], faults: Faults) -> None:
    seen: dict[str, Axis] = {}
    for axis in axes:
        first = seen.setdefault(axis.name, axis)
        if first is not axis:
            text = say("two factors are called {name}; give one a name:", name=repr(axis.name))
            faults.add(axis.mark, axis.path or axis.name, text)
