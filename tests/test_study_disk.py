"""Disks that are full or can only be read: one clear line, and what is done is kept."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

import run
from experiments.study import single_run
from experiments.study.index import DONE, Index, Row, copy_index, read_rows
from experiments.study.run_files import write_indicators
from sim.messages import BadInput
from tests.study_file import carry_out, run_files, write_study


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


def test_a_disk_that_fills_while_figures_are_drawn_leaves_no_half_of_one(
    copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied / "out/tried"
    before = (folder / "results.csv").read_bytes()

    def full(figure: object, path: Path) -> None:
        path.with_suffix(".svg").write_text("<svg")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("experiments.figures.drawing.save", full)
    assert carry_out(copied / "tried.yaml", copied / "out", report=True) == 2
    assert "figures: cannot be written: the disk is full" in capsys.readouterr().err
    assert not list((folder / "figures").iterdir())
    assert not (folder / "report.html").exists()
    assert (folder / "results.csv").read_bytes() == before
    monkeypatch.undo()
    assert carry_out(copied / "tried.yaml", copied / "out", report=True) == 0
    assert (folder / "report.html").exists()


def test_a_record_for_which_there_is_no_room_leaves_nothing(
    copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise shutil.Error([("a", "b", "[Errno 28] No space left on device")])

    monkeypatch.setattr("experiments.record_command.shutil.copytree", full)
    assert run.main(["record", str(copied / "out/tried"), "--out", str(copied / "records")]) == 2
    assert "records: cannot be written: the disk is full" in capsys.readouterr().err
    assert not list((copied / "records").iterdir())


def test_a_study_that_can_only_be_read_is_recorded_all_the_same(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no room for the files that a reader of a living index needs: it is read as it lies."""
    tried: list[str] = []
    connect = sqlite3.connect

    def refused(path: object, *args: object, **more: object) -> sqlite3.Connection:
        if "mode=ro" in str(path):
            tried.append(str(path))
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite3, "connect", refused)
    copy_index(copied / "out/tried/index.sqlite", copied / "copy.sqlite")
    assert tried
    monkeypatch.undo()
    assert read_rows(copied / "copy.sqlite") == read_rows(copied / "out/tried/index.sqlite")
