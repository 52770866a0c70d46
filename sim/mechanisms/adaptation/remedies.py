"""Remedies: what a community may change about itself, by a cycle of plan, do, check, act, or as a trial of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

from sim.calendars import FAR
from sim.case import Case
from sim.mechanisms.adaptation.support import Adapts
from sim.mechanisms.scoring.unit import Unit
from sim.scenario.adaptation import Cycle as CyclePlan
from sim.scenario.adaptation import Support
from sim.scenario.adaptation import Trials as TrialsPlan

LAST = FAR - 1
"""A moment that never comes."""


class Remedies(Adapts):
    """Remedies that are on, community by community, each until a second of the run."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._on: dict[tuple[int, str], int] = {}

    def possible(self) -> set[str]:
        """Remedies that the plan may use."""
        raise NotImplementedError

    def support(self) -> Support | None:
        known = self.possible()
        seats, crews = int("seats" in known), int("crews" in known)
        return Support(seats=seats, crews=crews) if seats + crews else None

    def puts_on(self, community: int, remedy: str, until: int) -> None:
        """From now on the remedy is on in a community."""
        self._on[community, remedy] = until
        self.write("remedy", self.name_of(community), remedy, 1.0)
        self.calls(community, until, int(remedy == "seats"), int(remedy == "crews"))

    def has(self, case: Case, remedy: str) -> bool:
        """Whether a remedy is on where a case lies."""
        return self.model.env.now < self._on.get((case.issue.community, remedy), 0)

    def told(self, case: Case, share: float) -> float:
        return 1.0 if self.has(case, "tell") else share

    def check_share(self, case: Case, share: float) -> float:
        return 1.0 if self.has(case, "check") else share

    def wait(self, case: Case, step: str, seconds: int) -> int:
        return 0 if step.startswith("tray ") and self.has(case, "trays") else seconds


class Cycle(Remedies):
    """In each period the worst indicator of each community that has a remedy gets it, for a period."""

    plan: CyclePlan

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._acts, self.plan.starts.seconds + self.plan.every.seconds)

    def possible(self) -> set[str]:
        return set(self.plan.remedies.values())

    def _acts(self) -> None:
        measures = {part.name: part.measure for part in self.appraisal.plan.parts}
        remedies: dict[str, str] = {**self.plan.remedies}
        for _, community in self.ranked():
            figures = self.appraisal.last[Unit("community", self.name_of(community))].figures
            weak = sorted((value, name) for name, value in figures.items() if measures[name] in remedies)
            if not weak:
                continue
            value, name = weak[0]
            self.write("worst", self.name_of(community), name, value)
            at = self.model.env.now + self.plan.delay.seconds
            self.at(at, partial(self.puts_on, community, remedies[measures[name]], at + self.plan.every.seconds))


class Trials(Remedies):
    """The last community tries something for a period; if its score rises it keeps it, else it is tried nowhere again."""

    plan: TrialsPlan

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._failed: set[str] = set()
        self._trial: tuple[int, str, float] | None = None

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._period_ends, self.plan.starts.seconds + self.plan.every.seconds)

    def possible(self) -> set[str]:
        return set(self.plan.ideas)

    def _period_ends(self) -> None:
        ranked = self.ranked()
        self._judges({community: score for score, community in ranked})
        if ranked:
            self._tries(*ranked[0])

    def _judges(self, scores: dict[int, float]) -> None:
        if self._trial is None:
            return
        community, idea, before = self._trial
        rise = scores.get(community, before) - before
        self._trial = None
        self.write("kept" if rise > 0 else "failed", self.name_of(community), idea, rise)
        if rise > 0:
            self.puts_on(community, idea, LAST)
        else:
            self._failed.add(idea)
            unit = Unit("community", self.name_of(community))
            self.appraisal.fine(unit, self.plan.penalty)

    def _tries(self, score: float, community: int) -> None:
        unit = Unit("community", self.name_of(community))
        if self.appraisal.stake(unit) * self.plan.hoped <= self.plan.penalty:
            return
        ideas = [idea for idea in self.plan.ideas
                 if idea not in self._failed and self._on.get((community, idea), 0) <= self.model.env.now]  # fmt: skip
        if ideas:
            self._trial = community, ideas[0], score
            self.write("tries", self.name_of(community), ideas[0], score)
            self.puts_on(community, ideas[0], self.model.env.now + self.plan.every.seconds)
