"""The levers of a study as those of a search: what the search turns, and the level that comes of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.procedures.levers import Lever, Pick, Real, Whole
from experiments.study.axes import Axis, Level

_DIGITS = 4
"""A search tries values to so many digits: more would be seen by nobody."""


@dataclass(frozen=True)
class Dial:
    """One axis: ranges are turned as numbers (a logarithmic one by its logarithm), lists of numbers by their order,
    other lists are picked from."""

    axis: Axis

    @property
    def lever(self) -> Lever:
        """What the search is told."""
        name, limits = self.axis.name, self.axis.range
        if limits is None:
            count = len(self.axis.levels)
            return Whole(name, 0, count - 1) if count > 1 and self._in_order() else Pick(name, tuple(range(count)))
        if limits.whole:
            return Whole(name, int(limits.low), int(limits.high))
        return Real(name, self._inward(limits.low), self._inward(limits.high))

    def level(self, turned: Any) -> Level:
        """The level at a place of the dial."""
        if self.axis.range is None:
            return self._levels()[turned]
        if self.axis.range.whole:
            found = self.axis.named(int(turned))
        else:
            value = math.exp(turned) if self._is_log() else turned
            found = self.axis.named(float(f"{value:.{_DIGITS}g}"))
        assert found is not None
        return found

    def turned(self, level: Level) -> Any:
        """The place of the dial at a level."""
        if self.axis.range is None:
            return [each.shown for each in self._levels()].index(level.shown)
        return int(level.shown) if self.axis.range.whole else self._inward(float(level.shown))

    def _inward(self, value: float) -> float:
        return math.log(value) if self._is_log() else value

    def _is_log(self) -> bool:
        return self.axis.range is not None and self.axis.range.scale == "log"

    def _in_order(self) -> bool:
        return all(isinstance(each.shown, int | float) and not isinstance(each.shown, bool) for each in self.axis.levels)

    def _levels(self) -> list[Level]:
        if not self._in_order():
            return list(self.axis.levels)
        return sorted(self.axis.levels, key=lambda level: level.shown)


def levels_at(dials: Sequence[Dial], point: Mapping[str, Any]) -> tuple[Level, ...]:
    """The levels of a point of the search, in the order of the dials."""
    return tuple(dial.level(point[dial.axis.name]) for dial in dials)


def settled_at(dials: Sequence[Dial], point: Mapping[str, Any]) -> dict[str, Any]:
    """The point where the dials really stop: values that are the same to the digits that are tried are the same point."""
    return {dial.axis.name: dial.turned(dial.level(point[dial.axis.name])) for dial in dials}
