"""Chapter `issues`: what goes wrong, how often, when, and what putting it right takes."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Level, Name, adds_up, entry, portion
from sim.units import Limit, Span

Three = tuple[float, float, float]


class External(Chapter):
    """Waiting for others before the work can start: materials, owners, contractors, decisions."""

    share: float = portion("share of cases that must wait for somebody else")
    wait: AnyDistribution = entry("how long")


class Rhythm(Chapter):
    """When issues begin. Each list is rescaled to mean 1 before use."""

    hour: tuple[float, ...] = entry("weight of each hour of the day", "weight", min_length=24, max_length=24)
    weekday: tuple[float, ...] = entry("weight of Monday to Sunday", "weight", min_length=7, max_length=7)
    month: tuple[float, ...] = entry("weight of January to December", "weight", min_length=12, max_length=12)

    @model_validator(mode="after")
    def _positive(self) -> Rhythm:
        for name, weights in (("hour", self.hour), ("weekday", self.weekday), ("month", self.month)):
            if min(weights) < 0 or max(weights) <= 0:
                raise ValueError(say("{name} weights must be at least 0 and not all 0", name=name))
        return self


class Category(Chapter):
    """One category of issues."""

    code: Name = entry("code")
    name: Label = entry("English name")
    name_zh: Label = entry("Chinese name")
    rate: float = entry("issues that begin a year per 1000 residents", "issues/1000 residents/year", ge=0, le=1e6)
    rhythm: Rhythm | None = entry("its own rhythm of the day, week and year; none: the common one", default=None)
    severity: Three = entry("shares of minor, ordinary and major issues", "share")
    visibility: float = portion("probability that a patrol passing the live issue sees it")
    notice: AnyDistribution = entry("delay until an exposed resident notices it")
    propensity: float = portion("probability that an exposed resident who noticed reports it, at trust 0.5")
    worsens: AnyDistribution | None = entry(
        "time until its severity rises by one, if it stays live; none: never", default=None
    )
    resolves: AnyDistribution | None = entry(
        "time until it goes away by itself, if it stays live; none: never", default=None
    )
    authority: tuple[Level, Level, Level] = entry("lowest level that may handle a minor, ordinary, major case")
    departments: tuple[Label, ...] = entry("departments that may own it, the lead first", min_length=1)
    contested: float = portion("share of cases whose ownership the departments contest")
    work: AnyDistribution = entry("hands-on work of one handling attempt")
    external: External | None = entry("waiting for others before the work; none: never", default=None)
    fix_quality: float = portion("probability that one handling attempt really fixes it")
    self_handle: float = portion("probability that the grid worker who finds a minor one can fix it on the spot")
    limits: tuple[Limit, Limit, Limit] = entry("handling limit of a minor, ordinary, major case", "duration")

    @model_validator(mode="after")
    def _whole(self) -> Category:
        adds_up(self.severity, say("severity shares"))
        if any(value < 0 or value > 1 for value in self.severity):
            raise ValueError(say("severity shares {shares} must each lie in [0, 1]", shares=list(self.severity)))
        return self


class Shock(Chapter):
    """A stretch of time in which some categories come more often (a storm, a holiday)."""

    at: Span = entry("beginning, since the start", "duration")
    length: Span = entry("length", "duration")
    categories: tuple[Name, ...] = entry("categories it raises", min_length=1)
    factor: float = entry("rate during the shock over the usual rate", "1", ge=1, le=1000)


class HotSpots(Chapter):
    """Places at which more goes wrong than elsewhere."""

    per_community: int = entry("hot spots of a community", "places", ge=1, le=1000)
    share: float = portion("share of issues that lie at one of them")
    radius: float = entry("radius of a hot spot", "m", ge=0, le=10_000)


class Issues(Chapter):
    """The stream of issues."""

    categories: tuple[Category, ...] = entry("categories", min_length=1)
    rhythm: Rhythm = entry("rhythm of the day, week and year")
    daily_cv: float = entry(
        "gamma-mixed daily rates: coefficient of variation of the daily level (0: Poisson)", "1", ge=0, le=5
    )
    estimate_cv: float = entry(
        "noise of the estimate of work content that a queue may know (lognormal)", "1", ge=0, le=5
    )
    estimate_of: Literal["category", "work"] = entry(
        "what the estimate is around: the category's mean, or the work itself (perfect knowledge where estimate_cv is 0)",
        default="category",
    )
    shocks: tuple[Shock, ...] = entry("shocks", default=())
    hot_spots: HotSpots | None = entry("places where more goes wrong; none: evenly spread", default=None)

    @model_validator(mode="after")
    def _codes(self) -> Issues:
        codes = [category.code for category in self.categories]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(say("category {name} stands twice; give each category one row", name=twice[0]))
        unknown = sorted({name for shock in self.shocks for name in shock.categories} - set(codes))
        if unknown:
            raise ValueError(
                say("a shock names the category {name}, which is not among {known}", name=unknown[0], known=codes)
            )
        return self
