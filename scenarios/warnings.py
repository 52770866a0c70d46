"""What a scenario may say but its user should know."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from scenarios.long_work import long_work
from scenarios.marks import Node, Part, dotted, locate
from sim.calendars import national_holidays
from sim.messages import language, say
from sim.scenario import Scenario
from sim.scenario.staffing import Team, day_plan_hours
from sim.scenario.times import WorkCalendar
from sim.units import DAY, HOUR

LEAST_HOURS_FOR_CASES = 1.0
MAKE_UP_COUNTRIES = ("CN",)
_SURELY_KNOWN = 2026
"""Make-up days up to here are in every version of the `holidays` package that may be installed; asking it is slow."""


def warnings_of(scenario: Scenario, tree: Node) -> list[str]:
    """Each warning with its place, as faults have it."""
    found = (*_day_plans(scenario), *long_work(scenario), *_unknown_holidays(scenario))
    return [_placed(tree, where, text) for where, text in found]


def _placed(tree: Node, where: tuple[Part, ...], text: str) -> str:
    return f"{locate(tree, where).value_mark}: {dotted(where)}: {text}"


def _day_plans(scenario: Scenario) -> Iterator[tuple[tuple[Part, ...], str]]:
    for index, team in enumerate(scenario.staffing.teams):
        shift = 24.0 if team.shift == "always" else shift_hours(scenario.calendars[team.shift])
        floor, paper, left = day_plan_hours(team, shift)
        if left < (LEAST_HOURS_FOR_CASES if _takes_cases(team) else 0.0):
            yield ("staffing", "teams", index), _day_plan_text(team, shift, floor, paper, left)


def _takes_cases(team: Team) -> bool:
    return any(duty != "patrol" for duty in team.duties)


def _day_plan_text(team: Team, shift: float, floor: float, paper: float, left: float) -> str:
    name = team.name_zh if language() == "zh" else repr(team.name)
    return say(
        "{team} has too full a day: {floor:.3g} h patrol + {paper:.3g} h paperwork ({share:.3g} % of {shift:.3g} h) "
        "leave {left:.2g} h for cases; lower patrol_floor or paperwork, or lengthen the shift",
        team=name, floor=floor, paper=paper, share=100 * team.paperwork, shift=shift, left=left,
    )  # fmt: skip


def shift_hours(calendar: WorkCalendar) -> float:
    """Hours of one working day of a calendar."""
    spans = next(iter(calendar.weekday_hours().values()))
    return sum((end - start if end > start else end - start + DAY) / HOUR for start, end in spans)


def _unknown_holidays(scenario: Scenario) -> Iterator[tuple[tuple[Part, ...], str]]:
    time = scenario.time
    last = (
        datetime.datetime.combine(time.start, datetime.time()) + datetime.timedelta(seconds=time.horizon.seconds - 1)
    ).date()
    if time.holidays not in MAKE_UP_COUNTRIES or last.year <= _SURELY_KNOWN:
        return
    for year in range(max(_SURELY_KNOWN + 1, time.start.year), last.year + 1):
        if not national_holidays(time.holidays, (year,)).make_up:
            yield (
                ("time", "horizon"),
                say(
                    "the run reaches {last}, but make-up working days of {country} are not announced from {year} on; "
                    "its weekends there count as closed",
                    last=last, country=time.holidays, year=year,
                ),
            )  # fmt: skip
            return
