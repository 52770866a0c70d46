"""Chapter `escalation`: the levels, what passing through one costs, and what happens to contested or late cases."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import LEVELS, Chapter, Level, Name, entry, portion
from sim.scenario.option import Option
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


class DirectLine(Option):
    """网格应急直通车: a grid worker who stands there calls the crew at once, past desks and levels."""

    categories: tuple[Name, ...] = entry("categories in which workers have this right", min_length=1)
    least_severity: int = entry("severity from which the right is meant to be used", "1..3", 3, ge=1, le=3)
    spending_limit: float = entry("estimated cost of the work above which the right ends", "yuan", ge=0)
    boundary: Literal["written", "unclear"] = entry("whether the boundary of the right is written down")
    misuse: float = portion("probability that a worker uses it for a lesser case while the boundary is unclear")


class Escalation(Chapter):
    """The ladder."""

    levels: tuple[Level, ...] = entry("levels of the chain, lowest first", min_length=1)
    reviews: dict[Literal["community", "subdistrict", "district", "city"], Review] = entry(
        "cost of passing a level on the layered route"
    )
    referral: Referral = entry("contested cases")
    direct_line: DirectLine | None = entry("emergency direct line of grid workers; none: no such right", default=None)

    @model_validator(mode="after")
    def _ladder(self) -> Escalation:
        order = [LEVELS.index(level) for level in self.levels]
        if order != sorted(set(order)):
            raise ValueError(
                say("levels {levels} must rise without repeats, in the order {order}",
                    levels=list(self.levels), order=list(LEVELS))
            )  # fmt: skip
        if "district" not in self.levels:
            raise ValueError(say("levels must hold district: departments stand there"))
        return self
