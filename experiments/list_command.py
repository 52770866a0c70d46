"""The command `list policies|indicators|formats|scenarios|options|studies|systems`, and `list assumptions SCENARIO`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from sim.messages import language, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to list."""
    parser.add_argument("what", choices=sorted([*LISTS, ASSUMPTIONS]), help=say("what to list"))
    parser.add_argument("scenario", nargs="?", help=say("scenario whose assumptions are listed"))


def execute(args: argparse.Namespace) -> int:
    """Print the list; returns 0."""
    heads, rows = _assumptions(args.scenario) if args.what == ASSUMPTIONS else LISTS[args.what]()
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


def _options() -> Listed:
    from scenarios.faults import Faults
    from scenarios.stacking import option_names, option_path, read_overlay

    overlays = [read_overlay(option_path(name), Faults()) for name in option_names()]
    zh = language() == "zh"
    rows = [(each.name, ", ".join(each.entries), each.title_zh if zh else each.title) for each in overlays]
    return (say("name"), say("entries"), say("title")), rows


def _studies() -> Listed:
    from experiments.study.reading import STUDIES
    from scenarios.faults import Faults
    from scenarios.marks import plain
    from scenarios.yaml_text import read_yaml

    rows = []
    for path in sorted(STUDIES.glob("*.yaml")):
        study = plain(read_yaml(path.read_text(encoding="utf-8"), path.name, Faults()))
        question = study.get("question_zh") if language() == "zh" else None
        rows.append((path.stem, str(study["design"]["kind"]), str(question or study["question"])))
    return (say("name"), say("Design"), say("question")), rows


def _systems() -> Listed:
    from experiments.coverage import read_rows

    zh = language() == "zh"
    rows = [
        (each.entry, each.name_zh if zh else each.name_en, say(each.status), each.overlay, each.mediator, each.indicator,
         f"{each.difference} [{each.low}, {each.high}]" if each.difference else "", say(each.verdict), each.reason)
        for each in read_rows()
    ]  # fmt: skip
    heads = ("entry", "name", "status", "option", "acts on", "indicator", "difference", "verdict", "reason")
    return tuple(say(head) for head in heads), rows


def _assumptions(scenario: str | None) -> Listed:
    from experiments.assumptions import listed
    from sim.messages import BadInput

    if scenario is None:
        raise BadInput(say("write list assumptions SCENARIO, such as: list assumptions baseline"))
    return listed(scenario)


ASSUMPTIONS = "assumptions"
LISTS: dict[str, Callable[[], Listed]] = {
    "policies": _policies,
    "indicators": _indicators,
    "formats": _formats,
    "scenarios": _scenarios,
    "options": _options,
    "studies": _studies,
    "systems": _systems,
}
