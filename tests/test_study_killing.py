"""A study that is killed, interrupted, or loses a worker: what was done stays, is not done again, and the end is the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from experiments.study.index import DONE, FAILED, read_rows
from tests.study_file import carry_out, run_files, study_text, write_study

ROOT = Path(__file__).resolve().parent.parent
RUNS = 12
WAIT_S = 120.0

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and process groups"),
    pytest.mark.xdist_group("killing"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a study of 12 runs."""
    write_study(tmp_path, study_text(more="replications: 3"))
    return tmp_path


def hears_ctrl_c() -> None:
    """A child of a job in the background would ignore Ctrl-C, as its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(home: Path, *words: str) -> subprocess.Popen[str]:
    """`run.py study` in a process group of its own."""
    command = [sys.executable, str(ROOT / "run.py"), "study", str(home / "tried.yaml"), "--out", str(home / "out"),
               "--workers", "2", *words]  # fmt: skip
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            preexec_fn=hears_ctrl_c)  # fmt: skip


def placed(home: Path) -> int:
    return len(list((home / "out/tried/runs/indicators").glob("*.parquet")))


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + WAIT_S
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def stamps(home: Path) -> dict[str, int]:
    return {path.stem: path.stat().st_mtime_ns for path in (home / "out/tried/runs/indicators").glob("*.parquet")}


def test_kill_9_loses_only_runs_in_flight_and_repeats_none(home: Path) -> None:
    for target in (2, 7):
        process = started(home)
        wait_for(lambda target=target: placed(home) >= target)
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate()
        _, alive = psutil.wait_procs(family, timeout=WAIT_S)
        assert alive == []  # workers end with the process that they worked for
        before = stamps(home)
        assert target <= len(before) < RUNS
        assert len(list((home / "out/tried/.tmp").iterdir())) <= 2
        noted = {row.run_id for row in read_rows(home / "out/tried/index.sqlite")}
        assert len(set(before) - noted) <= 4  # in flight: done by a worker, not yet in the index
    assert carry_out(home / "tried.yaml", home / "out") == 0
    after = stamps(home)
    assert len(after) == RUNS
    assert {run: after[run] for run in before} == before
    assert not list((home / "out/tried/.tmp").iterdir())
    assert carry_out(home / "tried.yaml", home / "whole") == 0
    assert run_files(home / "out/tried") == run_files(home / "whole/tried")
    assert (home / "out/tried/results.csv").read_bytes() == (home / "whole/tried/results.csv").read_bytes()


@pytest.mark.full
@pytest.mark.skipif(not os.environ.get("WANGGE_FULL"), reason="ten kills at any moment: only with WANGGE_FULL=1")
def test_kill_9_at_any_moment_repeats_no_run(home: Path) -> None:
    draw = random.Random(1)
    before: dict[str, int] = {}
    for _ in range(10):
        process = started(home)
        time.sleep(draw.uniform(0.2, 8.0))
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.kill()
        process.communicate()
        psutil.wait_procs(family, timeout=WAIT_S)
        now = stamps(home)
        assert {run: now[run] for run in before} == before
        before = now
    assert carry_out(home / "tried.yaml", home / "out") == 0
    assert {run: stamps(home)[run] for run in before} == before
    assert carry_out(home / "tried.yaml", home / "whole") == 0
    assert run_files(home / "out/tried") == run_files(home / "whole/tried")


def test_a_second_process_on_a_study_is_refused_and_harms_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    process = started(home)
    wait_for(lambda: placed(home) >= 1)
    assert carry_out(home / "tried.yaml", home / "out") == 2
    told = capsys.readouterr().err
    assert f"another process ({process.pid}) works on this study" in told
    assert "Traceback" not in told
    process.communicate(timeout=WAIT_S)
    assert process.returncode == 0
    assert placed(home) == RUNS


def test_ctrl_c_keeps_what_is_done(home: Path) -> None:
    process = started(home)
    wait_for(lambda: placed(home) >= 3)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=WAIT_S)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert "interrupted; " in errors
    assert "the same command goes on" in errors
    assert 3 <= placed(home) < RUNS


def test_a_killed_worker_is_one_failed_row_and_is_tried_again_on_resume(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process = started(home)
    wait_for(lambda: any((home / "out/tried/.tmp").glob("*-*")) and placed(home) >= 2)
    worker = next(int(path.name.split("-")[0]) for path in _being_written(home))
    os.kill(worker, signal.SIGKILL)
    shown, errors = process.communicate(timeout=WAIT_S)
    rows = read_rows(home / "out/tried/index.sqlite")
    failed = [row for row in rows if row.status == FAILED]
    assert [row.status for row in rows].count(DONE) == RUNS - len(failed)
    assert len(failed) == 1
    assert process.returncode == 1
    assert "died" in failed[0].error
    assert f"seed {failed[0].seed}" in errors
    assert f"1 of {RUNS} runs failed" in shown
    assert carry_out(home / "tried.yaml", home / "out") == 1
    assert "nothing to do" in capsys.readouterr().out
    assert carry_out(home / "tried.yaml", home / "out", "--resume") == 0
    assert len(run_files(home / "out/tried")) == RUNS


def _being_written(home: Path) -> list[Path]:
    """Folders of runs whose worker is just writing; the wait is over in a moment."""
    found: list[Path] = []
    wait_for(lambda: bool(found.extend((home / "out/tried/.tmp").glob("[0-9]*-*")) or found))
    return found
