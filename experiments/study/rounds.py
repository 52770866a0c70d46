"""Which choices need further worlds, round by round: the procedures of a stopping rule, and what they say in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from experiments.intervals import Interval
from experiments.procedures.allocation import allocate, probability_correct
from experiments.procedures.precision import precision
from experiments.procedures.selection import select_best
from experiments.study.stopping import Allocate, HalfWidth, SelectBest, Stopping
from sim.messages import say
from sim.metrics.indicator import Direction

Values = Mapping[int, np.ndarray]
"""The outcome that decides: a row of worlds for each choice, 0 is the baseline; NaN where a run has no value."""
_STEPS = 4
"""OCBA looks again after it has spent a quarter of what was spent before."""


@dataclass(frozen=True)
class Look:
    """What a rule says of the worlds there are."""

    further: dict[int, int]
    """worlds to add by choice; empty: stop"""
    lines: list[str]
    """what it has found, in words"""
    stated: dict[int, Interval] = field(default_factory=dict)
    """intervals of differences against the baseline that the rule states, by choice; empty: it states none"""


def look(stopping: Stopping, values: Values, direction: Direction, names: Mapping[int, str]) -> Look:
    """Judge the worlds so far. No choice gets more than `most` worlds."""
    match stopping:
        case HalfWidth():
            return _narrow(stopping, values, names)
        case SelectBest():
            found = select_best(values, stopping.indifference, first=stopping.first, most=stopping.most,
                                confidence=stopping.confidence, direction=direction)  # fmt: skip
            return Look(_capped(found.further, values, stopping.most), [found.text(names)])
        case Allocate():
            return _allocated(stopping, values, direction, names)


def _narrow(stopping: HalfWidth, values: Values, names: Mapping[int, str]) -> Look:
    found = {
        choice: precision(values[0], row, stopping.half_width, first=stopping.first, most=stopping.most,
                          level=stopping.confidence)
        for choice, row in values.items() if choice
    }  # fmt: skip
    aims = {choice: each.spent + each.further for choice, each in found.items() if each.further}
    if aims:
        aims[0] = max(aims.values())
    further = {choice: aim - len(values[choice]) for choice, aim in aims.items()}
    lines = [f"{names[choice]}: {each.text()}" for choice, each in found.items()]
    return Look(_capped(further, values, stopping.most), lines, {choice: each.stated for choice, each in found.items()})


def _allocated(stopping: Allocate, values: Values, direction: Direction, names: Mapping[int, str]) -> Look:
    spent = sum(len(row) for row in values.values())
    known = all(np.count_nonzero(~np.isnan(row)) >= 2 for row in values.values())
    step = min(stopping.total - spent, max(len(values), spent // _STEPS))
    further = _capped(allocate(values, step, direction=direction), values, stopping.most) if known and step > 0 else {}
    if not known:
        return Look({}, [say("not resolved: a choice has fewer than two worlds with a value")])
    leader, chance = probability_correct(values, direction=direction)
    return Look(further, [say("best: {name}; the chance that it is the best is about {percent} % or more ({worlds} runs)",
                              name=names[leader], percent=f"{100 * chance:.0f}", worlds=spent)])  # fmt: skip


def _capped(further: Mapping[int, int], values: Values, most: int) -> dict[int, int]:
    allowed = {choice: min(more, most - len(values[choice])) for choice, more in further.items()}
    return {choice: more for choice, more in allowed.items() if more > 0}
