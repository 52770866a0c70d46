"""What becomes of devices: put up one after the other, repaired or not, worn out, renewed or not."""

from __future__ import annotations

import math

from sim.agents.sensors import NEVER, YEAR, Sensor
from sim.mechanisms.mechanism import Mechanism
from sim.scenario.maintenance import Build as BuildPlan
from sim.scenario.maintenance import Upkeep as UpkeepPlan


class Build(Mechanism):
    """Each device comes into use at a moment of its own while they are put up; some never do."""

    plan: BuildPlan

    def begins(self) -> None:
        for sensor in self.model.sensors:
            sensor.stands = self._since(sensor)
            if sensor.stands < self.model.horizon:
                self.at(sensor.stands, lambda sensor=sensor: self._write_in_use(sensor))

    def _since(self, sensor: Sensor) -> int:
        if self.luck("success", sensor.name) >= self.plan.success:
            return NEVER
        return self.plan.starts.seconds + math.floor(self.luck("put up", sensor.name) * self.plan.takes.seconds)

    def _write_in_use(self, sensor: Sensor) -> None:
        self.write("in use", self.model.city.communities[sensor.community].name, sensor.name)


class Upkeep(Mechanism):
    """Without money a failure stays until the device is renewed; a device that is worn out stays worn out until then."""

    plan: UpkeepPlan

    def begins(self) -> None:
        for sensor in self.model.sensors:
            sensor.repairs = self._repaired
            sensor.ends = self._worn_out(sensor)
            if sensor.ends < self.model.horizon:
                self.at(sensor.ends, lambda sensor=sensor: self._write_worn_out(sensor))

    def _age_ends(self, sensor: Sensor) -> int:
        """When the device that stands there at the start has its age."""
        return math.floor(self.luck("age", sensor.name) * self.plan.life.seconds)

    def _worn_out(self, sensor: Sensor) -> int:
        """When it is out of use for good: at the first end of a life at which it is not renewed."""
        at, life = self._age_ends(sensor), self.plan.life.seconds
        while at < self.model.horizon:
            if self._on_date(sensor, at) and self.luck("renewed", sensor.name, at) >= self.plan.renewal * life / YEAR:
                return at
            at += life
        return NEVER

    def _repaired(self, sensor: Sensor, number: int, down: int, up: int) -> int:
        """A repair that is not paid for waits until the device is renewed at the end of its life."""
        if not self._on_date(sensor, down) or self.luck("paid", sensor.name, number) < self.plan.funded:
            return up
        life = self.plan.life.seconds
        ends = self._age_ends(sensor)
        return max(up, ends + max(0, -(-(down - ends) // life)) * life)

    def _on_date(self, sensor: Sensor, at: int) -> bool:
        return self.plan.in_force(sensor.community, len(self.model.city.communities), at)

    def _write_worn_out(self, sensor: Sensor) -> None:
        self.write("worn out", self.model.city.communities[sensor.community].name, sensor.name)
