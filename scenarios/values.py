"""Undoes `{value: 4 h, source: ...}` and the reserved keys `source` and `note`; scalars then carry their sources."""

from __future__ import annotations

from scenarios.faults import Faults
from scenarios.marks import Node
from scenarios.sources import Source, parse_source

RESERVED = ("source", "note")


def unwrapped(node: Node, faults: Faults, inherited: Source | None = None, path: str = "") -> Node:
    """The tree without sources and notes. A `source` holds for all below it in the same file, unless overridden."""
    if isinstance(node.value, list):
        rows = [unwrapped(row, faults, inherited, f"{path}.{i}") for i, row in enumerate(node.value)]
        return Node(rows, node.mark, node.keys)
    if not isinstance(node.value, dict):
        return node.sourced(inherited)
    source = _own_source(node, faults, path) or inherited
    if is_wrapped(node):
        return unwrapped(node.value["value"], faults, source, path)
    kept = {
        key: unwrapped(child, faults, source, f"{path}.{key}" if path else key)
        for key, child in node.value.items()
        if key not in RESERVED
    }
    return Node(kept, node.mark, node.keys)


def is_wrapped(node: Node) -> bool:
    """Whether a mapping is a value with its source or note, and nothing else."""
    return (
        isinstance(node.value, dict)
        and "value" in node.value
        and len(node.value) > 1
        and set(node.value) <= {"value", *RESERVED}
    )


def _own_source(node: Node, faults: Faults, path: str) -> Source | None:
    stated = node.child("source")
    if stated is None:
        return None
    try:
        return parse_source(stated.value if not isinstance(stated.value, dict | list) else None)
    except ValueError as error:
        faults.add(stated.mark, f"{path}.source" if path else "source", str(error))
        return None
