"""Chapter `adaptation`: how the institution changes itself by its results.

Everything here is optional and off unless a scenario names it. Scores are those of `scoring.appraisal`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from sim.messages import say
from sim.scenario.appraisal import Measure
from sim.scenario.chapter import Chapter, entry, portion
from sim.scenario.option import Option
from sim.units import Span

Remedy = Literal["seats", "crews", "tell", "check", "trays"]
"""seats: one more grid worker; crews: one more crew of the community; tell: every resident is told the result; check: every
case is checked; trays: nothing lies in the trays of the levels."""


class Adapting(Option):
    """What the institution does by its results."""

    by_score: ClassVar[bool] = True
    """Whether it needs scores."""


class Support(Chapter):
    """People whom a community gets for a time."""

    seats: int = entry("grid workers", "workers", ge=0, le=1000)
    crews: int = entry("crews of the community's handling team", "crews", 0, ge=0, le=1000)

    @model_validator(mode="after")
    def _somebody(self) -> Support:
        if not self.seats + self.crews:
            raise ValueError(say("support must be somebody: give seats or crews above 0"))
        return self


class Alerts(Adapting):
    """Red, yellow and blue: complaints of a community in a window against the window before; red calls people in."""

    by_score = False
    every: Span = entry("time between two looks", "duration")
    window: Span = entry("window over which complaints are counted", "duration")
    red: float = entry("growth above which it is red", "share", ge=0, le=100)
    yellow: float = entry("growth above which it is yellow; any growth below is blue", "share", ge=0, le=100)
    least: int = entry("complaints in the window below which nothing is said", "cases", ge=1, le=1_000_000)
    plan: Span = entry("time from a red alert to the plan", "duration")
    support: Support = entry("whom the plan calls in")
    lasts: Span = entry("how long they stay", "duration")

    @model_validator(mode="after")
    def _ordered(self) -> Alerts:
        if self.yellow > self.red:
            raise ValueError(say("yellow ({yellow:g}) must not lie above red ({red:g})", yellow=self.yellow, red=self.red))
        return self


class ThreeColours(Adapting):
    """Communities are red, yellow or green by their score; red ones get people until the next rating."""

    every: Span = entry("time between two ratings", "duration")
    red: float = portion("score below which a community is red")
    yellow: float = portion("score below which it is yellow")
    support: Support = entry("whom a red one gets")

    @model_validator(mode="after")
    def _ordered(self) -> ThreeColours:
        if self.red > self.yellow:
            raise ValueError(say("red ({red:g}) must not lie above yellow ({yellow:g})", red=self.red, yellow=self.yellow))
        return self


class Adjustment(Adapting):
    """Grid workers are moved from the community that can best spare them to the one that most needs them."""

    every: Span = entry("time between two adjustments", "duration")
    lag: Span = entry("time from the figures to the move", "duration")
    by: Literal["score", "complaints", "waiting"] = entry("what need is judged by: low score, complaints in a period, or tasks that wait")
    gap: float = entry("difference from which somebody is moved, of the larger one", "share", ge=0, le=1)
    most: int = entry("workers moved at one time, at most", "workers", ge=1, le=1000)
    handover: Span = entry("working time that a move costs", "duration")
    knows_after: Span = entry("time until who was moved knows the households", "duration")


class Cycle(Adapting):
    """Plan, do, check, act: in each period the worst indicator of each community gets its remedy."""

    every: Span = entry("period", "duration")
    delay: Span = entry("time from the score to the remedy", "duration")
    remedies: dict[Measure, Remedy] = entry("remedy for each measure; what has none is let be", min_length=1)


class ResultsMoney(Adapting):
    """Money follows results: the best communities get people in the next period, the last lose some down to a floor."""

    every: Span = entry("period", "duration")
    top: float = portion("share of the communities that get more")
    bonus: float = portion("more people for them, as a share of their grid workers")
    floor: float = portion("people left to as many at the end of the ranking, as a share")


class Trials(Adapting):
    """The last community may try something; what works is kept, what fails is written down and tried nowhere again."""

    every: Span = entry("how long a trial lasts", "duration")
    ideas: tuple[Remedy, ...] = entry("what may be tried, in this order", min_length=1)
    penalty: float = entry("loss of a trial that fails", "points", ge=0, le=1e6)
    hoped: float = portion("rise of the score that a community hopes for; it dares if that is worth more than the loss")


class Awards(Adapting):
    """The best communities are awarded; who has a chance of it has more to win by its score."""

    every: Span = entry("time between awards", "duration")
    top: float = portion("share of the communities that are awarded")
    money: float = entry("money of an award", "yuan", ge=0, le=1e9)
    worth: float = entry("what it adds to the stake of a case", "points", ge=0, le=1e6)
    reach: float = portion("how far below the last awarded score a community still hopes")


class DutyShares(Adapting):
    """Contested cases go at first to their claimants in proportion to the claimants' scores, not always to the lead."""


class Adaptation(Chapter):
    """How the institution changes itself by its results."""

    alerts: Alerts | None = entry("alerts; none: nobody looks", default=None)
    three_colours: ThreeColours | None = entry("red, yellow and green communities; none: no colours", default=None)
    adjustment: Adjustment | None = entry("moving workers; none: everybody stays", default=None)
    cycle: Cycle | None = entry("remedies for the worst indicator; none: none", default=None)
    results_money: ResultsMoney | None = entry("money by results; none: as it is", default=None)
    trials: Trials | None = entry("reform trials; none: none", default=None)
    awards: Awards | None = entry("awards; none: none", default=None)
    duty_shares: DutyShares | None = entry("duties by score; none: the lead comes first", default=None)

    @property
    def needs_scores(self) -> list[str]:
        """Names of what is switched on and does nothing without scores."""
        plans = {name: getattr(self, name) for name in type(self).model_fields}
        return [name for name, plan in plans.items()
                if plan is not None and (plan.by_score if name != "adjustment" else plan.by == "score")]  # fmt: skip
