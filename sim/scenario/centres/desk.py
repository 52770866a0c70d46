"""What a machine does at the desk, and whether supervision and command are one centre or two."""

from __future__ import annotations

from typing import Literal

from sim.distributions import AnyDistribution
from sim.scenario.chapter import entry, portion
from sim.scenario.option import Option

Finder = Literal["hotline", "app", "grid_worker", "community_desk", "council", "box", "patrol", "sensor"]
DeskStep = Literal["establish", "dispatch"]


class AutomaticDesk(Option):
    """A machine does steps of the desk for reports of some channels. What comes back from a wrong department, people do."""

    channels: tuple[Finder, ...] = entry("channels whose reports it reads", min_length=1)
    steps: tuple[DeskStep, ...] = entry("steps that it does without people", min_length=1)
    accuracy: float = portion("probability that it sends a case to the right department")


class OneTap(AutomaticDesk):
    """One-tap report (一键上报): class, grade and owner are set on the terminal."""

    report: AnyDistribution = entry("effort of a grid worker to report a finding")


class TwoCentres(Option):
    """Supervision establishes, command dispatches (两个轴心): two staffs in the hours of the establishing desk."""

    supervision: int = entry("people who establish, for each unit that has a desk", "persons/unit", ge=1, le=10_000)
    command: int = entry("people who dispatch, for each unit that has a desk", "persons/unit", ge=1, le=10_000)
    pass_on: AnyDistribution = entry("effort of command to read what supervision has written")
