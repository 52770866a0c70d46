"""The warning for work that fits into no shift although it should not be started late."""

from __future__ import annotations

import math

import pytest

from scenarios.long_work import longest_shift
from scenarios.reading import read_scenario
from sim.messages import speak
from sim.units import HOUR

GOOD = "tests/malformed/good.yaml"
LATE = "staffing.departments.0.shift_end=not_started"
LONG = "issues.categories.0.work={family: gamma, mean: 20 h, cv: 1}"


def warned(*settings: str) -> list[str]:
    return [line for line in read_scenario(GOOD, settings).warnings if "not_started" in line.partition(": ")[2]]


def test_it_states_the_arithmetic() -> None:
    department = read_scenario(GOOD).scenario.staffing.departments[0]
    shift = longest_shift(read_scenario(GOOD).scenario, department.calendar) / HOUR
    (line,) = warned(LATE, LONG)
    assert f"20 h on average, {20 - shift:.3g} h more" in line
    assert f"{department.calendar} ({shift:.3g} h)" in line
    assert "staffing.departments.0.shift_end" in line


@pytest.mark.parametrize("settings", [(LONG,), (LATE,), (LATE, LONG, "staffing.departments.0.calendar=always")])
def test_nothing_to_warn_of(settings: tuple[str, ...]) -> None:
    assert warned(*settings) == []


def test_the_edge_fits() -> None:
    scenario = read_scenario(GOOD).scenario
    shift = int(longest_shift(scenario, scenario.staffing.departments[0].calendar))
    exactly = f"issues.categories.0.work={{family: fixed, value: {shift} s}}"
    longer = f"issues.categories.0.work={{family: fixed, value: {shift + 1} s}}"
    assert not warned(LATE, exactly)
    assert len(warned(LATE, longer)) == 1


def test_a_team_and_its_check() -> None:
    (line,) = warned("staffing.teams.0.shift_end=not_started", "workflow.check.work={family: fixed, value: 30 h}")
    assert "workflow.check.work takes 30 h" in line


def test_a_night_shift_is_one_shift() -> None:
    read = read_scenario(GOOD, ["calendars.office={days: [mon, tue], hours: ['22:00-24:00', '00:00-06:00']}"])
    assert longest_shift(read.scenario, "office") == 8 * HOUR
    assert longest_shift(read.scenario, "always") == math.inf


def test_it_speaks_chinese() -> None:
    speak("zh")
    try:
        assert "最长班次" in warned(LATE, LONG)[0]
    finally:
        speak("en")
