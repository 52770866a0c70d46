"""Dotted paths into a scenario: whether there is such a place, and what was perhaps meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from scenarios.overlays import ROW_NAMES
from sim.messages import say

_ALIKE = 0.6
FREE = ("params",)
"""Mappings that may hold any key: what is allowed there is not the specification's to say."""


def path_fault(path: str, scenario: dict[str, Any]) -> str:
    """What is wrong with a path into a scenario's plain form; empty when there is such a place.

    Below a part that the scenario leaves out anything is taken; the rules of the scenario judge it later.
    """
    here: Any = scenario
    steps = path.split(".")
    for number, step in enumerate(steps):
        if here is None or (number and steps[number - 1] in FREE):
            return ""
        found, here = _below(here, step)
        if not found:
            return _unknown(path, ".".join(steps[:number]), step, here, scenario)
    return ""


def value_at(path: str, scenario: dict[str, Any]) -> Any:
    """The value at a path of a plain scenario; None where there is nothing."""
    here: Any = scenario
    for step in path.split("."):
        found, here = _below(here, step)
        if not found:
            return None
    return here


def _below(here: Any, step: str) -> tuple[bool, Any]:
    """Whether there is such a step, and what stands there; where there is none, what stands here."""
    if isinstance(here, dict) and step in here:
        return True, here[step]
    if isinstance(here, list):
        names = row_names(here)
        if step in names:
            return True, here[names.index(step)]
        if step.isascii() and step.isdigit() and int(step) < len(here):
            return True, here[int(step)]
    return False, here


def row_names(rows: list[Any]) -> list[str]:
    """Names by which the rows of a plain list are called; empty when they have none."""
    for naming in ROW_NAMES:
        found = [row.get(naming) if isinstance(row, dict) else None for row in rows]
        if rows and all(isinstance(name, str) for name in found):
            return [str(name) for name in found]
    return []


def _unknown(path: str, parent: str, step: str, here: Any, scenario: dict[str, Any]) -> str:
    known = list(here) if isinstance(here, dict) else row_names(here) if isinstance(here, list) else []
    if isinstance(here, list) and not known:
        known = [str(number) for number in range(len(here))]
    if known:
        text = say("the scenario has no {path}; below {parent} are {known}",
                   path=repr(path), parent=parent or say("the scenario"), known=", ".join(known))  # fmt: skip
    else:
        text = say("the scenario has no {path}; {parent} is a single value", path=repr(path), parent=parent)
    return text + _meant(path, parent, step, known, scenario)


def _meant(path: str, parent: str, step: str, known: list[str], scenario: dict[str, Any]) -> str:
    """The same path with the step put right; else the nearest of all paths, best one that ends alike."""
    near = difflib.get_close_matches(step, known, n=1, cutoff=_ALIKE)
    if near:
        lead = f"{parent}." if parent else ""
        return _hint(lead + near[0] + path.removeprefix(lead + step))
    every = list(_paths(scenario))
    alike = [each for each in every if each.rpartition(".")[2] == path.rpartition(".")[2]]
    found = difflib.get_close_matches(path, alike, n=1, cutoff=0.0) or difflib.get_close_matches(path, every, 1, _ALIKE)
    return _hint(found[0]) if found else ""


def _hint(path: str) -> str:
    return say("; did you mean {guess}?", guess=repr(path))


def _paths(here: Any, path: str = "") -> Iterator[str]:
    if isinstance(here, dict):
        rows = list(here.items())
    elif isinstance(here, list):
        rows = list(zip(row_names(here) or map(str, range(len(here))), here, strict=True))
    else:
        yield path
        return
    for key, child in rows:
        yield from _paths(child, f"{path}.{key}" if path else str(key))
