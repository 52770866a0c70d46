"""What the schema allows at a location: the keys of a chapter, the rules of a field."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scenarios.marks import Part
from sim.scenario import Scenario


def chapter_at(location: Sequence[Part]) -> type[BaseModel] | None:
    """The chapter or row that stands at a location of an error (with the tags of families), if one does."""
    here = _followed(location)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def keys_at(location: Sequence[Part]) -> list[str]:
    """The keys that are allowed at a location; empty where anything is."""
    chapter = chapter_at(location)
    return list(chapter.model_fields) if chapter else []


def field_at(location: Sequence[Part]) -> FieldInfo | None:
    """The field at a location, or the one whose row or entry is there."""
    for end in range(len(location), 0, -1):
        chapter = chapter_at(location[: end - 1])
        if chapter is not None and location[end - 1] in chapter.model_fields:
            return chapter.model_fields[str(location[end - 1])]
    return None


def bounds(field: FieldInfo | None) -> tuple[Any, Any]:
    """The lowest and highest value that a field takes, None where there is none."""
    low = high = None
    for rule in field.metadata if field else ():
        low = getattr(rule, "ge", getattr(rule, "gt", low))
        high = getattr(rule, "le", getattr(rule, "lt", high))
    return low, high


def _followed(location: Iterable[Part]) -> Any:
    here: Any = Scenario
    for step in location:
        here = _step(_bare(here), step)
        if here is None:
            return None
    options = _options(here)
    return options[0] if len(options) == 1 else None


def _step(here: Any, step: Part) -> Any:
    options = _options(here)
    tagged = next((option for option in options if _tag(option) == step), None)
    if tagged is not None and (len(options) > 1 or not isinstance(here, type)):
        return tagged
    for option in options:
        if isinstance(option, type) and issubclass(option, BaseModel):
            if step in option.model_fields:
                return option.model_fields[str(step)].annotation
        elif get_origin(option) in (tuple, list) and isinstance(step, int):
            inner = get_args(option)
            return inner[min(step, len(inner) - 1)] if inner[-1] is not Ellipsis else inner[0]
        elif get_origin(option) in (dict, Mapping):
            return get_args(option)[1]
    return None


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _options(annotation: Any) -> list[Any]:
    annotation = _bare(annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        return [option for part in get_args(annotation) for option in _options(part) if option is not type(None)]
    return [annotation]


def _tag(option: Any) -> str | None:
    family = option.model_fields.get("family") if isinstance(option, type) and issubclass(option, BaseModel) else None
    if family is None or get_origin(family.annotation) is not Literal:
        return None
    return get_args(family.annotation)[0]
