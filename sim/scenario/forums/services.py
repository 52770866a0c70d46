"""Services bought or found near by: organisations under contract, and a list of resources matched with a list of needs."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.scenario.centres.limits import Severity
from sim.scenario.chapter import Chapter, Name, entry, portion
from sim.scenario.forums.settling import Shares, check_shares
from sim.scenario.option import Option
from sim.units import Span


class Purchase(Option):
    """Purchase of services (政府购买服务): an organisation under contract takes a share of the cases."""

    shares: Shares = entry("share of the cases of a category that it takes", "share")
    most_severe: Severity = entry("highest severity of a case that it takes", "1..3")
    crews: int = entry("crews that the contract pays", "crews", ge=1, le=1000)
    calendar: Name = entry("their working hours")
    crew_year: float = entry("price of a crew", "yuan/year", ge=0)
    travel: AnyDistribution = entry("way to the place")
    right: float = portion("probability that its work fixes the issue")
    overlap: float = portion("share of its cases on which the own staff works all the same")

    @model_validator(mode="after")
    def _whole(self) -> Purchase:
        check_shares(self.shares, "shares")
        return self


class Resource(Chapter):
    """A resource near by: an organisation, volunteers, a venue."""

    name: Name = entry("name of the resource")
    slots: int = entry("needs that it can serve in a period", "needs/period", ge=1, le=1000)
    fits: Shares = entry("probability that it really serves a need of a category", "share")


class DualList(Option):
    """Needs list and resources list (双清单), matched each period."""

    resources: tuple[Resource, ...] = entry("resources of the town", min_length=1)
    listed: float = portion("share of their slots that stand on the list of resources")
    most_severe: Severity = entry("highest severity of a need", "1..3")
    every: Span = entry("time between two matchings", "duration")
    matching: Literal["best_fit", "first_come"] = entry(
        "who gets what: the matching with the best sum of fits, or each need in turn the first slot that fits at all"
    )
    serves: AnyDistribution = entry("time from the matching until a need is served")
    most: int = entry("matchings without a slot after which a need goes the formal way", "matchings", ge=1, le=50)

    @model_validator(mode="after")
    def _whole(self) -> DualList:
        for resource in self.resources:
            check_shares(resource.fits, "fits")
        return self


class Register(Option):
    """Register of resources (社区资源库): more of what is there stands on the list."""

    listed: float = portion("share of the slots that stand on the list")


class Sharing(Option):
    """Sharing of facilities (设施共享): idle hours of schools and firms can be booked."""

    venues: tuple[Resource, ...] = entry("venues with their idle slots", min_length=1)
    open_share: float = portion("share of the idle slots that their owners open")
