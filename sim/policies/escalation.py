"""Escalation: what happens when the handling limit of a case passes, or draws near, while it waits.

`first_look` is the share of the limit at which a waiting case is looked at for the first time (1: at the limit itself);
`heat` the number of contacts from which a further contact of a resident makes somebody look at once (0: never).
"""

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
    """Every late case is put under supervision; with `first_look` below 1 those that are nearly late, too."""

    first_look: float = 1.0

    def late(self, view: LateView) -> Lateness:
        return KeepWaiting() if view.supervised else Supervise()


@dataclass(frozen=True)
class Ladder:
    """A late case below the top goes up one level; at the top, or after `most` steps, it is put under supervision."""

    most: int = 1
    first_look: float = 1.0

    def late(self, view: LateView) -> Lateness:
        if view.level != view.levels[-1] and view.escalations < self.most:
            return Raise()
        return KeepWaiting() if view.supervised else Supervise()


@dataclass(frozen=True)
class SeverityLadder:
    """Major cases climb when `first_look` of their limit has gone, all others at their limit, each up to `most` levels."""

    first_look: float = 0.5
    most: int = 2

    def late(self, view: LateView) -> Lateness:
        if view.severity_seen < 3 and view.share_of_limit < 1:
            return KeepWaiting()
        return Ladder(self.most).late(view)


@dataclass(frozen=True)
class Heat:
    """A case whose residents have contacted `heat` times or more climbs at once; the others at their limit as on a ladder."""

    heat: int = 2
    most: int = 2

    def late(self, view: LateView) -> Lateness:
        hot = view.contacts >= self.heat and view.escalations < view.contacts - self.heat + 1
        return Ladder(self.most).late(view) if hot or view.share_of_limit >= 1 else KeepWaiting()


@dataclass(frozen=True)
class Repeats:
    """A case of an issue that was closed before without being fixed climbs when `first_look` of its limit has gone."""

    first_look: float = 0.25
    most: int = 2

    def late(self, view: LateView) -> Lateness:
        return Ladder(self.most).late(view) if view.repeat or view.share_of_limit >= 1 else KeepWaiting()
