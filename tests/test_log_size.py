"""Rows of a log are counted, not guessed from its bytes; the time left follows what the first runs took."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from experiments import log_size
from experiments.estimate import expected_cases
from experiments.log_size import log_rows
from experiments.progress import Progress, time_left
from scenarios.reading import read_scenario

ROWS = 5_000


def made(rows: int = ROWS) -> bytes:
    """A log with line breaks inside quotes, rows of very different length, and repetitive text that packs well."""
    draw = np.random.default_rng(5)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["id", "opened", "note"])
    for number in range(rows):
        note = "noise at night\n" * int(draw.integers(0, 9)) + '"really"' * int(draw.integers(0, 2))
        writer.writerow([number, f"2026-01-{number % 28 + 1:02d} 08:00", note])
    return stream.getvalue().encode()


def packed(kind: str, data: bytes, folder: Path) -> Path:
    path = folder / f"log.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("log.csv", data)
    else:
        path.write_bytes({"csv": lambda d: d, "gz": gzip.compress, "bz2": bz2.compress}[kind](data))
    return path


@pytest.mark.parametrize("kind", ["csv", "gz", "bz2", "zip"])
def test_every_row_is_counted(kind: str, tmp_path: Path) -> None:
    assert log_rows(packed(kind, made(), tmp_path)) == ROWS


@pytest.mark.parametrize("kind", ["csv", "gz", "zip"])
def test_a_large_log_is_estimated_from_its_beginning(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made(60_000)
    monkeypatch.setattr(log_size, "MOST_READ", 2 << 20)
    assert len(data) > 2 * (2 << 20)
    assert log_rows(packed(kind, data, tmp_path)) == pytest.approx(60_000, rel=0.1)  # packed files are read ahead of what was counted


def test_what_cannot_be_read_counts_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = packed("gz", made(), tmp_path)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert 0 <= log_rows(whole) < ROWS
    assert log_rows(tmp_path / "nobody.csv") == 0
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8bnothing of the kind")
    assert log_rows(tmp_path / "broken.gz") == 0


def test_a_log_that_is_replaced_is_counted_anew(tmp_path: Path) -> None:
    path = packed("csv", made(10), tmp_path)
    assert log_rows(path) == 10
    path.write_bytes(made(20))
    assert log_rows(path) == 20


def test_the_estimate_of_a_replay_is_the_rows_of_its_log(tmp_path: Path) -> None:
    replay = read_scenario("boston_2011_replay").scenario
    assert expected_cases(replay, packed("gz", made(), tmp_path)) == ROWS


@pytest.mark.parametrize(
    ("gone", "done", "tasks", "workers", "left"),
    [(10, 1, 4, 1, 30), (10, 1, 4, 2, 10), (10, 2, 4, 2, 10), (21, 3, 4, 2, 0), (30, 3, 12, 3, 90), (40, 4, 4, 1, 0)],
)
def test_time_left_counts_waves(gone: float, done: int, tasks: int, workers: int, left: float) -> None:
    assert time_left(gone, done, tasks, workers) == pytest.approx(left)


def test_a_wrong_estimate_is_set_right_after_the_first_run(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("experiments.progress.time.monotonic", lambda: clock[0])

    def lines(expected_s: float) -> list[str]:
        stream = io.StringIO()
        clock[0] = 0.0
        with Progress("simulating", 4, expected_s, stream=stream, workers=2) as progress:
            clock[0] = 3.0
            progress.step()
        return stream.getvalue().splitlines()

    assert lines(60.0) == ["simulating: about 60 s", "simulating: 1 of 4 done, about 3 s left"]
    assert lines(6.0) == ["simulating: about 6 s"]
