"""From a YAML file to a calibration plan, or every fault at once with its file, line and column."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from calibration.calibration_plan import SHORTEST_TRAINING, CalibrationPlan
from calibration.mapping_file import mapping_names
from scenarios.faults import Faults, guess, refuse
from scenarios.guard import read_text, shown_path
from scenarios.marks import Node, Part, dotted, locate, plain
from scenarios.wording import Complaint, worded
from scenarios.yaml_text import read_yaml
from sim.messages import BadInput, say

PLANS = Path(__file__).resolve().parent


@dataclass(frozen=True)
class PlanFile:
    """A plan as read, with its file and text."""

    plan: CalibrationPlan
    path: Path
    text: str


def read_plan(name_or_path: str) -> PlanFile:
    """Read a plan by its shipped name or its path. Raises BadInput with one line a fault."""
    path = plan_path(name_or_path)
    text, faults = read_text(path), Faults()
    rule = say("a calibration plan is a mapping; write keys such as mapping: and training:")
    tree = read_yaml(text, shown_path(path), faults, rule)
    if not isinstance(tree.value, dict):
        raise refuse(tree.mark, rule)
    plan = _validated(tree, faults)
    if plan is not None:
        plan = _with_mapping_beside(plan, path)
        _check_periods(plan, tree, faults)
        _check_mapping(plan, tree, faults)
    faults.finish()
    assert plan is not None
    return PlanFile(plan, path, text)


def plan_names() -> list[str]:
    """The plans that come with the project, by bare name."""
    return sorted(path.stem for path in PLANS.glob("*.yaml"))


def plan_path(name: str) -> Path:
    """The file that is meant: a path, or a shipped plan by its bare name. Raises BadInput for an unknown name."""
    if "/" in name or "\\" in name or name.endswith((".yaml", ".yml")):
        return Path(name)
    if name in plan_names():
        return PLANS / f"{name}.yaml"
    raise BadInput(
        say("there is no calibration plan {name}; shipped are {known}; a file is named with its .yaml",
            name=repr(name), known=", ".join(plan_names())) + guess(name, plan_names())
    )  # fmt: skip


def _validated(tree: Node, faults: Faults) -> CalibrationPlan | None:
    try:
        return CalibrationPlan.model_validate_json(json.dumps(plain(tree), default=str), strict=True)
    except ValidationError as error:
        for complaint in error.errors(include_url=False):
            spot = locate(tree, complaint["loc"])
            mark = spot.mark if complaint["type"] == "extra_forbidden" else spot.value_mark
            faults.add(mark, dotted(spot.path), _text(complaint, complaint["loc"]))
        return None


def _text(complaint: Complaint, location: Sequence[Part]) -> str:
    fields = _fields(location[:-1])
    if complaint["type"] == "extra_forbidden":
        return say("unknown key; allowed keys: {known}", known=", ".join(fields)) + guess(str(location[-1]), list(fields))
    if complaint["type"] == "missing":
        meaning = getattr(fields.get(str(location[-1])), "description", None)
        return say("missing; add {key}:", key=location[-1]) + (f" ({say(meaning)})" if meaning else "")
    return worded(complaint, location)


def _fields(location: Sequence[Part]) -> dict[str, Any]:
    here: Any = CalibrationPlan
    for step in location:
        field = here.model_fields.get(str(step)) if isinstance(here, type) and issubclass(here, BaseModel) else None
        kinds = (field.annotation, *get_args(field.annotation)) if field is not None else ()
        here = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), here)
    return dict(here.model_fields)


def _check_periods(plan: CalibrationPlan, tree: Node, faults: Faults) -> None:
    """Training before held-out, both with days in them."""
    trained, opened, closed = plan.training.until, plan.held_out_from, plan.held_out.until
    if opened < trained:
        _fault(tree, "held_out.since", faults, say(
            "{opened} lies inside the training period, which ends on {trained}: what is scored must not be learnt from; "
            "write {trained} or later", opened=opened, trained=trained))  # fmt: skip
    if closed <= max(opened, trained):
        _fault(tree, "held_out.until", faults, say(
            "{closed} leaves no day to score: the held-out period begins on {opened}", closed=closed, opened=max(opened, trained)))  # fmt: skip
    since = plan.training.since
    if since is not None and trained - since < SHORTEST_TRAINING:
        _fault(tree, "training.until", faults, say(
            "the training period {since} to {trained} has {days} days; it needs at least {least}",
            since=since, trained=trained, days=(trained - since).days, least=SHORTEST_TRAINING.days))  # fmt: skip


def _with_mapping_beside(plan: CalibrationPlan, path: Path) -> CalibrationPlan:
    """The plan with the mapping that lies beside it, where it names no other."""
    beside = path.parent / plan.mapping
    known = plan.mapping in mapping_names() or Path(plan.mapping).is_file()
    return plan if known or not beside.is_file() else plan.model_copy(update={"mapping": str(beside)})


def _check_mapping(plan: CalibrationPlan, tree: Node, faults: Faults) -> None:
    if plan.mapping not in mapping_names() and not Path(plan.mapping).is_file():
        known = mapping_names()
        _fault(tree, "mapping", faults, say("there is no mapping {name}; there are: {names}",
                                            name=plan.mapping, names=", ".join(known)) + guess(plan.mapping, known))  # fmt: skip


def _fault(tree: Node, path: str, faults: Faults, text: str) -> None:
    faults.add(locate(tree, path.split(".")).value_mark, path, text)
