"""Chapter `participation`, reach: who knows the channels, who is visited, who trusts what."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Name, entry, portion
from sim.scenario.option import Option
from sim.scenario.residents import ChannelName
from sim.units import Span


class Leaders(Option):
    """Opinion leaders: well connected residents pass news along their ties."""

    nodes: int = entry("leaders of a community: those with most ties", "persons", ge=1, le=10_000)
    every: Span = entry("time between campaigns", "duration")
    waves: int = entry("how many times news is passed on in a campaign", "times", ge=1, le=20)
    step: Span = entry("time that one passing on takes", "duration")
    passes: float = portion("probability that news passes along a tie")
    channels: tuple[ChannelName, ...] = entry("channels that whoever has heard of it knows", min_length=1)


class Outreach(Option):
    """Grid workers visit homes and ask what is wrong; who was visited is as ready to report as anybody."""

    every: Span = entry("time between rounds of visits", "duration")
    per_worker: int = entry("visits that a worker is to make in a round", "visits", ge=1, le=1000)
    visit: AnyDistribution = entry("time of one visit, with the way")
    near: float = entry("distance within which a household knows of an issue", "m", gt=0, le=10_000)
    tells: float = portion("probability that it tells of one")
    lasts: Span = entry("how long a visited household is as ready to report as anybody", "duration")


class Training(Option):
    """Courses for residents: who was trained can say what is wrong and is not silent."""

    every: Span = entry("time between courses", "duration")
    places: int = entry("places in one course of a community", "persons", ge=1, le=100_000)


class Integration(Option):
    """Package for newcomers: tenants who take it know and dare as much as owners."""

    offered: float = portion("share of tenants to whom it is offered")
    uptake: float = portion("share of them who take it")


class App(Option):
    """A community app: who has not registered, or is not active, cannot report by it."""

    registered: dict[Name, float] = entry("share of an age band that is registered; a band that is not named: 0", "share")
    active: float = portion("share of the registered who are active")


class Terminals(Option):
    """Age-friendly terminals: people of some age bands can use digital channels who otherwise could not."""

    bands: tuple[Name, ...] = entry("age bands that they are made for", min_length=1)
    uses: float = portion("share of these bands that can use digital channels with them")


class Privacy(Option):
    """Leaks of data: those concerned trust less and leave the digital channels."""

    leaks: float = entry("attempts a year in a community that would be leaks", "1/year", ge=0, le=1000)
    stopped: float = portion("share of attempts that audits and tests stop", 0.0)
    officers: int = entry("data officers of a community", "persons", 0, ge=0, le=1000)
    catches: float = portion("probability that one officer stops an attempt", 0.0)
    concerns: float = portion("share of residents whose data are in a leak")
    step: float = portion("how far their trust moves towards 0")
    away: Span = entry("how long they stay away from digital channels", "duration")


class Disclosure(Option):
    """Publication: residents see which share of the closed cases is really fixed, and trust accordingly."""

    every: Span = entry("time between publications", "duration")
    share: float = portion("share of the closed cases that is published")
    reads: float = portion("share of residents who read it")
    step: float = portion("how far the trust of a reader moves towards what is published")
    hidden: float = portion("what a reader believes of the share that is not published")
