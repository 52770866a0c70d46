"""Calendars that the schema lets through but that never open within the run."""

from __future__ import annotations

from scenarios.faults import Faults
from scenarios.marks import Node, locate
from sim.calendars import Holidays, compile_calendar, national_holidays
from sim.civil_time import CivilTime
from sim.scenario import Scenario
from sim.units import DAY

_LONGEST_LOOK = 400
_HOLIDAYS_MATTER = 60
"""Days: no series of holidays is nearly as long, so that over a longer run they cannot shut a calendar for good."""


def check_openings(scenario: Scenario, tree: Node, faults: Faults) -> None:
    """Note a fault for every calendar that is closed all through the run (looked at for 400 days at most)."""
    time = scenario.time
    days = min(_LONGEST_LOOK, max(1, -(-time.horizon.seconds // DAY)))
    civil = CivilTime(time.start, time.zone)
    holidays = _holidays(scenario, days)
    for name, calendar in scenario.calendars.items():
        closed = holidays if calendar.holidays == "closed" else None
        try:
            compile_calendar(civil, 0, days, calendar.weekday_hours(), closed)
        except ValueError as error:
            faults.add(locate(tree, ("calendars", name)).value_mark, f"calendars.{name}", str(error))


def _holidays(scenario: Scenario, days: int) -> Holidays | None:
    if scenario.time.holidays == "none" or days > _HOLIDAYS_MATTER:
        return None
    year = scenario.time.start.year
    return national_holidays(scenario.time.holidays, (year, year + 1))
