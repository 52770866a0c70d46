"""The one list of policies: decision point, name, class. A new policy is a class in its file and a line here."""

from __future__ import annotations

import difflib
import importlib
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sim.messages import BadInput, say
from sim.policies import dispatch, escalation, patrol, queueing, referral, triage
from sim.scenario.choices import Choice, Choices

POLICIES: dict[str, dict[str, type]] = {
    "triage": {
        "lead_department": triage.LeadDepartment,
        "shortest_backlog": triage.ShortestBacklog,
        "major_and_ordinary": triage.MajorAndOrdinary,
    },
    "dispatch": {
        "layered": dispatch.Layered,
        "direct": dispatch.Direct,
        "direct_when_major": dispatch.DirectWhenMajor,
        "whistle": dispatch.Whistle,
    },
    "queueing": {
        "priority": queueing.Priority,
        "due": queueing.Due,
        "first_come": queueing.FirstCome,
        "shortest_estimate": queueing.ShortestEstimate,
        "least_slack": queueing.LeastSlack,
    },
    "escalation": {
        "none": escalation.Patience,
        "supervise": escalation.SuperviseLate,
        "ladder": escalation.Ladder,
        "severity_ladder": escalation.SeverityLadder,
        "heat": escalation.Heat,
        "repeats": escalation.Repeats,
    },
    "referral": {
        "in_turn": referral.InTurn,
        "straight_to_meeting": referral.StraightToMeeting,
    },
    "patrol": {
        "spread": patrol.Spread,
        "together": patrol.Together,
        "opposed": patrol.Opposed,
    },
}
METHODS = {
    "triage": "triage",
    "dispatch": "route",
    "queueing": "rank",
    "escalation": "late",
    "referral": "refer",
    "patrol": "plan",
}
"""The one method that a policy of each decision point has."""


@dataclass(frozen=True)
class Policies:
    """The policies of a run, one a decision point."""

    triage: Any
    dispatch: Any
    queueing: Any
    escalation: Any
    referral: Any
    patrol: Any


def choose(choices: Choices) -> Policies:
    """Build the policies that a scenario names. Raises BadInput for an unknown name, parameter or class."""
    return Policies(**{point: build(point, getattr(choices, point)) for point in POLICIES})


def build(point: str, choice: Choice) -> Any:
    """One policy of a decision point from its name and parameters."""
    policy = _outside(point, choice.name) if ":" in choice.name else _listed(point, choice.name)
    known = [field.name for field in fields(policy)] if is_dataclass(policy) else list(choice.params)
    for name in choice.params:
        if name not in known:
            raise BadInput(say("policies.{point}.params.{name}: policy {policy} has no such parameter; it has {known}",
                               point=point, name=name, policy=choice.name, known=", ".join(known) or say("none")))  # fmt: skip
    try:
        return policy(**choice.params)
    except (TypeError, ValueError) as error:
        raise BadInput(
            say("policies.{point}: {policy} cannot be built: {why}", point=point, policy=choice.name, why=error)
        ) from error


def _listed(point: str, name: str) -> type:
    if name in POLICIES[point]:
        return POLICIES[point][name]
    near = difflib.get_close_matches(name, POLICIES[point], 1)
    raise BadInput(say("policies.{point}.name: {name!r} is no policy; choose {known}, or module:Class{hint}",
                       point=point, name=name, known=", ".join(POLICIES[point]),
                       hint=say("; did you mean {near}?", near=near[0]) if near else ""))  # fmt: skip


def _outside(point: str, name: str) -> type:
    module, _, cls = name.partition(":")
    try:
        policy = getattr(importlib.import_module(module), cls)
    except (ImportError, AttributeError, ValueError) as error:
        raise BadInput(say("policy {name}: cannot be imported: {why}; write module:Class of a module on the Python path",
                           name=name, why=error)) from error  # fmt: skip
    if not callable(getattr(policy, METHODS[point], None)):
        raise BadInput(
            say(
                "policy {name}: it has no method {method}, which a {point} policy needs",
                name=name,
                method=METHODS[point],
                point=point,
            )
        )
    return policy
