"""Stopping on the half-width of a paired difference: enough worlds, how many more, or not resolved within the budget."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from experiments.intervals import LEVEL, Interval, t_interval
from sim.messages import say


@dataclass(frozen=True)
class Precision:
    """How well a difference is known, and how many worlds more it needs."""

    difference: Interval
    """second minus first, over the worlds that both have"""
    wanted: float
    """half-width that is good enough"""
    spent: int
    """worlds that both have run"""
    further: int
    """worlds to run before looking again; 0: stop"""

    @property
    def resolved(self) -> bool:
        """Whether the interval is narrow enough."""
        return self.difference.half_width <= self.wanted

    @property
    def stated(self) -> Interval:
        """The interval to tell: once resolved mean ± `wanted`, which keeps its level though we looked often; else t."""
        if not self.resolved:
            return self.difference
        mean = self.difference.mean
        return replace(self.difference, low=mean - self.wanted, high=mean + self.wanted)

    def text(self) -> str:
        """One line: the difference, or that the budget does not tell it."""
        if self.resolved:
            return say("difference {mean:.4g} ± {reach:.2g} after {worlds} worlds",
                       mean=self.difference.mean, reach=self.wanted, worlds=self.spent)  # fmt: skip
        if self.further:
            return say("not yet resolved after {worlds} worlds: ± {reach:.2g}, wanted ± {wanted:.2g}",
                       worlds=self.spent, reach=self.difference.half_width, wanted=self.wanted)  # fmt: skip
        return say("not resolved within {worlds} worlds: difference {mean:.4g} ± {reach:.2g}, wanted ± {wanted:.2g}",
                   worlds=self.spent, mean=self.difference.mean, reach=self.difference.half_width,
                   wanted=self.wanted)  # fmt: skip


def precision(
    baseline: np.ndarray, other: np.ndarray, wanted: float, *, first: int, most: int, level: float = LEVEL
) -> Precision:
    """Judge two rows of values of the same worlds in order; what one row has more is not used yet.

    The rule is sequential (Chow and Robbins 1965): stop at the first look at which Student's interval is narrow enough.
    Who looks often will once see an interval that is narrow by luck, so Student's interval of a stopped row covers a
    little less than `level` (93.5 to 94.5 % for 95 % and ten `first` worlds); `stated`, mean ± `wanted`, covers it. A
    step at most doubles the worlds. NaN worlds are left out of the interval and count as spent.
    """
    spent = min(len(baseline), len(other))
    found = t_interval(np.asarray(other, dtype=float)[:spent] - np.asarray(baseline, dtype=float)[:spent], level)
    return Precision(found, wanted, spent, _further(found, wanted, spent, first, most))


def _further(found: Interval, wanted: float, spent: int, first: int, most: int) -> int:
    if spent < first:
        return min(first, most) - spent
    if found.half_width <= wanted or spent >= most:
        return 0
    if math.isnan(found.half_width):
        return min(max(1, spent), most - spent)
    aim = math.ceil(spent * (found.half_width / wanted) ** 2)
    return min(max(aim, spent + 1), 2 * spent, most) - spent
