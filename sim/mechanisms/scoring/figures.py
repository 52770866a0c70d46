"""Figures that units report of themselves: beautified, kept on records that cannot be edited, or measured from outside."""

from __future__ import annotations

from scipy.special import ndtr, ndtri

from sim.mechanisms.scoring.tricks import Trick
from sim.mechanisms.scoring.unit import Judged, Unit
from sim.scenario import scoring


class FixedRecords(Judged):
    """What is measured on records that cannot be edited is what it is."""

    plan: scoring.FixedRecords

    def holds(self, measure: str) -> bool:
        """Whether a figure stands on such records by now."""
        return measure in self.plan.measures and self.in_force()


class Beautifying(Trick):
    """Figures are truth x (1 + what is added), at most 1, where that pays and records can be edited."""

    plan: scoring.Beautifying  # pyright: ignore[reportIncompatibleVariableOverride]

    def begins(self) -> None:
        everybody = self.model.governance.mechanisms
        self._fixed = [each for each in everybody if isinstance(each, FixedRecords)]
        self._judged = [each for each in everybody if isinstance(each, Judged)]

    def figure(self, unit: Unit, measure: str, value: float) -> float:
        if not self.in_force() or not self.editable(measure) or unit.kind == "worker" or not self.beautifies(unit):
            return value
        told = min(1.0, value * (1 + self.plan.by))
        if told > value:
            self.write("beautifies", unit.kind, unit.name, told - value)
            if self.luck("found", measure, self.model.env.now, *unit) < self.plan.found:
                self.write("found", unit.kind, unit.name, self.plan.found_loss)
                self.appraisal.fine(unit, self.plan.found_loss * len(self.appraisal.book.deeds[unit]))
        return told

    def editable(self, measure: str) -> bool:
        """Whether a figure can be made up."""
        return not any(each.holds(measure) for each in self._fixed)

    def beautifies(self, unit: Unit) -> bool:
        """Whether a unit adds to its figures: it wins by it what they weigh, and loses what it must expect to be found."""
        edited = {part.measure for part in self.appraisal.plan.parts if self.editable(part.measure)}
        excess = self.plan.by * self.appraisal.weight(unit, tuple(sorted(edited)))
        outside = sum(each.expected_loss(excess) for each in self._judged)
        won = self.appraisal.stake(unit) * excess
        return won > self.plan.found * self.plan.found_loss + outside and self.luck("willing", *unit) < self.plan.willing


class ThirdParty(Judged):
    """Rounds from outside: scores with some error, which replace reported ones that lie too far above."""

    plan: scoring.ThirdParty

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._round, self.plan.starts.seconds + self.plan.every.seconds)

    def expected_loss(self, excess: float) -> float:
        """Share of the units looked at x chance that the error does not hide the excess x loss."""
        if not self.in_force():
            return 0.0
        above = excess - self.plan.tolerance
        seen = float(ndtr(above / self.plan.noise)) if self.plan.noise > 0 else float(above > 0)
        return self.plan.share * seen * self.plan.found_loss

    def _round(self) -> None:
        now, appraisal = self.model.env.now, self.appraisal
        if not self.in_force():
            return
        self.spends("evaluation", "third_party", self.plan.cost)
        for unit, score in list(appraisal.last.items()):
            if unit.kind == "worker" or self.luck("looked at", now, *unit) >= self.plan.share:
                continue
            measured = min(1.0, max(0.0, score.true + self.plan.noise * float(ndtri(self.luck("error", now, *unit)))))
            self.write("measured_score", unit.kind, unit.name, measured)
            if score.reported - measured > self.plan.tolerance:
                self.write("over_reported", unit.kind, unit.name, score.reported - measured)
                appraisal.corrects(unit, measured)
                appraisal.fine(unit, self.plan.found_loss * score.cases)
