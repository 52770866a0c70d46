"""What policies answer. A decision is a value; the model carries it out."""

from __future__ import annotations

from typing import NamedTuple


class Establish(NamedTuple):
    """Establish the case for this claimant (place in the view's list) in this priority class (1 is served first)."""

    claimant: int
    priority: int


class Reject(NamedTuple):
    """Do not establish it."""

    reason: str


class Route(NamedTuple):
    """Levels whose desks review the case on its way up, lowest first; the owner's own level is not among them."""

    through: tuple[str, ...]


class KeepWaiting(NamedTuple):
    """Leave a late case where it is."""


class Supervise(NamedTuple):
    """Put a late case under supervision (督办): it is served as the first class from now on."""


class Raise(NamedTuple):
    """Take a late case to the next level of the chain."""


class NextClaimant(NamedTuple):
    """Send a refused case to the claimant at this place of the list."""

    claimant: int


class JointMeeting(NamedTuple):
    """Put a refused case before the next joint meeting, which orders the lead to take it."""


class RoundPlan(NamedTuple):
    """Where on the loop a worker starts, as a share of its length, and whether it is walked backwards."""

    start: float
    backwards: bool


Lateness = KeepWaiting | Supervise | Raise
"""Answers to a limit that passed."""
