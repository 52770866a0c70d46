"""Levers of a search: whole numbers, real numbers and choices, mixed as they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.messages import BadInput, say

Point = dict[str, Any]
"""A value for each lever, by its name."""


@dataclass(frozen=True)
class Whole:
    """All whole numbers from low to high."""

    name: str
    low: int
    high: int

    def holds(self, value: Any) -> bool:
        """Whether the lever can stand there."""
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high


@dataclass(frozen=True)
class Real:
    """All numbers from low to high."""

    name: str
    low: float
    high: float

    def holds(self, value: Any) -> bool:
        """Whether the lever can stand there."""
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high


@dataclass(frozen=True)
class Pick:
    """One of several options, in no order."""

    name: str
    options: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        """Whether the lever can stand there."""
        return value in self.options


Lever = Whole | Real | Pick


def check_points(levers: Sequence[Lever], points: Sequence[Mapping[str, Any]]) -> None:
    """Raises BadInput for points (of a saved population) that are not points of these levers."""
    names = {lever.name for lever in levers}
    for point in points:
        if set(point) != names:
            raise BadInput(
                say("the saved search has the levers {found}, this one has {wanted}; start it anew or mend the study",
                    found=", ".join(sorted(point)), wanted=", ".join(sorted(names)))
            )  # fmt: skip
        for lever in levers:
            if not lever.holds(point[lever.name]):
                raise BadInput(
                    say("the saved search has {name} = {value}, which this one does not allow; start it anew or mend the study",
                        name=lever.name, value=point[lever.name])
                )  # fmt: skip


def key(point: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What two points share if and only if they are the same one."""
    return tuple(sorted((name, repr(value)) for name, value in point.items()))
