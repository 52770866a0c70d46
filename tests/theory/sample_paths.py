"""What a queue must do to the second, given when each job comes and how much work it brings: engines of the tests' own.

Jobs stand in the order in which they come. Completions come before arrivals of the same second. The smaller rank is
served first, and no two jobs have the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from sim.records import RunRecords

FOREVER = 2**60


def queue_starts(arrive: Sequence[int], work: Sequence[int], ranks: Sequence[tuple], servers: int = 1) -> list[int]:
    """When each job starts: so many servers alike, no job ever interrupted."""
    starts = [0] * len(arrive)
    waiting: list[tuple[tuple, int]] = []
    busy: list[int] = []

    def begin(job: int, now: int) -> None:
        starts[job] = now
        heappush(busy, now + work[job])

    for job, now in enumerate([*arrive, FOREVER]):
        while busy and busy[0] <= now:
            free_at = heappop(busy)
            if waiting:
                begin(heappop(waiting)[1], free_at)
        if job == len(arrive):
            return starts
        if len(busy) < servers:
            begin(job, now)
        else:
            heappush(waiting, (ranks[job], job))
    return starts


def preemptive_ends(
    arrive: Sequence[int], work: Sequence[int], urgent: Sequence[bool], ranks: Sequence[tuple]
) -> list[int]:
    """When each job ends at one server, where an urgent job takes it from any other, which goes on before the rest."""
    ends, left = [0] * len(arrive), list(work)
    waiting: list[tuple[int, tuple, int]] = []
    """0 urgent, 1 interrupted, 2 other; rank; number of the job"""
    in_hand, since = -1, 0
    for job, now in enumerate([*arrive, FOREVER]):
        while in_hand >= 0 and since + left[in_hand] <= now:
            since = ends[in_hand] = since + left[in_hand]
            in_hand = heappop(waiting)[2] if waiting else -1
        if job == len(arrive):
            return ends
        if in_hand >= 0 and not (urgent[job] and not urgent[in_hand]):
            heappush(waiting, (0 if urgent[job] else 2, ranks[job], job))
            continue
        if in_hand >= 0:
            left[in_hand] -= now - since
            heappush(waiting, (1, ranks[in_hand], in_hand))
        in_hand, since = job, now
    return ends


def first_come_is_exact(run: RunRecords, servers: int) -> bool:
    """Whether every case starts in the very second in which first come, first served makes it start."""
    cases = run["cases"].set_index("case_id").loc[run["reports"]["case_id"]]
    arrive, work = cases["dispatched_at"].tolist(), (cases["work_s"] + cases["travel_s"]).tolist()
    assert len(arrive) > 400, "too few cases to show anything"
    starts = queue_starts(arrive, work, [(number,) for number in range(len(arrive))], servers)
    return starts == cases["handling_started_at"].tolist()
