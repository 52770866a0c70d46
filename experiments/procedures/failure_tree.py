"""A small decision tree of failures: CART (Breiman and others 1984) by Gini's index, at most three questions deep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from experiments.procedures.conditions import Box, Column, Limits, Meaning, box_text, is_number
from sim.messages import say

DEPTH = 3
LEAST_LEAF = 0.05
LEAST_GAIN = 0.01
"""Smallest fall of impurity, as a share of that of all rows, for which a question is asked."""


@dataclass(frozen=True)
class Leaf:
    """Rows for which all questions have the same answers."""

    limits: Box
    count: int
    failures: int

    @property
    def share(self) -> float:
        """Share of failures."""
        return self.failures / self.count

    def text(self, meanings: Mapping[str, Meaning]) -> str:
        """One sentence."""
        return say("when {conditions}: {share:.0%} fail ({failures} of {count})", share=self.share,
                   conditions=box_text(self.limits, meanings), failures=self.failures, count=self.count)  # fmt: skip


def failure_tree(columns: Mapping[str, Column], fails: np.ndarray, *, depth: int = DEPTH) -> list[Leaf]:
    """The leaves of the tree, most failures first. Every row lies in exactly one; none of them is tiny.

    `columns`: factors by name, numbers or categories; `fails`: whether the row fails. One leaf without limits means
    that no question tells failures apart.
    """
    fails = np.asarray(fails, dtype=bool)
    grown = _Growth(columns, fails, max(2, round(LEAST_LEAF * len(fails))))
    leaves = grown.leaves({}, np.ones(len(fails), dtype=bool), depth)
    return sorted(leaves, key=lambda leaf: -leaf.share)


@dataclass(frozen=True)
class _Growth:
    columns: Mapping[str, Column]
    fails: np.ndarray
    least: int

    def leaves(self, limits: dict[str, Limits], rows: np.ndarray, depth: int) -> list[Leaf]:
        split = self._split(rows) if depth else None
        if split is None:
            return [Leaf(limits, int(rows.sum()), int(self.fails[rows].sum()))]
        found: list[Leaf] = []
        factor, sides = split
        for side in sides:
            narrowed = limits.get(factor, Limits()).narrowed(side)
            found += self.leaves({**limits, factor: narrowed}, rows & side.hold(self.columns[factor]), depth - 1)
        return found

    def _split(self, rows: np.ndarray) -> tuple[str, tuple[Limits, Limits]] | None:
        """The question that makes both sides purest; None if none is worth asking."""
        whole = _impurity(self.fails[rows])
        best, least = None, whole - LEAST_GAIN * _impurity(self.fails)
        for factor, first, second in self._questions(rows):
            one = rows & first.hold(self.columns[factor])
            other = rows & ~one
            if min(one.sum(), other.sum()) < self.least:
                continue
            left = _impurity(self.fails[one]) + _impurity(self.fails[other])
            if left < least:
                best, least = (factor, (first, second)), left
        return best

    def _questions(self, rows: np.ndarray) -> Iterator[tuple[str, Limits, Limits]]:
        for factor, column in self.columns.items():
            known = column[rows]
            if is_number(column):
                values = np.unique(known)
                for cut in (values[1:] + values[:-1]) / 2:
                    yield factor, Limits(high=float(cut)), Limits(low=float(cut))
                continue
            present = frozenset(known.tolist())
            for one in sorted(present, key=str) if len(present) > 1 else ():
                yield factor, Limits(among=frozenset({one})), Limits(among=present - {one})


def _impurity(fails: np.ndarray) -> float:
    """Gini's index times the number of rows."""
    share = float(fails.mean()) if len(fails) else 0.0
    return 2 * share * (1 - share) * len(fails)
