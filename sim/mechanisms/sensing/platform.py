"""The platform between devices and people: while it is down alarms come late, or are lost until the device alarms again."""

from __future__ import annotations

import math
from typing import Any

from sim.agents.sensors import NEVER, Sensor
from sim.issue import Issue
from sim.mechanisms.mechanism import Mechanism
from sim.records import MISSING
from sim.scenario.platforms import Platform as Plan
from sim.units import HOUR


class Platform(Mechanism):
    """Failures are laid down at birth: `outages` are (from, until), apart from each other and in order."""

    plan: Plan

    def __init__(self, model: Any, plan: Plan, number: int) -> None:
        super().__init__(model, plan, number)
        self.outages = _apart([*self._by_chance(), *self._by_date()])

    def begins(self) -> None:
        for down, up in self.outages:
            self.at(down, lambda hours=(up - down) / HOUR: self.write("platform fails", amount=hours))

    def _by_chance(self) -> list[tuple[int, int]]:
        spells, at = [], self.plan.starts.seconds
        if self.plan.up is None or self.plan.down is None:
            return spells
        while True:
            number = len(spells)
            at += max(1, round(-math.log(self.luck("fails", number)) * self.plan.up.seconds))
            if at >= self.model.horizon:
                return spells
            lasts = max(1, self.plan.down.draw(self.luck("lasts", number)))
            spells.append((at, at + lasts))
            at += lasts

    def _by_date(self) -> list[tuple[int, int]]:
        dated = [(failure.at.seconds, failure.length.seconds) for failure in self.plan.failures]
        return [(at, at + length) for at, length in dated if length > 0]

    def until(self, at: int) -> int:
        """End of the failure that is under way at a second of the run; MISSING if none is."""
        return next((up for down, up in self.outages if down <= at < up), MISSING)

    # -- alarms -------------------------------------------------------------------------------------------------------

    def alarm_at(self, issue: Issue, sensor: Sensor, at: int) -> int:
        if at == MISSING or not self.plan.in_force(issue.community, len(self.model.city.communities), at):
            return at
        if self.luck("edge", sensor.name) < self.plan.edge:
            return at
        at += self._latency(sensor, issue)
        while at != MISSING and (back := self.until(at)) != MISSING:
            if self.luck("kept", sensor.name, issue.code, back) < self.plan.kept:
                return back
            at = self._alarms_again(issue, sensor, back)
        return at

    def _latency(self, sensor: Sensor, issue: Issue) -> int:
        return 0 if self.plan.latency is None else self.plan.latency.draw(self.luck("latency", sensor.name, issue.code))

    def _alarms_again(self, issue: Issue, sensor: Sensor, back: int) -> int:
        """The alarm was lost: the device raises the next one when a later sample sees the issue; a false alarm is over."""
        if not issue.real:
            return MISSING
        at = sensor.detects(back, issue.code, NEVER if issue.resolves == MISSING else issue.resolves)
        return (
            MISSING if at == MISSING else at + self.model.sensor_latency(sensor, issue) + self._latency(sensor, issue)
        )


def _apart(spells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that overlap or touch made one."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spells):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined
