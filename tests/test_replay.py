"""A log becomes a replay: fitted on its first weeks, shown on the rest, and its backlog answers to crews."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from calibration.replay import read_log, replay_world, world_of
from calibration.replay_report import Window, beside, summary, text, windows
from calibration.survival import closed_within, fitted_quantiles, kaplan_meier
from scenarios.reading import read_scenario
from sim.contents import NEVER, contents
from sim.invariants import check_records
from sim.messages import BadInput
from sim.records import MISSING
from sim.simulate import simulate
from sim.units import DAY, HOUR

BOSTON = Path(
    os.environ.get("WANGGE_BOSTON_LOG")
    or Path(__file__).parents[2] / "shared/data/boston/boston311_2011-07_to_10.csv.gz"
)
needs_boston = pytest.mark.skipif(not BOSTON.exists(), reason="the real Boston log is not here (set WANGGE_BOSTON_LOG)")


def city_log(path: Path, rows: int = 1500, days: int = 80) -> Path:
    """A log in Boston's headings: one department with few crews (so that work queues), one that only waits for others."""
    draw = np.random.default_rng(5)
    opened = np.sort(draw.integers(0, days * DAY, rows))
    unit = draw.choice(["PWDx", "ISD"], rows, p=[0.6, 0.4])
    spent = np.where(unit == "PWDx", draw.lognormal(9.5, 1.0, rows), draw.lognormal(12.0, 1.0, rows)).astype(int)
    start = pd.Timestamp("2011-07-01")
    cut = pd.Timestamp("2011-07-01") + pd.Timedelta(days=days)
    begin, end = start + pd.to_timedelta(opened, "s"), start + pd.to_timedelta(opened + spent, "s")
    closed = end < cut
    frame = pd.DataFrame({
        "case_enquiry_id": 101000000000 + np.arange(rows), "open_dt": begin.strftime("%Y-%m-%d %H:%M:%S"),
        "target_dt": (begin + pd.Timedelta(days=3)).strftime("%Y-%m-%d %H:%M:%S"),
        "closed_dt": np.where(closed, end.strftime("%Y-%m-%d %H:%M:%S"), ""), "ontime": "ONTIME",
        "case_status": np.where(closed, "Closed", "Open"), "subject": "s", "reason": "r",
        "type": draw.choice(["Pothole", "Rodents"], rows), "queue": "q", "department": unit, "fire_district": "1",
        "pwd_district": "01", "city_council_district": "1", "police_district": "A1",
        "neighborhood": draw.choice(["Roxbury", "Back Bay"], rows), "ward": "Ward 1", "precinct": "0101",
        "source": "Self Service",
    })  # fmt: skip
    path.write_bytes(gzip.compress(frame.to_csv(index=False).encode(), mtime=0))
    return path


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The log and the scenario that `run.py fit` writes from its first 50 days."""
    folder = tmp_path_factory.mktemp("city")
    log = city_log(folder / "city.csv.gz")
    words = ["fit", str(log), "--mapping", "boston311", "--name", "city_replay", "--until", "2011-08-20", "--out", str(folder)]
    assert run.main(words) == 0
    return log, folder / "city_replay.yaml"


def test_kaplan_meier_by_hand() -> None:
    # durations 1, 2+, 3, 4 (+ open): S = 3/4 after 1, 3/4 * 1/2 after 3, 0 after 4
    curve = kaplan_meier(np.array([1, 2, 3, 4]), np.array([True, False, True, True]))
    assert curve.seconds.tolist() == [1, 2, 3, 4]
    assert curve.still == pytest.approx([0.75, 0.75, 0.375, 0.0])
    assert closed_within(np.array([1, 2, 3, 4]), np.array([True, False, True, True]), np.array([0, 1, 3])) == pytest.approx(
        [0.0, 0.25, 0.625]
    )


def test_quantiles_of_a_censored_log_keep_the_open_share() -> None:
    duration = np.concatenate([np.arange(1, 81), np.full(20, 100)])
    closed = np.arange(100) < 80
    at, value, never = fitted_quantiles(duration, closed)
    assert never == pytest.approx(0.2)
    assert at[0] == 0
    assert at[-1] == 1
    assert value[-1] == 80
    assert np.interp(0.5, at, value) == pytest.approx(40, abs=2)


def test_fit_writes_a_scenario_that_reads_and_says_its_source(fitted: tuple[Path, Path]) -> None:
    file = read_scenario(str(fitted[1]))
    assert {unit.name for unit in file.scenario.staffing.departments} == {"ISD", "PWDx"}
    assert file.sources["staffing.departments.0.crews"].kind == "log"
    assert file.scenario.replay is not None
    assert file.scenario.replay.trained_until == "2011-08-20"


def test_fit_does_not_read_past_its_training_period(fitted: tuple[Path, Path], tmp_path: Path) -> None:
    """Closing every later case at once changes nothing in the fit: nothing after the training period is read."""
    frame = pd.read_csv(fitted[0], dtype=str, keep_default_na=False)
    later = frame["open_dt"] >= "2011-08-20"
    frame.loc[later, "closed_dt"] = frame.loc[later, "open_dt"]
    frame.loc[later, "case_status"] = "Closed"
    changed = tmp_path / "city.csv.gz"
    changed.write_bytes(gzip.compress(frame.to_csv(index=False).encode(), mtime=0))
    words = ["fit", str(changed), "--mapping", "boston311", "--name", "city_replay", "--until", "2011-08-20", "--out", str(tmp_path)]
    assert run.main(words) == 0
    assert (tmp_path / "city_replay_demands.csv").read_bytes() == (fitted[1].parent / "city_replay_demands.csv").read_bytes()


def test_replay_keeps_the_arrivals_and_never_the_closings(fitted: tuple[Path, Path]) -> None:
    scenario = read_scenario(str(fitted[1])).scenario
    intake = read_log(scenario, fitted[0])
    world = replay_world(scenario, intake, 1)
    measured = intake.records["cases"]
    assert sorted(world.onset) == sorted(measured["reported_at"])
    run_ = simulate(scenario, 1, world)
    assert not check_records(run_)
    both = measured.set_index("case_id")[["reported_at", "closed_at"]].join(
        run_["cases"].set_index("case_id")[["reported_at", "closed_at"]].add_suffix("_run")
    )
    assert (both["reported_at"] == both["reported_at_run"]).all()
    closed = both[(both["closed_at"] != MISSING) & (both["closed_at_run"] != MISSING)]
    assert abs(np.corrcoef(closed["closed_at"] - closed["reported_at"], closed["closed_at_run"] - closed["reported_at"])[0, 1]) < 0.6


def test_never_waits_outlast_the_log(fitted: tuple[Path, Path]) -> None:
    scenario = read_scenario(str(fitted[1])).scenario
    code = np.arange(4000)
    _, wait = contents(scenario, np.full(4000, "ISD", dtype=object), np.full(4000, "Pothole", dtype=object), code, 3)
    assert scenario.replay is not None
    never = next(each.never for each in scenario.replay.demands if each.department == "ISD" and each.category in ("Pothole", "*"))
    assert np.mean(wait == NEVER) == pytest.approx(never, abs=0.03)


def test_waits_of_those_that_end_have_the_whole_of_their_distribution(fitted: tuple[Path, Path]) -> None:
    """A share that never ends must not cut the long waits off: those that end wait as the fit says."""
    scenario = read_scenario(str(fitted[1]), ["replay.demands.0.never=0.5"]).scenario
    assert scenario.replay is not None
    demand = scenario.replay.demands[0]
    pair = (np.full(4000, name, dtype=object) for name in (demand.department, demand.category))
    _, wait = contents(scenario, *pair, np.arange(4000), 3)
    ended = wait[wait != NEVER]
    assert len(ended) == pytest.approx(2000, abs=150)
    assert np.quantile(ended, [0.5, 0.9]) == pytest.approx(demand.wait.quantiles(np.array([0.5, 0.9])), rel=0.1)


def test_held_out_period_is_shown_beside(fitted: tuple[Path, Path]) -> None:
    scenario = read_scenario(str(fitted[1])).scenario
    runs = [simulate(scenario, seed, world_of(scenario, fitted[0], seed)) for seed in (1, 2)]
    measured = read_log(scenario, fitted[0]).records
    trained, held_out = windows(scenario)
    assert trained.cut == held_out.start
    table = beside(measured, runs, held_out)
    city = table.iloc[-1]
    assert city["cases"] == ((measured["cases"]["reported_at"] >= held_out.start).sum())
    assert city["24 h simulated"] == pytest.approx(city["24 h measured"], abs=0.15)
    assert "/" in text(table, held_out)


def test_summary_counts_open_cases_as_late_once_due() -> None:
    cases = pd.DataFrame({
        "outcome": ["closed", "open", "open"], "reported_at": [0, 0, 0], "closed_at": [2 * HOUR, MISSING, MISSING],
        "handling_due": [HOUR, 2 * HOUR, MISSING],
    })  # fmt: skip
    row = summary(cases, Window("w", 0, DAY, DAY))
    assert row["late"] == 1.0
    assert row["4 h"] == pytest.approx(1 / 3)
    assert row["backlog"] == 2


def test_another_log_is_refused(fitted: tuple[Path, Path], tmp_path: Path) -> None:
    other = city_log(tmp_path / "other.csv.gz", rows=30)
    with pytest.raises(BadInput, match="not the log"):
        read_log(read_scenario(str(fitted[1])).scenario, other)


def backlog_of(scenario_name: str, log: Path, unit: str, factor: float) -> tuple[float, float]:
    """Mean queueing for capacity (h) and mean daily backlog of one department, with its crews times a factor."""
    base = read_scenario(scenario_name).scenario
    crews = next(each.crews for each in base.staffing.departments if each.name == unit)
    changed = read_scenario(scenario_name, [f"staffing.departments.{unit}.crews={max(1, round(crews * factor))}"]).scenario
    cases = simulate(changed, 1, world_of(changed, log, 1))["cases"]
    cases = cases[cases["department"] == unit]
    horizon = base.time.horizon.seconds
    return float(cases["wait_capacity_s"].mean() / HOUR), summary(cases, Window("run", 31 * DAY, horizon, horizon))["backlog"]


@needs_boston
@pytest.mark.parametrize("unit", ["PWDx", "BTDT"])
def test_boston_answers_to_crews(unit: str) -> None:
    """20 % fewer crews: cases wait longer for capacity and pile up; 20 % more: less."""
    fewer, as_fitted, more = (backlog_of("boston_2011_replay", BOSTON, unit, factor) for factor in (0.8, 1.0, 1.2))
    assert fewer[0] > as_fitted[0] > more[0]
    assert fewer[1] > as_fitted[1] > more[1]
