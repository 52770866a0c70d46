"""Goods for an emergency: what lies where, how long it keeps, and how it comes to the place."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Chapter, Label, Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Goods(Chapter):
    """One kind of goods, counted in person-days: what one person needs for one day."""

    name: Label = entry("English name")
    name_zh: Label = entry("Chinese name")
    keeps: Span = entry("how long it keeps", "duration")


class Stock(Option):
    """A store in each community, and vans that bring what lies there."""

    kinds: dict[Name, Goods] = entry("kinds of goods that there are", min_length=1)
    held: tuple[Name, ...] = entry("those of them that the stores hold")
    days: float = entry("days of need that a community store is to cover", "days", ge=0, le=365)
    coverage: float = portion("share of the residents that a community store is to cover")
    complies: float = portion("share of the communities that keep up their stores: check, renew and refill")
    expired: float = portion("share of each store that is out of date at the start")
    check: Span = entry("time between checks; what is out of date is then taken out", "duration")
    refill: Span = entry("time between refills", "duration")
    load: AnyDistribution = entry("time until a van is loaded, or until it is clear that there is nothing to load")
    vans: int = entry("vans of a store", "vans/store", ge=1, le=1000)
    speed: float = entry("speed of a van on the shortest way", "km/h", gt=0, le=120)
    hand_out: Span = entry("time to hand goods out to one person", "duration/person")


class Tiers(Chapter):
    """Stores of the subdistricts and of the district, which are asked when a community has not enough."""

    held: tuple[Name, ...] = entry("kinds of goods that they hold", min_length=1)
    subdistrict: float = entry("person-days of each kind that a subdistrict holds per resident", "days", ge=0, le=365)
    district: float = entry("person-days of each kind that the district holds per resident", "days", ge=0, le=365)


class Reserve(Option):
    """The norm for community stores: what they are to hold; every community in which it is in force keeps it up."""

    kinds: tuple[Name, ...] = entry("kinds of goods that a community store is to hold", min_length=1)
    days: float = entry("days of need that it is to cover", "days", ge=0, le=365)
    coverage: float = portion("share of the residents that it is to cover")


class ResourceMap(Option):
    """A map of what really lies in every store, other communities' included, with the ways there."""

    refresh: Span = entry("how old what it shows can be", "duration")
