"""The room money: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.money.audit import AuditTwicePublished
from sim.mechanisms.money.budget import BudgetOfCommunities
from sim.mechanisms.money.funds import CommunityFund, OperatingAssets, PrivatePartners
from sim.mechanisms.money.prices import PricesOfThings

ROOM: dict[str, type[Mechanism]] = {
    "forums.audit": AuditTwicePublished,
    "costs.budget": BudgetOfCommunities,
    "costs.fund": CommunityFund,
    "costs.assets": OperatingAssets,
    "costs.partners": PrivatePartners,
    "costs.prices": PricesOfThings,
}
