"""The room residents: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.residents.channels import AgeFriendly, CommunityApp, LeaksOfData, Publication
from sim.mechanisms.residents.outreach import HomeVisits
from sim.mechanisms.residents.readiness import (
    CoursesForResidents,
    PackageForNewcomers,
    SilentPlaces,
    TenantsHoldBack,
    UnclearVoices,
)
from sim.mechanisms.residents.word import OpinionLeaders, WordOfMouth

ROOM: dict[str, type[Mechanism]] = {
    "residents.ties": WordOfMouth,
    "residents.tenancy": TenantsHoldBack,
    "residents.silence": SilentPlaces,
    "residents.voice": UnclearVoices,
    "participation.integration": PackageForNewcomers,
    "participation.outreach": HomeVisits,
    "participation.training": CoursesForResidents,
    "participation.app": CommunityApp,
    "participation.terminals": AgeFriendly,
    "participation.leaders": OpinionLeaders,
    "participation.privacy": LeaksOfData,
    "participation.disclosure": Publication,
}
"""The mechanisms of the room, in the order in which they are asked: leaks last, for whoever has left an app does not use it."""
