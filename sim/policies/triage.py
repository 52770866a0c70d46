"""Triage: what becomes of a report, and which claimant is to own the case."""

from __future__ import annotations

from dataclasses import dataclass

from sim.policies.decisions import Establish, Reject
from sim.policies.view import ReportView


@dataclass(frozen=True)
class LeadDepartment:
    """The first claimant of the list owns it; priority follows severity."""

    def triage(self, view: ReportView) -> Establish | Reject:
        return Establish(0, 4 - view.severity_seen)


@dataclass(frozen=True)
class ShortestBacklog:
    """Among the claimants the one with the fewest waiting tasks owns it; priority follows severity."""

    def triage(self, view: ReportView) -> Establish | Reject:
        return Establish(min(range(len(view.backlogs)), key=lambda i: (view.backlogs[i], i)), 4 - view.severity_seen)


@dataclass(frozen=True)
class MajorAndOrdinary:
    """Minor public reports that nobody has verified are not established; the rest goes to the lead."""

    def triage(self, view: ReportView) -> Establish | Reject:
        if view.severity_seen == 1 and not view.verified and view.channel not in ("patrol", "sensor", "log"):
            return Reject("minor and not verified")
        return Establish(0, 4 - view.severity_seen)
