"""Patrol: how those who share a round spread over it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.policies.decisions import RoundPlan
from sim.policies.view import RoundView


@dataclass(frozen=True)
class Spread:
    """Workers of one round start evenly spaced: two of them half a loop apart."""

    def plan(self, view: RoundView) -> RoundPlan:
        return RoundPlan(view.seat / view.seats, False)


@dataclass(frozen=True)
class Together:
    """All start at the same place (for contrast)."""

    def plan(self, view: RoundView) -> RoundPlan:
        return RoundPlan(0.0, False)


@dataclass(frozen=True)
class Opposed:
    """Every second worker walks the loop the other way round."""

    def plan(self, view: RoundView) -> RoundPlan:
        return RoundPlan(view.seat / view.seats, view.seat % 2 == 1)
