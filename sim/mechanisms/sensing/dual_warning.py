"""Dual warning: an alarm calls the nearest worker at once, and what two sources say goes before everything else."""

from __future__ import annotations

import math

from sim.agents.grid_workers import GridWorker
from sim.agents.sensors import Sensor
from sim.case import Case
from sim.issue import Issue
from sim.mechanisms.staff.crew import Crew
from sim.mechanisms.staff.pooling import NearestGoes
from sim.mechanisms.staff.whereabouts import whereabouts
from sim.records import MISSING
from sim.scenario.platforms import DualWarning as Plan
from sim.server import Server
from sim.task import Task

UNSEEN = 3
"""Severity that an alarm is given until somebody has looked: it might be anything."""


class DualWarning(Crew):
    """Alarms of some kinds of devices go to people as well as to the platform."""

    plan: Plan

    def begins(self) -> None:
        self._sensors = {
            sensor.name: sensor for sensor in self.model.sensors if sensor.device.kind in self.plan.devices
        }
        if self.fellow(NearestGoes) is not None:
            return  # the nearest goes to everything, calls among it
        for community in self.model.city.communities:
            _, station = self.model.teams.station_for("verify", community.index)
            station.chooses = self._who_goes

    # -- the alarm ----------------------------------------------------------------------------------------------------

    def read_share(self, sensor: Sensor, share: float) -> float:
        """Read at the platform, or heard by a worker, or both."""
        if sensor.device.kind not in self.plan.devices or not self.in_force(sensor.community):
            return share
        return 1 - (1 - share) * (1 - self.plan.reached)

    def opened(self, case: Case) -> None:
        if self._called_out(case):
            case.severity_seen = UNSEEN
            self.write("worker called", case.by, str(case.case_id))

    def verify_share(self, case: Case, share: float) -> float:
        return 1.0 if self._called_out(case) else share

    def _called_out(self, case: Case) -> bool:
        return case.channel == "sensor" and case.by in self._sensors and self.here(case)

    # -- two sources --------------------------------------------------------------------------------------------------

    def priority(self, case: Case, number: int) -> int:
        """A hazard that somebody has seen and a device reports goes first."""
        if not self._confirmed(case):
            return number
        self.write("confirmed", case.channel, str(case.case_id))
        return min(number, 1)

    def _confirmed(self, case: Case) -> bool:
        issue = case.issue
        if not self.in_force(issue.community) or not MISSING < issue.sensor_at <= self.model.now:
            return False
        if not any(code in self.plan.devices for code in self._kinds_on(issue)):
            return False
        return case.channel == "patrol" or case.verified_at != MISSING

    def _kinds_on(self, issue: Issue) -> list[str]:
        return [sensor.device.kind for sensor in self.model.sensors_on(issue)]

    # -- who goes -----------------------------------------------------------------------------------------------------

    def _who_goes(self, task: Task, free: list[Server]) -> Server:
        if not self._is_call(task):
            return min(free, key=lambda server: server.served)
        return min(free, key=lambda server: (self._metres(server, task.case.issue), server.number))  # type: ignore[union-attr]

    def _is_call(self, task: Task) -> bool:
        return task.activity == "verify" and task.case is not None and self._called_out(task.case)

    def _metres(self, server: Server, issue: Issue) -> float:
        assert isinstance(server, GridWorker)
        server.clock.settle(self.model.env.now)
        return math.dist(whereabouts(server, self.model.city), (issue.x, issue.y))

    def way(self, worker: GridWorker, task: Task, seconds: int) -> int:
        """Who is called starts from where the round stands."""
        if not self._is_call(task):
            return seconds
        places = self.model.scenario.places
        metres = math.dist(whereabouts(worker, self.model.city), (task.case.issue.x, task.case.issue.y))  # type: ignore[union-attr]
        return round(places.street_factor * metres / (places.walking_speed / 3.6))
