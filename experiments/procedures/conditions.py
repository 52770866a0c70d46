"""Conditions under which something happens, in plain words: "more than 35 % paperwork and fewer than 1.2 workers a grid"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.messages import language, say

Column = np.ndarray
"""Values of one factor: numbers, or categories (any other dtype)."""


def is_number(column: Column) -> bool:
    """Whether a column holds numbers, not categories."""
    return np.issubdtype(column.dtype, np.number)


@dataclass(frozen=True)
class Limits:
    """What one factor must be. Bounds lie between values that occur, so `more than` and `at least` are the same."""

    low: float = -math.inf
    high: float = math.inf
    among: frozenset[object] | None = None
    """categories allowed; None: numbers, or all"""

    @property
    def free(self) -> bool:
        """Whether nothing is asked."""
        return self.low == -math.inf and self.high == math.inf and self.among is None

    def hold(self, column: Column) -> np.ndarray:
        """True where a value keeps the limits."""
        if self.among is not None:
            return np.array([value in self.among for value in column.tolist()], dtype=bool)
        if not is_number(column):
            return np.ones(len(column), dtype=bool)
        return (column > self.low) & (column < self.high)

    def narrowed(self, other: Limits) -> Limits:
        """Both at once."""
        among = self.among if other.among is None else other.among if self.among is None else self.among & other.among
        return Limits(max(self.low, other.low), min(self.high, other.high), among)


Box = Mapping[str, Limits]
"""Limits by factor; a factor that is not there is free."""


def inside(box: Box, columns: Mapping[str, Column]) -> np.ndarray:
    """True for each row that keeps all limits of the box."""
    rows = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for factor, limits in box.items():
        rows &= limits.hold(columns[factor])
    return rows


@dataclass(frozen=True)
class Meaning:
    """How sentences speak of a factor, such as Meaning("paperwork", "文书时间", unit="%", times=100)."""

    english: str
    """after a number: `paperwork`, `workers a grid`"""
    chinese: str
    unit: str = ""
    """behind the number, in either language"""
    times: float = 1.0
    """what the model's value is multiplied by"""
    counted: bool = False
    """fewer of them, not less"""
    whole: bool = False
    """only whole numbers occur: at least 3, not more than 2.5"""
    categories: Mapping[object, tuple[str, str]] = field(default_factory=dict)
    """English and Chinese names of categories"""

    @property
    def name(self) -> str:
        """In the language in force."""
        return self.chinese if language() == "zh" else self.english

    def number(self, value: float) -> str:
        """A bound as it is written, to three digits."""
        shown = f"{value * self.times:,.0f}" if abs(value * self.times) >= 1000 else f"{value * self.times:.3g}"
        return f"{shown} {self.unit}" if self.unit else shown

    def category(self, value: object) -> str:
        """A category as it is written."""
        names = self.categories.get(value, (str(value), str(value)))
        return names[1 if language() == "zh" else 0]


def box_text(box: Box, meanings: Mapping[str, Meaning]) -> str:
    """All conditions of a box in one phrase; factors without a meaning go by their name."""
    said = [limits_text(limits, meanings.get(factor, Meaning(factor, factor)))
            for factor, limits in box.items() if not limits.free]  # fmt: skip
    if not said:
        return say("in all cases")
    text = said[0]
    for further in said[1:]:
        text = say("{first} and {second}", first=text, second=further)
    return text


def limits_text(limits: Limits, meaning: Meaning) -> str:
    """One condition, such as `more than 35 % paperwork`."""
    if limits.among is not None:
        options = _listed(meaning.category(value) for value in sorted(limits.among, key=str))
        return say("{what} is {options}", what=meaning.name, options=options)
    if limits.low > -math.inf and limits.high < math.inf:
        return say("between {low} and {high} {what}", what=meaning.name,
                   low=_bound(limits.low, meaning, up=True), high=_bound(limits.high, meaning, up=False))  # fmt: skip
    above = limits.low > -math.inf
    value = _bound(limits.low if above else limits.high, meaning, up=above)
    if meaning.whole:
        return say("at least {value} {what}" if above else "at most {value} {what}", value=value, what=meaning.name)
    if above:
        return say("more than {value} {what}", value=value, what=meaning.name)
    if meaning.counted:
        return say("fewer than {value} {what}", value=value, what=meaning.name)
    return say("less than {value} {what}", value=value, what=meaning.name)


def _bound(value: float, meaning: Meaning, up: bool) -> str:
    if not meaning.whole:
        return meaning.number(value)
    return meaning.number(math.floor(value) + 1 if up else math.ceil(value) - 1)


def _listed(words: Iterable[str]) -> str:
    text = ""
    for word in words:
        text = say("{first} or {second}", first=text, second=word) if text else word
    return text
