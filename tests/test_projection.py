"""A fitted scenario goes on beyond its log: new cases are drawn, the same for every policy, and need no log."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import run
from scenarios.reading import read_scenario
from sim.invariants import check_records
from sim.messages import BadInput
from sim.simulate import simulate
from tests.test_replay import city_log

LATER = ["time.start=2012-02-01", "time.horizon=20 d", "time.warm_up=0 d"]


@pytest.fixture(scope="module")
def scenario_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `run.py fit` writes from the first 50 days of a small city."""
    folder = tmp_path_factory.mktemp("city")
    log = city_log(folder / "city.csv.gz")
    words = ["fit", str(log), "--mapping", "boston311", "--name", "city_replay", "--until", "2011-08-20", "--out", str(folder)]
    assert run.main(words) == 0
    return folder / "city_replay.yaml"


def test_fit_writes_arrivals_with_their_source(scenario_file: Path) -> None:
    file = read_scenario(str(scenario_file))
    assert file.scenario.replay is not None
    model = file.scenario.replay.arrivals
    assert model is not None
    assert sum(stream.level for stream in model.streams) == pytest.approx(1500 / 80, rel=0.15)
    assert file.sources["replay.arrivals.streams.0.level"].kind == "log"


def test_a_later_period_is_projected_without_the_log(scenario_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = [word for setting in LATER for word in ("--set", setting)]
    assert run.main(["run", str(scenario_file), *settings, "--replications", "2", "--workers", "1", "--check", "--out", str(tmp_path)]) == 0
    assert "rules held" in capsys.readouterr().out
    assert sorted((tmp_path / "city_replay").rglob("cases*")) != []


def test_same_seed_same_cases_for_every_policy(scenario_file: Path) -> None:
    one, again, other = (
        simulate(read_scenario(str(scenario_file), [*LATER, *more]).scenario, seed)["cases"]
        for seed, more in ((3, []), (3, ["policies.queueing.name=shortest_estimate"]), (4, []))
    )
    for column in ("reported_at", "department", "category", "community", "handling_due"):
        assert (one.sort_values("case_id")[column].to_numpy() == again.sort_values("case_id")[column].to_numpy()).all()
    assert len(one) != len(other) or (one["reported_at"].to_numpy() != other["reported_at"].to_numpy()).any()
    assert not check_records(simulate(read_scenario(str(scenario_file), LATER).scenario, 3))


def test_a_replay_that_knows_no_arrivals_still_asks_for_its_log() -> None:
    with pytest.raises(BadInput, match="--log"):
        simulate(read_scenario("boston_2011_replay", ["replay.arrivals=null"]).scenario, 1)


def test_zones_must_fit(scenario_file: Path) -> None:
    with pytest.raises(BadInput, match=r"places\.zones has 3 zones"):
        read_scenario(str(scenario_file), ["places.zones=[Roxbury, Back Bay, Elsewhere]"])


def test_projected_load_is_that_of_the_fit(scenario_file: Path) -> None:
    scenario = read_scenario(str(scenario_file), LATER).scenario
    counts = [len(simulate(scenario, seed)["cases"]) for seed in range(1, 4)]
    assert np.mean(counts) == pytest.approx(20 * 1500 / 80, rel=0.15)
