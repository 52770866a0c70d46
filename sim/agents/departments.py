"""Departments and level teams: they accept or refuse a case, work on it, and under pressure report what is not done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.agents.mesa_agents import Agent
from sim.station import Station

if TYPE_CHECKING:
    from sim.model import GovernanceModel


class Offer(NamedTuple):
    """A case that is sent to a department."""

    belongs_here: bool
    contested: bool
    ordered: bool
    refusal: float
    luck: float


class Temptation(NamedTuple):
    """A case that a department may report done without doing it."""

    would_be_late: bool
    late_loss: float
    caught_loss: float
    caught: float
    """probability that the check finds it"""


class Department(Agent):
    """A unit that handles cases: a department of the district, or the handling team of a community or subdistrict."""

    def __init__(self, model: GovernanceModel, name: str, level: str, station: Station, travel_step: str) -> None:
        super().__init__(model)
        self.name = name
        self.level = level
        self.station = station
        self.travel_step = travel_step

    def accepts(self, offer: Offer) -> bool:
        """Take the case, unless it does not belong here, or is contested and luck lies under the refusal probability."""
        if offer.ordered:
            return True
        return offer.belongs_here and not (offer.contested and offer.luck < offer.refusal)

    def closes_unfixed(self, temptation: Temptation) -> bool:
        """Report done without work: if it would be late, and being late costs more than being caught is likely to."""
        expected = temptation.caught * temptation.caught_loss
        return temptation.would_be_late and temptation.late_loss > expected
