"""A study that is started again: nothing twice, more of it, another scenario or other code, and what ends it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from experiments.study import carrying_out
from experiments.study.identity import Code, code_in_force
from experiments.study.queries import ask, open_study
from tests.study_file import GRIDS, carry_out, run_files, stamps, study_text, write_study


def test_the_same_study_again_has_nothing_to_do(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = stamps(copied)
    assert carry_out(copied / "tried.yaml", copied / "out") == 0
    assert "nothing to do: all 8 runs are there" in capsys.readouterr().out
    assert stamps(copied) == before


def test_a_larger_study_runs_only_what_is_new(copied: Path) -> None:
    before = stamps(copied)
    write_study(copied, study_text(more="replications: 3"))
    assert carry_out(copied / "tried.yaml", copied / "out") == 0
    after = stamps(copied)
    assert len(after) == 12
    assert {run: after[run] for run in before} == before


def test_a_changed_scenario_is_noticed_and_named(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = stamps(copied)
    write_study(copied, study_text().replace("time.horizon: 10 d", "time.horizon: 9 d"))
    assert carry_out(copied / "tried.yaml", copied / "out") == 2
    told = capsys.readouterr().err
    assert 'time.horizon was "10 d", is "9 d"' in told
    assert "--resume" in told
    assert stamps(copied) == before
    assert carry_out(copied / "tried.yaml", copied / "out", "--resume") == 0
    assert 'changed since the last runs: time.horizon was "10 d", is "9 d"' in capsys.readouterr().err
    after = stamps(copied)
    assert len(after) == 16
    assert {run: after[run] for run in before} == before
    with open_study(copied / "out/tried") as database:
        assert ask(database, "SELECT count(*) AS n FROM runs WHERE status = 'done'")["n"].tolist() == [8]


def test_changed_code_is_noticed_and_named(copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = code_in_force()
    other = Code("0" * 64, {**now.libraries, "numpy": "1.0"})
    monkeypatch.setattr("experiments.study.identity.code_in_force", lambda: other)
    assert carry_out(copied / "tried.yaml", copied / "out") == 2
    told = capsys.readouterr().err
    assert "the source code of the model is another one" in told
    assert f"numpy was {now.libraries['numpy']}, is 1.0" in told


def test_keeping_more_runs_again_and_can_be_asked(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = run_files(copied / "out/tried")
    write_study(copied, study_text(more="replications: 2\nkeep: cases"))
    assert carry_out(copied / "tried.yaml", copied / "out") == 0
    assert "8 runs have not kept the tables" in capsys.readouterr().err
    assert run_files(copied / "out/tried") == before
    with open_study(copied / "out/tried") as database:
        cases = ask(database, "SELECT run_id, count(*) AS n FROM cases GROUP BY 1")
        told = ask(database, "SELECT run_id, cases AS n FROM runs")
    assert cases.sort_values("run_id").to_numpy().tolist() == told.sort_values("run_id").to_numpy().tolist()


def test_a_budget_of_time_ends_the_study_and_keeps_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_study(tmp_path, study_text(more="replications: 2\nbudget: {time: 1 s, run: 90 s}"))
    clock = iter(range(0, 10_000))
    limits: list[float | None] = []
    real = carrying_out.run_many

    def heard(work, tasks, workers, report, limit_s):  # type: ignore[no-untyped-def]
        limits.append(limit_s)
        monkeypatch.setattr(carrying_out.time, "monotonic", lambda: next(clock))
        return real(work, tasks, workers, report, limit_s)

    monkeypatch.setattr(carrying_out, "run_many", heard)
    monkeypatch.setattr(carrying_out.time, "monotonic", lambda: 0)
    assert carry_out(path, tmp_path / "out") == 0
    monkeypatch.undo()
    assert limits == [90.0]
    shown = capsys.readouterr().out
    assert "the time of budget.time is spent" in shown
    assert 0 < len(run_files(tmp_path / "out/tried")) < 8


def test_a_stopping_rule_adds_worlds_until_its_cap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    levers = f"levers:\n  - {{name: grid, path: {GRIDS}, values: [300, 400]}}"
    rule = "stopping: {rule: half_width, outcome: report_to_closure_mean, half_width: 0.001, first: 2, most: 3}"
    assert carry_out(write_study(tmp_path, study_text(levers, more=rule)), tmp_path / "out") == 0
    assert "grid=400: not resolved within 3 worlds" in capsys.readouterr().out
    table = pd.read_csv(tmp_path / "out/tried/results.csv")
    assert table["n"].tolist() == [3] * 4
    select = rule.replace("half_width, outcome", "kn, outcome").replace("half_width: 0.001", "indifference: 500")
    assert carry_out(write_study(tmp_path, study_text(levers, more=select)), tmp_path / "out") == 0
    shown = capsys.readouterr().out
    assert "best: " in shown
    assert "nothing to do" in shown
