"""The Parquet files of single runs: one a table, written elsewhere and renamed into place, the indicators last."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from experiments.store import KEPT
from sim.records import TABLES

RUNS = "runs"
INDICATORS = "indicators"
"""The table that every run has. Where it is, the run is whole: its other tables came before it."""
_MOST_HASHED = 1 << 24
_MAGIC = b"PAR1"
_STRENGTH = {name: number for number, name in enumerate(KEPT)}


def table_file(folder: Path, table: str, run_id: str) -> Path:
    """Where a table of a run lies."""
    return folder / RUNS / table / f"{run_id}.parquet"


def write_indicators(frame: pd.DataFrame, path: Path) -> None:
    """Write a small frame; the same frame gives the same bytes."""
    database = _database().cursor()
    database.register("frame_to_write", frame)
    target = str(path).replace("'", "''")
    database.execute(f"COPY (SELECT * FROM frame_to_write) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    database.unregister("frame_to_write")


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Kept open: a study writes thousands of small files, and opening takes longer than writing."""
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    database.execute("SET threads = 1")
    return database


def place(parts: Mapping[str, Path], folder: Path, run_id: str) -> dict[str, list[object]]:
    """Rename finished tables into the study's folder, indicators last. Returns size and hash of each."""
    order = sorted(parts, key=lambda name: name == INDICATORS)
    seals: dict[str, list[object]] = {}
    for name in order:
        target = table_file(folder, name, run_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        seals[name] = seal(parts[name])
        os.replace(parts[name], target)
    return seals


def seal(path: Path) -> list[object]:
    """Size and SHA-256 of a file; the hash is empty for a large one."""
    size = path.stat().st_size
    return [size, hashlib.sha256(path.read_bytes()).hexdigest() if size <= _MOST_HASHED else ""]


def is_sound(path: Path, sealed: list[object]) -> bool:
    """Whether a file is what was sealed; of a large file only its length and its ends are looked at."""
    try:
        size, digest = sealed
        if path.stat().st_size != size:
            return False
        if digest:
            return hashlib.sha256(path.read_bytes()).hexdigest() == digest
        with path.open("rb") as stream:
            first = stream.read(len(_MAGIC))
            stream.seek(-len(_MAGIC), os.SEEK_END)
            return first == stream.read() == _MAGIC
    except OSError:
        return False


def read_facts(path: Path) -> tuple[str, int, str, int] | None:
    """run_id, seed, world and number of cases that a file of indicators tells; None where it cannot be read."""
    try:
        rows = _database().cursor().execute(
            "SELECT run_id, seed, world, cases FROM read_parquet(?) LIMIT 1", [str(path)]
        ).fetchall()  # fmt: skip
    except duckdb.Error:
        return None
    return rows[0] if rows else None


def kept_of(folder: Path, run_id: str) -> str:
    """The most that a run has kept, judged by the files that are there: a key of KEPT."""
    there = {name for name in TABLES if table_file(folder, name, run_id).exists()}
    return next(key for key in reversed(list(KEPT)) if set(KEPT[key]) <= there)


def suffices(kept: str, wanted: str) -> bool:
    """Whether what was kept holds all that is wanted."""
    return _STRENGTH.get(kept, -1) >= _STRENGTH[wanted]


def tables_of(kept: str) -> tuple[str, ...]:
    """The tables of a run that kept so much."""
    return (*KEPT[kept], INDICATORS)


def placed_runs(folder: Path) -> Iterator[str]:
    """Runs whose indicators lie in a folder."""
    where = folder / RUNS / INDICATORS
    yield from (path.stem for path in sorted(where.glob("*.parquet"))) if where.exists() else ()


def set_aside(folder: Path, run_id: str, tables: Iterable[str]) -> Path:
    """Move the files of a run out of the way; returns the folder that they are in now."""
    aside = folder / "quarantine"
    aside.mkdir(exist_ok=True)
    for table in tables:
        path = table_file(folder, table, run_id)
        if path.exists():
            os.replace(path, aside / f"{run_id}.{table}.parquet")
    return aside
