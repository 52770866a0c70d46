"""SQL over all runs of a study: a DuckDB database in memory whose views are the tables that docs/studies.md lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, fields
from pathlib import Path

import duckdb
import pandas as pd

from experiments.study.index import DONE, Row, read_rows
from experiments.study.layout_tables import DESIGN, FACTORS, POINTS, RESULTS
from experiments.study.run_files import INDICATORS, table_file
from experiments.study.study_folder import INDEX
from sim.messages import BadInput, say
from sim.records import TABLES

_RUN_COLUMNS = ("run_id", "status", "kept", "error", "seconds", "memory_mb", "cases", "world", "base", "code")
_LONGEST = 400
VIEWS = {
    "runs": "every wanted run: point, choice, name, draw, replication, seed, run_id, status (done, failed, missing) and more",
    "points": "design points: point, choice, draw, name, a column a factor",
    "factors": "the same, a row a point and factor",
    "indicators": "run_id, point, choice, name, draw, replication, seed, indicator, group, value; done runs only",
    "results": "choices by outcomes: means, intervals, differences, verdicts",
    "failures": "runs that failed, with error and seed",
}
"""Views and what they hold; with `keep: cases` or `all` also the tables of the runs by their names."""


def open_study(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with all views. Raises BadInput where the folder is no study.

    Only files of runs that are done are looked at, so a file that is being written disturbs nothing.
    """
    if not (folder / f"{DESIGN}.parquet").is_file():
        raise BadInput(say("{folder}: this is no folder of a study; name one with --study", folder=folder))
    rows = _rows(folder)
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    database.register("index_rows", pd.DataFrame([astuple(row) for row in rows], columns=[each.name for each in fields(Row)]))
    for name in (POINTS, FACTORS, DESIGN, RESULTS):
        path = folder / f"{name}.parquet"
        if path.is_file():
            database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({_list([path])})")
    _view_runs(database)
    _view_tables(database, folder, rows)
    return database


def _rows(folder: Path) -> list[Row]:
    """Rows of the index, and of the parts that have not been gathered yet."""
    found: dict[str, Row] = {}
    for path in [folder / INDEX, *sorted(folder.glob("index.*.sqlite"))]:
        for row in read_rows(path) if path.is_file() else []:
            if row.run_id not in found or found[row.run_id].status != DONE:
                found[row.run_id] = row
    return list(found.values())


def _view_runs(database: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(f"index_rows.{name}" for name in _RUN_COLUMNS[2:])
    database.execute(
        f"CREATE VIEW runs AS SELECT point, choice, name, draw, world AS replication, seed, design.run_id, "
        f"coalesce(index_rows.status, 'missing') AS status, {columns} FROM (SELECT * FROM design JOIN {POINTS} USING (point)) "
        f"AS design LEFT JOIN (SELECT * EXCLUDE (seed, world), world AS world_digest FROM index_rows) AS index_rows "
        f"ON design.run_id = index_rows.run_id".replace("index_rows.world,", "index_rows.world_digest,")
    )
    database.execute(
        "CREATE VIEW failures AS SELECT point, choice, name, draw, replication, seed, run_id, error FROM runs "
        "WHERE status = 'failed'"
    )


def _view_tables(database: duckdb.DuckDBPyConnection, folder: Path, rows: Iterable[Row]) -> None:
    design = {run for (run,) in database.execute(f"SELECT DISTINCT run_id FROM {DESIGN}").fetchall()}
    done = sorted(row.run_id for row in rows if row.status == DONE and row.run_id in design)
    named = "run_id, point, choice, name, draw, replication, seed"
    for table in (INDICATORS, *TABLES):
        files = [path for path in (table_file(folder, table, run) for run in done) if path.exists()]
        if not files:
            continue
        if table == INDICATORS:
            source = f'SELECT run_id, indicator, "group", value FROM read_parquet({_list(files)})'
        else:
            source = (f"SELECT parse_filename(filename, true) AS run_id, * EXCLUDE (filename, replication) "
                      f"FROM read_parquet({_list(files)}, filename = true)")  # fmt: skip
        try:
            database.execute(
                f"CREATE VIEW {table} AS SELECT * FROM (SELECT {named} FROM runs) AS runs JOIN ({source}) AS rows USING (run_id)"
            )
        except duckdb.Error as error:  # the first file is read for its columns
            raise _complaint(database, error) from error


def _list(paths: Iterable[Path]) -> str:
    quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"[{quoted}]"


def ask(database: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    """The answer to a query. Raises BadInput with DuckDB's complaint and the views that there are."""
    try:
        return database.execute(query).df()
    except duckdb.Error as error:
        raise _complaint(database, error) from error


def _complaint(database: duckdb.DuckDBPyConnection, error: duckdb.Error) -> BadInput:
    views = [name for (name,) in database.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name <> 'index_rows' ORDER BY 1").fetchall()]  # fmt: skip
    why = " ".join(str(error).split())
    why = why if len(why) <= _LONGEST else f"{why[:_LONGEST]}..."
    if isinstance(error, duckdb.IOException | duckdb.InvalidInputException) or "arquet" in why:
        why += say("; run the study again: damaged files are set aside and their runs made anew")
    return BadInput(say("the query cannot be answered: {why}; there are the tables {views}", why=why, views=", ".join(views)))
