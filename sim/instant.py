"""The order of things at one instant, written here and nowhere else.

Two things that happen in the same second are ordered by a content key: kind, kind of owner, owner, sequence. The key is
one whole number given to SimPy as the priority of the event, so the order never depends on who was scheduled first.
Kinds start at 2 because SimPy itself uses 0 and 1 for consequences that take no time: those finish before the next key.
Finishing at exactly the limit is on time, because completions come before limits. The run covers [start, end).
"""

from __future__ import annotations

COMPLETION, SHIFT_CHANGE, ARRIVAL, LIMIT = 2, 3, 4, 5
"""Kinds, in their order: a server is released and offered to the queue; then shifts; then meetings and arrivals; then limits."""

STATION, MEETING, ISSUE, WORKER, RESIDENT, CASE = range(6)
"""Kinds of owners, in their order inside a kind."""

MOST_SERVERS = (1 << 17) - 1
"""Servers of one station, and so the last sequence number of an owner, at most."""

_SEQUENCE = MOST_SERVERS + 1
_OWNER = 1 << 51


def content_key(kind: int, owner_kind: int, owner: int, sequence: int = 0) -> int:
    """One whole number whose order is the order at one instant. `owner` below 2**34, `sequence` at most MOST_SERVERS."""
    return ((kind << 3 | owner_kind) * _OWNER) + owner * _SEQUENCE + sequence % _SEQUENCE
