"""The appraisal: a score of every unit for each period, as reported and in truth, and what it makes a case worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from typing import Any, NamedTuple

from sim.agents.departments import Department
from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.scoring.book import Book
from sim.mechanisms.scoring.unit import Judged, Unit
from sim.mechanisms.scoring.weights import weights_of
from sim.scenario.appraisal import Appraisal as Plan

LATE = ("response", "quick")
"""What a late result costs."""
CHECKED = ("passed", "resolved")
"""What a failed check costs."""
SAID = ("satisfied",)
"""What a discontented resident costs."""
ENOUGH = 0.5
"""A score rests on indicators that carry at least this share of the weight; a unit with less to show has none."""


class Score(NamedTuple):
    """A unit's score of a period, 0 to 1, and the figures that it reported (by name of the indicator)."""

    told: float
    """by the figures that it reported"""
    reported: float
    """that less what it was fined: the one that counts"""
    true: float
    figures: dict[str, float]
    cases: int
    """on how many it rests"""


class Appraisal(Judged):
    """Keeps the book, publishes scores at the end of each period, and tells each agent what a case is worth to it."""

    plan: Plan
    is_appraisal = True

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self.last: dict[Unit, Score] = {}
        self.extra: dict[Unit, float] = {}
        """what else a case is worth to a unit, in points (an award in reach)"""
        self.weights = weights_of(plan, [])
        self._fines: Counter[Unit] = Counter()
        self._handled: dict[int, str] = {}
        self._found: dict[tuple[Unit, Container[str]], float] = {}

    def begins(self) -> None:
        self.book = Book(self.model, self.plan)
        self.at(self.plan.starts.seconds, self.book.closes)
        self.every(self.plan.every.seconds, self._period_ends, self.plan.starts.seconds + self.plan.every.seconds)

    # -- the book -----------------------------------------------------------------------------------------------------

    def completes(self, case: Case) -> Steps | None:
        """Note who did the work."""
        self._handled[case.case_id] = case.server
        return None

    def closed(self, case: Case) -> None:
        self.book.ends(case, self._handled.pop(case.case_id, case.by))

    def scored(self, case: Case, resident: int) -> None:
        self.book.says(case)

    def fine(self, unit: Unit, points: float) -> None:
        """Something was found out: points are taken off the next score, on the scale of what one case is worth."""
        self._fines[unit] += points  # type: ignore[assignment]

    def corrects(self, unit: Unit, reported: float) -> None:
        """The published score of a unit was wrong; this is the one that counts."""
        self.last[unit] = self.last[unit]._replace(reported=reported)
        self.write("corrected_score", unit.kind, unit.name, reported)

    # -- what a case is worth -----------------------------------------------------------------------------------------

    def stake(self, unit: Unit) -> float:
        """What one case is worth to a unit, in points, if its score hung on it alone."""
        return self.plan.stake + self.extra.get(unit, 0.0)

    def weight(self, unit: Unit, measures: Container[str]) -> float:
        """Weight of some measures in the score of a unit."""
        known = self._found.get((unit, measures))
        if known is None:
            weights = self._weights(unit)
            known = sum(weight for part, weight in zip(self.plan.parts, weights, strict=True) if part.measure in measures)
            self._found[unit, measures] = known
        return known

    def _weights(self, unit: Unit) -> list[float]:
        """Weights of the indicators for a unit; some are judged without what residents say."""
        if not self.plan.completion_only or self.luck("completion only", *unit) >= self.plan.completion_only:
            return self.weights
        left = [0.0 if part.measure in SAID else weight for part, weight in zip(self.plan.parts, self.weights, strict=True)]
        return [weight / sum(left) for weight in left] if sum(left) > 0 else self.weights

    def losses(self, case: Case, department: Department, late: float, caught: float) -> tuple[float, float]:
        """A late case, a failed check and a discontented resident cost what they weigh in the score."""
        if not self.here(case):
            return late, caught
        unit = Unit("department", department.name)
        stake, rule = self.stake(unit), self.model.scenario.evaluation
        asked = rule.call_back.coverage * rule.call_back.answer if case.public else 0.0
        said = asked * self.weight(unit, SAID) * rule.score.unsolved / 100
        return (max(0.0, late + stake * (self.weight(unit, LATE) - said)), caught + stake * self.weight(unit, CHECKED))

    # -- the end of a period ------------------------------------------------------------------------------------------

    def _period_ends(self) -> None:
        self.book.overdue()
        self.last = {unit: score for unit in sorted(self.book.deeds) if (score := self._score(unit)) is not None}
        for unit, score in self.last.items():
            self.write("reported_score", unit.kind, unit.name, score.told)
            if score.reported < score.told:
                self.write("score_after_fines", unit.kind, unit.name, score.reported)
            self.write("true_score", unit.kind, unit.name, score.true)
            for part in self.plan.parts:
                if part.least is not None and score.figures.get(part.name) == 0:
                    self.write("red_line", unit.name, part.name, part.least)
        self.book.closes()
        self._fines.clear()
        self._reweighs()

    def _score(self, unit: Unit) -> Score | None:
        records, truth = ({part.name: self.book.value(unit, part, told) for part in self.plan.parts} for told in (True, False))
        tellers = [each for each in self.model.governance.mechanisms if isinstance(each, Judged)]
        figures = {}
        for part in self.plan.parts:
            value = records[part.name]
            if value is not None:
                for teller in tellers:
                    value = teller.figure(unit, part.measure, value)
                figures[part.name] = value
        reported, true = self._mean(unit, figures), self._mean(unit, {name: value for name, value in truth.items() if value is not None})
        if reported is None or true is None:
            return None
        return Score(reported, max(0.0, reported - self._fined(unit)), true, figures, len(self.book.deeds[unit]))

    def _mean(self, unit: Unit, figures: dict[str, float]) -> float | None:
        pairs = [(weight, figures[part.name]) for part, weight in zip(self.plan.parts, self._weights(unit), strict=True)
                 if part.name in figures]  # fmt: skip
        total = sum(weight for weight, _ in pairs)
        return sum(weight * value for weight, value in pairs) / total if total >= ENOUGH else None

    def _fined(self, unit: Unit) -> float:
        worth = self.stake(unit) * len(self.book.deeds[unit])
        return self._fines[unit] / worth if worth > 0 else 0.0

    def _reweighs(self) -> None:
        """Correct the weights by the figures of all units of the kind that has most of them, if the plan says so."""
        if self.plan.method is None:
            return
        whole = [(unit.kind, [score.figures[part.name] for part in self.plan.parts]) for unit, score in self.last.items()
                 if unit.kind != "worker" and len(score.figures) == len(self.plan.parts)]  # fmt: skip
        places = [figures for kind, figures in whole if kind == "community"]
        self.weights = weights_of(self.plan, places if len(places) > 1 else [figures for _, figures in whole])
        self._found.clear()
        for part, weight in zip(self.plan.parts, self.weights, strict=True):
            self.write("weight", "", part.name, weight)
