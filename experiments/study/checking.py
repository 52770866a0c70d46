"""A tree of values against the specification of a study: the study, or a fault for every complaint, at its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from experiments.study.spec import STUDY_SCHEMA, Study
from scenarios.faults import Faults, guess, refuse
from scenarios.marks import Node, Part, dotted, locate, plain
from scenarios.wording import Complaint, worded
from sim.messages import say

_KINDS = ("kind", "rule")
"""Keys that tell which of several chapters stands somewhere."""


def checked_study(tree: Node, faults: Faults) -> Study | None:
    """The study that a tree describes; None when faults were noted."""
    version = tree.child("schema_version")
    if version is not None and isinstance(version.value, int) and version.value > STUDY_SCHEMA:
        raise refuse(version.mark, _newer(version.value))
    try:
        return Study.model_validate_json(json.dumps(plain(tree)), strict=True)
    except ValidationError as error:
        for complaint in error.errors(include_url=False):
            if not _echo(complaint):
                _note(complaint, tree, faults)
        return None


def _echo(complaint: Complaint) -> bool:
    """A list whose rows are all wrong is also told to be too short; the rows have their own complaints."""
    rows = complaint["input"]
    return complaint["type"] == "too_short" and isinstance(rows, list) and len(rows) > complaint["ctx"]["actual_length"]


def _newer(version: int) -> str:
    return say(
        "schema_version: {value} is newer than this program, which reads up to {version}; update the program",
        value=version, version=STUDY_SCHEMA,
    )  # fmt: skip


def _note(complaint: Complaint, tree: Node, faults: Faults) -> None:
    location = _untagged(tree, complaint["loc"])
    kind = complaint["type"]
    if kind.startswith("union_tag"):
        location = (*location, str(complaint["ctx"]["discriminator"]).strip("'"))
    spot = locate(tree, location)
    there = spot if spot.node is not None else locate(tree, _existing(tree, location))
    mark = spot.mark if kind == "extra_forbidden" else there.value_mark
    faults.add(mark, dotted(spot.path), _text(complaint, location))


def _text(complaint: Complaint, location: tuple[Part, ...]) -> str:
    kind = complaint["type"]
    if kind == "extra_forbidden":
        known = list(chapters_at(complaint["loc"][:-1]))
        text = say("unknown key; allowed keys: {known}", known=", ".join(known))
        return text + guess(str(location[-1]), known)
    if kind == "union_tag_not_found":
        return say("missing; add {key}: ({meaning})", key=location[-1], meaning=complaint["ctx"]["discriminator"])
    if kind == "missing" and not isinstance(location[-1], int):
        return say("missing; add {key}:", key=location[-1]) + _meaning(complaint["loc"])
    if kind == "multiple_of":
        return say("{value} is not a multiple of {of}", value=complaint["input"], of=complaint["ctx"]["multiple_of"])
    return worded(complaint, location)


def _meaning(location: tuple[Part, ...]) -> str:
    field = chapters_at(location[:-1]).get(str(location[-1]))
    description = getattr(field, "description", None)
    return f" ({say(description)})" if description else ""


def chapters_at(location: tuple[Part, ...]) -> dict[str, Any]:
    """The fields of the chapter at a location of an error, tags of kinds included."""
    here: list[Any] = [Study]
    for step in location:
        here = [option for each in here for option in _below(each, step)]
    chapter = next((each for each in here if isinstance(each, type) and issubclass(each, BaseModel)), None)
    return dict(chapter.model_fields) if chapter is not None else {}


def _below(here: Any, step: Part) -> Iterator[Any]:
    for option in _options(here):
        if not (isinstance(option, type) and issubclass(option, BaseModel)):
            continue
        if step in option.model_fields and not isinstance(step, int):
            yield from _options(option.model_fields[str(step)].annotation)
        elif isinstance(step, int) or step in _tags(option):
            yield option


def _tags(option: type[BaseModel]) -> set[object]:
    """The words by which a kind of chapter is told from others."""
    return {word for key in _KINDS if key in option.model_fields for word in get_args(option.model_fields[key].annotation)}


def _options(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _options(part)


def _untagged(tree: Node, location: tuple[Part, ...]) -> tuple[Part, ...]:
    """The location without the names of kinds, which are no steps of the file, and without `[key]`."""
    node: Node | None = tree
    path: tuple[Part, ...] = ()
    for step in location:
        if step == "[key]":
            break
        child = node.child(step) if node is not None else None
        if child is None and node is not None and _is_kind(node, step):
            continue
        path, node = (*path, step), child
    return path


def _is_kind(node: Node, step: Part) -> bool:
    stated = [node.child(key) for key in _KINDS]
    return any(each is not None and each.value == step for each in stated)


def _existing(tree: Node, location: tuple[Part, ...]) -> tuple[Part, ...]:
    while location and locate(tree, location).node is None:
        location = location[:-1]
    return location
