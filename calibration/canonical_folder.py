"""A folder of canonical records: Parquet tables, the quality report and its facts; written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from calibration.intake import Intake
from sim.civil_time import CivilTime
from sim.messages import BadInput, say
from sim.records import MISSING, TABLES, Frame

LOCAL = "_local"
"""Ending of the column that shows a time column as local ISO time."""


def write_canonical(intake: Intake, folder: Path) -> None:
    """Write issues, cases, reports, attributes (of event logs also steps) as Parquet, and quality.json. A time that never came is NULL.

    The folder appears under its name only when everything is in it. Raises BadInput if it exists or cannot be made.
    """
    if folder.exists():
        raise BadInput(say("{folder}: exists already; remove it or choose another with --out", folder=folder))
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        partial.mkdir(parents=True)
        _fill(intake, partial)
        partial.rename(folder)
    except OSError as error:
        raise BadInput(say("{folder}: cannot be written: {why}", folder=folder, why=error)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _fill(intake: Intake, folder: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET threads = 1")  # one thread writes the same bytes every time
        for name, frame in intake.records.tables.items():
            _copy(connection, _with_local_times(name, frame, intake.records.frame), name, folder)
        _copy(connection, intake.attributes, "attributes", folder)
        if intake.steps is not None:
            _copy(connection, _steps(intake.steps, intake.records.frame), "steps", folder)
    text = json.dumps(intake.quality.as_dict(), ensure_ascii=False, indent=2)
    (folder / "quality.json").write_text(text + "\n", encoding="utf-8")


def _with_local_times(name: str, frame: pd.DataFrame, reading: Frame) -> pd.DataFrame:
    civil = CivilTime(date.fromisoformat(reading.start), reading.zone)
    columns: dict[str, object] = {}
    for column in TABLES[name]:
        columns[column.name] = frame[column.name]
        if column.kind == "time":
            columns[column.name + LOCAL] = civil.local_columns(frame[column.name].to_numpy())
    return pd.DataFrame(columns)


def _steps(steps: pd.DataFrame, reading: Frame) -> pd.DataFrame:
    civil = CivilTime(date.fromisoformat(reading.start), reading.zone)
    local = {f"{name}{LOCAL}": civil.local_columns(steps[name].to_numpy()) for name in ("started_at", "completed_at")}
    return steps.assign(**local)


def _copy(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, name: str, folder: Path) -> None:
    connection.register("table_to_write", frame)
    chosen = ", ".join(_expression(str(column), set(map(str, frame.columns))) for column in frame.columns)
    target = str(folder / f"{name}.parquet").replace("'", "''")
    connection.execute(f"COPY (SELECT {chosen} FROM table_to_write) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    connection.unregister("table_to_write")


def _expression(column: str, columns: set[str]) -> str:
    quoted = '"' + column.replace('"', '""') + '"'
    if column.endswith(LOCAL):
        return f"strftime({quoted}, '%Y-%m-%dT%H:%M:%S') AS {quoted}"
    if column + LOCAL in columns:
        return f"nullif({quoted}, {MISSING}) AS {quoted}"
    return quoted
