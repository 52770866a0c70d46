"""Referral: where a case goes that a claimant has refused."""

from __future__ import annotations

from dataclasses import dataclass

from sim.policies.decisions import JointMeeting, NextClaimant
from sim.policies.view import ReferralView


@dataclass(frozen=True)
class InTurn:
    """To the next claimant; when all have refused, to the joint meeting."""

    def refer(self, view: ReferralView) -> NextClaimant | JointMeeting:
        return NextClaimant(view.refused) if view.refused < len(view.claimants) else JointMeeting()


@dataclass(frozen=True)
class StraightToMeeting:
    """To the joint meeting at the first refusal."""

    def refer(self, view: ReferralView) -> NextClaimant | JointMeeting:
        return JointMeeting()
