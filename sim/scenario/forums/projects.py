"""Micro-projects: ordered out of what residents report, planned, paid and built, so that something does not happen again."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Supplier(Chapter):
    """Who builds projects."""

    name: Name = entry("name of the supplier")
    crews: int = entry("crews", "crews", ge=1, le=100)
    calendar: Name = entry("its working hours")
    price: float = entry("what it asks for a project", "yuan", gt=0)
    right: float = portion("probability that what it builds is right")


class Projects(Option):
    """Micro-projects (微实事): the worst grid and category of a community is mended for good."""

    categories: tuple[Name, ...] = entry("categories in which a project helps", min_length=1)
    every: Span = entry("time between two dates at which projects are chosen (planned track)", "duration")
    history: Span = entry("how far back the cases are counted", "duration")
    least: int = entry("cases of a grid and category that make an order", "cases", ge=1)
    places: int = entry("projects chosen a date and community", "projects", ge=1, le=100)
    by_need: float = portion("share of places that go to the greatest need; the others go anywhere on the plan's own idea", 1.0)
    design: AnyDistribution = entry("time of a design that is commissioned")
    approval: AnyDistribution = entry("time of the approval through all levels")
    accepts: AnyDistribution = entry("time until a supplier accepts")
    build: AnyDistribution = entry("work of a crew on the site")
    suppliers: tuple[Supplier, ...] = entry("suppliers; the cheapest is asked first", min_length=1)
    works: float = portion("share of further issues of that grid and category that a right project prevents")
    lasts: Span = entry("how long it does", "duration")
    public: float = entry("public money for projects", "yuan/year", ge=0)

    @model_validator(mode="after")
    def _distinct(self) -> Projects:
        names = [supplier.name for supplier in self.suppliers]
        if len(set(names)) < len(names):
            raise ValueError(say("two suppliers have the same name; name each of them once"))
        return self


class PlanCycle(Option):
    """Plan cycle (社会计划流程): the plan is chosen from counted need, and what was built badly is seen before the next."""

    by_need: float = portion("share of places that go to the greatest need")
    inspected: float = portion("probability that a project that is not right is found and mended before it is taken over")


class UrgentTrack(Option):
    """Urgent track of projects: chosen between the planned dates where need is great."""

    every: Span = entry("time between two dates", "duration")
    least: int = entry("cases of a grid and category that make it urgent", "cases", ge=1)
    places: int = entry("projects chosen a date and community", "projects", ge=1, le=100)


class Planners(Option):
    """Community planners (社区规划师): a design waits in their queue, not for a commission."""

    people: int = entry("planners", "persons", ge=1, le=100)
    calendar: Name = entry("their working hours")
    work: AnyDistribution = entry("work on a design")
    person_year: float = entry("full cost of a planner", "yuan/year", ge=0)


class CouncilWishes(Option):
    """The plan counts what those who come to councils ask for, and not cases: it serves whoever comes."""

    concerns: dict[Name, dict[Name, float]] = entry(
        "how much a category concerns an age band, by band and category; what is not named: 1", "1", default={}
    )

    @model_validator(mode="after")
    def _not_negative(self) -> CouncilWishes:
        if any(weight < 0 for weights in self.concerns.values() for weight in weights.values()):
            raise ValueError(say("a concern cannot be negative"))
        return self


class OrderLoop(Option):
    """Residents order and rate (居民点单、群众评单): who was rated badly is not asked again for a time."""

    accepts: AnyDistribution = entry("time until a supplier accepts an order")
    raters: int = entry("residents who rate a project", "persons", ge=1, le=1000)
    content: float = portion("probability that a resident is content with a project that is right")
    lenient: float = portion("probability that a resident is content with one that is not")
    least: float = portion("share of content residents below which the supplier is barred")
    barred: Span = entry("how long", "duration")
