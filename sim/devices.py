"""The sensors of a run: as many of each kind and community as the coverage asks for; more coverage adds devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.sensors import Sensor
from sim.issue import Issue

if TYPE_CHECKING:
    from sim.model import GovernanceModel


class Devices:
    """Sensors by kind and community."""

    def __init__(self, model: GovernanceModel) -> None:
        self.model = model
        self.sensors: list[Sensor] = []
        self._of: dict[tuple[str, int], list[Sensor]] = {}
        for device in model.scenario.sensing.devices:
            count = round(device.coverage * device.full_coverage)
            for community in model.city.communities:
                sensors = [Sensor(model, device, community.index, number) for number in range(count)]
                self._of[device.kind, community.index] = sensors
                self.sensors.extend(sensors)

    def on(self, issue: Issue) -> list[Sensor]:
        """The sensors that cover an issue: device number u x full coverage of each kind, if it is there."""
        found = []
        code = self.model.category(issue).code
        for device in self.model.scenario.sensing.devices:
            if code not in device.categories:
                continue
            place = int(self.model.world.luck.uniform("covered", device.kind, issue.code) * device.full_coverage)
            sensors = self._of[device.kind, issue.community]
            if place < len(sensors):
                found.append(sensors[place])
        return found

    def latency(self, sensor: Sensor, issue: Issue) -> int:
        """Seconds from the sample to the desk."""
        return sensor.device.latency.draw(self.model.world.luck.uniform("latency", sensor.name, issue.code))
