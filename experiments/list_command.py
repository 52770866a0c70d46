"""The command `list policies|indicators|formats|scenarios`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from sim.messages import language, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to list."""
    parser.add_argument("what", choices=sorted(LISTS), help=say("what to list"))


def execute(args: argparse.Namespace) -> int:
    """Print the list; returns 0."""
    heads, rows = LISTS[args.what]()
    from rich.console import Console
    from rich.table import Table

    table = Table(*heads, show_edge=False, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    console = Console()
    if console.is_terminal:
        console.print(table)
    else:
        for row in rows:
            print("\t".join(row))
    return 0


Listed = tuple[Sequence[str], Sequence[Sequence[str]]]


def _policies() -> Listed:
    from dataclasses import fields, is_dataclass

    from sim.policies.table import POLICIES

    rows = []
    for point, classes in POLICIES.items():
        for name, cls in classes.items():
            params = ", ".join(f"{field.name}={field.default}" for field in fields(cls)) if is_dataclass(cls) else ""
            rows.append((point, name, " ".join((cls.__doc__ or "").split()), params))
    return (say("decision point"), say("name"), say("what it does"), say("parameters")), rows


def _indicators() -> Listed:
    from sim.metrics.table import INDICATORS

    rows = [(each.name, say(each.label), each.unit, each.formula) for each in INDICATORS.values()]
    return (say("name"), say("label"), say("unit"), say("formula")), rows


def _formats() -> Listed:
    from sim.eventlogs.formats import FORMATS

    return (say("name"), say("what it does")), [
        (name, say(each.label)) for name, each in FORMATS.items()
    ]


def _scenarios() -> Listed:
    from scenarios.listing import list_scenarios

    rows = [(name, title_zh if language() == "zh" else title) for name, title, title_zh in list_scenarios()]
    return (say("name"), say("title")), rows


LISTS: dict[str, Callable[[], Listed]] = {
    "policies": _policies,
    "indicators": _indicators,
    "formats": _formats,
    "scenarios": _scenarios,
}
