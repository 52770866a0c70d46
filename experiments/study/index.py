"""The index of a study: one row a run that was tried, in an SQLite file that survives kill -9."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from scenarios.reasons import reason_of
from sim.messages import BadInput, say

DONE, FAILED = "done", "failed"
_WAIT_S = 30.0


@dataclass(frozen=True)
class Row:
    """One run."""

    run_id: str
    seed: int
    settings: str
    """what it changes in the base, as JSON: [[path, value], ...]"""
    base: str
    """digest of the base scenario"""
    code: str
    """digest of the code"""
    status: str
    """DONE or FAILED"""
    kept: str = ""
    error: str = ""
    lasting: bool = False
    """the failure comes from the scenario and would come again"""
    seconds: float | None = None
    memory_mb: float | None = None
    cases: int | None = None
    world: str = ""
    """digest of the issues that it met"""
    files: str = "{}"
    """table name -> [bytes, SHA-256 or empty], as JSON"""


_COLUMNS = [field.name for field in fields(Row)]
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs ({", ".join(f"{name} PRIMARY KEY" if name == "run_id" else name for name in _COLUMNS)})
"""


class Index:
    """Use it in a `with`. Only one process writes to it: the one that holds the folder's lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._database = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise _trouble(path, error) from error

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def put(self, rows: Iterable[Row]) -> None:
        """Add or replace rows, all or none. Raises BadInput where the disk does not take them."""
        marks = ", ".join("?" * len(_COLUMNS))
        self._write(f"INSERT OR REPLACE INTO runs VALUES ({marks})", [astuple(row) for row in rows])

    def drop(self, run_ids: Iterable[str]) -> None:
        """Take rows out: their runs are to be made again."""
        self._write("DELETE FROM runs WHERE run_id = ?", [(each,) for each in run_ids])

    def rows(self) -> dict[str, Row]:
        """Every row by its run."""
        return {row.run_id: row for row in _rows(self._database)}

    def fact(self, name: str) -> Any:
        """A stored fact; None if there is none."""
        found = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if found is None else json.loads(found[0])

    def state(self, facts: dict[str, Any]) -> None:
        """Store facts by name."""
        rows = [(name, json.dumps(value, ensure_ascii=False)) for name, value in facts.items()]
        self._write("INSERT OR REPLACE INTO facts VALUES (?, ?)", rows)

    def _write(self, command: str, rows: list[tuple[Any, ...]]) -> None:
        if not rows:
            return
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(command, rows)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise _trouble(self._path, error) from error


Read = TypeVar("Read")


def read_rows(path: Path) -> list[Row]:
    """The rows of an index that somebody else may be writing. Raises BadInput where it cannot be read."""
    return _read_only(path, lambda database: list(_rows(database)))


def copy_index(path: Path, target: Path) -> None:
    """Write the whole index to another file. Raises BadInput where it cannot be read."""
    with closing(sqlite3.connect(target)) as copy:
        _read_only(path, lambda database: database.backup(copy))


def _read_only(path: Path, read: Callable[[sqlite3.Connection], Read]) -> Read:
    try:
        return _read(path, "mode=ro", read)
    except sqlite3.OperationalError:
        pass  # a folder that can only be read has no room for the files that a reader of a living index needs
    except sqlite3.Error as error:
        raise _trouble(path, error) from error
    try:
        return _read(path, "immutable=1", read)
    except sqlite3.Error as error:
        raise _trouble(path, error) from error


def _read(path: Path, how: str, read: Callable[[sqlite3.Connection], Read]) -> Read:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=_WAIT_S)) as database:
        return read(database)


def _rows(database: sqlite3.Connection) -> Iterable[Row]:
    for values in database.execute(f"SELECT {', '.join(_COLUMNS)} FROM runs ORDER BY run_id"):
        row = dict(zip(_COLUMNS, values, strict=True))
        yield Row(**{**row, "lasting": bool(row["lasting"])})


def _trouble(path: Path, error: sqlite3.Error) -> BadInput:
    if "malformed" in str(error) or "not a database" in str(error):
        return BadInput(
            say("{file}: the index is damaged; delete it and start again: it is made anew from the run files", file=path)
        )
    why = say("the disk is full") if "full" in str(error) else reason_of(error)
    return BadInput(say("{folder}: cannot be written: {why}", folder=path, why=why))
