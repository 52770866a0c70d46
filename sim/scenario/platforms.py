"""What stands between a device and a worker: the platform, what happens when it fails, who is told, and what becomes of patrols."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Failure(Chapter):
    """A failure of the platform at a date."""

    at: Span = entry("when it begins, after the start of the run", "duration")
    length: Span = entry("how long it lasts", "duration")


class Platform(Option):
    """Alarms go over one network and one platform, which fails now and then; without the option it never does."""

    up: Span | None = entry("mean time between two failures; none: only those with a date", "duration", None)
    down: AnyDistribution | None = entry("how long a failure lasts", default=None)
    failures: tuple[Failure, ...] = entry("failures with a date", default=())
    kept: float = portion(
        "probability that an alarm raised during a failure is kept and comes at its end; else it is lost"
    )
    latency: AnyDistribution | None = entry("time that network and platform take for an alarm", default=None)
    edge: float = portion("share of the devices that judge on the spot and tell people without the platform", 0.0)

    @model_validator(mode="after")
    def _fails(self) -> Platform:
        if (self.up is None) != (self.down is None):
            raise ValueError(say("give both up (time between failures) and down (how long one lasts), or neither"))
        if self.up is not None and self.up.seconds < 1:
            raise ValueError(say("up, the time between failures, must be at least 1 s"))
        return self


class DualWarning(Option):
    """智能感知+网格员巡查双预警: an alarm also goes to the nearest worker, who looks at once; two sources confirm a hazard."""

    devices: tuple[Name, ...] = entry("kinds of devices whose alarms go to workers", min_length=1)
    reached: float = portion("probability that the alarm reaches a worker, whether or not anybody reads the platform")


class OfTeams(Option):
    """An option about what a whole team owes each day: it has a start, but no roll-out by community."""

    @model_validator(mode="after")
    def _whole_teams(self) -> OfTeams:
        if self.rollout:
            raise ValueError(
                say("it changes what whole teams owe each day and cannot be rolled out by community; use starts")
            )
        return self


class Dependence(OfTeams):
    """The better devices cover a place, the less people patrol it; without practice they lose the habit of looking."""

    floor: Span = entry("patrol still owed each working day where devices cover everything", "duration")
    screen: float = portion("share of the shift spent at the screen where devices cover everything")
    practice: Span = entry("patrol a working day that keeps the habit of looking", "duration")
    fades: float = portion("share of the habit of looking that a month without practice takes")
    regains: float = portion("share of what is lost that a month with practice gives back")


class Fallback(OfTeams):
    """技术+人工双轨: so long after a failure of the platform begins everybody works by hand; drills keep the habit of looking."""

    manual_start: Span = entry("time from the failure of the platform until work by hand begins", "duration")
    patrol: Span = entry("patrol owed on a day by hand", "duration")
    drills_every: Span | None = entry("time between two drills; none: no drill", "duration", None)
    drill: Span | None = entry("working time that a drill takes from a worker", "duration", None)

    @model_validator(mode="after")
    def _drilled(self) -> Fallback:
        if (self.drills_every is None) != (self.drill is None):
            raise ValueError(say("give both drills_every and drill, or neither"))
        if self.drills_every is not None and self.drills_every.seconds < 1:
            raise ValueError(say("drills_every must be at least 1 s"))
        return self
