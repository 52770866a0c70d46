"""The tables of many replications as Parquet: written one replication at a time, joined, and read back equal."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from sim.civil_time import CivilTime
from sim.records import MISSING, TABLES, Column, Frame, RunRecords, table

LOCAL = "_local"
"""Ending of the column that shows a time column on the city's wall clock."""
KEPT: dict[str, tuple[str, ...]] = {
    "indicators": (),
    "cases": ("issues", "cases", "services", "units", "staff"),
    "all": tuple(TABLES),
}
"""Which tables a run keeps, by the word that the user says."""
RUNS = "runs.json"
"""File that says what each replication's tables are to be read against: seed, frame and notes."""


def write_part(records: RunRecords, folder: Path, replication: int, keep: str) -> None:
    """The kept tables of one replication, each as folder/<table>/<replication>.parquet."""
    for name in KEPT[keep]:
        path = folder / name / f"{replication:06d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_table(_with_local_times(name, records), path, _selection(name, replication))


def join_parts(parts: Path, folder: Path) -> None:
    """One file a table in `folder` from the parts of all replications, in the order of their numbers."""
    for path in sorted(parts.iterdir()) if parts.exists() else []:
        files = ", ".join(_quoted(str(part)) for part in sorted(path.iterdir()))
        _copy(f"SELECT * FROM read_parquet([{files}])", folder / f"{path.name}.parquet")


def write_table(frame: pd.DataFrame, path: Path, selection: str = "*") -> None:
    """A frame as a Parquet file; `selection` is the SQL list of what to write of it."""
    with _database() as database:
        database.register("frame_to_write", frame)
        _copy(f"SELECT {selection} FROM frame_to_write", path, database)


def read_table(path: Path) -> pd.DataFrame:
    """A Parquet file as a frame, its rows in the order in which they were written."""
    with _database() as database:
        return database.execute(f"SELECT * FROM read_parquet({_quoted(str(path))})").df()


def write_runs(runs: Sequence[tuple[int, RunRecords]], folder: Path) -> None:
    """Number, seed, frame and notes of every replication. The tables of the records are not looked at."""
    rows = [
        {"replication": number, "seed": run.seed, "frame": asdict(run.frame), "notes": dict(run.notes)}
        for number, run in runs
    ]
    (folder / RUNS).write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_runs(folder: Path) -> list[tuple[int, RunRecords]]:
    """What `write_runs` wrote: records without tables, by number."""
    rows = json.loads((folder / RUNS).read_text(encoding="utf-8"))
    return [(row["replication"], RunRecords(Frame(**row["frame"]), row["seed"], {}, row["notes"])) for row in rows]


def read_records(
    folder: Path, tables: Iterable[str] | None = None, replications: Iterable[int] | None = None
) -> list[RunRecords]:
    """The records of a run folder, one for each replication in order, with the tables that were kept (or some of them).

    Raises FileNotFoundError for a table by name that was not kept.
    """
    names = [name for name in TABLES if (folder / f"{name}.parquet").exists()] if tables is None else list(tables)
    wanted = None if replications is None else set(replications)
    found = []
    for number, records in read_runs(folder):
        if wanted is None or number in wanted:
            records.tables = {name: _read_part(folder, name, number) for name in names}
            found.append(records)
    return found


def _read_part(folder: Path, name: str, replication: int) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise FileNotFoundError(path)
    columns = ", ".join(_expression_back(column) for column in TABLES[name])
    source = f"read_parquet({_quoted(str(path))}) WHERE replication = {int(replication)}"
    with _database() as database:
        return table(name, dict(database.execute(f"SELECT {columns} FROM {source}").df()))


def _expression_back(column: Column) -> str:
    name = f'"{column.name}"'
    return f"coalesce({name}, {MISSING}) AS {name}" if column.kind == "time" else name


def _with_local_times(name: str, records: RunRecords) -> pd.DataFrame:
    frame = records[name]
    civil = CivilTime(dt.date.fromisoformat(records.frame.start), records.frame.zone)
    columns: dict[str, object] = {}
    for column in TABLES[name]:
        values = frame[column.name]
        # A categorical without categories has no type that a database knows.
        columns[column.name] = values.astype(object) if column.kind == "text" and values.empty else values
        if column.kind == "time":
            columns[column.name + LOCAL] = civil.local_columns(values.to_numpy())
    return pd.DataFrame(columns)


def _selection(name: str, replication: int) -> str:
    chosen = [f"{int(replication)}::INTEGER AS replication"]
    for column in TABLES[name]:
        if column.kind == "time":
            chosen.append(f'nullif("{column.name}", {MISSING}) AS "{column.name}"')
            chosen.append(f'"{column.name}{LOCAL}"::TIMESTAMP AS "{column.name}{LOCAL}"')
        elif column.kind == "text":
            chosen.append(f'"{column.name}"::VARCHAR AS "{column.name}"')
        else:
            chosen.append(f'"{column.name}"')
    return ", ".join(chosen)


def _database() -> duckdb.DuckDBPyConnection:
    """A cursor of this process's database: it sees nothing that another one registered, and closes alone."""
    cursor = _opened(os.getpid()).cursor()
    cursor.execute("SET enable_progress_bar = false")
    return cursor


@cache
def _opened(process: int) -> duckdb.DuckDBPyConnection:
    """Opened once in a process, for it takes longer than a small table; never one that was open before a fork."""
    database = duckdb.connect()
    database.execute("SET threads = 1")  # one thread keeps the order of rows and writes the same bytes every time
    return database


def _copy(query: str, path: Path, database: duckdb.DuckDBPyConnection | None = None) -> None:
    with database or _database() as opened:
        opened.execute(f"COPY ({query}) TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
