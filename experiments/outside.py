"""Policies from outside the tree: which decision point a class answers, told by the method that it has."""

from __future__ import annotations

import importlib

from scenarios.faults import guess
from sim.messages import BadInput, say
from sim.policies.table import METHODS


def decision_point(text: str) -> str:
    """The decision point of `module:Class` or `point=module:Class`. Raises BadInput if it cannot be told."""
    stated, _, name = text.rpartition("=")
    if stated:
        if stated not in METHODS:
            raise BadInput(say("--policy {text}: {point} is no decision point; they are {known}",
                               text=text, point=stated, known=", ".join(METHODS)) + guess(stated, METHODS))  # fmt: skip
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
        return _class_of(module, cls)
    except (ImportError, ValueError) as error:
        raise BadInput(
            say(
                "policy {name}: cannot be imported: {why}; write module:Class of a module on the Python path",
                name=name,
                why=error,
            )
        ) from error


def _class_of(module: str, cls: str) -> object:
    """Raises ValueError, in words, for a module that is not there or a class that it does not have; ImportError for a
    module that is there and cannot be imported."""
    try:
        imported = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise
        raise ValueError(say("there is no policy module {module}", module=error.name)) from error
    if not hasattr(imported, cls):
        known = [name for name in vars(imported) if not name.startswith("_")]
        raise ValueError(
            say("there is no class {cls} in {module}{near}", cls=cls, module=module, near=guess(cls, known))
        )
    return getattr(imported, cls)
