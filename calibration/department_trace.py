"""What a log shows of one department's cases: the data of its fit, in the clock of its open hours."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from calibration.department_history import Longer, longer
from sim.calendars import Calendar
from sim.civil_time import CivilTime
from sim.records import MISSING, RunRecords
from sim.units import DAY

LEAST_CASES = 60
"""Cases of a category below which it shares the waits of the department's others (judgement)."""
REST = "*"
"""Group of the categories with too few cases, as a replay scenario writes it."""


@dataclass(frozen=True)
class Trace:
    """The cases of a department that crews worked on, in order of opening. Seconds since the start of the log.

    `group` numbers `groups`: a category with cases enough, or `*`. `closed` is MISSING for a case open at the cut.
    Measures count cases opened from `burn_in` on: before that, older cases that the log does not show were in the way.
    """

    name: str
    opened: np.ndarray
    closed: np.ndarray
    started: np.ndarray
    due: np.ndarray
    group: np.ndarray
    groups: tuple[str, ...]
    calendar: Calendar
    cut: int
    burn_in: int
    civil: CivilTime

    @property
    def counted(self) -> np.ndarray:
        """Whether a case enters the measures."""
        return self.opened >= self.burn_in

    @property
    def open_seconds(self) -> int:
        """Open seconds from the start to the cut."""
        return self.calendar.work_between(0, self.cut)

    @property
    def rate(self) -> float:
        """Cases that arrive per open second."""
        return len(self.opened) / max(1, self.open_seconds)

    @cached_property
    def longer(self) -> Longer:
        """The same with the weeks before the log, which only a run knows."""
        return longer(self.opened, self.group, self.calendar, self.burn_in)

    @cached_property
    def spent(self) -> tuple[np.ndarray, np.ndarray]:
        """Open seconds from opening to closing (or to the cut), and whether it closed."""
        return self.spent_of(self.closed)

    def spent_of(self, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same for other closings of the same cases (a run's)."""
        ended = closed != MISSING
        until = np.where(ended, closed, self.cut)
        return self.calendar.work_between_many(self.opened, until), ended


def trace_of(records: RunRecords, name: str, calendar: Calendar, burn_in_s: int) -> Trace:
    """The trace of a department in records of a log. Registered-when-done cases use no crew and are left out."""
    cases = records["cases"]
    mine = cases[(cases["department"] == name) & (cases["outcome"] != "self_handled")]
    mine = mine.sort_values(["reported_at", "case_id"], kind="stable")
    category = mine["category"].astype(str).to_numpy(dtype=object)
    group, groups = _grouped(category)
    frame = records.frame
    civil = CivilTime(pd.Timestamp(frame.start).date(), frame.zone)
    closed, started = (mine[column].to_numpy(dtype=np.int64) for column in ("closed_at", "handling_started_at"))
    return Trace(
        name, mine["reported_at"].to_numpy(dtype=np.int64), np.where(closed < frame.horizon_s, closed, MISSING), started,
        mine["handling_due"].to_numpy(dtype=np.int64), group, groups, calendar, frame.horizon_s, burn_in_s, civil,
    )  # fmt: skip


def _grouped(category: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    sizes = pd.Series(category).value_counts()
    thick = sorted(sizes[sizes >= LEAST_CASES].index)
    groups = (*thick, REST)
    number = {name: index for index, name in enumerate(thick)}
    return np.array([number.get(name, len(thick)) for name in category], dtype=np.int64), groups


def default_burn_in(length_s: int) -> int:
    """A month, or a quarter of a log shorter than four months: what is unseen at the start has mostly gone by then."""
    return min(31 * DAY, length_s // 4 // DAY * DAY)
