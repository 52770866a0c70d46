"""The store of a study: same bytes however it is run, damage mended, one process at a time, parts gathered."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from experiments.study.lock import Lock
from experiments.study.queries import ask, open_study
from experiments.study.run_files import table_file
from sim.messages import BadInput
from tests.study_file import GRIDS, carry_out, run_files, stamps, study_text, write_study


def test_any_number_of_workers_gives_the_same_bytes(finished: Path, tmp_path: Path) -> None:
    assert carry_out(finished / "tried.yaml", tmp_path, workers=2) == 0
    one, two = finished / "out" / "tried", tmp_path / "tried"
    assert len(run_files(one)) == 8
    assert run_files(one) == run_files(two)
    for name in ("results.parquet", "results.csv", "points.parquet", "factors.parquet", "design.parquet", "study.yaml"):
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_results_are_those_of_single_runs(finished: Path) -> None:
    table = pd.read_csv(finished / "out/tried/results.csv")
    rows = table[table["indicator"] == "report_to_closure_mean"].set_index("choice")
    with open_study(finished / "out/tried") as database:
        values = ask(database, "SELECT choice, replication, value FROM indicators WHERE indicator = "
                               "'report_to_closure_mean' AND \"group\" = 'all'")  # fmt: skip
    wide = values.pivot(index="choice", columns="replication", values="value")
    assert wide.shape == (4, 2)
    assert rows["mean"].to_numpy() == pytest.approx(wide.mean(axis=1).to_numpy())
    assert rows["difference"].to_numpy()[1:] == pytest.approx((wide - wide.loc[0]).mean(axis=1).to_numpy()[1:])
    assert rows["share_reaching"].to_numpy() == pytest.approx((wide <= 50).mean(axis=1).to_numpy())
    assert rows.loc[0, "verdict"] == "baseline"
    assert rows["n"].tolist() == [2] * 4


def test_a_damaged_file_is_set_aside_and_run_again(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied / "out/tried"
    before, whole = stamps(copied), run_files(folder)
    torn, gone, *_ = before
    table_file(folder, "indicators", torn).write_bytes(whole[torn][:-40] + b"\0" * 40)
    table_file(folder, "indicators", gone).unlink()
    assert carry_out(copied / "tried.yaml", copied / "out") == 0
    assert "2 runs had damaged files" in capsys.readouterr().err
    assert run_files(folder) == whole
    assert [run for run, stamp in stamps(copied).items() if stamp != before[run]] == sorted([torn, gone], key=list(stamps(copied)).index)
    assert [path.name for path in (folder / "quarantine").iterdir()] == [f"{torn}.indicators.parquet"]


def test_a_lost_index_is_made_again_from_the_files(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = stamps(copied)
    for path in (copied / "out/tried").glob("index.sqlite*"):
        path.unlink()
    assert carry_out(copied / "tried.yaml", copied / "out") == 0
    assert "nothing to do" in capsys.readouterr().out
    assert stamps(copied) == before
    (copied / "out/tried/index.sqlite").write_bytes(b"no database at all, however long it is" * 100)
    assert carry_out(copied / "tried.yaml", copied / "out") == 2
    assert "the index is damaged; delete it" in capsys.readouterr().err


def test_a_second_process_is_refused(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Lock(copied / "out/tried/lock"):
        assert carry_out(copied / "tried.yaml", copied / "out") == 2
    assert "another process" in capsys.readouterr().err
    with Lock(copied / "out/tried/lock", shared=True), pytest.raises(BadInput, match="another process"):
        Lock(copied / "out/tried/lock").__enter__()
    assert carry_out(copied / "tried.yaml", copied / "out") == 0


def test_shards_share_a_folder_and_are_gathered(finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = finished / "tried.yaml"
    assert carry_out(path, tmp_path, "--shard", "1/2") == 0
    assert "part 1-of-2: 4 runs done" in capsys.readouterr().out
    assert carry_out(path, tmp_path, "--shard", "1/2") == 0
    assert len(run_files(tmp_path / "tried")) == 4
    assert carry_out(path, tmp_path, "--shard", "2/2") == 0
    assert carry_out(path, tmp_path) == 0
    assert "nothing to do: all 8 runs are there" in capsys.readouterr().out
    assert run_files(tmp_path / "tried") == run_files(finished / "out/tried")
    assert (tmp_path / "tried/results.csv").read_bytes() == (finished / "out/tried/results.csv").read_bytes()


def test_values_that_break_the_rules_are_failed_rows_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = study_text(levers=f"levers:\n  - {{name: grid, path: {GRIDS}, values: [300, -5, 400]}}", more="replications: 1")
    path = write_study(tmp_path, text)
    assert carry_out(path, tmp_path / "out") == 1
    shown = capsys.readouterr()
    assert "1 of 3 runs failed" in shown.out
    assert "tried.yaml:13:" in shown.err
    with open_study(tmp_path / "out/tried") as database:
        rows = ask(database, "SELECT name, seed, error FROM failures")
    assert rows["name"].tolist() == ["grid=-5"]
    assert rows["seed"].tolist() == [1]
    assert "places.households_per_grid" in rows["error"].iloc[0]
    assert carry_out(path, tmp_path / "out", "--resume") == 1
    assert "nothing to do: all 3 runs are there" in capsys.readouterr().out
