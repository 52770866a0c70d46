"""A fit takes from a log what it measures, and says of the rest that it is declared; the scenario validates and replays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import run
from calibration.known_truth import CityTruth, DepartmentTruth, small_city, utilisation
from calibration.known_truth_export import write_city
from calibration.observed_crews import Span
from calibration.observed_fit import Measured
from calibration.observed_order import Order, RuleHeld
from scenarios.reading import read_scenario
from sim.units import HOUR

SHARED = Path(__file__).parents[2] / "shared/data/event_logs"
UNITS = (
    DepartmentTruth("roads", 20.0, 6, 1.5 * HOUR, work_cv=0.6, waiting_for_others=0.0),
    DepartmentTruth("parks", 4.0, 3, 2.0 * HOUR, work_cv=0.6, waiting_for_others=0.0),
)


def _fit(folder: Path, truth: CityTruth, *more: str, with_starts: bool = True) -> dict[str, Any]:
    log = write_city(truth, folder, 3, by="model", with_starts=with_starts)
    words = ["fit", str(log), "--mapping", str(folder / "mapping.yaml"), "--name", "found", "--until", "2022-12-26", "--out", str(folder)]
    assert run.main([*words, *more]) == 0
    return YAML(typ="safe").load((folder / "found.yaml").read_text("utf-8"))


def test_crews_work_and_order_come_from_a_log_that_has_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = CityTruth(UNITS, days=70, daily_cv=0.0, discipline="due")
    tree = _fit(tmp_path, truth)
    told = capsys.readouterr().out
    assert "hands-on work is measured in this log" in told
    assert told.count("tried utilisation") == 1, "where all is measured there is nothing to try"
    assert tree["policies"]["queueing"]["name"] == "due"
    assert tree["policies"]["queueing"]["source"].startswith("log: due holds in 100%")
    assert tree["replay"]["work_measured"] == "cases"
    crews = {unit["name"]: unit["crews"] for unit in tree["staffing"]["departments"]}
    assert crews == {"roads": 6, "parks": 3}
    assert all(unit["source"].startswith("log: most cases in hand") for unit in tree["staffing"]["departments"])
    scenario = read_scenario(str(tmp_path / "found.yaml")).scenario
    assert scenario.policies.queueing.name == "due"
    assert scenario.replay is not None
    for row in scenario.replay.demands:
        unit = next(each for each in UNITS if each.name == row.department)
        assert row.work.model_dump()["cv"] == pytest.approx(0.6, abs=0.15)
        assert row.work.mean.seconds == pytest.approx(unit.work_s, rel=0.12)  # type: ignore[union-attr]
    out = tmp_path / "out"
    log = str(tmp_path / "log.csv")
    assert run.main(["run", str(tmp_path / "found.yaml"), "--log", log, "--replications", "1", "--check", "--out", str(out)]) == 0
    assert "measured: hands-on work is the time from start to end of handling" in capsys.readouterr().out


def test_a_stated_share_declares_work_as_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = _fit(tmp_path, CityTruth(UNITS, days=63, daily_cv=0.0), "--work-share", "0.2")
    assert "tried utilisation 0.96" in capsys.readouterr().out
    assert tree["replay"]["work_share"]["value"] == 0.2
    assert tree["replay"]["work_share"]["source"].startswith("assumed")
    assert "policies" not in tree
    assert "work_measured" not in tree["replay"]


def test_a_log_without_starts_says_what_is_declared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = _fit(tmp_path, replace(small_city(2, 0.6), days=63), with_starts=False)
    assert "hands-on work is not in this log" in capsys.readouterr().out
    assert tree["policies"]["queueing"] == {"name": "first_come", "source": "assumed: the log does not tell who was taken first"}
    assert "work_measured" not in tree["replay"]


def _order(rule: str, verdict: str = "clear", reading: str = "busy") -> Order:
    held = RuleHeld(rule, "class" if "class" in rule else "", "important", 500, 0.9, 0.85, 0.95, 0.2, 0.875, 0.8, 0.93, 0.05, 0.03, 0.07)
    return Order("cases", reading, 500, 6.0, 0.0, verdict, (held,))


@pytest.mark.parametrize(
    ("order", "name", "source"),
    [
        (_order("shortest"), "shortest_estimate", "log: shortest holds in 90% of 500 choices, at random 20%"),
        (_order("class_due"), "due", "log: class_due holds"),
        (_order("class"), "first_come", "assumed: no policy of a replay plays what the log shows (class of class"),
        (_order("last_come"), "first_come", "assumed: no policy of a replay plays"),
        (_order("due", "leaning"), "first_come", "assumed: the order in the log is not clear (verdict: leaning)"),
        (_order("due", reading="all"), "first_come", "assumed: the order in the log is not clear"),
    ],
)
def test_only_a_clear_order_that_can_be_played_is_played(order: Order, name: str, source: str) -> None:
    found = Measured(None, {}, {}, order).queueing()
    assert found["name"] == name
    assert found["source"].startswith(source)
    assert found.get("params") == ({"inside_class": False} if name == "shortest_estimate" else None)


def test_crews_by_presence_and_by_cases_in_hand() -> None:
    found = Measured(None, {"a": (30 * HOUR, 7), "b": (4 * HOUR, 7)}, {"c": Span(3.0, 2.8, 3.2, 3.0, 2.0, 5.0)}, None)
    crews = found.crews("a", 10.0 * HOUR)
    assert crews is not None
    assert crews.crews == 3
    assert "3.00 of 7 resources" in crews.source
    assert found.crews("b", 10.0 * HOUR) is None, "hardly anybody is ever seen"
    in_hand = found.crews("c", 10.0 * HOUR)
    assert in_hand is not None
    assert in_hand.crews == 5
    assert found.crews("d", 10.0 * HOUR) is None


def test_the_truths_here_leave_room() -> None:
    assert 0.7 < utilisation(CityTruth(UNITS), "roads") < 0.95


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real logs are not here")
def test_a_log_of_work_items_replays_with_its_own_crews_and_work(tmp_path: Path) -> None:
    log = str(SHARED / "BPIC12_W_two_timestamps.xes.gz")
    words = ["fit", log, "--mapping", "bpic12_w", "--name", "items", "--until", "2011-12-01", "--out", str(tmp_path)]
    assert run.main(words) == 0
    scenario = read_scenario(str(tmp_path / "items.yaml")).scenario
    assert scenario.replay is not None
    assert scenario.replay.work_measured == "steps"
    (unit,) = scenario.staffing.departments
    assert 4 <= unit.crews <= 9, "about seven are at work at once; declared work made it 39"
    assert run.main(["run", str(tmp_path / "items.yaml"), "--log", log, "--replications", "1", "--out", str(tmp_path / "out")]) == 0
