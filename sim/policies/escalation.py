"""Escalation: what happens when the handling limit of a case passes while it waits."""

from __future__ import annotations

from dataclasses import dataclass

from sim.policies.decisions import KeepWaiting, Lateness, Raise, Supervise
from sim.policies.view import LateView


@dataclass(frozen=True)
class Patience:
    """Nothing happens."""

    def late(self, view: LateView) -> Lateness:
        return KeepWaiting()


@dataclass(frozen=True)
class SuperviseLate:
    """Every late case is put under supervision."""

    def late(self, view: LateView) -> Lateness:
        return KeepWaiting() if view.supervised else Supervise()


@dataclass(frozen=True)
class Ladder:
    """A late case below the top goes up one level; at the top, or after `most` steps, it is put under supervision."""

    most: int = 1

    def late(self, view: LateView) -> Lateness:
        if view.level != view.levels[-1] and view.escalations < self.most:
            return Raise()
        return KeepWaiting() if view.supervised else Supervise()
