"""Chapter `sensing`: devices that discover issues, miss some, cry wolf and break."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Chapter, Label, Name, entry, portion
from sim.units import Span


class Device(Chapter):
    """A kind of device."""

    kind: Name = entry("kind of device")
    name_zh: Label = entry("Chinese name")
    categories: tuple[Name, ...] = entry("categories of issues that it can see", min_length=1)
    full_coverage: int = entry("devices that cover a whole community", "devices/community", ge=1, le=100_000)
    coverage: float = portion("share of the community that is covered")
    sampling: Span = entry("time between two samples", "duration")
    sensitivity: float = portion("probability that one sample sees a covered live issue")
    latency: AnyDistribution = entry("time from the sample to the desk")
    read: float = portion("probability that an alarm reaches somebody who reads it")
    false_alarms: float = entry("false alarms of one device", "alarms/device/year", ge=0, le=1e5)
    up: Span | None = entry("mean time between failures; none: never fails", "duration", None)
    down: Span | None = entry("mean time to repair", "duration", None)

    @model_validator(mode="after")
    def _possible(self) -> Device:
        if self.sampling.seconds < 1:
            raise ValueError("sampling must be at least 1 s")
        if (self.up is None) != (self.down is None):
            raise ValueError("give both up (time between failures) and down (time to repair), or neither")
        return self


class Sensing(Chapter):
    """All devices; an empty list is a community without sensors."""

    devices: tuple[Device, ...] = entry("kinds of devices", default=())
