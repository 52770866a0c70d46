"""The calendars of a scenario compiled over its horizon, the limits counted on them, and the joint meetings."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.calendars import ALWAYS, Calendar, CivilTime, Holidays, compile_calendar, national_holidays
from sim.scenario import Scenario
from sim.scenario.times import Time, WorkCalendar
from sim.units import DAY, Duration

DAYS_BEFORE = 370
"""Calendars reach back so far: a starting backlog has negative times."""
DAYS_AFTER = 400
"""And so far beyond the horizon: limits and work that end after it still get a time."""


class WorkingHours:
    """Calendars by name, and everything that is counted on them."""

    def __init__(self, scenario: Scenario) -> None:
        self.civil = CivilTime(scenario.time.start, scenario.time.zone)
        self.calendars: dict[str, Calendar] = {"always": ALWAYS}
        for name, spec in scenario.calendars.items():
            self.calendars[name] = _compiled(scenario.time, spec)
        self.limit_calendar = self.calendars[scenario.time.limit_calendar]
        self._meeting_every = scenario.escalation.referral.meeting_every.seconds
        self.days = self.civil.day_of(scenario.time.horizon.seconds - 1) + 1

    def due(self, start: int, limit: Duration) -> int:
        """When a limit that starts at `start` runs out."""
        if limit.clock == "elapsed":
            return start + limit.seconds
        return self.limit_calendar.add_work(start, limit.seconds)

    def next_meeting(self, now: int) -> int:
        """The next joint meeting strictly after now: at 09:00 of every n-th day of the run."""
        first = 9 * 3600
        return first + -(-(now + 1 - first) // self._meeting_every) * self._meeting_every

    def shifts(self, calendar: Calendar) -> tuple[Shifts, np.ndarray]:
        """The open intervals of a calendar cut at local midnights, and the civil day of each piece."""
        starts = self.civil.day_starts(self.days + DAYS_BEFORE + DAYS_AFTER, -DAYS_BEFORE)
        opens = np.clip(calendar.intervals[:, 0], starts[0], starts[-1])
        closes = np.clip(calendar.intervals[:, 1], starts[0], starts[-1])
        first = np.searchsorted(starts, opens, side="right") - 1
        last = np.searchsorted(starts, closes, side="left") - 1
        pieces = np.maximum(0, last - first + 1)
        spell = np.repeat(np.arange(len(opens)), pieces)
        day = np.arange(len(spell)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + first[spell]
        cut = np.column_stack([np.maximum(opens[spell], starts[day]), np.minimum(closes[spell], starts[day + 1])])
        real = cut[:, 1] > cut[:, 0]
        return Shifts(cut[real]), day[real] - DAYS_BEFORE


@dataclass(frozen=True)
class Shifts:
    """Open intervals of which none goes over a midnight (n x 2)."""

    intervals: np.ndarray


def limit_type(limit: Duration) -> str:
    """The field's name for the clock of a limit: urgent_hour, natural_day, work_hour, work_day."""
    if limit.clock == "elapsed":
        return "natural_day" if limit.seconds % DAY == 0 and limit.seconds else "urgent_hour"
    return "work_day" if limit.seconds % (8 * 3600) == 0 else "work_hour"


@lru_cache(maxsize=64)
def _compiled(time: Time, spec: WorkCalendar) -> Calendar:
    civil = CivilTime(time.start, time.zone)
    days = civil.day_of(time.horizon.seconds) + 1
    holidays = _holidays(time.holidays, time.start, days) if spec.holidays == "closed" else None
    return compile_calendar(civil, -DAYS_BEFORE, DAYS_BEFORE + days + DAYS_AFTER, spec.weekday_hours(), holidays)


@lru_cache(maxsize=16)
def _holidays(country: str, start: datetime.date, days: int) -> Holidays | None:
    if country == "none":
        return None
    last = start + datetime.timedelta(days=days + DAYS_AFTER)
    return national_holidays(country, range((start - datetime.timedelta(days=DAYS_BEFORE)).year, last.year + 1))
