"""A plain SimPy model of the same amount of work, in honest textbook style, to measure ours against.

A process for each issue, resident, round and case; a PriorityResource for each station; `with resource.request()`. It has
no calendars, no journal, no agents, no policies. The counts of issues, notices, meetings on the round, service spells and
waits are those of a run of ours, so both carry out the same timed events; random numbers are drawn as they are needed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import simpy


@dataclass(frozen=True)
class Amount:
    """How much happens in one run."""

    horizon: int
    issues: int
    notices: int
    ticks: int
    cases: int
    services: int
    waits: int
    stations: int
    servers: int

    @property
    def timed_events(self) -> int:
        """Events that take time."""
        return self.issues + self.notices + self.ticks + self.services + self.waits


class PlainModel:
    """The textbook model; `timed` counts its timed events."""

    def __init__(self, amount: Amount, seed: int) -> None:
        self.amount = amount
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        each = max(1, amount.servers // amount.stations)
        self.stations = [simpy.PriorityResource(self.env, capacity=each) for _ in range(amount.stations)]
        self.timed = 0
        self.sojourns: list[float] = []
        busy = 0.5 * each * amount.stations * amount.horizon
        self.mean_service = busy / max(1, amount.services)

    def run(self) -> None:
        """Run until everything has come."""
        self.env.process(self._issues())
        self.env.process(self._round())
        self.env.run()

    def _issues(self):
        gap = self.amount.horizon / max(1, self.amount.issues)
        notices, cases = self._spread(self.amount.notices), self._spread(self.amount.cases)
        for number in range(self.amount.issues):
            yield self.env.timeout(self.random.expovariate(1 / gap))
            self.timed += 1
            if notices[number]:
                self.env.process(self._residents(notices[number]))
            for _ in range(cases[number]):
                self.env.process(self._case())

    def _spread(self, total: int) -> list[int]:
        issues = self.amount.issues
        return [(number + 1) * total // issues - number * total // issues for number in range(issues)]

    def _residents(self, notices: int):
        for _ in range(notices):
            yield self.env.timeout(self.random.expovariate(1 / 36000))
            self.timed += 1

    def _round(self):
        gap = self.amount.horizon / max(1, self.amount.ticks)
        for _ in range(self.amount.ticks):
            yield self.env.timeout(self.random.expovariate(1 / gap))
            self.timed += 1

    def _case(self):
        born = self.env.now
        services = self._share(self.amount.services)
        waits = self._share(self.amount.waits)
        priority = self.random.choices((1, 2, 3), (0.1, 0.4, 0.5))[0]
        for step in range(max(services, waits)):
            if step < waits:
                yield self.env.timeout(self.random.expovariate(1 / 40000))
                self.timed += 1
            if step < services:
                with self.random.choice(self.stations).request(priority=priority) as request:
                    yield request
                    yield self.env.timeout(self.random.lognormvariate(0, 1) / 1.6487 * self.mean_service)
                    self.timed += 1
        self.sojourns.append(self.env.now - born)

    def _share(self, total: int) -> int:
        mean = total / max(1, self.amount.cases)
        return int(mean) + (self.random.random() < mean % 1)
