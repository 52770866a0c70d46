"""A decision record: one folder that makes every table and sentence of a study again, in any process, byte by byte."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run
from experiments.study import single_run
from experiments.study.inputs import INPUTS, inputs_of
from experiments.study.program import Program
from experiments.study.reading import STUDIES, StudyFile, read_study
from tests.study_file import GRIDS, carry_out, read_text, study_text, write_study

ROOT = Path(__file__).resolve().parent.parent
LEVERS = f"""
levers:
  - {{name: grid, path: {GRIDS}, values: [300, 400]}}
  - name: papers
    options:
      plain: {{policies.dispatch.name: layered}}
      merged: {{overlays: [merge_list, direct.yaml]}}
"""


def run_ids(file: StudyFile) -> list[tuple[int, str]]:
    program = Program(file, tuple(file.layout.points(file.plain_base)), Path("anywhere"), "code")
    return [(each.point.number, each.task.run_id) for each in program.wanted([0])]


def read_again(file: StudyFile, home: Path, monkeypatch: pytest.MonkeyPatch) -> StudyFile:
    (home / INPUTS).mkdir(parents=True)
    for name, text in inputs_of(file).items():
        (home / INPUTS / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(home)
    return read_study(f"{INPUTS}/study.yaml")


@pytest.mark.parametrize("name", [path.stem for path in sorted(STUDIES.glob("*.yaml"))])
def test_inputs_of_shipped_studies_mean_the_same_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = read_study(name)
    again = read_again(file, tmp_path / "home", monkeypatch)
    assert again.base == file.base
    assert run_ids(again) == run_ids(file)


def test_tables_beside_a_study_and_overlays_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "direct.yaml").write_text("policies: {dispatch: {name: direct}}\n")
    (tmp_path / "draws.csv").write_text("issues.categories.noise.rate\n25\n60\n")
    (tmp_path / "rows.csv").write_text("grid,papers,load\n300,merged,1\n400,plain,2\n")
    monkeypatch.chdir(tmp_path)
    levers = f"{LEVERS}uncertainties:\n  - {{name: load, draws: draws.csv}}\n"
    file = read_text(tmp_path, study_text(levers, "{kind: table, file: rows.csv}"))
    home = tmp_path / "home"
    again = read_again(file, home, monkeypatch)
    (tmp_path / "direct.yaml").unlink()
    assert sorted(path.name for path in (home / INPUTS).iterdir()) == [
        "base.yaml", "overlay-direct.yaml", "overlay-merge_list.yaml", "study.yaml", "table-draws.csv", "table-rows.csv"
    ]  # fmt: skip
    assert run_ids(again) == run_ids(file)
    assert len(set(run_ids(file))) == 3


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished study and its record; do not change it."""
    home = tmp_path_factory.mktemp("recorded")
    (home / "direct.yaml").write_text("policies: {dispatch: {name: direct}}\n")
    text = study_text(LEVERS.replace("direct.yaml", str(home / "direct.yaml")), more="replications: 1")
    assert carry_out(write_study(home, text), home / "out") == 0
    assert run.main(["record", str(home / "out/tried"), "--out", str(home)]) == 0
    return home


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_record_says_what_is_in_it(recorded: Path) -> None:
    record, study = recorded / "tried_record", recorded / "out/tried"
    facts = json.loads((record / "record.json").read_text())
    assert facts["made"] == {name: digest(record / "made" / name) for name in facts["made"]}
    assert facts["inputs"] == {path.name: digest(path) for path in (record / "inputs").iterdir()}
    for name in ("results.csv", "results.parquet", "points.parquet", "design.parquet", "results.en.txt", "results.zh.txt"):
        assert (record / "made" / name).read_bytes() == (study / name).read_bytes(), name
    assert facts["lock"]["sha256"] == digest(ROOT / "requirements.lock") == digest(record / "requirements.lock")
    assert facts["seeds"] == [1]
    assert facts["runs"] == {"done": 4, "failed": 0}
    assert {"numpy", "simpy", "mesa"} <= set(facts["libraries"])
    lines = (record / "made/runs.csv").read_text().splitlines()
    assert len(lines) == 5
    assert "Report to closure" in (record / "made/results.en.txt").read_text()
    assert "基准" in (record / "made/results.zh.txt").read_text(encoding="utf-8")


def test_a_fresh_process_makes_the_same_bytes(recorded: Path, tmp_path: Path) -> None:
    """The record alone, elsewhere: the study, its file and its folder are not there any more."""
    shutil.copytree(recorded / "tried_record", tmp_path / "moved")
    done = subprocess.run(["sh", str(tmp_path / "moved/remake"), "--workers", "1"], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "PYTHON": sys.executable})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "4 runs to do" in done.stderr  # everything was simulated again
    assert "the same, byte by byte: " in done.stdout
    before, now = tmp_path / "moved/made", tmp_path / "moved_remade"
    names = sorted(path.relative_to(before) for path in before.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(now) for path in now.rglob("*") if path.is_file())
    assert len(names) >= 12
    assert Path("report.html") in names
    for name in names:
        assert name.name == "manifest.json" or (before / name).read_bytes() == (now / name).read_bytes(), name
    assert not list(tmp_path.glob(".*"))


def test_a_record_in_chinese_is_made_again_in_chinese(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is in the language of the record, whatever language it is made again in; and a site's file is found."""
    assert run.main(["record", str(recorded / "out/tried"), "--out", str(tmp_path), "--lang", "zh"]) == 0
    record = tmp_path / "tried_record"
    assert json.loads((record / "record.json").read_text())["language"] == "zh"
    assert 'lang="zh-CN"' in (record / "made/report.html").read_text(encoding="utf-8")
    assert run.main(["remake", str(record), "--workers", "1"]) == 0
    assert "the same, byte by byte: " in capsys.readouterr().out


def test_a_file_of_a_site_is_sought_where_the_user_stands(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site.yaml").write_text("queue: normal\ncores: none\nmemory: 2 GB\nwalltime: 90 min\n")
    assert run.main(["remake", str(recorded / "tried_record"), "--out", str(tmp_path), "--cluster", "slurm:site.yaml"]) == 2
    told = capsys.readouterr().err
    assert "site.yaml:2:8: cores: " in told, "the file was read, and its fault found"
    assert not (tmp_path / "tried_record_remade").exists()


def test_what_is_not_the_same_is_named(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "record"
    shutil.copytree(recorded / "tried_record", record)
    facts = json.loads((record / "record.json").read_text())
    facts["made"]["results.csv"] = "0" * 64
    facts["model"]["libraries"]["numpy"] = "1.0"
    (record / "record.json").write_text(json.dumps(facts))
    assert run.main(["remake", str(record), "--workers", "1"]) == 1
    shown = capsys.readouterr()
    assert "files are not the same: results.csv; see" in shown.out
    assert "numpy was 1.0, is" in shown.err


def test_changed_inputs_and_what_is_no_record_are_refused(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "record"
    shutil.copytree(recorded / "tried_record", record)
    (record / "inputs/base.yaml").write_text("name: other\n")
    assert run.main(["remake", str(record)]) == 2
    assert "inputs/base.yaml are not what was recorded" in capsys.readouterr().err
    assert run.main(["remake", str(tmp_path)]) == 2
    assert "this is no decision record" in capsys.readouterr().err


def test_only_a_finished_study_of_this_code_is_recorded(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = tmp_path / "tried"
    shutil.copytree(recorded / "out/tried", study)
    facts = json.loads((study / "manifest.json").read_text())
    (study / "manifest.json").write_text(json.dumps({**facts, "model": {**facts["model"], "source": "0" * 64}}))
    assert run.main(["record", str(study), "--out", str(tmp_path)]) == 2
    assert "the source code of the model is another one; run the study again" in capsys.readouterr().err
    (study / "manifest.json").unlink()
    assert run.main(["record", str(study), "--out", str(tmp_path)]) == 2
    assert "the study is not finished" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tried"]


def test_a_disk_that_fills_while_a_record_is_made_again_promises_nothing(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was made lies in a folder that goes away, so nothing is said to be kept."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(single_run, "write_indicators", full)
    shutil.copytree(recorded / "tried_record", tmp_path / "moved")
    assert run.main(["remake", str(tmp_path / "moved"), "--workers", "1"]) == 2
    shown = capsys.readouterr().err
    assert "cannot be carried out again: the disk is full; nothing of this start is kept" in shown
    assert "are kept" not in shown
    assert [path.name for path in tmp_path.iterdir()] == ["moved"]
