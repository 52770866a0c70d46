"""Departments and teams are called by their Chinese names in Chinese, on the page and in its tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from experiments.figures.labels import Labels
from scenarios.reading import read_scenario
from sim.messages import speak


@pytest.fixture
def labels() -> Iterator[Labels]:
    yield Labels(read_scenario("baseline").scenario)
    speak("en")


def test_everybody_who_owns_cases_has_a_chinese_name(labels: Labels) -> None:
    speak("zh")
    assert labels.code("department", "police") == "公安部门"
    assert labels.code("department", "grid_workers") == "网格员"
    assert labels.code("department", "team_c001") == "社区队伍 c001"
    assert labels.code("department", "team_s01") == "街道队伍 s01"
    assert labels.code("category", "noise") == "噪声扰民"


def test_english_names_and_unknown_codes(labels: Labels) -> None:
    speak("en")
    assert labels.code("department", "team_s01") == "team of the subdistrict s01"
    assert labels.code("department", "grid_workers") == "grid workers"
    assert labels.code("department", "PWDx") == "PWDx"
    assert labels.group("department=team_c001") == "team of the community c001"
