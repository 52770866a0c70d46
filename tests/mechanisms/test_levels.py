"""The chain has two to five levels; what the city has the authority for passes every level below it and is handled there."""

from __future__ import annotations

import pytest

from scenarios.reading import read_scenario
from scenarios.stacking import option_path
from sim.invariants import check_records
from sim.messages import BadInput
from sim.records import RunRecords
from sim.simulate import simulate
from tests.small_town import SMALL


def run(*options: str, settings: tuple[str, ...] = ()) -> RunRecords:
    scenario = read_scenario("baseline", [*SMALL, "time.horizon=60 d", *settings], [option_path(name) for name in options]).scenario
    return simulate(scenario, 1)


def test_major_faults_climb_to_the_city() -> None:
    records = run("five_levels", settings=("issues.categories.facilities.severity=[0.2, 0.2, 0.6]",))
    cases = records["cases"]
    city = cases[(cases["level"] == "city") & (cases["escalations"] == 0)]
    assert len(city) >= 8
    assert set(city["department"].astype(str)) <= {"team_city", ""}  # on the way up nobody has it yet
    assert (city["department"].astype(str) == "team_city").sum() >= 8
    assert set(city["category"].astype(str)) == {"facilities"}
    desks = records["services"][records["services"]["activity"] == "review"]
    arrived = city[city["department"].astype(str) == "team_city"]
    passed = desks[desks["case_id"].isin(arrived["case_id"])].groupby("case_id")["station"].apply(lambda units: list(units.astype(str)))
    assert list(passed.iloc[0])[-2:] == ["desk_district", "desk_city"]
    assert not check_records(records)


def test_on_the_ladder_late_cases_of_departments_climb_to_the_city() -> None:
    late = ("policies.escalation={name: ladder, params: {most: 4}}", "issues.categories.facilities.authority=[community, subdistrict, district]")
    four, five = run(settings=late), run("five_levels", settings=late)
    assert "city" not in set(four["cases"]["level"].astype(str))
    assert (five["cases"]["level"].astype(str) == "city").sum() > 0


def test_departments_cannot_be_left_out() -> None:
    with pytest.raises(BadInput, match="levels must hold district"):
        run(settings=("escalation.levels=[grid, community, city]",))
