"""The room forums: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.forums.lists import NeedsAndResources, RegisterOfResources, SharedFacilities
from sim.mechanisms.forums.mediation import (
    LegalServiceStation,
    ProposalsForMediators,
    TeamOfMediators,
    ThirdPartyMediators,
)
from sim.mechanisms.forums.planning import OrderLoopOfResidents, PlanFromNeed, ResidentPlanners, UrgentProjects
from sim.mechanisms.forums.projects import MicroProjects
from sim.mechanisms.forums.services import PurchasedServices
from sim.mechanisms.forums.spending import ApprovalOfSpending, ContractThatPays, DelegatedApproval
from sim.mechanisms.forums.split import ThreeWaySplit
from sim.mechanisms.forums.wishes import WishesOfThoseWhoCome
from sim.mechanisms.mechanism import Mechanism

ROOM: dict[str, type[Mechanism]] = {
    "forums.three_way": ThreeWaySplit,
    "forums.dual_list": NeedsAndResources,
    "forums.resource_register": RegisterOfResources,
    "forums.facility_sharing": SharedFacilities,
    "forums.team_1_3_n": TeamOfMediators,
    "forums.third_party": ThirdPartyMediators,
    "forums.legal_station": LegalServiceStation,
    "forums.mediation_aid": ProposalsForMediators,
    "forums.purchase": PurchasedServices,
    "forums.spending": ApprovalOfSpending,
    "forums.delegation": DelegatedApproval,
    "forums.repair_contract": ContractThatPays,
    "forums.projects": MicroProjects,
    "forums.urgent_track": UrgentProjects,
    "forums.plan_cycle": PlanFromNeed,
    "forums.planners": ResidentPlanners,
    "forums.order_loop": OrderLoopOfResidents,
    "forums.wishes": WishesOfThoseWhoCome,
}
"""The mechanisms of the room, in the order in which a case is offered to them: the parties first, then mediators, then others."""
