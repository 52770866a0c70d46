"""A replay that starts inside its log begins with what is open then, and its backlog is right from the first day."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from calibration.opening_backlog import LATENT, offset_of, unseen_work
from calibration.replay import read_log, replay_world, world_of
from scenarios.reading import read_scenario
from sim.contents import NEVER, contents
from sim.invariants import check_records
from sim.messages import BadInput
from sim.records import MISSING
from sim.simulate import simulate
from sim.units import DAY
from tests.test_replay import city_log

BOSTON = Path(
    os.environ.get("WANGGE_BOSTON_LOG")
    or Path(__file__).parents[2] / "shared/data/boston/boston311_2011-07_to_10.csv.gz"
)
needs_boston = pytest.mark.skipif(not BOSTON.exists(), reason="the real Boston log is not here (set WANGGE_BOSTON_LOG)")
INSIDE = ["time.start=2011-08-20", "time.horizon=20 d", "time.warm_up=0 d"]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The log of a small city, and the scenario fitted on its first 50 days."""
    folder = tmp_path_factory.mktemp("city")
    log = city_log(folder / "city.csv.gz")
    words = ["fit", str(log), "--mapping", "boston311", "--name", "city_replay", "--until", "2011-08-20", "--out", str(folder)]
    assert run.main(words) == 0
    return log, str(folder / "city_replay.yaml")


def backlog(cases: pd.DataFrame, at: int) -> int:
    worked = cases[(cases["outcome"] != "self_handled") & (cases["channel"] != LATENT)]
    closed = worked["closed_at"]
    return int(((worked["reported_at"] < at) & ((closed == MISSING) | (closed >= at))).sum())


def test_a_run_begins_with_what_is_open_in_the_log(city: tuple[Path, str]) -> None:
    scenario = read_scenario(city[1], INSIDE).scenario
    intake = read_log(scenario, city[0])
    offset = offset_of(scenario, intake)
    assert offset == 50 * DAY
    found = simulate(scenario, 1, replay_world(scenario, intake, 1))
    assert not check_records(found)
    measured = intake.records["cases"]
    assert backlog(found["cases"], 0) == backlog(measured, offset) > 15
    assert backlog(found["cases"], DAY) == pytest.approx(backlog(measured, offset + DAY), abs=6)
    old = found["cases"][(found["cases"]["reported_at"] < 0) & (found["cases"]["channel"] != LATENT)]
    assert set(old["reported_at"] + offset) <= set(measured["reported_at"])
    assert (old["established_at"] >= 0).all()


def test_what_is_read_of_a_case_that_is_open_does_not_depend_on_its_end(city: tuple[Path, str]) -> None:
    """Closing all open cases on another day changes nothing in the world of the run."""
    scenario = read_scenario(city[1], INSIDE).scenario
    intake = read_log(scenario, city[0])
    world = replay_world(scenario, intake, 1)
    cases = intake.records["cases"]
    later = cases["closed_at"] >= 50 * DAY
    cases.loc[later, "closed_at"] += 3 * DAY
    again = replay_world(scenario, intake, 1)
    assert world.digest() == again.digest()
    assert world.measured is not None
    assert again.measured is not None
    assert np.array_equal(world.measured.wait, again.measured.wait)


def test_what_is_left_to_wait_is_conditional_on_the_age(city: tuple[Path, str]) -> None:
    """What remains of the waits that outlast an age, drawn by age, is what remains of plain waits that outlast it."""
    scenario = read_scenario(city[1]).scenario
    unit, kind, code = np.full(4000, "ISD", dtype=object), np.full(4000, "Pothole", dtype=object), np.arange(4000)
    work, plain = contents(scenario, unit, kind, code, 1)
    age = np.full(4000, 30_000)
    _, left = contents(scenario, unit, kind, code + 10_000, 1, age)
    assert scenario.replay is not None
    mean = next(each.work.mean_seconds() for each in scenario.replay.demands if each.department == "ISD")
    outlasts = plain[plain > 30_000 - mean]
    expected = np.maximum(0, outlasts[outlasts < NEVER] - 30_000)
    assert np.mean(left == NEVER) == pytest.approx(np.mean(outlasts == NEVER), abs=0.04)
    assert np.median(left[left < NEVER]) == pytest.approx(np.median(expected), rel=0.1)
    assert (work > 0).all()


def test_a_start_outside_the_log_or_too_early_is_refused(city: tuple[Path, str]) -> None:
    for start, words in (("2012-02-01", "lies outside the log"), ("2011-07-02", "too early")):
        scenario = read_scenario(city[1], [f"time.start={start}"]).scenario
        with pytest.raises(BadInput, match=words):
            world_of(scenario, city[0], 1)


def test_the_unseen_share_of_work_falls_to_nothing(city: tuple[Path, str]) -> None:
    unseen = unseen_work(read_log(read_scenario(city[1]).scenario, city[0]))
    shares = [unseen(day * DAY) for day in (0, 2, 5, 20, 80)]
    assert shares[0] == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == pytest.approx(0.0, abs=1e-9)


def test_beyond_the_log_new_cases_come(city: tuple[Path, str]) -> None:
    """The mapping says that the log is cut on 1 November, 73 days after the start: a run of 100 days draws what comes then."""
    scenario = read_scenario(city[1], ["time.start=2011-08-20", "time.horizon=100 d", "time.warm_up=0 d"]).scenario
    world = world_of(scenario, city[0], 1)
    assert (world.onset >= 73 * DAY).sum() == pytest.approx(27 * 1500 / 80, rel=0.25)
    assert world.onset.max() < 100 * DAY


@needs_boston
def test_boston_backlog_is_right_from_the_first_days() -> None:
    settings = ["time.start=2011-10-01", "time.horizon=8 d", "time.warm_up=0 d"]
    scenario = read_scenario("boston_2011_replay", settings).scenario
    intake = read_log(scenario, BOSTON)
    offset, measured = offset_of(scenario, intake), intake.records["cases"]
    cases = simulate(scenario, 1, replay_world(scenario, intake, 1))["cases"]
    for unit in ("PWDx", "ISD", "PARK", "INFO", "BTDT"):
        mine, seen = (table[table["department"] == unit] for table in (cases, measured))
        assert backlog(mine, 0) == backlog(seen, offset)
        for day in (1, 2, 3):
            assert backlog(mine, day * DAY) == pytest.approx(backlog(seen, offset + day * DAY), rel=0.08), (unit, day)
