"""Chapter `escalation`: the levels, what passing through one costs, and what happens to contested or late cases."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.scenario.chapter import LEVELS, Chapter, Level, entry, portion
from sim.units import Span


class Review(Chapter):
    """What a level costs a case that only passes through."""

    work: AnyDistribution = entry("effort of the desk")
    tray: AnyDistribution = entry("time the papers lie before they go up, besides the desk's own queue")


class Referral(Chapter):
    """Contested cases: a claimant may refuse (推诿)."""

    refusal: float = portion("probability that a claimant refuses a contested case")
    review: AnyDistribution = entry("time until a refused case comes back")
    meeting_every: Span = entry("time between two joint meetings, which settle what all claimants refused", "duration")


class Escalation(Chapter):
    """The ladder."""

    levels: tuple[Level, ...] = entry("levels of the chain, lowest first", min_length=1)
    reviews: dict[Literal["community", "subdistrict", "district"], Review] = entry(
        "cost of passing a level on the layered route"
    )
    referral: Referral = entry("contested cases")

    @model_validator(mode="after")
    def _ladder(self) -> Escalation:
        order = [LEVELS.index(level) for level in self.levels]
        if order != sorted(set(order)):
            raise ValueError(f"levels {list(self.levels)} must rise without repeats, in the order {list(LEVELS)}")
        if self.levels[-1] != "district":
            raise ValueError("the last level must be district: departments stand there")
        return self
