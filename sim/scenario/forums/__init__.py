"""Chapter `forums`: where a matter can be settled outside the chain of levels.

Everything here is optional and off unless a scenario names it.
"""

from __future__ import annotations

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, entry
from sim.scenario.forums.projects import CouncilWishes, OrderLoop, PlanCycle, Planners, Projects, UrgentTrack
from sim.scenario.forums.services import DualList, Purchase, Register, Sharing
from sim.scenario.forums.settling import Aid, Mediation, MediationTeam, ThreeWay
from sim.scenario.forums.spending import Audit, Delegation, RepairContract, Spending

__all__ = ["Forums"]

_NEEDS = {
    "delegation": ("spending", "projects"),
    "repair_contract": ("spending",),
    "audit": ("spending",),
    "mediation_aid": ("third_party", "team_1_3_n", "legal_station"),
    "urgent_track": ("projects",),
    "plan_cycle": ("projects",),
    "planners": ("projects",),
    "order_loop": ("projects",),
    "wishes": ("projects",),
    "resource_register": ("dual_list",),
    "facility_sharing": ("dual_list",),
}
"""What an option is about: without one of these there is nothing for it to do."""


class Forums(Chapter):
    """Where a matter can be settled outside the chain of levels."""

    three_way: ThreeWay | None = entry("three-way split of matters; none: every matter goes the formal way", default=None)
    team_1_3_n: MediationTeam | None = entry("mediation 1+3+N; none: no such team", default=None)
    third_party: Mediation | None = entry("third-party mediators; none: none", default=None)
    legal_station: Mediation | None = entry("legal service station; none: none", default=None)
    mediation_aid: Aid | None = entry("proposals of a machine for mediators; none: none", default=None)
    dual_list: DualList | None = entry("lists of needs and resources; none: no lists", default=None)
    resource_register: Register | None = entry("register of resources; none: none", default=None)
    facility_sharing: Sharing | None = entry("sharing of facilities; none: none", default=None)
    purchase: Purchase | None = entry("purchase of services; none: own staff only", default=None)
    spending: Spending | None = entry("approval of spending; none: money is no question", default=None)
    delegation: Delegation | None = entry("delegated approval; none: every sum climbs", default=None)
    repair_contract: RepairContract | None = entry("smart contract of the repair fund; none: none", default=None)
    audit: Audit | None = entry("audit and double publication; none: none", default=None)
    projects: Projects | None = entry("micro-projects; none: none", default=None)
    urgent_track: UrgentTrack | None = entry("urgent track of projects; none: planned only", default=None)
    plan_cycle: PlanCycle | None = entry("plan cycle with feedback; none: plans of their own idea", default=None)
    planners: Planners | None = entry("community planners; none: designs are commissioned", default=None)
    order_loop: OrderLoop | None = entry("residents order and rate; none: the cheapest supplier builds", default=None)
    wishes: CouncilWishes | None = entry("wishes of those who come to meetings; none: the plan counts cases", default=None)

    @model_validator(mode="after")
    def _about_something(self) -> Forums:
        for name, needs in _NEEDS.items():
            if getattr(self, name) is not None and all(getattr(self, need) is None for need in needs):
                raise ValueError(say("{name} does nothing without {need}; give {need} as well", name=name, need=" / ".join(needs)))
        return self
