"""Fitted arrivals as they lie beside a scenario: a chapter of its YAML and three CSV tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

Tree = dict[str, Any]

TABLES = ("streams", "kinds", "shocks")
ASSUMED = {"damping": "assumed: a trend loses half of its pace in five weeks"}


def files_of(name: str, folder: Path) -> dict[str, Path]:
    """The tables that belong to a scenario of this name."""
    return {table: folder / f"{name}_arrivals_{table}.csv" for table in TABLES}


def write_arrivals(tree: Tree, name: str, folder: Path, source: str) -> Tree:
    """Write the tables of `Arrivals.tree` and return the chapter `replay.arrivals` for the YAML, its numbers with `source`."""
    chapter: Tree = {}
    for key, value in tree.items():
        if key not in TABLES:
            chapter[key] = value if isinstance(value, str) else {"value": value, "source": ASSUMED.get(key, source)}
    for table, path in files_of(name, folder).items():
        if tree[table]:
            _write(path, tree[table])
            chapter[table] = {"csv": path.name, "source": source}
    return chapter


def _write(path: Path, rows: list[Tree]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(rows[0])
        for row in rows:
            writer.writerow([_cell(value) for value in row.values()])


def _cell(value: object) -> object:
    return value if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
