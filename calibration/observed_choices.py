"""Every choice that a log shows: at a start of work, who was taken and who was passed over.

Those passed over may wait for something else than a crew. Two readings: `all` takes whoever was open and not begun for
waiting; `busy` only choices between cases that came while everybody was at work and were begun before anybody had nothing to
do. Where crews take the next case as soon as they are free, these, and only these, surely waited for a crew.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.observed_queue import FAR, Waits
from sim.streams import stream
from sim.units import DAY

MOST = 2000
"""Choices that are looked at, drawn evenly at random from a log that has more."""
BLOCK = 28 * DAY
"""Everybody is at work when as many cases are in hand as at most within so long: crews may change between blocks."""

Array = np.ndarray


@dataclass(frozen=True)
class Choice:
    """Rows of the waits that could be taken, the taken one first, and the week of the log in which it was."""

    rows: Array
    week: int


def choices_of(waits: Waits, busy: bool, seed: int = 1) -> list[Choice]:
    """At most MOST choices between two or more, in order of time within each queue."""
    frame = waits.frame
    parts = []
    for _, places in frame.groupby("queue", sort=True).indices.items():
        mine = frame.iloc[places]
        queue = _Queue(places, *(mine[name].to_numpy(dtype=np.int64) for name in ("joined", "started", "ended")))
        starts = queue.starts(busy)
        parts.extend((queue, int(at)) for at in starts)
    if len(parts) > MOST:
        chosen = np.sort(stream(seed, "observed choices").permutation(len(parts))[:MOST])
        parts = [parts[at] for at in chosen]
    return [found for found in (queue.choice(at, busy) for queue, at in parts) if len(found.rows) > 1]


def waited_elsewhere(waits: Waits) -> float:
    """Share of the cases that lay open while, after a start of work, somebody still had nothing to do: whatever they waited
    for, it was no crew. A lower bound, where crews take the next case as soon as they are free."""
    frame = waits.frame
    found = 0
    for _, mine in frame.groupby("queue", sort=True):
        queue = _Queue(np.arange(len(mine)), *(mine[name].to_numpy(dtype=np.int64) for name in ("joined", "started", "ended")))
        found += int((np.searchsorted(queue.slack, queue.started) > np.searchsorted(queue.slack, queue.joined)).sum())
    return found / max(1, len(frame))


class _Queue:
    """The waits of one queue, in order of start. `slack`: starts after which somebody still had nothing to do."""

    def __init__(self, places: Array, joined: Array, started: Array, ended: Array) -> None:
        order = np.lexsort((joined, started))
        self.places, self.joined, self.started, self.ended = places[order], joined[order], started[order], ended[order]
        self.slack = self._slack()

    def starts(self, busy: bool) -> Array:
        """Rows whose start may be a choice."""
        begun = self.started < FAR
        if not busy:
            return np.flatnonzero(begun)
        idle = np.isin(self.started, self.slack)
        return np.flatnonzero(begun & ~idle & (self.joined > self._last_slack(self.started)))

    def choice(self, at: int, busy: bool) -> Choice:
        """Who could be taken at a start: opened by then, begun later; of those begun in the same second each stands alone."""
        now = self.started[at]
        there = (self.joined <= now) & (self.started > now)
        if busy:
            before = self._last_slack(np.array([now]))[0]
            after = self.slack[np.searchsorted(self.slack, now)] if now <= self.slack.max(initial=-1) else FAR
            there &= (self.joined > before) & (self.started <= after)
        return Choice(self.places[np.concatenate([[at], np.flatnonzero(there)])], int(now // (7 * DAY)))

    def _last_slack(self, at: Array) -> Array:
        place = np.searchsorted(self.slack, at, side="left") - 1
        return np.where(place >= 0, self.slack[np.maximum(place, 0)] if len(self.slack) else -1, -1)

    def _slack(self) -> Array:
        begun = self.started[self.started < FAR]
        times = np.unique(begun)
        if not len(times):
            return times
        ends = np.sort(self.ended[self.started < FAR])
        in_hand = np.searchsorted(begun, times, side="right") - np.searchsorted(ends, times, side="right")
        most = pd.Series(in_hand).groupby(times // BLOCK).transform("max").to_numpy()
        return times[in_hand < most]


def levels_taken(choices: list[Choice], codes: Array, levels: int) -> tuple[Array, Array]:
    """Per choice and level of a class: whether the taken one has it, and the share of those waiting that have it."""
    taken, there = np.zeros((len(choices), levels)), np.zeros((len(choices), levels))
    for row, each in enumerate(choices):
        held = codes[each.rows]
        taken[row, held[0]] = 1
        there[row] = np.bincount(held, minlength=levels) / len(held)
    return taken, there


def folds(choices: list[Choice]) -> Iterator[tuple[Array, Array]]:
    """Two halves by weeks: (where to learn, where to judge)."""
    odd = np.array([each.week % 2 == 1 for each in choices], dtype=bool)
    yield odd, ~odd
    yield ~odd, odd
