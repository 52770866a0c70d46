"""Same seed, same tables; and what is added to a scenario changes only what it touches."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from ruamel.yaml import YAML

from scenarios.reading import read_scenario
from sim.false_alarms import FalseAlarms
from sim.model import GovernanceModel
from sim.policies import queueing
from sim.policies.table import POLICIES
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.units import DAY
from sim.world import World, draw_world
from tests.small_town import SMALL, altered, fingerprint, fingerprint_of, lived, town

BORN = ["issue_id", "community", "x", "y", "category", "severity", "onset"]
"""Columns of an issue that no staff, grid or policy can move."""


def born(records: RunRecords) -> str:
    return fingerprint_of(records["issues"][BORN])


# -- same seed, same tables -------------------------------------------------------------------------------------------


def test_twice_in_a_process() -> None:
    assert fingerprint(simulate(town(), 1)) == fingerprint(simulate(town(), 1)) == fingerprint(lived())


def test_another_seed_is_another_world() -> None:
    assert born(lived(seed=2)) != born(lived())


ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "America/New_York", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"},
]
PROGRAM = "import json; from tests.small_town import fingerprint, lived; print(json.dumps(fingerprint(lived())))"


@pytest.mark.parametrize("surroundings", ELSEWHERE, ids=["auckland", "new_york"])
def test_new_process_with_other_hashes_zone_and_language(surroundings: dict[str, str]) -> None:
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=root,
        env=os.environ | surroundings | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == fingerprint(lived())


def test_order_of_keys_does_not_matter(tmp_path: Path) -> None:
    yaml = YAML(typ="safe")
    plain = yaml.load(read_scenario("baseline", SMALL).text)
    out, file = io.StringIO(), tmp_path / "backwards.yaml"
    YAML().dump(_backwards(plain), out)
    file.write_text(out.getvalue(), encoding="utf-8")
    backwards = read_scenario(str(file)).scenario
    assert list(backwards.calendars) == list(reversed(town().calendars))
    assert backwards.digest() == town().digest()
    assert fingerprint(simulate(backwards, 1)) == fingerprint(lived())


def _backwards(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _backwards(node[key]) for key in reversed(node)}
    return [_backwards(each) for each in node] if isinstance(node, list) else node


def test_units_do_not_matter() -> None:
    settings = [
        "time.horizon=720 h",
        "time.warm_up=3 天",
        "staffing.teams.grid_workers.patrol_floor=240 min",
        "issues.categories.noise.work.mean=2400 s",
        "workflow.closure_allowance=2 工作日",
        "workflow.verification.limit=240 工作分钟",
        "workflow.establishment.limit=0.25 小时",
    ]
    other = read_scenario("baseline", [*SMALL, *settings]).scenario
    assert other.digest() == town().digest()
    assert other == town()


# -- what is added changes only what it touches -----------------------------------------------------------------------


def test_unused_policy_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(POLICIES["queueing"], "a_first", queueing.Due)
    monkeypatch.setitem(POLICIES["dispatch"], "z_last", POLICIES["dispatch"]["direct"])
    assert fingerprint(simulate(town(), 1)) == fingerprint(lived())


def add_inert_category(plain: dict[str, Any], first: bool = False, rate: float = 0.0) -> None:
    """A category with a department of its own."""
    categories, departments = plain["issues"]["categories"], plain["staffing"]["departments"]
    category = categories[1] | {"code": "inert", "name": "Inert", "rate": rate, "departments": ["idle"]}
    department = departments[0] | {"name": "idle"}
    categories.insert(0 if first else len(categories), category)
    departments.insert(0 if first else len(departments), department)


@pytest.mark.parametrize("first", [False, True])
def test_inert_category_and_department_change_nothing(first: bool) -> None:
    # Without misrouting: a misrouted case may go to any wrong department, so one more is one more to go to.
    plain = town("workflow.dispatch.accuracy=1.0")
    more = simulate(altered(plain, lambda tree: add_inert_category(tree, first)), 1)
    without = simulate(plain, 1)
    for name in ("issues", "reports", "cases", "events", "services", "residents"):
        assert fingerprint_of(more[name]) == fingerprint_of(without[name]), name
    for name, column in (("staff", "station"), ("units", "unit"), ("money", "unit")):
        rest = more[name][more[name][column].astype(str) != "idle"]
        assert sorted(rest.to_csv(index=False).splitlines()) == sorted(
            without[name].to_csv(index=False).splitlines()
        ), name


def test_new_category_leaves_the_issues_of_others_alone() -> None:
    world, more = (
        draw_world(town(), 1),
        draw_world(altered(town(), lambda tree: add_inert_category(tree, True, 200.0)), 1),
    )
    rows = more.category != 0
    assert len(more) > len(world)
    assert (more.category[rows] - 1 == world.category).all()
    for name in ("onset", "code", "severity", "x", "y", "worsens", "resolves"):
        assert (getattr(more, name)[rows] == getattr(world, name)).all(), name
    assert list(exposed(more, rows).items()) == list(exposed(world).items())


def exposed(world: World, rows: np.ndarray | None = None) -> dict[int, set[tuple[Any, ...]]]:
    """Who may report each issue (by code), with every draw that belongs to it."""
    each = world.exposure
    columns = (each.resident, each.notices, each.report, each.choice, each.aware, each.delay)
    chosen = np.arange(len(world)) if rows is None else np.flatnonzero(rows)
    return {
        int(world.code[n]): {
            tuple(column[row].item() for column in columns) for row in range(each.first[n], each.first[n + 1])
        }
        for n in chosen
    }


def test_further_exposed_resident_leaves_the_others_alone() -> None:
    few, many = exposed(draw_world(town(), 1)), exposed(draw_world(town("residents.exposed=6"), 1))
    assert all(few[code] <= many[code] for code in few)
    assert sum(map(len, many.values())) > sum(map(len, few.values()))


def test_draws_of_neighbouring_issues_are_not_shared() -> None:
    world = draw_world(town("residents.exposed=20"), 1)
    for column in (world.exposure.choice, world.exposure.delay, world.exposure.report):
        assert len(np.unique(column)) == len(column)


@pytest.mark.parametrize("category", ["noise", "property_service"])
def test_slightly_higher_rate_only_adds_issues(category: str) -> None:
    rate = next(each.rate for each in town().issues.categories if each.code == category)
    world, more = draw_world(town(), 1), draw_world(town(f"issues.categories.{category}.rate={rate * 1.2}"), 1)
    old = np.isin(more.code, world.code)
    number = [each.code for each in town().issues.categories].index(category)
    assert old.sum() == len(world) < len(more)
    assert set(more.category[~old]) == {number}
    for name in ("onset", "code", "severity", "x", "y", "worsens", "resolves"):
        assert (getattr(more, name)[old] == getattr(world, name)).all(), name


def test_regridding_keeps_every_issue() -> None:
    fine = lived("places.households_per_grid=120")
    assert born(fine) == born(lived())
    assert fine["issues"]["grid"].nunique() > lived()["issues"]["grid"].nunique()


SEATS = ("staffing.teams.grid_workers.workers_per_grid=null",)


def test_further_seat_draws_for_itself_alone() -> None:
    few, more = (
        lived(*SEATS, f"staffing.teams.grid_workers.workers_per_community={n}", "time.horizon=90 d") for n in (6, 7)
    )
    assert born(few) == born(more)
    shifts = [
        set(
            records["staff"]
            .query("station.str.startswith('grid_workers')")[["worker", "day", "shift_s"]]
            .itertuples(index=False, name=None)
        )
        for records in (few, more)
    ]
    assert {worker for worker, *_ in shifts[1] - shifts[0]} == {"c001-grid_workers-7"}
    assert shifts[0] < shifts[1]


def alarms(scenario: Scenario) -> set[tuple[Any, ...]]:
    """False alarms and detections of a run before it starts, with everything that names their luck."""
    world = draw_world(scenario, 1)
    model = GovernanceModel(scenario, world)
    false = FalseAlarms(model, model.discovery)
    false.start()
    found = {("alarm", sensor.name, at, number) for at, _, number, sensor in false._alarms}
    for sensor in model.sensors:
        found |= {
            ("sees", sensor.name, n, sensor.detects(int(world.onset[n]), int(world.code[n]), 2**60))
            for n in range(len(world))
        }
    return found


def test_further_device_draws_for_itself_alone() -> None:
    few, more = (
        town(f"sensing.devices.smoke_detector.coverage={n / 120}", "sensing.devices.smoke_detector.false_alarms=20")
        for n in (20, 21)
    )
    assert {row[1] for row in alarms(more) - alarms(few)} == {"smoke_detector-c001-21"}
    assert alarms(few) < alarms(more)
    records = [simulate(each, 1) for each in (few, more)]
    assert born(records[0]) == born(records[1])
    numbers = [each["cases"].query("issue_id == -1")[["case_id", "reported_at"]] for each in records]
    assert len(numbers[0]) > 10
    assert set(numbers[0].itertuples(index=False, name=None)) <= set(numbers[1].itertuples(index=False, name=None))
    seen = [each["issues"].set_index("issue_id")["sensor_at"] for each in records]
    changed = seen[0] != seen[1]
    assert ((seen[0] == MISSING) | (seen[1] < seen[0]))[changed].all()


# -- a longer run leaves the past alone -------------------------------------------------------------------------------


def before(frame: pd.DataFrame, column: str, end: int) -> pd.DataFrame:
    return frame[(frame[column] != MISSING) & (frame[column] < end)].reset_index(drop=True)


def test_longer_horizon_leaves_the_past_alone() -> None:
    short, long, end = lived(), lived("time.horizon=41 d"), 30 * DAY
    for name, column in (("events", "at"), ("reports", "at"), ("services", "ended_at")):
        order = [column, "case_id", *(["seq"] if name == "events" else [])]
        rows = [
            before(each[name], column, end).drop(columns="report_id", errors="ignore").sort_values(order, kind="stable")
            for each in (short, long)
        ]
        assert len(rows[0]) > 90
        assert fingerprint_of(rows[0].reset_index(drop=True)) == fingerprint_of(rows[1].reset_index(drop=True)), name
    issues = [each["issues"].iloc[: len(short["issues"])] for each in (short, long)]
    assert fingerprint_of(issues[0][BORN]) == fingerprint_of(issues[1][BORN])
    for column in ("found_at", "patrol_at", "resident_at", "fixed_at", "resolved_itself_at"):
        late = issues[1][column] >= end
        assert (issues[0][column] == issues[1][column].mask(late, MISSING)).all(), column
    days = [each["staff"].query("day < 30").to_csv(index=False) for each in (short, long)]
    assert days[0] == days[1]


def test_cases_that_ended_before_the_shorter_horizon_are_equal() -> None:
    short, long = (records["cases"].set_index("case_id") for records in (lived(), lived("time.horizon=41 d")))
    over = short[(short["closed_at"] != MISSING) & ((short["satisfaction"].notna()) | (short["channel"] == "patrol"))]
    assert len(over) > 10
    assert over.to_csv() == long.loc[over.index].to_csv()
