"""Where the parties of a matter settle it themselves, or before a mediator."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.centres.limits import Severity
from sim.scenario.chapter import Chapter, Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span

Shares = dict[Name, float]
"""Share of the cases of a category, by its code."""


def check_shares(shares: Shares, what: str) -> None:
    """Raise ValueError for a share outside 0 to 1. `what` is the name of the field."""
    for code, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(say("{what}: the share of {code} is {share:g}; write a number from 0 to 1",
                                 what=what, code=code, share=share))  # fmt: skip


class ThreeWay(Option):
    """Three-way split (三事分流): private matters go back to the residents, small ones to the community, big ones up."""

    private: Shares = entry("share of the cases of a category that are a matter of the residents alone", "share")
    small: Shares = entry("share of the cases of a category that the community settles though the category asks for more", "share")
    most_severe: Severity = entry("highest severity of a private or small matter", "1..3")
    settles: float = portion("probability that residents to whom a matter is given back agree")
    talks: AnyDistribution = entry("time that they need to agree")
    within: Span = entry("time after which a matter that is not settled comes back", "duration")

    @model_validator(mode="after")
    def _whole(self) -> ThreeWay:
        check_shares(self.private, "private")
        check_shares(self.small, "small")
        return self


class Hearings(Chapter):
    """How mediators work: hearing after hearing until the parties agree or give up."""

    people: int = entry("mediators", "persons", ge=1, le=1000)
    calendar: Name = entry("their working hours")
    until: AnyDistribution = entry("time until the parties have agreed on a day, before each hearing")
    preparation: AnyDistribution = entry("work of a mediator to prepare a hearing")
    hearing: AnyDistribution = entry("work of a mediator at a hearing")
    agree: float = portion("probability that the parties agree at a hearing")
    most: int = entry("hearings after which they give up and the matter goes the formal way", "hearings", ge=1, le=20)
    person_year: float = entry("full cost of a mediator", "yuan/year", ge=0)


class Mediation(Option):
    """Mediators to whom parties take their disputes before the formal way."""

    shares: Shares = entry("share of the cases of a category that both parties take there", "share")
    most_severe: Severity = entry("highest severity of a case that is taken there", "1..3")
    hearings: Hearings = entry("how they work")

    @model_validator(mode="after")
    def _whole(self) -> Mediation:
        check_shares(self.shares, "shares")
        return self


class Aid(Option):
    """Proposals of a machine for the mediator (AI 调解)."""

    read: AnyDistribution = entry("work of the mediator to read a proposal")
    accurate: float = portion("probability that a proposal can be used: the hearing needs no other preparation")


class Body(Chapter):
    """One body of a mediation team."""

    name: Name = entry("name of the body")
    shares: Shares = entry("share of the cases of a category that are taken to this body", "share")
    hearings: Hearings = entry("how its people work")

    @model_validator(mode="after")
    def _whole(self) -> Body:
        check_shares(self.shares, "shares")
        return self


class MediationTeam(Option):
    """Mediation "1+3+N": bodies that each hear their kind of disputes; where one fails, the party core calls all."""

    bodies: tuple[Body, ...] = entry("the bodies, in the order in which they are asked", min_length=1, max_length=12)
    most_severe: Severity = entry("highest severity of a case that is taken there", "1..3")
    joint: float = portion("probability that the parties agree when all bodies sit down with them")

    @model_validator(mode="after")
    def _distinct(self) -> MediationTeam:
        names = [body.name for body in self.bodies]
        if len(set(names)) < len(names):
            raise ValueError(say("two bodies have the same name; name each of them once"))
        return self
