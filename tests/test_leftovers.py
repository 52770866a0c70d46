"""A run that is killed leaves a folder; the next command that writes there removes it, and never that of a living one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.leftovers import clear_leftovers, partial_folder
from experiments.staging import Staging

ROOT = Path(__file__).resolve().parent.parent
FILLS = """
import sys, time
from pathlib import Path
from experiments.staging import Staging
with Staging(Path(sys.argv[1])) as staging:
    (staging.folder("half") / "table.parquet").write_bytes(b"half")
    print("filling", flush=True)
    time.sleep(60)
"""


def filling(out: Path) -> subprocess.Popen[str]:
    """A process that has begun to fill a folder and goes on for a minute."""
    process = subprocess.Popen([sys.executable, "-c", FILLS, str(out)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "filling\n"
    return process


def folders(out: Path) -> list[Path]:
    return sorted(out.glob(".tmp-*"))


def test_a_killed_run_is_cleared_and_a_living_one_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    killed, living = filling(tmp_path), filling(tmp_path)
    try:
        assert len(folders(tmp_path)) == 2
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        (theirs,) = [path for path in folders(tmp_path) if f"-{living.pid}-" in path.name]
        with Staging(tmp_path):
            assert theirs in folders(tmp_path)
            assert not [path for path in folders(tmp_path) if f"-{killed.pid}-" in path.name]
        told = capsys.readouterr().err
        assert f"process {killed.pid}" in told
        assert str(living.pid) not in told
        assert folders(tmp_path) == [theirs]
        assert (theirs / "half" / "table.parquet").exists()
    finally:
        living.kill()
        living.wait()


def test_nothing_is_told_where_nothing_was_left(tmp_path: Path) -> None:
    mine = partial_folder(tmp_path)
    assert clear_leftovers(tmp_path) == []
    assert mine.is_dir()
    assert f"-{os.getpid()}-" in mine.name


def test_what_is_of_another_host_is_reported_once_it_is_old(tmp_path: Path) -> None:
    theirs = tmp_path / ".tmp-elsewhere-1-abc"
    theirs.mkdir()
    assert clear_leftovers(tmp_path) == []
    os.utime(theirs, (time.time() - 3 * 86_400,) * 2)
    (line,) = clear_leftovers(tmp_path)
    assert "elsewhere" in line
    assert theirs.is_dir()


def test_what_only_looks_like_a_leftover_stays(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    mine = partial_folder(tmp_path)
    name = mine.name.replace(str(os.getpid()), str(dead.pid))
    target = tmp_path / "precious"
    target.mkdir()
    (tmp_path / name).symlink_to(target)
    (tmp_path / ".tmp-notes").mkdir()
    assert clear_leftovers(tmp_path) == []
    assert target.is_dir()
    assert (tmp_path / ".tmp-notes").is_dir()
