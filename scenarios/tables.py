"""Tables beside a scenario: `csv: file.csv` stands for the rows of that file.

Written as a text (`"csv: demands.csv"`) or as a mapping (`{csv: demands.csv}`, which may hold a source), the path
relative to the YAML file.
The first line holds the keys; a dot in a key opens a mapping (`work.mean`); an empty cell is an absent key. A cell is
read like a bare word of YAML, and one that begins with a bracket, brace or quote as YAML. A table with the single
column `value` is a plain list of values.

In the same way `geojson: file.geojson` stands for the grids of that map; where the grids stand, the counts that follow
from them (households of a community and so on) are filled in beside, unless the same mapping states them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from scenarios.faults import Faults, refuse
from scenarios.geojson import counts_beside, read_map
from scenarios.guard import MOST_TABLE_BYTES, read_text, shown_path
from scenarios.marks import Mark, Node
from scenarios.scalars import scalar
from scenarios.values import RESERVED
from scenarios.yaml_text import read_word
from sim.messages import BadInput, say

Reader = Callable[[Path, Faults], list[Node]]


def with_tables(node: Node, directory: Path, faults: Faults) -> Node:
    """The tree with every named table read in. A table that cannot be read is noted, and left empty."""
    name = _table_name(node)
    if name is not None:
        return _table(node, directory / name[1], faults, _READERS[name[0]], name[0])
    if isinstance(node.value, dict):
        children = {key: with_tables(child, directory, faults) for key, child in node.value.items()}
        for key, child in node.value.items():
            reference = _table_name(child)
            if key == "grids" and reference is not None and reference[0] == "geojson":
                children = {**counts_beside(children[key], directory / reference[1]), **children}
        return Node(children, node.mark, {**dict.fromkeys(children, node.mark), **node.keys})
    if isinstance(node.value, list):
        return Node([with_tables(row, directory, faults) for row in node.value], node.mark)
    return node


def _table(node: Node, path: Path, faults: Faults, reader: Reader, kind: str) -> Node:
    try:
        rows = Node(reader(path, faults), node.mark)
    except BadInput as error:
        faults.add(node.mark, kind, str(error))
        rows = Node([], node.mark)
    stated = (
        {key: child for key, child in node.value.items() if key in RESERVED} if isinstance(node.value, dict) else {}
    )
    return Node({"value": rows, **stated}, node.mark, {"value": node.mark, **node.keys}) if stated else rows


def _table_name(node: Node) -> tuple[str, str] | None:
    """What kind of table a value stands for, and its file."""
    for kind in _READERS:
        if isinstance(node.value, str) and node.value.startswith(f"{kind}:"):
            return kind, node.value.removeprefix(f"{kind}:").strip()
        if isinstance(node.value, dict) and {kind} <= set(node.value) <= {kind, *RESERVED}:
            named = node.value[kind].value
            return (kind, named) if isinstance(named, str) else None
    return None


def _rows(path: Path, faults: Faults) -> list[Node]:
    file = shown_path(path)
    text = read_text(path, MOST_TABLE_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Node] = []
    header: list[str] = []
    try:
        for cells in reader:
            line = reader.line_num
            if not header:
                header = _header(cells, Mark(file, line, 1))
            elif any(cell.strip() for cell in cells):
                rows.append(_row(header, cells, Mark(file, line, 1), faults))
    except csv.Error as error:
        raise refuse(
            Mark(file, reader.line_num, 1), say("this is not CSV: {problem}; check the quotes", problem=error)
        ) from None
    if not header:
        raise refuse(Mark(file), say("the table is empty; its first line must name the columns"))
    return rows


def _header(cells: list[str], mark: Mark) -> list[str]:
    names = [cell.strip() for cell in cells]
    for column, name in enumerate(names, 1):
        here = Mark(mark.file, mark.line, column)
        if not name or "" in name.split("."):
            raise refuse(here, say("column {column} has no proper name; name it like work.mean", column=column))
        if any(
            name == other or name.startswith(f"{other}.") or other.startswith(f"{name}.")
            for other in names[: column - 1]
        ):
            raise refuse(here, say("the column {name} stands twice or inside another; keep one", name=repr(name)))
    return names


def _row(header: list[str], cells: list[str], mark: Mark, faults: Faults) -> Node:
    if len(cells) != len(header):
        text = say(
            "{count} cells, but {wanted} columns; quote a cell that holds a comma", count=len(cells), wanted=len(header)
        )
        faults.add(mark, "", text)
    row = Node({}, mark)
    for column, (name, cell) in enumerate(zip(header, cells, strict=False), 1):
        here = Mark(mark.file, mark.line, column)
        word = cell.strip()
        if word:
            _place(row, name.split("."), _cell(word, here, name, faults), here)
    single = row.child("value")
    return single if header == ["value"] and single is not None else row


def _cell(word: str, mark: Mark, name: str, faults: Faults) -> Node:
    if word[0] not in "[{\"'":
        return Node(scalar(word), mark)
    try:
        return read_word(word, mark)
    except BadInput as error:
        faults.add(mark, name, str(error).removeprefix(f"{mark}: "))
        return Node(None, mark)


def _place(row: Node, steps: list[str], node: Node, mark: Mark) -> None:
    for step in steps[:-1]:
        assert isinstance(row.value, dict)
        row.keys.setdefault(step, mark)
        row = row.value.setdefault(step, Node({}, mark))
    assert isinstance(row.value, dict)
    row.value[steps[-1]], row.keys[steps[-1]] = node, mark


_READERS: dict[str, Reader] = {"csv": _rows, "geojson": read_map}
