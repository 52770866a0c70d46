"""Residents: they notice, decide to report, pick a channel, lose patience, score, and remember.

The population lies in columns. A Mesa agent exists for a resident from the report until the evaluation of its case.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import ndtri

from sim.agents.mesa_agents import Agent
from sim.places import City
from sim.scenario import Scenario
from sim.scenario.residents import Channel
from sim.streams import uniforms

if TYPE_CHECKING:
    from sim.model import GovernanceModel


Known = Callable[[int, Channel, float], float]
"""Share of people like a resident who know a channel, from the resident, the channel and the share of all."""


LAYERS = ("ordinary", "active", "core")
"""Layers of residents by how much they take part."""


class Seen(NamedTuple):
    """What a resident sees of an issue when it is about to report."""

    severity: int
    propensity: float
    report_luck: float


class Outcome(NamedTuple):
    """What a resident knows of its case when it is called back."""

    waited: int
    expected: int
    solved: bool
    told: bool
    contacts: int
    mood: float
    """uniform that decides what else moves the score"""


class Population:
    """Columns with one row a resident number: household, tenure, age band, layer, points, trust, contacts, scores."""

    def __init__(self, scenario: Scenario, city: City) -> None:
        plan = scenario.residents
        size = len(city.household_sizes) * city.seats_per_household
        self.plan = plan
        self.numbers = np.arange(size)
        household, member = divmod(self.numbers, city.seats_per_household)
        self.lives_here = member < city.household_sizes[household]
        self.household = household
        shares = np.cumsum([band.share for band in plan.age_bands])
        self.age_band = np.minimum(
            np.searchsorted(shares, uniforms(0, "age", at=self.numbers), side="right"), len(shares) - 1
        )
        self.digital = (
            uniforms(0, "digital", at=self.numbers)
            < np.array([band.digital_skill for band in plan.age_bands])[self.age_band]
        )
        self.tenant = uniforms(0, "tenure", at=household) < plan.tenants
        self.layer = np.full(size, -1, dtype=np.int8)
        """-1 nobody asks, 0 ordinary, 1 active, 2 core"""
        self.points, self.attended = np.zeros(size), np.zeros(size, dtype=np.int32)
        self.trust = np.full(size, plan.trust)
        self.contacts = np.zeros(size, dtype=np.int64)
        self.score_sum, self.scores = np.zeros(size), np.zeros(size, dtype=np.int64)


class Resident(Agent):
    """A resident who takes part: handing in a report, waiting, scoring."""

    def __init__(self, model: GovernanceModel, number: int) -> None:
        super().__init__(model)
        self.number = number
        self.population = model.population

    @staticmethod
    def picks_channel(
        population: Population, number: int, choice: float, aware: float, known: Known | None = None
    ) -> Channel | None:
        """The channel that a resident would use: among those it knows and can use, by weight; None if it knows none.

        `aware` orders what a resident knows: a channel is known if its share of awareness exceeds it. `known` may say
        that it is known to another share among people like this resident.
        """
        digital = bool(population.digital[number])
        open_to = [
            channel
            for channel in population.plan.channels
            if (channel.aware if known is None else known(number, channel, channel.aware)) > aware
            and (digital or not channel.digital)
        ]
        total = math.fsum(channel.weight for channel in open_to)
        reached = 0.0
        for channel in open_to:
            reached += channel.weight
            if choice * total < reached:
                return channel
        return None

    @staticmethod
    def decides_to_report(population: Population, number: int, seen: Seen) -> bool:
        """Report if luck lies under propensity x severity lift x (1 + weight x (trust - 1/2))."""
        plan = population.plan
        pull = 1 + plan.trust_weight * (float(population.trust[number]) - 0.5)
        return seen.report_luck < seen.propensity * plan.severity_lift[seen.severity - 1] * pull

    def contacts_again(self, contacts: int, luck: float) -> bool:
        """After patience has run out: another contact?"""
        repeats = self.population.plan.repeats
        return contacts < repeats.most and luck < repeats.probability

    def scores(self, outcome: Outcome) -> float:
        """Score 0 to 100 of a closed case: time against expectation, solved, told, number of contacts, mood."""
        model: GovernanceModel = self.model  # type: ignore[assignment]
        rule = model.scenario.evaluation.score
        doublings = math.log2(max(outcome.waited, 60) / max(outcome.expected, 60))
        score = rule.start - rule.per_doubling * doublings
        score -= (
            rule.unsolved * (not outcome.solved)
            + rule.untold * (not outcome.told)
            + rule.per_contact * (outcome.contacts - 1)
        )
        return float(min(100.0, max(0.0, score + rule.noise * float(ndtri(outcome.mood)))))

    def remembers(self, score: float, step: float) -> None:
        """Move trust towards score/100."""
        trust = self.population.trust
        trust[self.number] += step * (score / 100 - trust[self.number])
