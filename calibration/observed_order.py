"""In which order a queue was served, as observed: each rule beside what picking at random would give.

For each choice between two or more and each rule: was the taken one first by this rule (several may be), how often would a
random pick be, and its rank among those waiting (0: first, 1: last, 1/2 at random). Which level of a class goes first is
learnt on one half of the weeks and judged on the other. Intervals resample weeks. This is the conditional likelihood of
a choice at its two ends: rule without error, and no rule (McFadden 1974).
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calibration.adequacy_groups import SMALLEST
from calibration.observed_choices import Choice, choices_of, folds, levels_taken, waited_elsewhere
from calibration.observed_queue import FAR, LEAST_SHARE, Waits
from sim.streams import stream

FEWEST = 100
"""Choices below which nothing is said (judgement)."""
RESAMPLES = 400
CLEAR, SURE = 0.3, 0.95
"""A rule is clear when it holds in three tenths of what chance leaves open, and is the nearest in 95 % of the resampled logs."""
WORTH = 0.05
"""Skill below which a rule is no better than chance, however sure: weeks are few, and rules that are tried are many."""
KNOWN = 0.5
"""Share of the cases that must have a due time, or a known work, for a rule that goes by it."""
ELSEWHERE = 0.2
"""Share of cases that surely wait for something else from which on a weak rule says nothing of how crews choose (judgement)."""

Array = np.ndarray
NAN = float("nan")


@dataclass(frozen=True)
class RuleHeld:
    """How far one rule held. `share`: of the choices in which the taken one was first by it; `random`: of picks at random.
    `skill`: (share - random) / (1 - random), 0 at random, 1 without exception. `rank`: mean rank of the taken one."""

    rule: str
    """first_come, last_come, due, shortest, class, class_due"""
    column: str
    """class of what, for the rules of classes"""
    first: str
    """level that goes first"""
    choices: int
    share: float
    low: float
    high: float
    random: float
    skill: float
    skill_low: float
    skill_high: float
    rank: float
    rank_low: float
    rank_high: float


@dataclass(frozen=True)
class Order:
    """`reading`: busy (surely waiting for a crew) or all (open and not begun). `verdict`: clear, tied, leaning, none, untold
    (too many cases wait for something else), few, or dates (starts are dates). `held`: the rules, the nearest first."""

    source: str
    reading: str
    choices: int
    waiting: float
    """cases waiting at a choice on average, the taken one among them"""
    elsewhere: float
    """share of the cases that surely waited for something else than a crew; NaN where that cannot be seen"""
    verdict: str
    held: tuple[RuleHeld, ...]

    @property
    def best(self) -> RuleHeld | None:
        """The nearest rule."""
        return self.held[0] if self.held else None


def order_of(waits: Waits, seed: int = 1) -> Order:
    """The order in which the queues of a log were served."""
    if waits.dates_only:
        return Order(waits.source, "all", 0, NAN, NAN, "dates", ())
    # People of an event log serve several queues: when all of them are at work, one queue does not tell.
    tellable = waits.source == "cases"
    elsewhere = waited_elsewhere(waits) if tellable else NAN
    busy = choices_of(waits, True, seed) if tellable else []
    reading, choices = ("busy", busy) if len(busy) >= FEWEST else ("all", choices_of(waits, False, seed))
    if len(choices) < FEWEST:
        return Order(waits.source, reading, len(choices), NAN, elsewhere, "few", ())
    found = [(rule, *_judged(choices, scores)) for rule, scores in _rules(waits, choices)]
    weights = _resampled(np.array([each.week for each in choices]), seed)
    pairs = [(_held(rule, table, weights), _skills(table, weights)) for rule, table in found]
    pairs.sort(key=lambda pair: -pair[0].skill)
    size = float(np.mean([len(each.rows) for each in choices]))
    verdict = _verdict(pairs)
    if verdict in ("leaning", "none") and not elsewhere <= ELSEWHERE:
        verdict = "untold"
    return Order(waits.source, reading, len(choices), size, elsewhere, verdict, tuple(held for held, _ in pairs))


_Rule = tuple[str, str, str]
_Table = tuple[Array, Array, Array, Array]


def _rules(waits: Waits, choices: list[Choice]) -> Iterator[tuple[_Rule, list[Array]]]:
    """Each rule with the scores of those waiting at each choice: the smaller is taken first, NaN is left out."""
    frame = waits.frame
    joined, due = frame["joined"].to_numpy(dtype=float), frame["due"].to_numpy(dtype=float)
    work = frame["work"].to_numpy()
    scores = {"first_come": joined, "last_come": -joined}
    dated = (due < FAR).mean() >= KNOWN
    if dated:
        scores["due"] = due
    if np.isfinite(work).mean() >= KNOWN:
        scores["shortest"] = work
    for name, column in scores.items():
        yield (name, "", ""), [column[each.rows] for each in choices]
    for name in waits.classes:
        place, first = _class_order(frame[f"class {name}"].to_numpy(dtype=object), choices)
        for rule, then in (("class", joined), ("class_due", due))[: 2 if dated else 1]:
            yield (rule, name, first), [_then(level, then[each.rows]) for level, each in zip(place, choices, strict=True)]


def _then(level: Array, column: Array) -> Array:
    """One number for the order by level, then by column."""
    return level * (len(column) + 1.0) + np.searchsorted(np.unique(column), column)


def _class_order(words: Array, choices: list[Choice]) -> tuple[list[Array], str]:
    """Place of the class of those waiting at each choice, learnt on the other weeks; and the level that goes first."""
    names, codes = np.unique(words.astype(str), return_inverse=True)
    taken, there = levels_taken(choices, codes, len(names))
    place = np.zeros((len(choices), len(names)))
    for learn, judge in folds(choices):
        place[judge] = np.argsort(np.argsort(-_eagerness(taken[learn], there[learn])))
    often = np.bincount(codes, minlength=len(names)) >= max(SMALLEST, LEAST_SHARE * len(codes))
    first = str(names[int(np.argmax(np.where(often, _eagerness(taken, there), -1)))])
    return [row[codes[each.rows]] for row, each in zip(place, choices, strict=True)], first


def _eagerness(taken: Array, there: Array) -> Array:
    """How much more often than at random a level is taken; one choice at random is added to each."""
    return (taken.sum(axis=0) + 1) / (there.sum(axis=0) + 1)


def _judged(choices: list[Choice], scores: list[Array]) -> tuple[_Table]:
    rows = []
    for each, column in zip(choices, scores, strict=True):
        known = np.isfinite(column)
        if not known[0] or known.sum() < 2:
            continue
        column = column[known]
        first = column == column.min()
        better, equal = (column < column[0]).sum(), (column == column[0]).sum() - 1
        rows.append((each.week, float(first[0]), first.mean(), (better + equal / 2) / (len(column) - 1)))
    table = np.array(rows).reshape(-1, 4)
    return ((table[:, 0], table[:, 1], table[:, 2], table[:, 3]),)


def _resampled(weeks: Array, seed: int) -> tuple[Array, Array]:
    """Weeks of the log, and how often each is drawn in every resampled log."""
    there = np.unique(weeks)
    draw = stream(seed, "observed weeks of choices").integers(0, len(there), (RESAMPLES, len(there)))
    return there, np.array([np.bincount(row, minlength=len(there)) for row in draw], dtype=float)


def _sums(table: _Table, weights: tuple[Array, Array]) -> tuple[Array, Array]:
    """Means of (hit, random, rank) over the log, and in each resampled log."""
    weeks, counts = weights
    place = np.searchsorted(weeks, table[0])
    by_week = np.array([np.bincount(place, column, len(weeks)) for column in (np.ones(len(place)), *table[1:])])
    total = by_week.sum(axis=1)
    drawn = counts @ by_week.T
    return total[1:] / max(1.0, total[0]), drawn[:, 1:] / np.maximum(1.0, drawn[:, :1])


def _skill(hit: Array, random: Array) -> Array:
    return (hit - random) / np.maximum(1e-9, 1 - random)


def _skills(table: _Table, weights: tuple[Array, Array]) -> Array:
    drawn = _sums(table, weights)[1]
    return _skill(drawn[:, 0], drawn[:, 1])


def _held(rule: _Rule, table: _Table, weights: tuple[Array, Array]) -> RuleHeld:
    mean, drawn = _sums(table, weights)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    skills = np.quantile(_skill(drawn[:, 0], drawn[:, 1]), [0.025, 0.975])
    return RuleHeld(
        *rule, len(table[0]), float(mean[0]), float(low[0]), float(high[0]), float(mean[1]), float(_skill(mean[0], mean[1])),
        float(skills[0]), float(skills[1]), float(mean[2]), float(low[2]), float(high[2]),
    )  # fmt: skip


def _verdict(pairs: list[tuple[RuleHeld, Array]]) -> str:
    """`pairs`: the rules by skill, with their skills in the resampled logs."""
    best, drawn = pairs[0]
    # Several rules are tried, so each has to be surer (Bonferroni).
    if best.skill < WORTH or np.quantile(drawn, 0.025 / len(pairs)) <= 0:
        return "none"
    if best.skill < CLEAR:
        return "leaning"
    nearest = np.mean([drawn >= other for _, other in pairs[1:]], axis=1).min() if len(pairs) > 1 else 1.0
    return "clear" if nearest >= SURE else "tied"
