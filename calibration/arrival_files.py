"""Fitted arrivals as they lie beside a scenario: a chapter of its YAML and three CSV tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

Tree = dict[str, Any]

TABLES = ("streams", "kinds", "shocks")
ASSUMED = {"damping": "assumed: a trend loses half of its pace in five weeks"}


def files_of(name: str, folder: Path) -> dict[str, Path]:
    """The tables that belong to a scenario of this name."""
    return {table: folder / f"{name}_arrivals_{table}.csv" for table in TABLES}


def arrival_chapter(tree: Tree, name: str, source: str) -> tuple[Tree, dict[str, str]]:
    """The chapter `replay.arrivals` of `Arrivals.tree` for the YAML, its numbers with `source`; and its tables by file name."""
    chapter: Tree = {}
    for key, value in tree.items():
        if key not in TABLES:
            chapter[key] = value if isinstance(value, str) else {"value": value, "source": ASSUMED.get(key, source)}
    texts = {}
    for table, path in files_of(name, Path()).items():
        if tree[table]:
            texts[path.name] = _table(tree[table])
            chapter[table] = {"csv": path.name, "source": source}
    return chapter, texts


def _table(rows: list[Tree]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return text.getvalue()


def _cell(value: object) -> object:
    return value if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
