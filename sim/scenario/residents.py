"""Chapter `residents`: who lives there, how they notice, report, repeat and wait."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Name, adds_up, entry, portion
from sim.scenario.habits import Silence, Tenancy, Ties, Voice

ChannelName = Literal["hotline", "app", "grid_worker", "community_desk", "council", "box"]


class AgeBand(Chapter):
    """An age band of the population."""

    name: Name = entry("name of the band")
    name_zh: Label = entry("its Chinese name")
    share: float = portion("share of residents")
    digital_skill: float = portion("probability that a resident of the band can use digital channels")
    lives_alone: float = portion("share that lives alone")


class Channel(Chapter):
    """A way to hand in a report."""

    name: ChannelName = entry("channel")
    weight: float = entry("how often it is chosen among those open to the resident", "weight", ge=0, le=1000)
    aware: float = portion("share of residents who know it")
    digital: bool = entry("needs digital skill", default=False)
    calendar: Name = entry("hours at which it takes reports")
    delay: AnyDistribution = entry("time from deciding to report until the report is handed in")
    intake: AnyDistribution = entry("staff effort to receive one report")


class Repeats(Chapter):
    """Contacts by the same resident while the case stays open."""

    probability: float = portion("probability of another contact when patience has run out")
    most: int = entry("contacts at most, the first included", "contacts", ge=1, le=20)


class Residents(Chapter):
    """The population and its habits."""

    age_bands: tuple[AgeBand, ...] = entry("age bands", min_length=1)
    tenants: float = portion("share of residents in rented homes")
    exposed: int = entry("nearest residents who may notice an issue", "residents", ge=0, le=50)
    trust: float = portion("trust at the start")
    trust_weight: float = entry("how far trust 1 against trust 0 moves the odds to report", "1", ge=0, le=5)
    severity_lift: tuple[float, float, float] = entry(
        "reporting propensity of minor, ordinary and major issues over the category's", "1"
    )
    patience: AnyDistribution = entry("how long a resident waits for closure before it feels late")
    channels: tuple[Channel, ...] = entry("reporting channels")
    repeats: Repeats = entry("repeat contacts")
    sampled: float = portion("share of residents whose state is written to the records", 1.0)
    ties: Ties | None = entry("ties between residents; none: nobody tells anybody", default=None)
    tenancy: Tenancy | None = entry("how tenants differ; none: not at all", default=None)
    silence: Silence | None = entry("places where residents are silent; none: all places alike", default=None)
    voice: Voice | None = entry("how clearly residents speak; none: all clearly", default=None)

    @model_validator(mode="after")
    def _whole(self) -> Residents:
        adds_up(tuple(band.share for band in self.age_bands), say("shares of the age bands"))
        if self.exposed and not self.channels:
            raise ValueError(say("residents notice issues (exposed > 0) but no channel takes their reports"))
        return self
