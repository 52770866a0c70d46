"""Sensors: they sample, miss, cry wolf and break. Without somebody who reads it an alarm reaches nobody."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.agents.mesa_agents import Agent
from sim.records import MISSING
from sim.scenario.sensing import Device
from sim.streams import Luck
from sim.units import DAY

if TYPE_CHECKING:
    from sim.model import GovernanceModel

YEAR = 365 * DAY
NEVER = 2**60
Repair = Callable[["Sensor", int, int, int], int]
"""When a failed device works again: the device, number of the failure, since when it is down, when it would be repaired."""


class Sensor(Agent):
    """One device of a community; `number` counts the devices of its kind there."""

    def __init__(self, model: GovernanceModel, device: Device, community: int, number: int) -> None:
        super().__init__(model)
        self.device = device
        self.community = community
        self.number = number
        self.name = f"{device.kind}-{model.city.communities[community].name}-{number + 1}"
        self._luck: Luck = model.world.luck
        self.phase = math.floor(self._luck.uniform("phase", self.name) * device.sampling.seconds)
        self._outages: list[tuple[int, int]] = []
        self.stands = 0
        """since when it is there and in use"""
        self.ends = NEVER
        """when it is worn out for good"""
        self.repairs: Repair | None = None
        """who sees to it when it fails; None: it is repaired after the time that its kind takes"""

    def detects(self, onset: int, code: int, gone_at: int) -> int:
        """Second of the first sample after onset that sees the issue, before it is gone; MISSING if none does.

        Every working sample sees it with the device's sensitivity: the number of working samples needed is geometric.
        """
        every, sensitivity = self.device.sampling.seconds, self.device.sensitivity
        if sensitivity <= 0:
            return MISSING
        u = self._luck.uniform("sees", self.name, code)
        needed = 1 if sensitivity >= 1 else math.ceil(math.log(u) / math.log(1 - sensitivity))
        begins = max(onset, self.stands)
        if begins >= self.ends:
            return MISSING
        at = begins + (self.phase - begins) % every
        at = self._after_working_samples(at, max(1, needed) - 1)
        return at if at < min(gone_at, self.ends) else MISSING

    def _after_working_samples(self, at: int, more: int) -> int:
        """The sample `more` working samples after the first working one at or after `at`."""
        every = self.device.sampling.seconds
        while True:
            down, up = self._outage_after(at)
            if at >= down:
                at += -(-(up - at) // every) * every
                continue
            before_outage = -(-(down - at) // every)
            if more < before_outage:
                return at + more * every
            more -= before_outage
            at += before_outage * every

    def _outage_after(self, at: int) -> tuple[int, int]:
        """The outage (from, until) that is under way at `at` or comes next."""
        if self.device.up is None or self.device.down is None:
            return NEVER, NEVER
        while not self._outages or self._outages[-1][1] <= at:
            number = len(self._outages)
            began = self._outages[-1][1] if self._outages else 0
            down = began + max(1, round(self._luck.exponential("fails", self.name, number) * self.device.up.seconds))
            up = down + max(1, round(self._luck.exponential("repaired", self.name, number) * self.device.down.seconds))
            if self.repairs is not None:
                up = self.repairs(self, number, down, up)
            self._outages.append((down, up))
        return next(outage for outage in self._outages if outage[1] > at)

    def false_alarms(self, until: int) -> list[int]:
        """Seconds of its false alarms before `until`: Poisson, and only while it works."""
        if self.device.false_alarms <= 0:
            return []
        alarms, at, number = [], 0.0, 0
        while True:
            at += self._luck.exponential("false alarm", self.name, number) * YEAR / self.device.false_alarms
            number += 1
            if at >= until:
                return alarms
            down, up = self._outage_after(int(at))
            if not down <= at < up and self.stands <= at < self.ends:
                alarms.append(int(at))

    def is_read(self, occasion: int) -> bool:
        """Whether an alarm reaches somebody who reads it; `occasion` names the alarm."""
        share = self.model.governance.read_share(self, self.device.read)  # type: ignore[attr-defined]
        return self._luck.uniform("read", self.name, occasion) < share
