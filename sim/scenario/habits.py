"""Chapter `residents`, habits: ties between neighbours, tenants, places where people are silent, how clearly they speak."""

from __future__ import annotations

from typing import Literal

from sim.distributions import AnyDistribution
from sim.scenario.chapter import entry, portion
from sim.scenario.option import Option


class Ties(Option):
    """The social network, and word of mouth: who was served well or badly tells it along the ties."""

    near: int = entry("nearest households in which a resident knows somebody", "households", ge=0, le=50)
    alike: int = entry("residents of the same age band in the community whom a resident picks", "residents", ge=0, le=50)
    tells: float = portion("probability that a resident who has scored tells somebody tied")
    listens: float = portion("how far the trust of who hears it moves towards the score")


class Tenancy(Option):
    """Tenants know less of the channels and report less readily than owners."""

    aware: float = portion("share of the tenants who know a channel over that of the owners")
    ready: float = portion("readiness of tenants to report over that of owners")


class Silence(Option):
    """Places differ in how readily residents report: from `most` times less than in the category up to as much."""

    most: float = entry("readiness at the most outspoken place over that at the most silent", "1", ge=1, le=100)
    place: Literal["grid", "community"] = entry("places that differ", default="grid")


class Voice(Option):
    """Not everybody can say what is wrong: some are silent, and what others say must be asked again."""

    silent: float = portion("share of residents who say nothing because they know too little")
    clear: float = portion("share of the others who can say clearly what is wrong")
    asks: AnyDistribution = entry("effort of the desk to ask again")
