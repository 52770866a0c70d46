"""From a YAML file to a study that is ready to be run, or every fault at once with its file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.study.axes import Axis, Level, overlaid
from experiments.study.checking import checked_study
from experiments.study.cross_checks import check_outcomes, check_paths
from experiments.study.layout_reading import layout_of
from experiments.study.paths import path_fault
from experiments.study.points import Layout
from experiments.study.settings import Setting, applied, fault_of, tree_of
from experiments.study.spec import Study
from scenarios.checking import checked
from scenarios.faults import Faults, guess, refuse
from scenarios.guard import read_text, shown_path
from scenarios.listing import SHIPPED, scenario_names
from scenarios.marks import Mark, Node, plain
from scenarios.openings import check_openings
from scenarios.reading import read_scenario
from scenarios.resolved import resolved_text
from scenarios.values import unwrapped
from scenarios.yaml_text import read_yaml
from sim.messages import BadInput, say
from sim.scenario import Scenario

STUDIES = Path(__file__).resolve().parent.parent / "studies"
MOST_TRIED = 60
"""Levels that are tried alone before the start; the others are judged when their turn comes."""


@dataclass(frozen=True)
class StudyFile:
    """A study as read: the specification, the file and its text, what is run, and warnings for the user."""

    study: Study
    path: Path
    text: str
    base: Scenario
    base_text: str
    """the base written out in full"""
    layout: Layout
    warnings: list[str]

    @property
    def plain_base(self) -> dict[str, Any]:
        """The base as dictionaries and lists."""
        return self.base.model_dump(mode="json")


def study_path(name_or_path: str) -> Path:
    """The file that is meant: a path, or a shipped study by its bare name. Raises BadInput for an unknown name."""
    name = str(name_or_path)
    if "/" in name or "\\" in name or name.endswith((".yaml", ".yml")):
        return Path(name)
    known = sorted(path.stem for path in STUDIES.glob("*.yaml"))
    if name in known:
        return STUDIES / f"{name}.yaml"
    raise BadInput(
        say("there is no study {name}; shipped are {known}; a file is named with its .yaml",
            name=repr(name), known=", ".join(known) or say("none")) + guess(name, known)
    )  # fmt: skip


def read_study(name_or_path: str) -> StudyFile:
    """Read a study by its shipped name or its path. Raises BadInput with one line a fault."""
    faults = Faults()
    path = study_path(name_or_path)
    text = read_text(path)
    file = shown_path(path)
    rule = say("a study is a mapping; write keys such as question: and levers:")
    tree = read_yaml(text, file, faults, rule)
    if not isinstance(tree.value, dict):
        raise refuse(tree.mark, rule)
    tree = unwrapped(Node(tree.value, Mark(file, 1, 1), tree.keys), faults)
    study = checked_study(tree, faults)
    base = _base(tree, path.parent, faults)
    if base is not None:
        check_paths(tree, base[0].model_dump(mode="json"), faults)
    check_outcomes(tree, faults)
    if study is None or base is None:
        faults.finish()
    assert study is not None
    assert base is not None
    layout = layout_of(study, tree, path.parent, base[0], faults)
    faults.finish()
    scenario, resolved, warnings = base
    return StudyFile(study, path, text, scenario, resolved, layout, [*warnings, *_tried(layout, resolved, scenario)])


Found = tuple[Scenario, str, list[str]]


def _base(tree: Node, folder: Path, faults: Faults) -> Found | None:
    """The scenario that every run starts from, its text, its warnings; None where it cannot be read."""
    base = tree.child("base")
    stated = base.child("scenario") if base is not None else None
    if base is None or stated is None or not isinstance(stated.value, str):
        return None
    try:
        read = read_scenario(_scenario_name(stated.value, folder))
    except BadInput as error:
        for line in str(error).splitlines():
            faults.add(stated.mark, "base.scenario", line)
        return None
    settings = _base_settings(base, read.scenario.model_dump(mode="json"), faults)
    if settings is None:
        return None
    if not settings:
        return read.scenario, read.text, read.warnings
    before = len(faults.found)
    whole = applied(tree_of(read.text, shown_path(read.path)), settings, faults)
    scenario = checked(whole, faults)
    if scenario is None or len(faults.found) > before:
        return None
    check_openings(scenario, whole, faults)
    return scenario, resolved_text(scenario, read.sources), read.warnings


def _scenario_name(stated: str, folder: Path) -> str:
    """A shipped name as it is; a file lies beside the study unless it is shipped."""
    if stated in scenario_names() or not stated.endswith((".yaml", ".yml")):
        return stated
    beside = folder / stated
    return str(beside if beside.exists() or not (SHIPPED / stated).exists() else SHIPPED / stated)


def _base_settings(base: Node, scenario: dict[str, Any], faults: Faults) -> list[Setting] | None:
    found: list[Setting] = []
    before = len(faults.found)
    overlays = base.child("overlays")
    if overlays is not None and isinstance(overlays.value, list):
        found += overlaid(overlays, "base.overlays", faults)
    settings = base.child("settings")
    if settings is not None and isinstance(settings.value, dict):
        for path, node in settings.value.items():
            fault = "" if overlays is not None else path_fault(path, scenario)
            if fault:
                faults.add(settings.keys[path], f"base.settings.{path}", fault)
            found.append(Setting(path, plain(node), settings.keys[path]))
    return found if len(faults.found) == before else None


def _tried(layout: Layout, base_text: str, base: Scenario) -> list[str]:
    """Warnings: levels that the scenario's rules refuse. A baseline that they refuse is an error."""
    tree = tree_of(base_text, f"{base.name} (base)")
    usual = tuple(setting for level in layout.baseline if level is not None for setting in level.settings)
    fault = fault_of(tree, usual)
    if fault:
        raise BadInput(fault)
    warnings = []
    levels = [(axis, level) for axis in layout.axes for level in _ends(axis)]
    for axis, level in levels[:MOST_TRIED]:
        fault = fault_of(tree, (*usual, *level.settings))
        if fault:
            warnings.append(say("{factor} = {value} breaks the rules of the scenario; its runs will be failed rows: {fault}",
                                factor=axis.name, value=level.shown, fault=fault.replace("\n", "; ")))  # fmt: skip
    return warnings


def _ends(axis: Axis) -> list[Level]:
    if axis.range is not None:
        return [axis.at(0.0), axis.at(1.0)]
    return list(axis.levels)
