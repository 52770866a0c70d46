"""Who must leave home, and how each household can: alone, after a knock, or with somebody's help."""

from __future__ import annotations

# The stubs of numpy say less than is so here.
# pyright: reportArgumentType=false
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.places import Community
from sim.scenario.emergencies.people import Evacuation
from sim.streams import uniforms
from sim.units import HOUR

if TYPE_CHECKING:
    from sim.model import GovernanceModel

Array = np.ndarray


@dataclass(frozen=True)
class Homes:
    """Households that must leave, one entry each: members, seconds to the shelter, whether somebody must help."""

    persons: Array
    way: Array
    helped: Array
    residents: Array
    """numbers of all their members"""
    home: Array
    """for each of `residents`, which household (place in the columns above)"""

    def __len__(self) -> int:
        return len(self.persons)


def nearest_homes(community: Community, spot: tuple[float, float], share: float) -> Array:
    """Homes of a community (numbers inside it) that lie nearest to a point: so large a share of them."""
    metres = np.hypot(*(community.homes - np.array(spot)).T)
    return np.argsort(metres, kind="stable")[: round(share * len(metres))]


def households(model: GovernanceModel, plan: Evacuation, community: Community, homes: Array) -> Homes:
    """The households of some homes. Each walks to the middle of its community as fast as its slowest member."""
    city = model.city
    household = community.index * city.plan.households_per_community + homes
    sizes = city.household_sizes[household]
    home = np.repeat(np.arange(len(homes)), sizes)
    member = np.arange(len(home)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    residents = household[home] * city.seats_per_household + member
    bands = model.scenario.residents.age_bands
    band = model.population.age_band[residents]
    alone = uniforms(0, "lives alone", at=residents) < np.array([each.lives_alone for each in bands])[band]
    share = np.array([plan.helped.get(each.name, 0.0) for each in bands])[band]
    weak = alone & (uniforms(0, "needs help", at=residents) < share)
    helped = np.bincount(home, weights=weak, minlength=len(homes)) > 0
    pace = np.array([plan.speed[each.name] for each in bands])[band]
    slowest = np.full(len(homes), np.inf)
    np.minimum.at(slowest, home, pace)
    middle = np.array(community.corner) + community.side / 2
    metres = city.plan.street_factor * np.hypot(*(community.homes[homes] - middle).T)
    return Homes(sizes, np.rint(metres / 1000 / slowest * HOUR).astype(np.int64), helped, residents, home)
