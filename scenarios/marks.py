"""Where each value of a scenario stands: a tree of values with file, line and column, merged files included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.sources import Source

Scalar = str | int | float | bool | None
Part = str | int


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file, counted from 1; line 0 means the file as a whole (or a setting of the command line)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Node:
    """A value, its place, the places of its keys, and the source of its numbers."""

    value: dict[str, Node] | list[Node] | Scalar
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    source: Source | None = None

    def child(self, part: object) -> Node | None:
        """The value under a key, or at an index; None if there is none."""
        if isinstance(self.value, dict):
            return self.value.get(str(part))
        if isinstance(self.value, list) and isinstance(part, int) and 0 <= part < len(self.value):
            return self.value[part]
        return None

    def sourced(self, source: Source | None) -> Node:
        """The same value with a source."""
        return replace(self, source=source)


def plain(node: Node) -> Any:
    """The bare values: dictionaries, lists and scalars."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Every scalar with its dotted path; rows of a list are counted from 0."""
    if isinstance(node.value, dict):
        pairs: Iterable[tuple[object, Node]] = node.value.items()
    elif isinstance(node.value, list):
        pairs = enumerate(node.value)
    else:
        yield path, node
        return
    for key, child in pairs:
        yield from leaves(child, f"{path}.{key}" if path else str(key))


@dataclass(frozen=True)
class Spot:
    """What a location of the schema points at: the dotted path, the key's or row's place, and the node if it exists."""

    path: tuple[Part, ...]
    mark: Mark
    node: Node | None

    @property
    def value_mark(self) -> Mark:
        """The place of a scalar itself; of a mapping or list, of the key that holds it."""
        bare = self.node is not None and not isinstance(self.node.value, dict | list)
        return self.node.mark if self.node is not None and bare else self.mark


def locate(tree: Node, location: Sequence[Part]) -> Spot:
    """Follow a location as far as it exists. The tag of a family (`lognormal`) is no step; `[key]` means the key."""
    node: Node | None = tree
    mark, path = tree.mark, ()
    for step in location:
        if step == "[key]":
            break
        child = node.child(step) if node is not None else None
        if child is None and node is not None and _is_tag(node, step):
            continue
        path = (*path, step)
        if child is not None and node is not None:
            mark = node.keys.get(str(step), child.mark)
        node = child
    return Spot(path, mark, node)


def _is_tag(node: Node, step: Part) -> bool:
    family = node.child("family")
    return family is not None and family.value == step


def dotted(path: Sequence[Part]) -> str:
    """A path as the user writes it."""
    return ".".join(text if len(text) <= 60 else f"{text[:57]}..." for text in map(str, path))
