"""A calibrated scenario projected without its log closes its cases as its replay does: as many, in the same hours, from a backlog."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from calibration.calibration_folder import calibration_folder
from calibration.calibration_plan_file import read_plan
from calibration.calibration_stages import Job, fitted, training_of
from calibration.closing_world import world_of
from calibration.known_truth import CityTruth, DepartmentTruth
from calibration.known_truth_export import write_city
from calibration.survival import closed_within
from scenarios.reading import read_scenario
from sim.closing_times import hours_of_week
from sim.invariants import check_records
from sim.messages import BadInput
from sim.projection import projected_world, reach
from sim.records import MISSING
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.units import DAY, HOUR
from sim.world import civil_time

CITY = CityTruth(
    (
        DepartmentTruth("roads", 30.0, 4, 1.0 * HOUR, wait_s=12 * HOUR),
        DepartmentTruth("parks", 12.0, 4, 1.0 * HOUR, waiting_for_others=0.8, wait_s=40 * HOUR, hours=("07:00-15:00",)),
    ),
    days=98, start="2022-10-31",
)  # fmt: skip
WINDOW = ["time.start=2022-12-26", "time.horizon=28 d", "time.warm_up=1 d"]
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The log of a known city, and the scenario that was fitted on its first 84 days."""
    folder = tmp_path_factory.mktemp("known")
    log = write_city(CITY, folder, seed=4, by="queue")
    plan = folder / "plan.yaml"
    plan.write_text(
        "schema_version: 1\nname: known\ntitle: Known\ntitle_zh: 已知\nmapping: mapping.yaml\n"
        f"sha256: {hashlib.sha256(log.read_bytes()).hexdigest()}\ntraining: {{until: 2023-01-23}}\n"
        "held_out: {until: 2023-02-06}\nbudget: {runs: 1}\n", encoding="utf-8",
    )  # fmt: skip
    file = read_plan(str(plan))
    training = training_of(file.plan, log)
    fitted(Job(file.plan, log, calibration_folder(folder / "fit", file.text, training.sha256, False), 1), training)
    return log, folder / "fit" / "known.yaml"


@pytest.fixture(scope="module")
def window(city: tuple[Path, Path]) -> Scenario:
    """Four weeks at the end of training."""
    return read_scenario(str(city[1]), WINDOW).scenario


@pytest.fixture(scope="module")
def projected(window: Scenario) -> list[pd.DataFrame]:
    """Cases of worlds without the log."""
    return [_cases(window, simulate(window, seed)["cases"]) for seed in SEEDS]


@pytest.fixture(scope="module")
def replayed(window: Scenario, city: tuple[Path, Path]) -> list[pd.DataFrame]:
    """Cases of worlds of the log, from what was open in it."""
    return [_cases(window, simulate(window, seed, world_of(window, city[0], seed))["cases"]) for seed in SEEDS]


def _cases(scenario: Scenario, cases: pd.DataFrame) -> pd.DataFrame:
    end = scenario.time.horizon.seconds
    closed = (cases["closed_at"] != MISSING) & (cases["closed_at"] < end)
    return cases.assign(closed=closed, ended=np.where(closed, cases["closed_at"], end))


def _mean(tables: list[pd.DataFrame], of: Callable[[pd.DataFrame], np.ndarray]) -> np.ndarray:
    return np.mean([of(table) for table in tables], axis=0)


def _shares(unit: str) -> Callable[[pd.DataFrame], np.ndarray]:
    """Kaplan-Meier shares of the new cases of a department closed within 8 h, 1, 3, 7 and 14 days."""

    def of(cases: pd.DataFrame) -> np.ndarray:
        new = cases[(cases["reported_at"] > 0) & (cases["department"] == unit)]
        spent = (new["ended"] - new["reported_at"]).to_numpy()
        return closed_within(spent, new["closed"].to_numpy(), np.array([8 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY]))

    return of


@pytest.mark.parametrize("unit", ["roads", "parks"])
def test_as_many_are_closed_in_time_as_in_the_replay(unit: str, projected: list[pd.DataFrame], replayed: list[pd.DataFrame]) -> None:
    assert _mean(projected, _shares(unit)) == pytest.approx(_mean(replayed, _shares(unit)), abs=0.05)


@pytest.mark.parametrize("unit", ["roads", "parks"])
def test_closings_fall_into_the_hours_of_the_week_in_which_the_replay_closes(
    unit: str, window: Scenario, projected: list[pd.DataFrame], replayed: list[pd.DataFrame]
) -> None:
    def of(cases: pd.DataFrame) -> np.ndarray:
        closed = cases[cases["closed"] & (cases["department"] == unit)]["closed_at"].to_numpy()
        hours = hours_of_week(civil_time(window), closed) % 24
        return np.bincount(hours, minlength=24) / len(hours)

    mine, theirs = _mean(projected, of), _mean(replayed, of)
    first, last = (7, 15) if unit == "parks" else (8, 17)
    assert mine[first:last].sum() > 0.9
    assert abs(mine - theirs).sum() / 2 < 0.08  # total variation


def test_the_backlog_is_that_of_the_replay_from_the_first_day(projected: list[pd.DataFrame], replayed: list[pd.DataFrame]) -> None:
    def of(cases: pd.DataFrame) -> np.ndarray:
        return np.array([((cases["reported_at"] <= day * DAY) & (cases["ended"] > day * DAY)).sum() for day in (1, 7, 14, 27)])

    assert _mean(projected, of) == pytest.approx(_mean(replayed, of), rel=0.15)
    assert (projected[0]["reported_at"] < 0).sum() > 50


def test_rules_hold_and_the_same_seed_makes_the_same_tables(window: Scenario) -> None:
    one, again, other = (simulate(window, seed) for seed in (2, 2, 3))
    assert not check_records(one)
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, again[name])
    assert len(one["cases"]) != len(other["cases"])


def test_the_backlog_reaches_as_far_back_as_the_fit_saw_and_holds_nothing_closed(window: Scenario) -> None:
    assert window.replay is not None
    world = projected_world(window, 1)
    assert world.measured is not None
    assert 7 * DAY < reach(window.replay) <= 84 * DAY
    assert -reach(window.replay) <= world.onset.min() < -DAY
    assert not world.measured.done_when_registered[world.onset < 0].any()
    assert reach(window.replay.model_copy(update={"rhythms": ()})) == 0


def test_a_case_of_a_date_is_the_same_whenever_a_projection_begins(city: tuple[Path, Path]) -> None:
    """A week later: the cases of the days in both are opened at the same time and have the same content."""
    early, late = (
        projected_world(read_scenario(str(city[1]), [f"time.start={start}", *WINDOW[1:]]).scenario, 1)
        for start in ("2023-02-06", "2023-02-13")
    )
    ours = {int(code): int(at) - 7 * DAY for code, at in zip(early.code, early.onset, strict=True) if at >= 7 * DAY}
    theirs = {int(code): int(at) for code, at in zip(late.code, late.onset, strict=True) if 0 <= at < 21 * DAY}
    assert ours == theirs


def test_the_command_projects_a_later_period(city: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", str(city[1]), "--set", "start=2023-06-05", "--set", "horizon=21 d", "--set", "warm_up=1 d"]
    assert run.main([*words, "--replications", "2", "--workers", "1", "--check", "--out", str(tmp_path)]) == 0
    assert "rules held" in capsys.readouterr().out


def test_with_the_log_a_start_beyond_it_is_refused_and_a_run_beyond_its_end_draws_new_cases(city: tuple[Path, Path]) -> None:
    with pytest.raises(BadInput, match="lies outside the log"):
        world_of(read_scenario(str(city[1]), ["time.start=2023-06-05", *WINDOW[1:]]).scenario, city[0], 1)
    beyond = read_scenario(str(city[1]), ["time.start=2023-01-23", "time.horizon=28 d", "time.warm_up=1 d"]).scenario
    world = world_of(beyond, city[0], 1)
    assert (world.onset >= 14 * DAY).sum() == pytest.approx(14 * 42, rel=0.3)
    assert (world.onset == 0).sum() > 20
