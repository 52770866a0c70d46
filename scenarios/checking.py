"""A tree of values against the schema: the scenario, or a fault for every complaint, at the place it is about."""

from __future__ import annotations

import json
import re

from pydantic import ValidationError

from scenarios.faults import Faults, refuse
from scenarios.marks import Node, Part, dotted, locate, plain
from scenarios.wording import Complaint, worded
from sim.messages import say
from sim.scenario import SCHEMA_VERSION, Scenario

# Validators that look at several chapters join what they find with "; ", each part led by the path it is about.
_NEXT_PATH = re.compile(r"; (?=[a-z_]+(?:\.[\w-]+)+: )")
_LED_BY_PATH = re.compile(r"([a-z_]+(?:\.[\w-]+)+): (.*)", re.DOTALL)

_MOST_WORDED = 200
"""Complaints that are put into words: a wrong file of a megabyte must not take minutes."""


def checked(tree: Node, faults: Faults) -> Scenario | None:
    """The scenario that a tree describes; None when faults were noted."""
    if not isinstance(tree.value, dict):
        raise refuse(tree.mark, say("a scenario is a mapping of chapters; write keys such as name: and time:"))
    _check_version(tree)
    try:
        # Through JSON, since strictness then tells texts, numbers and booleans apart but lets lists and dates in.
        return Scenario.model_validate_json(json.dumps(plain(tree)), strict=True)
    except ValidationError as error:
        complaints = [complaint for complaint in error.errors(include_url=False) if not _echo(complaint)]
        for complaint in complaints[:_MOST_WORDED]:
            _note(complaint, tree, faults)
        faults.beyond += len(complaints[_MOST_WORDED:])
        return None


def _echo(complaint: Complaint) -> bool:
    """A list whose rows are all wrong is also told to be too short; the rows have their own complaints."""
    rows = complaint["input"]
    return complaint["type"] == "too_short" and isinstance(rows, list) and len(rows) > complaint["ctx"]["actual_length"]


def _check_version(tree: Node) -> None:
    stated = tree.child("schema_version")
    if stated is None:
        raise refuse(tree.mark, say("schema_version is missing; add schema_version: {version}", version=SCHEMA_VERSION))
    value = stated.value
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise refuse(
            stated.mark,
            say("schema_version: {value} is no version; write {version}", value=repr(value), version=SCHEMA_VERSION),
        )
    if value > SCHEMA_VERSION:
        text = say(
            "schema_version: {value} is newer than this program, which reads up to {version}; update the program",
            value=value, version=SCHEMA_VERSION,
        )  # fmt: skip
        raise refuse(stated.mark, text)


def _note(complaint: Complaint, tree: Node, faults: Faults) -> None:
    location: tuple[Part, ...] = complaint["loc"]
    text = worded(complaint, location)
    for piece in _NEXT_PATH.split(text):
        led = _LED_BY_PATH.fullmatch(piece) if complaint["type"] == "value_error" and not location else None
        if led is not None:
            _add(tree, tuple(int(p) if p.isdigit() else p for p in led[1].split(".")), led[2], faults)
        elif complaint["type"].startswith("union_tag"):
            _add(tree, (*location, "family"), piece, faults)
        else:
            about = _mentioned(tree, location, piece) if complaint["type"] == "value_error" else ()
            _add(tree, (*location, *about), piece, faults, key=complaint["type"] == "extra_forbidden")


def _add(tree: Node, location: tuple[Part, ...], text: str, faults: Faults, key: bool = False) -> None:
    spot = locate(tree, location)
    # What does not exist is told at its parent: at the key that holds the place where it should stand.
    there = spot if spot.node is not None else locate(tree, _existing(tree, location))
    faults.add(spot.mark if key else there.value_mark, dotted(spot.path), text)


def _mentioned(tree: Node, location: tuple[Part, ...], text: str) -> tuple[str, ...]:
    """The key of a chapter that a complaint about the whole chapter speaks of first, best one laid over the base."""
    node = locate(tree, location).node
    if node is None or not location or not isinstance(node.value, dict):
        return ()
    named = [key for key in re.findall(r"[a-z_]+", text) if key in node.value]
    named.sort(key=lambda key: node.keys[key].file == node.mark.file)
    return tuple(named[:1])


def _existing(tree: Node, location: tuple[Part, ...]) -> tuple[Part, ...]:
    while location and locate(tree, location).node is None:
        location = location[:-1]
    return location
