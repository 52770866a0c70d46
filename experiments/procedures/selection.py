"""Selection of the best choice by procedure KN (Kim and Nelson 2001), on worlds that all choices share.

KN screens by the variances of differences, so common worlds are not only allowed but make it quicker. sim-tools has a KN
too; it looks up the variance of another pair where a choice is compared with one of lower number, and misses its
confidence with paired worlds, so the procedure is written out here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from experiments.intervals import LEVEL
from sim.messages import say
from sim.metrics.indicator import Direction

Values = Mapping[int, np.ndarray]
"""A row of values for each choice, world by world from the first; choices that are out may have fewer."""


@dataclass(frozen=True)
class Selection:
    """Where a selection stands."""

    contenders: tuple[int, ...]
    """choices not yet eliminated"""
    leader: int
    """the contender with the best mean (before the first look just the first one); once resolved, the choice selected"""
    eliminated: dict[int, int]
    """worlds after which each other choice was out"""
    spent: dict[int, int]
    """worlds run of each choice"""
    further: dict[int, int]
    """worlds that each contender needs before the next look; empty: stop"""

    @property
    def resolved(self) -> bool:
        """Whether one choice is left."""
        return len(self.contenders) == 1

    def text(self, names: Mapping[int, str]) -> str:
        """One line: the best, or that the budget does not tell it."""
        worlds = sum(self.spent.values())
        if self.resolved:
            return say("best: {name} ({worlds} runs over all choices)", name=names[self.leader], worlds=worlds)
        left = ", ".join(names[each] for each in self.contenders)
        if self.further:
            return say("not yet resolved after {worlds} runs; still in: {names}", worlds=worlds, names=left)
        return say("not resolved within the budget ({worlds} runs); still in: {names}", worlds=worlds, names=left)


def select_best(
    values: Values,
    indifference: float,
    *,
    first: int,
    most: int,
    confidence: float = LEVEL,
    direction: Direction = "lower",
) -> Selection:
    """Replay KN over the values there are: who is out, and how many worlds the contenders need for the next look.

    With probability `confidence` the choice selected is the best, where the best is better than all others by
    `indifference` (normal values, independent worlds); where it is not, one within `indifference` of the best. `first`
    worlds (n0) give the variances and are never renewed, so keep `first` the same between calls. A world in which a
    choice has NaN is left out for all. `most`: worlds a choice may get.

    W_il(r) = max(0, d/2r (h2 S2_il/d2 - r)), h2 = 2 eta (n0 - 1), eta = ((2 alpha/(k - 1))^(-2/(n0 - 1)) - 1)/2.
    """
    labels = list(values)
    spent = {label: len(values[label]) for label in labels}
    table, lengths, lost = _complete([values[label] for label in labels], -1.0 if direction == "lower" else 1.0)
    if min(lengths) < first:
        lacking = {label: first - length for label, length in zip(labels, lengths, strict=True) if length < first}
        room = {label: min(more, most - spent[label]) for label, more in lacking.items() if spent[label] < most}
        return Selection(tuple(labels), labels[0], {}, spent, room)
    screen = _Screen(table, first, indifference, 1 - confidence)
    enough = screen.run(lengths, most - lost)
    inside = [number for number in range(len(labels)) if number not in screen.out]
    further = {labels[i]: enough - lengths[i] for i in inside if lengths[i] < enough} if len(inside) > 1 else {}
    return Selection(
        tuple(labels[i] for i in inside),
        labels[screen.leader(inside)],
        {labels[i]: world for i, world in screen.out.items()},
        spent,
        further,
    )


def _complete(rows: list[np.ndarray], sign: float) -> tuple[np.ndarray, list[int], int]:
    """A table of choices by worlds without the worlds in which one has NaN, the rows' lengths then, and how many went."""
    table = np.full((len(rows), max(len(row) for row in rows)), np.nan)
    reached = np.zeros(table.shape, dtype=bool)
    for number, row in enumerate(rows):
        table[number, : len(row)], reached[number, : len(row)] = sign * np.asarray(row, dtype=float), True
    whole = ~(np.isnan(table) & reached).any(axis=0)
    return table[:, whole], [int(row.sum()) for row in reached[:, whole]], int((~whole).sum())


class _Screen:
    """The screening of KN over a table in which more is better."""

    def __init__(self, table: np.ndarray, first: int, indifference: float, alpha: float) -> None:
        count = len(table)
        self.out: dict[int, int] = {}
        self._totals, self._first, self._indifference, self._last = np.cumsum(table, axis=1), first, indifference, first
        if count > 1:
            start = table[:, :first]
            spread = np.var(start[:, None, :] - start[None, :, :], axis=2, ddof=1)
            h2 = (first - 1) * ((2 * alpha / (count - 1)) ** (-2 / (first - 1)) - 1)
            self._reach = h2 * spread  # h2 S2_il
        else:
            self._reach = np.zeros((1, 1))

    def run(self, lengths: list[int], most: int) -> int:
        """Look after each world from the first ones on; returns the world count that the contenders need next."""
        inside = list(range(len(lengths)))
        for world in range(self._first, most + 1):
            if len(inside) == 1:
                break
            if min(lengths[number] for number in inside) < world:
                return min(self._predicted(inside, world - 1), most)
            self._last = world
            gone = self._eliminated(inside, world)
            self.out |= dict.fromkeys(gone, world)
            inside = [number for number in inside if number not in gone]
        return 0

    def leader(self, inside: list[int]) -> int:
        """The contender with the best mean so far."""
        return max(inside, key=lambda number: self._totals[number, self._last - 1])

    def _eliminated(self, inside: list[int], world: int) -> list[int]:
        means = self._totals[inside, world - 1] / world
        widths = self._reach[np.ix_(inside, inside)]
        allowed = np.maximum(0.0, (widths / self._indifference - self._indifference * world) / (2 * world))
        gone = np.any(means[:, None] < means[None, :] - allowed, axis=1)
        if not (widths > self._indifference**2 * world).any():
            gone = np.arange(len(inside)) != int(np.argmax(means))  # the last look: ties end here
        return [number for number, away in zip(inside, np.asarray(gone).tolist(), strict=True) if away]

    def _predicted(self, inside: list[int], world: int) -> int:
        """The world at which, as means stand now, the first contender will be out; at most twice the worlds there are."""
        means = self._totals[inside, world - 1] / world
        behind = np.maximum(means[None, :] - means[:, None], 0.0)
        at = self._reach[np.ix_(inside, inside)] / (self._indifference * (2 * behind + self._indifference))
        others = at[~np.eye(len(inside), dtype=bool)]
        return int(min(max(math.ceil(float(others.min())), world + 1), 2 * world))
