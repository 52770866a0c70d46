"""Chapter `policies`: which policy answers at each decision point. The names are those of sim/policies/table.py."""

from __future__ import annotations

from typing import Any

from sim.scenario.chapter import Chapter, entry


class Choice(Chapter):
    """A policy by its name (or `module:Class` from outside the tree) and its parameters."""

    name: str = entry("name of the policy, or module:Class", min_length=1)
    params: dict[str, Any] = entry("its parameters", default={})


class Choices(Chapter):
    """One policy a decision point."""

    triage: Choice = entry("what becomes of a report, and which department it is thought to belong to")
    dispatch: Choice = entry("route from the grid to the owner")
    queueing: Choice = entry("who is served next")
    escalation: Choice = entry("what happens when a limit passes while the case waits")
    referral: Choice = entry("where a refused case goes")
    patrol: Choice = entry("where and when the round goes")
    keep_decisions: bool = entry("write what every policy saw and answered into the table `decisions`", default=False)
