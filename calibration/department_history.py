"""What was there before a log began: its own first weeks once more, so that a run does not begin with idle crews.

The log does not show the cases that were open when it began, but the crews met them. Without them a run closes its first
cases too soon, and the waits that are fitted to it make up for that: a busy department would seem idle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.department_queue import Served, serve
from sim.calendars import Calendar
from sim.records import MISSING
from sim.units import DAY

WEEK = 7 * DAY


@dataclass(frozen=True)
class Longer:
    """Openings, groups and open hours of a trace with whole weeks put before it: seconds since the start of those weeks."""

    seconds: int
    before: int
    """cases that were put before the log's"""
    opened: np.ndarray
    group: np.ndarray
    calendar: Calendar

    def served(self, crews: int, wait: np.ndarray, work: np.ndarray, cut: int) -> Served:
        """What became of the log's cases (only them), in seconds since its start. `wait` and `work`: of all cases."""
        found = serve(self.calendar, crews, self.opened, wait, work, cut + self.seconds)
        mine = slice(self.before, None)
        closed, started = (self._back(times[mine]) for times in (found.closed, found.started))
        return Served(found.joined[mine] - self.seconds, started, closed, found.queued_open[mine], work[mine])

    def _back(self, times: np.ndarray) -> np.ndarray:
        return np.where(times == MISSING, MISSING, times - self.seconds)


def longer(opened: np.ndarray, group: np.ndarray, calendar: Calendar, burn_in: int) -> Longer:
    """The trace with its first whole weeks, as many as the burn-in has, before it; a burn-in under a week: as it is."""
    seconds = burn_in // WEEK * WEEK
    first = opened < seconds
    spells = np.maximum(calendar.intervals, 0)
    early = np.minimum(spells[spells[:, 0] < seconds], seconds)
    both = np.concatenate([early, spells + seconds])
    return Longer(
        seconds, int(first.sum()), np.concatenate([opened[first], opened + seconds]), np.concatenate([group[first], group]),
        Calendar(both, 0, calendar.hi + seconds),
    )  # fmt: skip
