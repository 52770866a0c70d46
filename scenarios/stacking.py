"""Options that ship: partial scenarios that switch a mechanism on and can be stacked with `--with`.

Each is a YAML file in scenarios/options with a `meta` block (which published entries it stands for, its titles, what it
cannot be stacked with) and the part of a scenario that it sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.faults import Faults, guess, refuse
from scenarios.guard import read_text, shown_path
from scenarios.marks import Mark, Node, leaves, plain
from scenarios.tables import with_tables
from scenarios.values import unwrapped
from scenarios.yaml_text import read_yaml
from sim.messages import BadInput, say

FOLDER = Path(__file__).resolve().parent / "options"
_META = {"entries", "title", "title_zh", "conflicts", "needs", "base", "settings", "published"}
_LISTS = ("entries", "conflicts", "needs", "settings")
_PUBLISHED = {"relative", "points", "direction", "claims"}


@dataclass(frozen=True)
class Published:
    """What was published of a mechanism: a relative change, a change in points, or only a direction; with claim ids."""

    relative: float | None = None
    points: float | None = None
    direction: str = ""
    """lower or higher; empty: nothing was published that an indicator could be held against"""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overlay:
    """A partial scenario: its name, its file, what it stands for and the tree that it lays over a scenario."""

    name: str
    path: Path
    entries: tuple[str, ...]
    title: str
    title_zh: str
    conflicts: tuple[str, ...]
    needs: tuple[str, ...]
    base: str
    """scenario on which its effect is judged"""
    settings: tuple[str, ...]
    """`path=value` under which its effect is judged, with and without it"""
    published: Published
    tree: Node


def option_names() -> list[str]:
    """Names of the shipped options, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def option_path(name_or_path: str) -> Path:
    """The file that is meant: a path, or the shipped option of a bare name. Raises BadInput for an unknown name."""
    name = str(name_or_path)
    if "/" in name or "\\" in name or name.endswith((".yaml", ".yml")):
        return Path(name)
    known = option_names()
    if name not in known:
        raise BadInput(
            say("there is no option {name} to stack; `run.py list options` shows all {count}; a file is named with its .yaml",
                name=repr(name), count=len(known)) + guess(name, known)
        )  # fmt: skip
    return FOLDER / f"{name}.yaml"


def read_overlay(path: Path, faults: Faults) -> Overlay:
    """One overlay, its meta block taken off. Raises BadInput for a file that is none."""
    file = shown_path(path)
    tree = read_yaml(read_text(path), file, faults)
    if not isinstance(tree.value, dict):
        raise refuse(tree.mark, say("an option is a mapping of chapters; write keys such as meta: and staffing:"))
    if "extends" in tree.keys:
        raise refuse(tree.keys["extends"], say("extends: an overlay extends nothing; remove the key, or read the file as a scenario"))
    meta = _meta(tree)
    rest = Node({key: node for key, node in tree.value.items() if key != "meta"}, Mark(file, 1, 1), tree.keys)
    body = unwrapped(with_tables(rest, path.parent, faults), faults)
    names = {key: tuple(str(each) for each in meta.get(key, [])) for key in _LISTS}
    return Overlay(path.stem, path, names["entries"], str(meta.get("title", path.stem)), str(meta.get("title_zh", "")),
                   names["conflicts"], names["needs"], str(meta.get("base", "baseline")), names["settings"], _published(tree), body)  # fmt: skip


def _published(tree: Node) -> Published:
    meta = tree.child("meta")
    node = None if meta is None else meta.child("published")
    if node is None:
        return Published()
    said = plain(node)
    if not isinstance(said, dict) or not set(said) <= _PUBLISHED or said.get("direction", "") not in ("", "lower", "higher"):
        raise refuse(node.mark, say("meta.published: write {known}; direction is lower or higher", known=", ".join(sorted(_PUBLISHED))))
    change = said.get("relative", said.get("points"))
    direction = said.get("direction", "") or ("" if change is None else "lower" if change < 0 else "higher")
    return Published(said.get("relative"), said.get("points"), direction, tuple(str(each) for each in said.get("claims", ())))


def _meta(tree: Node) -> dict[str, Any]:
    node = tree.child("meta")
    if node is None:
        return {}
    meta = plain(node)
    if not isinstance(meta, dict):
        raise refuse(node.mark, say("meta: write a mapping with {known}", known=", ".join(sorted(_META))))
    for key in meta:
        if key not in _META:
            raise refuse(node.keys[key], say("meta.{key}: unknown key; known are {known}", key=key, known=", ".join(sorted(_META)))
                         + guess(str(key), _META))  # fmt: skip
    for key in _LISTS:
        if not isinstance(meta.get(key, []), list):
            raise refuse(node.keys[key], say("meta.{key}: write a list of names", key=key))
    return meta


def check_stack(overlays: Sequence[Overlay], faults: Faults) -> None:
    """Name every pair that cannot be stacked: declared conflicts, and two values for one number or word."""
    said: dict[str, tuple[Overlay, Node]] = {}
    names = {overlay.name for overlay in overlays}
    for overlay in overlays:
        mark = Mark(shown_path(overlay.path))
        for other in overlay.conflicts:
            if other in names:
                faults.add(mark, "meta.conflicts", say("{name} cannot be stacked with {other}; drop one of them",
                                                       name=overlay.name, other=other))  # fmt: skip
        for need in overlay.needs:
            if need not in names:
                faults.add(mark, "meta.needs", say("{name} needs {other}; add --with {other}", name=overlay.name, other=need))
        for path, node in leaves(overlay.tree):
            before = said.setdefault(path, (overlay, node))
            if before[1].value != node.value:
                faults.add(node.mark, path, say("{name} says {value}, but {other} at {place} says {before}; drop one of them",
                                                name=overlay.name, value=node.value, other=before[0].name, place=before[1].mark,
                                                before=before[1].value))  # fmt: skip
