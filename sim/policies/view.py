"""What an institution can know at the moment it decides. Views are frozen; a policy that gets one cannot reach the model."""

from __future__ import annotations

from typing import NamedTuple


class ReportView(NamedTuple):
    """A report at the establishing desk."""

    category: str
    severity_seen: int
    channel: str
    verified: bool
    claimants: tuple[str, ...]
    """departments that may own it by the book, the lead first, as the desk classified it"""
    backlogs: tuple[int, ...]
    """tasks waiting at each claimant"""


class RouteView(NamedTuple):
    """An established case that needs an owner."""

    severity_seen: int
    owner_level: str
    levels: tuple[str, ...]
    """levels of the chain, lowest first"""


class QueueView(NamedTuple):
    """A task that joins a queue. `estimate` is what the institution guesses of the work, never the work itself."""

    priority: int
    due: int
    established: int
    case_id: int
    estimate: int
    supervised: bool


class LateView(NamedTuple):
    """A case whose handling limit has passed while it waits."""

    level: str
    levels: tuple[str, ...]
    severity_seen: int
    escalations: int
    supervised: bool
    contacts: int
    share_of_limit: float = 1.0
    """elapsed share of the handling limit; 1 and more: it has passed"""
    repeat: bool = False
    """an earlier case of the same issue was closed before"""


class ReferralView(NamedTuple):
    """A contested case that a claimant has refused."""

    claimants: tuple[str, ...]
    refused: int
    """claimants that have refused so far"""


class RoundView(NamedTuple):
    """The round of one worker before the run starts."""

    seat: int
    """number of the worker among those who share the same grids, from 0"""
    seats: int
    grids: tuple[str, ...]
