"""What a grid worker does with the time that no case claims: floor, paperwork, further patrol, day by day.

The clock reads the seconds walked since the start. An issue beside the round is met at a fixed reading of this clock, which
stands still while the worker is on a case, at paperwork or off duty. Cases only ever delay a reading.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from typing import Protocol

import numpy as np

from sim.calendars import FAR


class HasIntervals(Protocol):
    """Anything with open intervals (n x 2); here none may go over a midnight."""

    @property
    def intervals(self) -> np.ndarray: ...


class DayPlan:
    """The shifts of a team with their civil day and what each day owes; shared by all workers with the same shift."""

    def __init__(
        self, calendar: HasIntervals, day_of_interval: np.ndarray, days: int, floor: Sequence[int],
        paperwork: Sequence[float], carry: bool,
    ) -> None:  # fmt: skip
        """`floor`: seconds of patrol owed, `paperwork`: share of the shift owed to it; one value a day."""
        self.intervals = calendar.intervals
        self.day_of_interval = day_of_interval
        self.days = days
        self.floor = floor
        self.carry = carry
        lengths = np.diff(self.intervals, axis=1)[:, 0] if len(self.intervals) else np.zeros(0, dtype=np.int64)
        inside = (day_of_interval >= 0) & (day_of_interval < days)
        self.shift = np.bincount(day_of_interval[inside], weights=lengths[inside], minlength=days).astype(np.int64)
        self.shares = list(paperwork)
        self.paperwork = np.rint(self.shift * np.asarray(paperwork)).astype(np.int64).tolist()

    def with_paperwork(self, shares: Sequence[float]) -> DayPlan:
        """The same days with other shares of paperwork."""
        other = copy(self)
        other.shares = list(shares)
        other.paperwork = np.rint(self.shift * np.asarray(shares)).astype(np.int64).tolist()
        return other


class PatrolClock:
    """The clock of one worker whose shifts are `calendar` (the team's, less absences)."""

    __slots__ = (
        "at",
        "closes",
        "day",
        "day_of",
        "i",
        "opens",
        "owed_floor",
        "owed_paper",
        "paper_days",
        "patrol_days",
        "plan",
        "walked",
    )

    def __init__(self, plan: DayPlan, calendar: HasIntervals, day_of_interval: np.ndarray) -> None:
        self.plan = plan
        self.at = 0
        self.serves(calendar, day_of_interval)  # calendars reach back before the start
        self.day = -1
        self.walked = self.owed_floor = self.owed_paper = 0
        self.patrol_days, self.paper_days = array("q", [0] * plan.days), array("q", [0] * plan.days)
        if self.i < len(self.opens) and self.opens[self.i] <= 0:
            self._turn_day(self.day_of[self.i])

    def serves(self, calendar: HasIntervals, day_of_interval: np.ndarray) -> None:
        """From now on (the last settling) the shifts are these."""
        intervals = calendar.intervals
        self.opens, self.closes = array("q", intervals[:, 0].tolist()), array("q", intervals[:, 1].tolist())
        self.day_of = array("q", day_of_interval.tolist())
        self.i = bisect_right(self.closes, self.at)

    def settle(self, now: int) -> None:
        """Book the free time since the last settling: floor first, then paperwork, then further patrol."""
        self._advance(now, True)

    def skip(self, now: int) -> None:
        """The time since the last settling went to cases."""
        self._advance(now, False)

    def _advance(self, now: int, free: bool) -> None:
        opens, closes = self.opens, self.closes
        if self.i < len(opens) and opens[self.i] < self.at <= now < closes[self.i]:  # inside one shift: mostly so
            if free:
                self._spend(now - self.at)
            self.at = now
            return
        while self.at < now:
            if self.i >= len(opens):
                self.at = now
                return
            start = max(self.at, opens[self.i])
            if start >= now:
                self.at = now
                if start == now:
                    self._turn_day(self.day_of[self.i])
                return
            self._turn_day(self.day_of[self.i])
            end = min(now, closes[self.i])
            if free:
                self._spend(end - start)
            self.at = end
            if end == closes[self.i]:
                self.i += 1

    def _turn_day(self, day: int) -> None:
        if day == self.day or not 0 <= day < self.plan.days:
            return
        self.day = day
        self.owed_floor = self.plan.floor[day]
        quota = self.plan.paperwork[day]
        self.owed_paper = self.owed_paper + quota if self.plan.carry else quota

    def _spend(self, seconds: int) -> None:
        paper = 0
        if self.owed_floor or self.owed_paper:
            floor = min(seconds, self.owed_floor)
            paper = min(seconds - floor, self.owed_paper)
            self.owed_floor -= floor
            self.owed_paper -= paper
        self.walked += seconds - paper
        if 0 <= self.day < self.plan.days:
            self.patrol_days[self.day] += seconds - paper
            self.paper_days[self.day] += paper

    def reach(self, reading: int) -> int:
        """Earliest second on duty at which the clock can show this reading: when it does if no case comes. FAR if never."""
        need = reading - self.walked
        if need <= 0:
            return max(self.at, self.opens[self.i]) if self.i < len(self.opens) else FAR
        plan, i, at, day = self.plan, self.i, self.at, self.day
        floor, paper = self.owed_floor, self.owed_paper
        while i < len(self.opens):
            start, close = max(at, self.opens[i]), self.closes[i]
            today = self.day_of[i]
            if today != day and 0 <= today < plan.days:
                day, floor = today, plan.floor[today]
                paper = paper + plan.paperwork[day] if plan.carry else plan.paperwork[day]
            length = close - start
            walk = min(length, floor)
            if need <= walk:
                return start + need
            need -= walk
            floor -= walk
            desk = min(length - walk, paper)
            paper -= desk
            further = length - walk - desk
            if need <= further:
                return start + walk + desk + need
            need -= further
            i += 1
            at = close
        return FAR

    def owes_floor(self) -> bool:
        """Whether patrol floor of the day is still owed (after settling)."""
        return self.owed_floor > 0

    def floor_done_at(self) -> int:
        """Earliest second at which today's owed floor can be done."""
        return self.reach(self.walked + self.owed_floor)
