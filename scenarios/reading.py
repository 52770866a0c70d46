"""From a YAML file to a frozen scenario, or every fault at once with its file, line and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scenarios.checking import checked
from scenarios.faults import Faults, refuse
from scenarios.guard import read_text, shown_path
from scenarios.listing import list_scenarios, scenario_path
from scenarios.marks import Mark, Node, leaves
from scenarios.openings import check_openings
from scenarios.overlays import merged, setting
from scenarios.policy_names import check_policies
from scenarios.resolved import resolved_text
from scenarios.sources import Source, numbers, unsourced
from scenarios.stacking import check_stack, read_overlay
from scenarios.tables import with_tables
from scenarios.values import unwrapped
from scenarios.warnings import warnings_of
from scenarios.yaml_text import read_yaml
from sim.messages import BadInput, say
from sim.scenario import Scenario

__all__ = ["ScenarioFile", "list_scenarios", "read_scenario", "unsourced"]

_LONGEST_CHAIN = 20


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario as read: the specification, where it came from, the source of each number by path, the resolved text
    (which reads back to an equal scenario), and warnings for the user."""

    scenario: Scenario
    path: Path
    sources: dict[str, Source]
    text: str
    warnings: list[str]


def read_scenario(name_or_path: str, settings: Sequence[str] = (), overlays: Sequence[Path] = ()) -> ScenarioFile:
    """Read a scenario by its shipped name or its path, then overlays, then `path=value` settings, each over the last.

    Raises BadInput with one line a fault, `file:line:column: path: what is wrong; what is allowed`.
    """
    faults = Faults()
    path = scenario_path(name_or_path)
    tree = _with_bases(path, faults, ())
    stack = [read_overlay(Path(overlay), faults) for overlay in overlays]
    check_stack(stack, faults)
    for overlay in stack:
        tree = merged(tree, overlay.tree, faults)
    for text in settings:
        tree = merged(tree, setting(text, faults), faults)
    scenario = checked(tree, faults)
    if scenario is not None:
        check_openings(scenario, tree, faults)
        check_policies(scenario, tree, faults)
    faults.finish()
    assert scenario is not None
    sources = _sources(tree, scenario)
    return ScenarioFile(scenario, path, sources, resolved_text(scenario, sources), warnings_of(scenario, tree))


def _with_bases(path: Path, faults: Faults, seen: tuple[Path, ...]) -> Node:
    tree = _one_file(path, faults)
    stated = tree.child("extends")
    if stated is None:
        return tree
    chain = (*seen, path.resolve())
    base_path = _base_path(stated, path)
    if base_path.resolve() in chain:
        circle = " -> ".join(step.name for step in (*chain, base_path))
        raise refuse(
            stated.mark, say("extends: the files extend each other in a circle ({circle}); cut it", circle=circle)
        )
    if len(chain) > _LONGEST_CHAIN:
        raise refuse(
            stated.mark, say("extends: more than {most} files in a row; shorten the chain", most=_LONGEST_CHAIN)
        )
    try:
        base = _with_bases(base_path, faults, chain)
    except BadInput as error:
        if not base_path.exists():
            raise refuse(stated.mark, say("extends: {problem}", problem=error)) from None
        raise
    return replace(merged(base, _without(tree, "extends"), faults), mark=tree.mark)


def _base_path(stated: Node, path: Path) -> Path:
    if not isinstance(stated.value, str) or not stated.value:
        raise refuse(stated.mark, say("extends: name one shipped scenario, or a path relative to this file"))
    try:
        named = scenario_path(stated.value)
    except BadInput as error:
        raise refuse(stated.mark, say("extends: {problem}", problem=error)) from None
    return named if named.is_absolute() else path.parent / named


def _one_file(path: Path, faults: Faults) -> Node:
    """One file's tree: tables read in, sources taken off."""
    file = shown_path(path)
    tree = read_yaml(read_text(path), file, faults)
    if not isinstance(tree.value, dict):
        raise refuse(tree.mark, say("a scenario is a mapping of chapters; write keys such as name: and time:"))
    tree = Node(tree.value, Mark(file, 1, 1), tree.keys)
    return unwrapped(with_tables(tree, path.parent, faults), faults)


def _without(tree: Node, key: str) -> Node:
    assert isinstance(tree.value, dict)
    return Node({name: child for name, child in tree.value.items() if name != key}, tree.mark, tree.keys)


def _sources(tree: Node, scenario: Scenario) -> dict[str, Source]:
    stated = {path: node.source for path, node in leaves(tree) if node.source is not None}
    return {path: stated[path] for path in numbers(scenario) if path in stated}
