"""A department of a replay in closed form: the model's own answer, in microseconds instead of milliseconds a case.

Where every step but waiting for others and handling takes no time, all crews of a department share one calendar, and
work in hand rests at closing, the station of the model is a queue with several servers whose clock counts open seconds
only (operational time). Its recursion (Kiefer and Wolfowitz 1955) then gives the same closings as `simulate`, case by
case; a test holds it to that. A fit that needs thousands of runs uses it, and its result is run by the model itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush, heapreplace

import numpy as np

from sim.calendars import Calendar
from sim.records import MISSING


@dataclass(frozen=True)
class Served:
    """What became of each case: clock seconds, MISSING if it is not closed before the horizon (the model, too, notes the
    beginning of work when it ends); and open seconds in the queue and at work."""

    joined: np.ndarray
    started: np.ndarray
    closed: np.ndarray
    queued_open: np.ndarray
    work: np.ndarray


def serve(
    calendar: Calendar, crews: int, opened: np.ndarray, wait: np.ndarray, work: np.ndarray, horizon: int,
    rank: np.ndarray | None = None,
) -> Served:  # fmt: skip
    """Cases in order of opening, all in seconds. `wait` and `work` count in open seconds, `rank` orders the queue.

    Without `rank` the queue is served in the order of joining. With it, the smaller goes first (ties: as they joined).
    """
    joined = np.where(wait > 0, calendar.add_work_many(opened, wait), opened)
    order = np.lexsort((np.arange(len(opened)), joined))
    at = calendar.work_between_many(np.zeros(len(opened), dtype=np.int64), joined)[order]
    begun = np.empty(len(opened))
    if rank is None:
        begun[order] = _first_come(at.tolist(), work[order].tolist(), crews)
    else:
        begun[order] = _by_rank(at.tolist(), work[order].tolist(), rank[order].tolist(), crews)
    begun = begun.astype(np.int64)
    origin = np.zeros(len(opened), dtype=np.int64)
    closed = calendar.add_work_many(origin, begun + work)
    # Work begins when the calendar is open: one second further on, and back.
    started = np.maximum(calendar.add_work_many(origin, begun + 1) - 1, joined)
    waited = np.empty(len(opened), dtype=np.int64)
    waited[order] = begun[order] - at
    ended = _until(closed, horizon)
    return Served(joined, np.where(ended == MISSING, MISSING, started), ended, waited, work)


def _first_come(at: list[int], work: list[int], crews: int) -> list[int]:
    free = [0] * crews
    begun = []
    for arrival, seconds in zip(at, work, strict=True):
        start = free[0] if free[0] > arrival else arrival
        heapreplace(free, start + seconds)
        begun.append(start)
    return begun


def _by_rank(at: list[int], work: list[int], rank: list[float], crews: int) -> list[int]:
    free = [0] * crews
    begun = [0] * len(at)
    waiting: list[tuple[float, int]] = []
    coming = now = 0
    for _ in at:
        now = max(now, free[0])
        if not waiting and at[coming] > now:
            now = at[coming]
        while coming < len(at) and at[coming] <= now:
            heappush(waiting, (rank[coming], coming))
            coming += 1
        _, case = heappop(waiting)
        begun[case] = now
        heapreplace(free, now + work[case])
    return begun


def _until(times: np.ndarray, horizon: int) -> np.ndarray:
    return np.where(times < horizon, times, MISSING)
