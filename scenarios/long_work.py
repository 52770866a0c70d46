"""Work that fits into no shift: under `shift_end: not_started` it is started all the same, at any hour.

A worker under `not_started` takes up a task only if its estimate fits into what is left of the shift. An estimate that
is longer than every shift would never fit, so such a task is always started, and laid down at closing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from scenarios.marks import Part
from sim.calendars import compile_calendar
from sim.civil_time import CivilTime
from sim.messages import say
from sim.scenario import Scenario
from sim.scenario.staffing import Team
from sim.units import HOUR

Work = tuple[str, float]
"""What is done, as the scenario names it, and its mean in seconds."""
_DAYS = 22
"""Days that are looked at: three weeks, so that one of them is whole wherever a shift crosses midnight."""


def long_work(scenario: Scenario) -> Iterator[tuple[tuple[Part, ...], str]]:
    """A warning for each unit under `not_started` whose longest mean work content outlasts its longest shift."""
    for where, unit, calendar, works in _units(scenario):
        longest = longest_shift(scenario, calendar)
        too_long = [(name, mean) for name, mean in works if mean > longest]
        if too_long:
            yield where, _text(unit, calendar, longest, too_long)


def _text(unit: str, calendar: str, longest: float, too_long: list[Work]) -> str:
    name, mean = max(too_long, key=lambda work: work[1])
    return say(
        "{unit} has shift_end: not_started, but {work} takes {mean:.3g} h on average, {over:.3g} h more than the longest "
        "shift of {calendar} ({shift:.3g} h), and so {count} kind(s) of work would never fit: they are started at any "
        "hour and laid down at closing; lengthen the shift, shorten the work, or write suspend",
        unit=repr(unit), work=name, mean=mean / HOUR, over=(mean - longest) / HOUR, calendar=calendar,
        shift=longest / HOUR, count=len(too_long),
    )  # fmt: skip


def longest_shift(scenario: Scenario, calendar: str) -> float:
    """Seconds of the longest stretch that a calendar is open without a holiday; infinite for `always`."""
    if calendar == "always":
        return math.inf
    civil = CivilTime(scenario.time.start, scenario.time.zone)
    hours = scenario.calendars[calendar].weekday_hours()
    return float(compile_calendar(civil, 0, _DAYS, hours).longest_shift)


def _units(scenario: Scenario) -> Iterator[tuple[tuple[Part, ...], str, str, list[Work]]]:
    staffing = scenario.staffing
    for i, team in enumerate(staffing.teams):
        if team.shift_end == "not_started":
            yield ("staffing", "teams", i, "shift_end"), team.name, team.shift, list(_team_work(scenario, team))
    for level, crew in staffing.level_teams.items():
        if crew.shift_end == "not_started":
            works = list(_handling(scenario, level))
            yield ("staffing", "level_teams", level, "shift_end"), level, crew.calendar, works
    for i, unit in enumerate(staffing.departments):
        if unit.shift_end == "not_started":
            works = list(_department_work(scenario, unit.name))
            yield ("staffing", "departments", i, "shift_end"), unit.name, unit.calendar, works


def _team_work(scenario: Scenario, team: Team) -> Iterator[Work]:
    flow = scenario.workflow
    yield "report_work", team.report_work.mean_seconds()
    if "verify" in team.duties:
        yield "workflow.verification.work", flow.verification.work.mean_seconds()
    if "check" in team.duties:
        yield "workflow.check.work", flow.check.work.mean_seconds()
    if "handle" in team.duties:
        yield from _handling(scenario, "grid")


def _handling(scenario: Scenario, level: str) -> Iterable[Work]:
    """Work of the categories that a level may handle."""
    return ((each.code, each.work.mean_seconds()) for each in scenario.issues.categories if level in each.authority)


def _department_work(scenario: Scenario, department: str) -> Iterator[Work]:
    if scenario.replay is not None:
        rows = [row for row in scenario.replay.demands if row.department == department]
        yield from ((row.category, row.work.mean_seconds()) for row in rows)
        return
    for each in scenario.issues.categories:
        if department in each.departments:
            yield each.code, each.work.mean_seconds()
