"""Chapter `participation`, helping: what residents, organisations and partners do themselves."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Name, entry, portion
from sim.scenario.option import Option
from sim.scenario.participation.meetings import Layers
from sim.units import Span


class Volunteers(Option):
    """Volunteers: once a week they walk their grid, and put small things right."""

    registered: Layers = entry("share of ordinary, active, core residents who are registered", "share")
    active: float = portion("share of the registered who are active at the start")
    hours: float = entry("hours that one gives a week", "h/week", gt=0, le=60)
    turns_up: float = portion("probability that an active one comes in a week")
    walks: float = portion("share of the hours spent looking round the grid; the rest goes to small matters")
    bands: dict[Name, float] = entry("readiness to register of an age band over that of all; a band that is not named: 1", "1", default={})
    categories: tuple[Name, ...] = entry("categories whose minor cases they take on", default=())
    weeks: int = entry("weeks after which a case that they did not come to goes the formal way", "weeks", 2, ge=1, le=52)


class BuildingContacts(Option):
    """Building heads, party members and merchants who see what happens where they live, and report it."""

    households: int = entry("households of one building", "households", ge=1, le=1000)
    coverage: float = portion("share of buildings that have a contact")
    sees: float = portion("probability that a contact notices an issue in the building")
    reports: float = portion("probability that a contact reports what was noticed")
    delay: AnyDistribution = entry("time from noticing to the report")


class Organisations(Option):
    """Social organisations: trained people who settle cases of some categories, and leave."""

    per_10000: float = entry("organisations per 10,000 residents", "1/10,000 residents", ge=0, le=1000)
    staff: int = entry("people of one organisation who work on cases", "persons", ge=1, le=1000)
    certified: float = portion("share of them who are certified and may settle cases")
    overlap: float = portion("share of organisations that only double another")
    leaves: float = entry("share of the people who leave in a year; a seat stays empty as long as `refill`", "1/year", ge=0, le=100)
    refill: Span = entry("time until somebody new has come", "duration")
    share: float = portion("share of cases of these categories that are sent to them")
    categories: tuple[Name, ...] = entry("categories that they settle", min_length=1)
    most_severe: int = entry("severity up to which they settle cases", "1..3", 2, ge=1, le=3)
    calendar: Name = entry("hours at which they work")


class Partners(Option):
    """Retired experts whose hours take the place of waiting for a specialist."""

    experts: int = entry("experts of a community", "persons", ge=1, le=10_000)
    hours: float = entry("hours of one expert in 30 days", "h", gt=0, le=400)
    visit: AnyDistribution = entry("time until an expert comes")
    work: AnyDistribution = entry("hours that a case takes from an expert")
    share: float = portion("share of waiting cases that an expert's knowledge would free")


class Projects(Option):
    """Small works that residents take on together, paid out of a fund or by themselves."""

    every: Span = entry("time between calls", "duration")
    most: int = entry("projects of a community at one call", "projects", ge=1, le=1000)
    needed: int = entry("supporters that a project needs", "persons", ge=1, le=10_000)
    near: float = entry("distance within which residents support it", "m", gt=0, le=10_000)
    supports: float = portion("probability that a resident near by takes part")
    length: AnyDistribution = entry("time that the work takes")
    categories: tuple[Name, ...] = entry("categories of the works", min_length=1)
    fund: float | None = entry("money at one call for a community; none: no fund is needed", "yuan", None, ge=0, le=1e12)
    costs: float = entry("cost of one project", "yuan", 0.0, ge=0, le=1e12)


class Wishes(Option):
    """Small wishes, called for at fixed dates, granted by volunteers or a fund."""

    every: Span = entry("time between calls", "duration")
    per_1000: float = entry("wishes at one call per 1000 residents", "wishes/1000 residents", ge=0, le=1000)
    fund: int = entry("wishes that the fund of a community can grant at one call", "wishes", ge=0, le=100_000)
    seats: int = entry("wishes of a community that are seen to at the same time", "wishes", ge=1, le=1000)
    work: AnyDistribution = entry("time that one wish takes")
    waits: Span = entry("time after which a wish is given up", "duration")
    step: float = portion("how far trust moves towards 1 when a wish comes true, towards 0 when it does not")


class Pact(Option):
    """A pact of neighbours (邻里公约): who keeps it does not cause what it forbids."""

    categories: tuple[Name, ...] = entry("categories of which the pact speaks", min_length=1)
    signs: float = portion("share of households that helped to draft it or signed")
    keeps: float = portion("share of them that keep it")
    severe: int = entry("severity up to which it is a matter of conduct", "1..3", 2, ge=1, le=3)


class HotlineTop(Option):
    """The categories most often reported by hotline are served one class earlier."""

    every: Span = entry("time between two looks at the calls", "duration")
    top: int = entry("categories that are served earlier", "categories", ge=1, le=100)
