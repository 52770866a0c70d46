"""What a run changes in the base scenario, and the scenario that comes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.study.paths import value_at
from scenarios.checking import checked
from scenarios.faults import Faults
from scenarios.marks import Mark, Node
from scenarios.openings import check_openings
from scenarios.overlays import merged
from scenarios.values import unwrapped
from scenarios.yaml_text import read_yaml
from sim.messages import BadInput
from sim.scenario import Scenario


@dataclass(frozen=True)
class Setting:
    """A value at a dotted path, and where the user wrote it. An empty path lays a partial scenario over the whole."""

    path: str
    value: Any
    mark: Mark


def tree_of(text: str, file: str) -> Node:
    """The tree of a resolved scenario."""
    faults = Faults()
    tree = unwrapped(read_yaml(text, file, faults), faults)
    faults.finish()
    return tree


def scenario_of(base: Node, settings: Sequence[Setting]) -> Scenario:
    """The base with the settings laid over it in their order. Raises BadInput, all faults at once, at their marks."""
    faults = Faults()
    tree = applied(base, settings, faults)
    scenario = checked(tree, faults)
    if scenario is not None:
        check_openings(scenario, tree, faults)
    faults.finish()
    assert scenario is not None
    return scenario


def applied(base: Node, settings: Sequence[Setting], faults: Faults) -> Node:
    """The tree with the settings laid over it."""
    for setting in settings:
        node = node_of(setting.value, setting.mark)
        for step in reversed(setting.path.split(".") if setting.path else []):
            node = Node({step: node}, setting.mark, {step: setting.mark})
        base = merged(base, node, faults)
    return base


def node_of(value: Any, mark: Mark) -> Node:
    """A plain value as a tree that stands at one place."""
    if isinstance(value, dict):
        return Node({str(key): node_of(child, mark) for key, child in value.items()}, mark, dict.fromkeys(value, mark))
    if isinstance(value, list | tuple):
        return Node([node_of(child, mark) for child in value], mark)
    return Node(value, mark)


def essential(settings: Sequence[Setting], base: dict[str, Any]) -> tuple[Setting, ...]:
    """The settings that change something: the last of several on one path, none that says what the base says.

    Settings of which one lies inside another stay as they are, for then their order matters; so do several partial
    scenarios, each of which lies over the whole.
    """
    paths = [setting.path for setting in settings]
    if paths.count("") > 1 or any(_inside(a, b) for a in paths for b in paths if a != b):
        return tuple(settings)
    last = {setting.path: setting for setting in settings}
    return tuple(each for each in last.values() if not _same(each.value, value_at(each.path, base)))


def _inside(a: str, b: str) -> bool:
    return b == "" or a.startswith(f"{b}.")


def _same(value: Any, before: Any) -> bool:
    plain = isinstance(value, int | float | str) and not isinstance(value, bool) and not isinstance(before, bool)
    return plain and before is not None and value == before


def settings_key(settings: Sequence[Setting]) -> str:
    """What a run changes, as one text: equal for equal changes."""
    return json.dumps([[each.path, each.value] for each in settings], ensure_ascii=False, sort_keys=True)


def fault_of(base: Node, settings: Sequence[Setting]) -> str:
    """What is wrong with the scenario of some settings; empty when nothing is."""
    from sim.policies.table import choose

    try:
        choose(scenario_of(base, settings).policies)
    except BadInput as error:
        return str(error)
    return ""
