"""One scenario on top of another: `extends`, overlays and `--set` are all the same merge.

- a mapping merges into a mapping, key by key;
- a list replaces a list;
- a mapping given where the base has a list merges into its rows: by the row's `code`, `name` or `kind` (the first of
  these that all rows have), or by its number from 0;
- a mapping that names another `family` (of a distribution) or another `name` of a policy replaces the old one, for the
  old one's parameters mean nothing to it;
- anything else replaces.
"""

from __future__ import annotations

from scenarios.faults import Faults, guess, refuse
from scenarios.marks import Mark, Node, dotted
from scenarios.sources import Source
from scenarios.values import unwrapped
from scenarios.yaml_text import read_word
from sim.messages import say

ROW_NAMES = ("code", "name", "kind")
WINDOW = ("start", "horizon", "warm_up", "replications")
"""Numbers of the chapter `time` that `--set` takes without it, since every run is asked for them."""
Path = tuple[str, ...]


def merged(base: Node, top: Node, faults: Faults, path: Path = ()) -> Node:
    """`top` over `base`. A row that the base does not have is noted as a fault."""
    if isinstance(top.value, dict):
        if isinstance(base.value, dict) and not _other_kind(base, top):
            return _mapping(base, top, faults, path)
        if isinstance(base.value, list):
            return _rows(base, top, faults, path)
    return top


def _mapping(base: Node, top: Node, faults: Faults, path: Path) -> Node:
    assert isinstance(base.value, dict)
    assert isinstance(top.value, dict)
    values, keys = dict(base.value), dict(base.keys)
    for key, child in top.value.items():
        before = base.value.get(key)
        if before is None:
            values[key], keys[key] = child, top.keys[key]
        else:
            values[key] = merged(before, child, faults, (*path, key))
            keys[key] = base.keys[key] if values[key].mark == before.mark else top.keys[key]
    return Node(values, base.mark, keys)


def _rows(base: Node, top: Node, faults: Faults, path: Path) -> Node:
    assert isinstance(base.value, list)
    assert isinstance(top.value, dict)
    rows = list(base.value)
    names = row_names(base)
    for key, child in top.value.items():
        index = _row_number(key, names, len(rows))
        if index is None:
            known = names or [str(number) for number in range(len(rows))]
            what = say("no row {name}; rows are {known}", name=repr(key), known=", ".join(known) or say("none"))
            faults.add(top.keys[key], dotted((*path, key)), what + guess(key, known))
        else:
            rows[index] = merged(rows[index], child, faults, (*path, key))
    return Node(rows, base.mark, base.keys)


def row_names(node: Node) -> list[str]:
    """The names by which rows of a list are called, in order; empty when they have none."""
    rows = node.value if isinstance(node.value, list) else []
    for naming in ROW_NAMES:
        found = [row.child(naming) for row in rows]
        if rows and all(name is not None and isinstance(name.value, str) for name in found):
            return [str(name.value) for name in found if name is not None]
    return []


def _row_number(key: str, names: list[str], count: int) -> int | None:
    if key in names:
        return names.index(key)
    return int(key) if key.isascii() and key.isdigit() and len(key) < 9 and int(key) < count else None


def _other_kind(base: Node, top: Node) -> bool:
    assert isinstance(base.value, dict)
    naming = "family" if "family" in base.value else "name" if set(base.value) <= {"name", "params"} else None
    if naming is None:
        return False
    before, after = base.child(naming), top.child(naming)
    return before is not None and after is not None and before.value != after.value


def setting(text: str, faults: Faults) -> Node:
    """`--set path=value` as a tree to merge: dotted path, rows by name or number, the value one YAML value.

    `start`, `horizon`, `warm_up` and `replications` alone are those of the chapter `time`.
    Its source is `assumed: set on the command line`. Raises BadInput for anything that is not path=value.
    """
    path, equals, value = text.partition("=")
    steps = [step.strip() for step in path.split(".")]
    mark = Mark(f"--set {text}")
    if len(steps) == 1 and steps[0] in WINDOW:
        steps = ["time", *steps]
    if not equals or not all(steps):
        raise refuse(mark, say("write --set path=value, such as --set places.households_per_grid=600"))
    node = unwrapped(read_word(value, mark), faults, Source("assumed", "set on the command line"), ".".join(steps))
    for step in reversed(steps):
        node = Node({step: node}, mark, {step: mark})
    return node
