"""What each assumed number moves: measured by one command, shown while it belongs to the scenario as it stands."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import run
from experiments import assumptions
from scenarios.stacked import read_stacked

NUMBERS = ("places.persons_per_household", "residents.age_bands.0.share", "residents.severity_lift.2")


@pytest.fixture
def measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    everything = assumptions.assumed
    monkeypatch.setattr(assumptions, "FOLDER", tmp_path)
    monkeypatch.setattr(assumptions, "SETTINGS", ("time.horizon=40 d", "time.warm_up=10 d"))
    monkeypatch.setattr(assumptions, "assumed", lambda file: [row for row in everything(file) if row[0] in NUMBERS])
    assert run.main(["assumptions", "baseline", "--workers", "1"]) == 0
    return tmp_path / "baseline.csv"


def test_a_number_that_acts_is_told_from_one_that_cannot_move_alone(measured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with measured.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["path"] for row in rows} == set(NUMBERS)
    cost = next(row for row in rows if row["path"] == NUMBERS[0] and row["indicator"] == "cost_per_case")
    assert float(cost["low"]) < float(cost["relative"]) < float(cost["high"]) < 0, "more persons share the same staff"
    assert [row["relative"] for row in rows if row["path"] == NUMBERS[1]] == ["cannot be moved alone"]
    capsys.readouterr()
    assert run.main(["list", "assumptions", "baseline"]) == 0
    listed = {line.split("\t")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert f"cost_per_case {float(cost['relative']):+.1%}" in listed[NUMBERS[0]]


def test_effects_of_another_scenario_are_not_shown(measured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = measured.read_text(encoding="utf-8")
    measured.write_text(text.replace(assumptions.key_of(read_stacked("baseline").scenario), "0" * 64), encoding="utf-8")
    _, rows = assumptions.listed("baseline")
    assert {row[3] for row in rows} == {"not measured; run: python run.py assumptions baseline"}


def test_the_shipped_file_belongs_to_the_shipped_baseline() -> None:
    _, rows = assumptions.listed("baseline")
    assert not [row[0] for row in rows if row[3].startswith("not measured")], "run: python run.py assumptions baseline"


def test_a_fifth_more_of_each_kind_of_number() -> None:
    assert [assumptions.larger(value) for value in (2, 10, 0.5)] == ["3", "12", "0.6"]
    assert assumptions.larger(read_stacked("baseline").scenario.time.horizon) == "474 d"
