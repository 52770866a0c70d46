"""Policies from outside the tree: which decision point a class answers, told by the method that it has."""

from __future__ import annotations

import importlib

from sim.messages import BadInput, say
from sim.policies.table import METHODS


def decision_point(text: str) -> str:
    """The decision point of `module:Class` or `point=module:Class`. Raises BadInput if it cannot be told."""
    stated, _, name = text.rpartition("=")
    if stated:
        if stated not in METHODS:
            raise BadInput(say("--policy {text}: {point} is no decision point; they are {known}",
                               text=text, point=stated, known=", ".join(METHODS)))  # fmt: skip
        return stated
    cls = _imported(name)
    points = [point for point, method in METHODS.items() if callable(getattr(cls, method, None))]
    if len(points) == 1:
        return points[0]
    if points:
        raise BadInput(say("--policy {text}: it answers several decision points ({points}); write POINT={text}",
                           text=text, points=", ".join(points)))  # fmt: skip
    known = ", ".join(f"{method} ({point})" for point, method in METHODS.items())
    raise BadInput(say("--policy {text}: the class has no method of a decision point: {known}", text=text, known=known))


def _imported(name: str) -> object:
    module, colon, cls = name.partition(":")
    try:
        if not (module and colon and cls):
            raise ValueError(say("no colon between module and class"))
        return getattr(importlib.import_module(module), cls)
    except (ImportError, AttributeError, ValueError) as error:
        raise BadInput(
            say(
                "policy {name}: cannot be imported: {why}; write module:Class of a module on the Python path",
                name=name,
                why=error,
            )
        ) from error
