"""Chapter `stopping` of a study: the rule that says when enough worlds were run. The procedures themselves are elsewhere."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, entry


class _Rule(Chapter):
    outcome: str = entry("indicator that decides; one of the outcomes", min_length=1)
    confidence: float = entry("confidence of the statement", "share", 0.95, gt=0.5, lt=1.0)
    first: int = entry("worlds that every design point gets at least", "worlds", 10, ge=2, le=100_000)
    most: int = entry("worlds that a design point gets at most; then it is not resolved", "worlds", 100, ge=2, le=100_000)

    @model_validator(mode="after")
    def _in_order(self) -> _Rule:
        if self.first > self.most:
            raise ValueError(say("first: {first} is more than most: {most}", first=self.first, most=self.most))
        return self


class HalfWidth(_Rule):
    """Until the interval of every paired difference against the baseline is narrow enough."""

    rule: Literal["half_width"]
    half_width: float = entry("half the length of the interval, in the indicator's unit", gt=0)


class SelectBest(_Rule):
    """KN (Kim and Nelson 2001): until the best is selected, for a difference that matters."""

    rule: Literal["kn"]
    indifference: float = entry("difference that matters, in the indicator's unit", gt=0)


class Allocate(_Rule):
    """OCBA (Chen and others 2000): spend a number of worlds where they help most to find the best."""

    rule: Literal["ocba"]
    total: int = entry("worlds for all design points together", "worlds", ge=4, le=10_000_000)


Stopping = Annotated[HalfWidth | SelectBest | Allocate, Field(discriminator="rule")]
