"""The store of a study: same bytes however it is run, nothing twice, nothing lost, and one clear line when it cannot."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from experiments.study import carrying_out, single_run
from experiments.study.identity import Code, code_in_force
from experiments.study.index import DONE, Index, Row, read_rows
from experiments.study.layout_tables import put_table
from experiments.study.lock import Lock
from experiments.study.queries import ask, open_study
from experiments.study.run_files import seal, table_file, write_indicators
from sim.messages import BadInput
from tests.study_file import GRIDS, carry_out, run_files, study_text, write_study


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study that has run on one process; do not change it."""
    home = tmp_path_factory.mktemp("finished")
    assert carry_out(write_study(home), home / "out") == 0
    return home


@pytest.fixture
def copied(finished: Path, tmp_path: Path) -> Path:
    """The same to be changed."""
    shutil.copytree(finished, tmp_path / "home")
    return tmp_path / "home"


def stamps(home: Path) -> dict[str, int]:
    return {path.stem: path.stat().st_mtime_ns for path in (home / "out/tried/runs/indicators").glob("*.parquet")}


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


def test_a_full_disk_is_one_line_and_keeps_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_study(tmp_path)
    written: list[Path] = []

    def full(frame: pd.DataFrame, target: Path) -> None:
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(target)
        write_indicators(frame, target)

    monkeypatch.setattr(single_run, "write_indicators", full)
    assert carry_out(path, tmp_path / "out") == 2
    told = [line for line in capsys.readouterr().err.splitlines() if "disk" in line]
    assert len(told) == 1
    assert "the disk is full; 3 runs of this start are kept" in told[0]
    monkeypatch.undo()
    assert carry_out(path, tmp_path / "out") == 0
    assert len(run_files(tmp_path / "out/tried")) == 8
    assert not list((tmp_path / "out/tried/.tmp").iterdir())


def test_an_index_that_cannot_grow_is_one_line(tmp_path: Path) -> None:
    rows = [Row(str(number), number, "[]" * 500, "", "", DONE) for number in range(200)]
    with Index(tmp_path / "index.sqlite") as index:
        index._database.execute("PRAGMA max_page_count = 12")
        with pytest.raises(BadInput, match="cannot be written: the disk is full"):
            index.put(rows)
        index.put(rows[:1])
        assert list(index.rows()) == ["0"]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_study(tmp_path)
    (tmp_path / "file").write_text("in the way")
    assert carry_out(path, tmp_path / "file") == 2
    assert "cannot be written: a part of the path is a file" in capsys.readouterr().err


def test_a_folder_on_a_read_only_disk_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_study(tmp_path)

    def refused(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "write_text", refused)
    assert carry_out(path, tmp_path / "out") == 2
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if "cannot be written: " in line] == told[-1:]
    assert not (tmp_path / "out/tried/runs").exists()


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


def test_queries_print_write_csv_and_refuse_in_one_line(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    study = str(finished / "out/tried")
    assert run.main(["query", "--study", study]) == 0
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()[1:-1]} == {
        "design", "factors", "failures", "indicators", "points", "results", "runs"
    }  # fmt: skip
    assert run.main(["query", "select choice, count(*) as n from runs group by 1 order by 1", "--csv", "--study", study]) == 0
    assert capsys.readouterr().out == "choice,n\n0,2\n1,2\n2,2\n3,2\n"
    assert run.main(["query", "select name, grid from points order by point limit 2", "--study", study]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["baseline                 300", "grid=300, route=direct   300", "2 rows"]
    assert run.main(["query", "select nothing from nowhere", "--study", study]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "there are the tables design, factors, failures, indicators, points, results, runs" in told
    assert run.main(["query", "select 1", "--study", "nowhere"]) == 2
    monkeypatch.chdir(finished)
    assert run.main(["query", "select 1"]) == 2
    assert "there is no study in results" in capsys.readouterr().err


def test_ten_thousand_runs_are_small_and_quick_to_ask(tmp_path: Path) -> None:
    """Made-up rows; by default a tenth of them: what holds for it ten times over holds for all."""
    runs, names = 10_000 if os.environ.get("WANGGE_FULL") else 1_000, [f"indicator_{number}" for number in range(60)]
    folder = tmp_path / "many"
    draw = np.random.default_rng(1)
    (folder / "runs" / "indicators").mkdir(parents=True)
    rows = []
    for number in range(runs):
        run_id = f"{number:024d}"
        frame = pd.DataFrame({"run_id": run_id, "seed": number, "world": "w" * 64, "cases": 80, "indicator": names * 3,
                              "group": np.repeat(["all", "level=grid", "level=district"], 60), "value": draw.random(180)})  # fmt: skip
        path = table_file(folder, "indicators", run_id)
        write_indicators(frame, path)
        rows.append(Row(run_id, number, "[]", "b" * 64, "c" * 64, DONE, "indicators", files=json.dumps({"indicators": seal(path)})))
    with Index(folder / "index.sqlite") as index:
        index.put(rows)
    put_table(pd.DataFrame({"point": range(runs), "world": 0, "seed": range(runs), "run_id": [row.run_id for row in rows]}),
              folder / "design.parquet")  # fmt: skip
    put_table(pd.DataFrame({"point": range(runs), "choice": range(runs), "draw": 0, "name": "p"}), folder / "points.parquet")
    blocks = sum(4_096 * -(-path.stat().st_size // 4_096) for path in folder.rglob("*") if path.is_file())
    times = 10_000 / runs
    assert times * blocks < 300e6
    begun = time.process_time()
    with open_study(folder) as database:
        found = ask(database, "SELECT indicator, avg(value) AS mean FROM indicators WHERE \"group\" = 'all' GROUP BY 1")
    assert len(found) == 60
    assert abs(found["mean"].mean() - 0.5) < 0.01
    spent = times * (time.process_time() - begun)
    print(f"\n10,000 runs: {times * blocks / 1e6:.0f} MB on disk, {spent:.1f} s of CPU to ask all of them")
    assert spent < 60
    assert len(read_rows(folder / "index.sqlite")) == runs


@pytest.mark.parametrize("place", [0, -1])
def test_a_file_that_is_torn_after_its_run_is_named_by_a_query(copied: Path, place: int) -> None:
    path = sorted((copied / "out/tried/runs/indicators").iterdir())[place]
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(BadInput, match="damaged files are set aside"), open_study(copied / "out/tried") as database:
        ask(database, "SELECT sum(value) FROM indicators")
