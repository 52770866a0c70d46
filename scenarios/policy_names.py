"""Policies that the schema lets through, since it knows no names, but that are not in the table of policies."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from scenarios.faults import Faults, guess, shown
from scenarios.marks import Node, Part, dotted, locate
from sim.messages import say
from sim.policies.table import POLICIES
from sim.scenario import Scenario


def check_policies(scenario: Scenario, tree: Node, faults: Faults) -> None:
    """Note a fault for each unknown name or parameter of a policy. `module:Class` is left to the run: it is the user's
    code, and reading a scenario runs none."""
    for point, classes in POLICIES.items():
        choice = getattr(scenario.policies, point)
        if choice.name in classes:
            _check_params(classes[choice.name], tuple(choice.params), point, tree, faults)
        elif ":" not in choice.name:
            known = [*classes, "module:Class"]
            text = say("{value} is not allowed here; allowed: {names}", value=shown(choice.name), names=", ".join(known))
            _note(("policies", point, "name"), text + guess(choice.name, classes), tree, faults)


def _check_params(policy: type, given: tuple[str, ...], point: str, tree: Node, faults: Faults) -> None:
    known = [field.name for field in fields(policy)] if is_dataclass(policy) else []
    for name in given:
        if name not in known and is_dataclass(policy):
            text = say("unknown key; allowed keys: {known}", known=", ".join(known) or say("none"))
            _note(("policies", point, "params", name), text + guess(name, known), tree, faults)


def _note(where: tuple[Part, ...], text: str, tree: Node, faults: Faults) -> None:
    faults.add(locate(tree, where).value_mark, dotted(where), text)
