"""What the parts of a study file say of each other and of the scenario: paths, indicators, rules that fit together."""

from __future__ import annotations

from typing import Any

from experiments.study.axes import Axis
from experiments.study.design_kinds import Search
from experiments.study.paths import path_fault
from experiments.study.spec import OVERLAYS, Outcome, Study
from experiments.summary import ALL, GROUPED
from scenarios.faults import Faults, guess
from scenarios.marks import Mark, Node
from sim.messages import say
from sim.metrics.table import INDICATORS


def check_paths(tree: Node, scenario: dict[str, Any], faults: Faults) -> None:
    """Every path of levers and uncertainties, whether or not the rest of the study is in order."""
    for role in ("levers", "uncertainties"):
        for number, row in enumerate(_rows(tree, role)):
            path, options = row.child("path"), row.child("options")
            if path is not None and isinstance(path.value, str):
                _check_path(path.value, path.mark, f"{role}.{number}.path", scenario, faults)
            if options is not None and isinstance(options.value, dict):
                _check_options(options.value, f"{role}.{number}.options", scenario, faults)


def _check_options(options: dict[str, Node], where: str, scenario: dict[str, Any], faults: Faults) -> None:
    """Paths of named options; one that stacks partial scenarios may write into what only they bring."""
    for name, option in options.items():
        if isinstance(option.value, dict) and OVERLAYS not in option.value:
            for path in option.value:
                _check_path(path, option.keys[path], f"{where}.{name}", scenario, faults)


def _check_path(path: str, mark: Mark, where: str, scenario: dict[str, Any], faults: Faults) -> None:
    fault = path_fault(path, scenario)
    if fault:
        faults.add(mark, where, fault)


def check_outcomes(tree: Node, faults: Faults) -> None:
    """Every indicator by its name."""
    for number, row in enumerate(_rows(tree, "outcomes")):
        name = row.child("indicator")
        if name is None or not isinstance(name.value, str):
            continue
        sideless = row.child("threshold") is not None and row.child("direction") is None
        if name.value not in INDICATORS:
            text = say("There is no indicator {name}; `list indicators` shows all of them.", name=name.value)
            faults.add(name.mark, f"outcomes.{number}.indicator", text + guess(name.value, INDICATORS))
        else:
            _check_group(name.value, row.child("group"), f"outcomes.{number}.group", faults)
        if name.value in INDICATORS and sideless and INDICATORS[name.value].direction == "none":
            faults.add(row.mark, f"outcomes.{number}", say("a threshold needs direction: lower or higher"))


def _check_group(indicator: str, group: Node | None, where: str, faults: Faults) -> None:
    """A group that runs keep of this indicator: of which kind it is, and whether it names one."""
    if group is None or not isinstance(group.value, str) or group.value == ALL:
        return
    kind, _, one = group.value.partition("=")
    known = [f"{each}=..." for each, names in GROUPED.items() if indicator in names]
    if not one or f"{kind}=..." not in known:
        text = say("{group} is no group that runs keep of {indicator}; there are {known}", group=repr(group.value),
                   indicator=indicator, known=", ".join([ALL, *known]))  # fmt: skip
        faults.add(group.mark, where, text)


def _rows(tree: Node, key: str) -> list[Node]:
    """The rows of a list; none where there is no list."""
    node = tree.child(key)
    return node.value if node is not None and isinstance(node.value, list) else []


def check_draws(study: Study, axes: tuple[Axis, ...], scenario: dict[str, Any], faults: Faults) -> None:
    """The headings of tables of joint draws."""
    for factor, axis in zip(study.factors, axes, strict=True):
        if factor.draws is not None and axis.levels:
            for setting in axis.levels[0].settings:
                _check_path(setting.path, Mark(setting.mark.file, 1, 1), axis.name, scenario, faults)


def check_spread(study: Study, tree: Node, faults: Faults) -> None:
    """A design of the uncertainties of its own: whether there is something to cross, and no rule that it breaks."""
    design = tree.child("design")
    spread = getattr(study.design, "uncertainties", None)
    if spread is not None and design is not None and not (study.uncertainties and study.levers):
        text = say("a design of its own for the uncertainties needs levers and uncertainties in the study")
        faults.add(design.keys["uncertainties"], "design.uncertainties", text)
    if spread is not None and study.stopping is not None:
        text = say("stopping looks at worlds and cannot go with a design of its own for the uncertainties; write replications")
        faults.add(tree.keys["stopping"], "stopping", text)


def check_stopping(study: Study, tree: Node, faults: Faults) -> None:
    """The outcome that a stopping rule looks at, and that it has a better side where one is to be selected."""
    node, rule = tree.child("stopping"), study.stopping
    if rule is None or node is None:
        return
    known = {outcome.indicator: outcome for outcome in study.outcomes}
    if rule.outcome not in known:
        text = say("{name} is no outcome of this study; they are {known}", name=repr(rule.outcome), known=", ".join(known))
        faults.add(node.keys["outcome"], "stopping.outcome", text + guess(rule.outcome, known))
    elif rule.rule != "half_width" and rule.outcome in INDICATORS:
        side = known[rule.outcome].direction or INDICATORS[rule.outcome].direction
        if side == "none":
            text = say("stopping.rule: {rule} needs an outcome with a direction; give the outcome direction: lower or higher",
                       rule=rule.rule)  # fmt: skip
            faults.add(node.keys["outcome"], "stopping.outcome", text)


def check_search(study: Study, tree: Node, faults: Faults) -> None:
    """A search chooses: it needs levers, worlds to judge by, and outcomes of which one side is better."""
    design = tree.child("design")
    if not isinstance(study.design, Search) or design is None:
        return
    if study.uncertainties:
        text = say("a search chooses among levers; uncertainties go into a study of its frontier (a table of points)")
        faults.add(tree.keys["uncertainties"], "uncertainties", text)
    if study.stopping is not None:
        faults.add(tree.keys["stopping"], "stopping", say("a search judges every point in the same worlds; write replications"))
    known = [each for each in study.outcomes if each.indicator in INDICATORS]
    if known and all(_side(each) == "none" for each in known):
        text = say("a search needs an outcome with a direction; give one direction: lower or higher")
        faults.add(design.mark, "design", text)


def _side(outcome: Outcome) -> str:
    return outcome.direction or INDICATORS[outcome.indicator].direction
