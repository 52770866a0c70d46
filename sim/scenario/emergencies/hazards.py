"""What may strike: the six classes of emergency, when one comes, and what it brings."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Name, entry, portion
from sim.units import Span

Kind = Literal["natural_disaster", "accident", "public_health", "utility_cut", "public_security", "facility_failure"]
"""The six classes of plans: natural disaster, fire and accident, public health, utility cut, public security, facility
failure. Two of them are named in the sources (C0103); the other four are assumed."""


class Surge(Chapter):
    """Issues of one category that an emergency lets begin, besides the usual ones."""

    category: Name = entry("category")
    per_1000: float = entry("issues that it lets begin per 1000 residents of a struck community",
                            "issues/1000 residents", ge=0, le=10_000)  # fmt: skip
    spread: Span = entry("time over which they begin", "duration")


class PlanStep(Chapter):
    """A step of the plan; where nobody knows how it goes, finding out takes time."""

    name: Name = entry("name of the step")
    lost: AnyDistribution = entry("time lost on it if it is not known")


class Hazard(Chapter):
    """An emergency that may come: when, where, for how long, and what it asks of people."""

    name: Label = entry("English name")
    name_zh: Label = entry("Chinese name")
    kind: Kind = entry("class of emergency")
    dates: tuple[Span, ...] = entry("when it strikes, after the start of the run", "duration", ())
    rate: float = entry("how often it strikes the district, by chance (instead of dates)", "times/year", 0.0, ge=0, le=365)
    struck: float = portion("share of the communities that it strikes; one at least", 1.0)
    length: Span | None = entry("how long it lasts; none: until the professional force has done its work", "duration", None)
    alarm: int = entry("alarm: 1 blue, 2 yellow, 3 orange, 4 red", "1..4", ge=1, le=4)
    first_seen: Literal["above", "below"] = entry("where it is known first: by the highest level, or by a grid worker")
    surge: tuple[Surge, ...] = entry("issues that it lets begin", default=())
    workers: int = entry("grid workers of a struck community who are sent to the place", "persons", ge=0, le=10_000)
    duty: Span = entry("how long one of them stays", "duration")
    force: Label | None = entry("department that sends the professional force; none: nobody", default=None)
    force_work: AnyDistribution | None = entry("work of the professional force on site", default=None)
    direct: Span | None = entry(
        "time until somebody has called the force directly; none: it hears of it through the chain", "duration", None
    )
    blocked_by: Name | None = entry("category of issues that, live in the same grid, hold the force up", default=None)
    blocked: Span | None = entry("time that the force loses by it", "duration", None)
    evacuated: float = portion("share of the households, those nearest to the place, who must leave their homes", 0.0)
    affected: float = portion("share of the residents who need goods each day", 0.0)
    needs: tuple[Name, ...] = entry("kinds of goods that they need", default=())
    plan: tuple[PlanStep, ...] = entry("steps of the plan between the message and help on site", default=())

    @model_validator(mode="after")
    def _whole(self) -> Hazard:
        if bool(self.dates) == (self.rate > 0):
            raise ValueError(say("give either dates or a rate above 0, not both"))
        if (self.force is None) != (self.force_work is None):
            raise ValueError(say("give both force and force_work, or neither"))
        if (self.blocked_by is None) != (self.blocked is None):
            raise ValueError(say("give both blocked_by and blocked, or neither"))
        if self.length is None and self.force is None:
            raise ValueError(say("without a length, a professional force must end it: give length, or force and force_work"))
        return self
