"""Chapter `sensing`: devices that discover issues, miss some, cry wolf and break."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Name, entry, portion
from sim.scenario.maintenance import AccessControl, Build, Foresight, GuidedRepair, Upkeep
from sim.scenario.platforms import Dependence, DualWarning, Fallback, Platform
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
            raise ValueError(say("sampling must be at least 1 s"))
        if (self.up is None) != (self.down is None):
            raise ValueError(say("give both up (time between failures) and down (time to repair), or neither"))
        return self


class Sensing(Chapter):
    """All devices; an empty list is a community without sensors."""

    devices: tuple[Device, ...] = entry("kinds of devices", default=())
    platform: Platform | None = entry("platform that may fail; none: it never does", default=None)
    dual_warning: DualWarning | None = entry("alarms go to workers as well; none: to the platform only", default=None)
    dependence: Dependence | None = entry("patrols shrink where devices stand; none: they do not", default=None)
    fallback: Fallback | None = entry("work by hand when the platform fails; none: nothing changes", default=None)
    build: Build | None = entry("how devices are put up; none: all stand at the start", default=None)
    upkeep: Upkeep | None = entry("money for repair and renewal; none: enough", default=None)
    foresight: Foresight | None = entry("predictive maintenance; none: nothing is foreseen", default=None)
    guided_repair: GuidedRepair | None = entry("guidance for repair crews; none: no guidance", default=None)
    access_control: AccessControl | None = entry("doors that keep some out; none: all are open", default=None)

    @model_validator(mode="after")
    def _together(self) -> Sensing:
        if self.fallback is not None and self.platform is None:
            raise ValueError(say("{name} does nothing without {other}; add {other}", name="fallback", other="platform"))
        kinds = {device.kind for device in self.devices}
        for name in self.dual_warning.devices if self.dual_warning else ():
            if name not in kinds:
                raise ValueError(say("dual_warning.devices: there is no kind of device {name}; kinds are {known}",
                                     name=repr(name), known=", ".join(sorted(kinds)) or say("none")))  # fmt: skip
        return self
