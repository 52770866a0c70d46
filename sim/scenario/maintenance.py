"""What becomes of devices, and what they do besides raising alarms: building, upkeep, foresight, guided repair, locks."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Build(Option):
    """Devices are put up one after the other, and not all of them ever come into use."""

    takes: Span = entry("time over which the devices are put up, from its start", "duration")
    success: float = portion("share of the devices that come into use")


class Upkeep(Option):
    """Repairs and renewal need money. A failure that nobody pays for stays; a device that is worn out must be renewed."""

    funded: float = portion("share of failures whose repair is paid for")
    renewal: float = entry("share of the devices that is renewed a year", "1/year", ge=0, le=1)
    life: Span = entry("age at which a device is worn out; ages are spread evenly at the start", "duration")

    @model_validator(mode="after")
    def _lives(self) -> Upkeep:
        if self.life.seconds < 1:
            raise ValueError(say("life must be at least 1 s"))
        return self


class Foresight(Option):
    """Predictive maintenance: some faults are foreseen. Parts are ordered and a planned job is done before they begin."""

    categories: tuple[Name, ...] = entry("categories whose faults can be foreseen", min_length=1)
    lead: AnyDistribution = entry("time between the forecast and the fault")
    hit: float = portion(
        "probability that a coming fault is foreseen by a fresh model; the rest of the forecasts are wrong"
    )
    decay: float = entry("what the hit probability loses in a quarter after renewal", "1/quarter", 0.0, ge=0, le=1)
    renewal: Span | None = entry("time between two renewals of the model; none: never", "duration", None)

    @model_validator(mode="after")
    def _renewed(self) -> Foresight:
        if self.renewal is not None and self.renewal.seconds < 1:
            raise ValueError(say("renewal must be at least 1 s"))
        return self


class GuidedRepair(Option):
    """AR巡检: guidance shows a crew where the fault is; it need not look for it."""

    categories: tuple[Name, ...] = entry("categories of jobs with guidance", min_length=1)
    share: float = portion("share of jobs on which the crew has guidance")
    search: AnyDistribution = entry("time spent looking for the fault, which guidance saves")
    least: Span = entry("work that is left at least", "duration")


class AccessControl(Option):
    """门禁: whoever cannot come in does nothing inside, where there is a door that is watched and really kept shut."""

    categories: tuple[Name, ...] = entry("categories of which doors keep some out", min_length=1)
    coverage: float = portion("share of the entrances with access control")
    used: float = portion("share of these that are really used")
    through: float = portion("share of such issues whose cause must come through an entrance")
