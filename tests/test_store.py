"""Run folders: what is written is read back equal, and what is not finished is not there."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from experiments.manifest import manifest, read_manifest, write_manifest
from experiments.staging import Staging
from experiments.store import KEPT, join_parts, read_records, read_table, write_part, write_runs, write_table
from sim.messages import BadInput
from sim.records import MISSING, TABLES, Frame, RunRecords, table
from tests.fake_runs import fake_run


def stored(runs: list[RunRecords], folder: Path, keep: str = "all") -> Path:
    """The runs written as a run folder."""
    parts = folder / "parts"
    parts.mkdir(parents=True)
    for number, run in enumerate(runs):
        write_part(run, parts, number, keep)
    join_parts(parts, folder)
    write_runs(list(enumerate(runs)), folder)
    return folder


def same(first: RunRecords, second: RunRecords) -> None:
    """Fails unless both hold the same rows in the same order."""
    assert (first.frame, first.seed, first.notes) == (second.frame, second.seed, second.notes)
    for name in TABLES:
        pd.testing.assert_frame_equal(first[name].reset_index(drop=True), second[name], check_categorical=False)


def test_records_are_read_back_equal(tmp_path: Path) -> None:
    runs = [fake_run(1, issues=40), fake_run(2, issues=30), fake_run(3, issues=0)]
    back = read_records(stored(runs, tmp_path))
    assert len(back) == 3
    for first, second in zip(runs, back, strict=True):
        same(first, second)


def test_strings_and_large_numbers_survive(tmp_path: Path) -> None:
    run = fake_run(1, issues=2)
    run.tables["events"] = table("events", {
        "case_id": [2**62, -1], "at": [MISSING, 0], "event": ["close", "check"],
        "detail": ["it's; \"q\", 网格\n🙂", ""],
    })  # fmt: skip
    (back,) = read_records(stored([run], tmp_path))
    same(run, back)


def test_some_replications_and_tables_are_read_alone(tmp_path: Path) -> None:
    runs = [fake_run(seed, issues=20) for seed in (5, 6, 7)]
    (back,) = read_records(stored(runs, tmp_path), ["issues"], [1])
    assert back.seed == 6
    assert set(back.tables) == {"issues"}
    assert list(back["issues"]["onset"]) == list(runs[1]["issues"]["onset"])


def test_missing_is_null_and_local_time_is_that_of_the_city(tmp_path: Path) -> None:
    summer = 20 * 86_400  # 20 days after 2025-03-20 the clocks of Berlin have gone forward
    issues = table("issues", {"issue_id": [1, 2], "onset": [0, summer], "fixed_at": [MISSING, 3_600]})
    run = RunRecords(Frame("2025-03-20", "Europe/Berlin", 10**7), 1, {"issues": issues})
    stored([run], tmp_path, "cases")
    source = f"read_parquet('{tmp_path}/issues.parquet')"
    rows = duckdb.sql(f"SELECT onset_local, fixed_at, fixed_at_local FROM {source}").fetchall()
    assert rows[0] == (dt.datetime(2025, 3, 20), None, None)
    assert rows[1] == (dt.datetime(2025, 4, 9, 1), 3_600, dt.datetime(2025, 3, 20, 1))


@pytest.mark.parametrize("keep", list(KEPT))
def test_only_the_kept_tables_are_written(tmp_path: Path, keep: str) -> None:
    stored([fake_run(1, issues=5)], tmp_path, keep)
    assert {path.stem for path in tmp_path.glob("*.parquet")} == set(KEPT[keep])
    if keep != "all":
        with pytest.raises(FileNotFoundError):
            read_records(tmp_path, ["events"])


def test_equal_runs_are_equal_files(tmp_path: Path) -> None:
    for name in "ab":
        stored([fake_run(1, issues=200), fake_run(2, issues=200)], tmp_path / name)
    assert (tmp_path / "a" / "cases.parquet").read_bytes() == (tmp_path / "b" / "cases.parquet").read_bytes()


def test_a_small_table_keeps_its_rows_and_infinities(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["b", "a"], "gain": [np.inf, np.nan]})
    write_table(frame, tmp_path / "it's.parquet")
    pd.testing.assert_frame_equal(read_table(tmp_path / "it's.parquet"), frame, check_dtype=False)


def test_a_folder_appears_when_it_is_whole_and_never_over_another(tmp_path: Path) -> None:
    found = []
    for text in ("first", "second"):
        with Staging(tmp_path) as staging:
            (staging.folder("run") / "x").write_text(text)
            assert text == "second" or not (tmp_path / "run").exists()
            found.append(staging.publish("run"))
    assert found == [tmp_path / "run", tmp_path / "run_2"]
    assert [(folder / "x").read_text() for folder in found] == ["first", "second"]
    assert sorted(os.listdir(tmp_path)) == ["run", "run_2"]


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_nothing_is_left_after_a_failure(tmp_path: Path, failure: type[BaseException]) -> None:
    def half() -> None:
        with Staging(tmp_path) as staging:
            (staging.folder("run") / "x").write_text("half")
            raise failure

    with pytest.raises(failure):
        half()
    assert os.listdir(tmp_path) == []


def test_a_place_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="cannot be written"):
        Staging(tmp_path / "file" / "results")


def test_the_manifest_says_what_made_the_folder(tmp_path: Path) -> None:
    write_manifest(manifest("run.py run x", [4, 5], 1.5, 2, [100.0, None]), tmp_path)
    back = read_manifest(tmp_path)
    assert back["status"] == "complete"
    assert (back["seeds"], back["replications"], back["workers"]) == ([4, 5], 2, 2)
    assert back["code"]["version"]
    assert back["libraries"]["numpy"] == np.__version__
    assert back["peak_memory_mb"] >= 100.0
