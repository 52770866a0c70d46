"""The room participation: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.participation.calls import MostCalledFor
from sim.mechanisms.participation.councils import ResidentCouncils
from sim.mechanisms.participation.dilemma import NeighboursMeetAgain
from sim.mechanisms.participation.facilitators import Facilitators
from sim.mechanisms.participation.inviting import CulturalEvents, PersonalInvitations, YouthChannel
from sim.mechanisms.participation.neighbours import ContactsInBuildings, PactOfNeighbours
from sim.mechanisms.participation.organisations import CommunityPartners, SocialOrganisations
from sim.mechanisms.participation.rewards import BankOfHours, LedgerOfDeeds, PointsForDeeds, StarLevels
from sim.mechanisms.participation.turnout import TakingPart
from sim.mechanisms.participation.volunteers import VolunteerDays
from sim.mechanisms.participation.works import ResidentProjects, SmallWishes

ROOM: dict[str, type[Mechanism]] = {
    "participation.turnout": TakingPart,
    "participation.facilitation": Facilitators,
    "participation.repeated_game": NeighboursMeetAgain,
    "participation.culture": CulturalEvents,
    "participation.youth": YouthChannel,
    "participation.profiling": PersonalInvitations,
    "participation.credit_ledger": LedgerOfDeeds,
    "participation.points": PointsForDeeds,
    "participation.time_bank": BankOfHours,
    "participation.stars": StarLevels,
    "participation.volunteers": VolunteerDays,
    "participation.councils": ResidentCouncils,
    "participation.organisations": SocialOrganisations,
    "participation.partners": CommunityPartners,
    "participation.projects": ResidentProjects,
    "participation.wishes": SmallWishes,
    "participation.contacts": ContactsInBuildings,
    "participation.pact": PactOfNeighbours,
    "participation.hotline_top": MostCalledFor,
}
"""The mechanisms of the room, in the order in which they are asked: volunteers before councils before organisations."""
