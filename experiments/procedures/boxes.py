"""Boxes of conditions under which a policy fails: PRIM (Friedman and Fisher 1999; Bryant and Lempert 2010).

A box starts as all there is; the slice whose loss raises the share of failures most for the rows it costs is peeled off
again and again. Of all boxes on the way the one with the best balance of coverage and density is kept, and limits that
might as well be luck are taken away. Whoever seeks long enough finds a box in pure noise: one is told only if boxes found
in either half of the rows also hold more failures than usual in the other half.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from experiments.procedures.conditions import Box, Column, Limits, Meaning, box_text, inside, is_number
from sim.messages import say

PEEL = 0.05
LEAST_SUPPORT = 0.05
SIGNIFICANT = 0.05
_HALVES = 1


@dataclass(frozen=True)
class FailureBox:
    """A box and what it tells of failures."""

    limits: Box
    coverage: float
    """share of all failures that lie in it"""
    density: float
    """share of failures among what lies in it"""
    support: float
    """share of all rows that lie in it"""
    usual: float
    """share of failures overall"""

    def text(self, meanings: Mapping[str, Meaning]) -> str:
        """One sentence."""
        return say(
            "fails when {conditions} ({density:.0%} of such cases fail, {usual:.0%} overall; this holds {coverage:.0%} "
            "of all failures)",
            conditions=box_text(self.limits, meanings),
            density=self.density,
            usual=self.usual,
            coverage=self.coverage,
        )


def failure_boxes(columns: Mapping[str, Column], fails: np.ndarray, *, most: int = 3) -> list[FailureBox]:
    """Up to `most` boxes, each found among the rows that lie in none before; none if nothing beats what is usual.

    `columns`: factors by name, a row a run (or a mean over worlds); `fails`: whether that row fails. Coverage, density
    and support are over all rows.
    """
    fails = np.asarray(fails, dtype=bool)
    left = np.ones(len(fails), dtype=bool)
    found: list[FailureBox] = []
    while len(found) < most and fails[left].any() and not fails[left].all():
        rest = {factor: column[left] for factor, column in columns.items()}
        limits = _box(rest, fails[left])
        if not limits or not _holds_up(rest, fails[left]):
            break
        found.append(_told(limits, columns, fails))
        left &= ~inside(limits, columns)
    return found


def _told(limits: Box, columns: Mapping[str, Column], fails: np.ndarray) -> FailureBox:
    rows = inside(limits, columns)
    hits = float((rows & fails).sum())
    density = hits / max(float(rows.sum()), 1.0)
    return FailureBox(limits, hits / float(fails.sum()), density, float(rows.mean()), float(fails.mean()))


def _box(columns: Mapping[str, Column], fails: np.ndarray) -> dict[str, Limits]:
    return _without_luck(_best_box(columns, fails), columns, fails) if 0 < fails.sum() < len(fails) else {}


def _holds_up(columns: Mapping[str, Column], fails: np.ndarray) -> bool:
    """Whether boxes of each half hold more failures of the other half than chance puts there."""
    order = np.random.default_rng(_HALVES).permutation(len(fails))
    halves = np.isin(np.arange(len(fails)), order[: len(fails) // 2])
    hits = count = 0
    for half in (halves, ~halves):
        limits = _box({factor: column[half] for factor, column in columns.items()}, fails[half])
        rows = inside(limits, columns) & ~half if limits else np.zeros(len(fails), dtype=bool)
        hits, count = hits + int((rows & fails).sum()), count + int(rows.sum())
    return hits > 0 and float(special.bdtrc(hits - 1, count, float(fails.mean()))) <= SIGNIFICANT


def _best_box(columns: Mapping[str, Column], fails: np.ndarray) -> dict[str, Limits]:
    """The box of the peeling with the largest harmonic mean of coverage and density."""
    return max(_peeling(columns, fails), key=lambda box: _balance(inside(box, columns), fails))


def _balance(rows: np.ndarray, fails: np.ndarray) -> float:
    return 2 * float((rows & fails).sum()) / float(rows.sum() + fails.sum())


def _peeling(columns: Mapping[str, Column], fails: np.ndarray) -> Iterator[dict[str, Limits]]:
    box: dict[str, Limits] = {}
    rows = np.ones(len(fails), dtype=bool)
    while True:
        yield box
        best, score = None, 0.0
        for factor, limits in _peels(columns, rows):
            kept = rows & limits.hold(columns[factor])
            gain = _gain(fails, rows, kept)
            if kept.sum() >= LEAST_SUPPORT * len(fails) and gain > score:
                best, score = (factor, limits), gain
        if best is None:
            return
        factor, limits = best
        box = {**box, factor: box.get(factor, Limits()).narrowed(limits)}
        rows &= limits.hold(columns[factor])


def _gain(fails: np.ndarray, rows: np.ndarray, kept: np.ndarray) -> float:
    """Gain of density for each row that is given up, so that a coarse slice is not preferred for its size."""
    lost = int(rows.sum() - kept.sum())
    return float(fails[kept].mean() - fails[rows].mean()) / lost if lost and kept.any() else 0.0


def _peels(columns: Mapping[str, Column], rows: np.ndarray) -> Iterator[tuple[str, Limits]]:
    """Slices that may go: the lowest and the highest part of a number, one category of the others."""
    for factor, column in columns.items():
        known = column[rows]
        if not is_number(column):
            present = frozenset(known.tolist())
            yield from ((factor, Limits(among=present - {gone})) for gone in present if len(present) > 1)
            continue
        values = np.unique(known)
        if len(values) < 2:
            continue
        yield factor, Limits(low=_between(values, float(np.quantile(known, PEEL)), upward=True))
        yield factor, Limits(high=_between(values, float(np.quantile(known, 1 - PEEL)), upward=False))


def _between(values: np.ndarray, at: float, *, upward: bool) -> float:
    """The middle between two neighbouring values, so that at least one value goes."""
    if upward:
        place = min(max(int(np.searchsorted(values, at, side="left")), 1), len(values) - 1)
    else:
        place = min(max(int(np.searchsorted(values, at, side="right")), 1), len(values) - 1)
    return float(values[place - 1] + values[place]) / 2


def _without_luck(box: Box, columns: Mapping[str, Column], fails: np.ndarray) -> dict[str, Limits]:
    """The box without limits that chance explains: binomial test of its failures against the box without the limit."""
    kept = dict(box)
    while kept:
        p_values = {factor: _p_value(kept, factor, columns, fails) for factor in kept}
        worst = max(p_values, key=lambda factor: p_values[factor])
        if p_values[worst] <= SIGNIFICANT / len(columns):
            break
        del kept[worst]
    return kept


def _p_value(box: Box, factor: str, columns: Mapping[str, Column], fails: np.ndarray) -> float:
    """Chance of as many failures in the box if its density were that of the box without the factor's limits."""
    wider = inside({other: limits for other, limits in box.items() if other != factor}, columns)
    rows = inside(box, columns)
    hits, count, rate = int((rows & fails).sum()), int(rows.sum()), float(fails[wider].mean())
    return float(special.bdtrc(hits - 1, count, rate)) if hits else 1.0


def boxes_text(found: Sequence[FailureBox], meanings: Mapping[str, Meaning]) -> list[str]:
    """A sentence a box; one that says so if there is none."""
    return [box.text(meanings) for box in found] or [
        say("no conditions were found under which it fails more than usual")
    ]
