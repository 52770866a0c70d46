"""Chapter `participation`, meetings: who comes, which councils there are, and what they can settle."""

from __future__ import annotations

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, Name, entry, portion
from sim.scenario.option import AT_ONCE, Option
from sim.units import Span

Layers = tuple[float, float, float]
"""One number for ordinary, active and core residents."""


class Turnout(Option):
    """Who takes part: layers of residents, how they hear of an occasion, and how they lose interest."""

    core: float = portion("share of residents in the core layer")
    active: float = portion("share of residents in the active layer")
    hears: float = portion("share of residents whom a public notice reaches")
    comes: Layers = entry("probability that an ordinary, active, core resident who has heard of it comes", "share")
    bands: dict[Name, float] = entry("readiness to come of an age band over that of all; a band that is not named: 1", "1", default={})
    tenants: float = entry("readiness of tenants to come over that of owners", "1", 1.0, ge=0, le=10)
    fades: float = entry("hazard of losing interest for good at each occasion without a reward", "1/occasion", ge=0, le=10)

    @model_validator(mode="after")
    def _layers(self) -> Turnout:
        if self.core + self.active > 1 or not all(0 <= share <= 1 for share in self.comes):
            raise ValueError(say("core and active together, and each share in comes, must lie in [0, 1]"))
        if any(weight < 0 for weight in self.bands.values()):
            raise ValueError(say("the readiness of an age band cannot be negative"))
        return self


class Council(Chapter):
    """One level of councils: of buildings, courtyards, grids or the community."""

    name: Name = entry("name of the level")
    households: int | None = entry("households of one council; none: the whole community", "households", None, ge=2, le=100_000)
    coverage: float = portion("share of places that have one", 1.0)
    every: Span = entry("time between meetings", "duration")
    first: Span = entry("first meeting, after the start of the run", "duration", AT_ONCE)
    capacity: int = entry("matters that one meeting deals with", "matters", ge=1, le=1000)
    ahead: int = entry("meetings ahead for which matters are put down; a matter that finds no place goes on", "meetings", 1, ge=1, le=100)
    quorum: int = entry("persons who must be there", "persons", ge=1, le=10_000)
    hears: float | None = entry("share of residents whom the notice reaches; none: as turnout says", "share", None, ge=0, le=1)
    online: float = portion("readiness of those with digital skill to join online over that to come", 0.0)
    tries: int = entry("meetings that may deal with a matter before it goes on", "meetings", 1, ge=1, le=20)


class Councils(Option):
    """Councils of residents that settle private matters; a matter climbs from the lowest level to the next."""

    levels: tuple[Council, ...] = entry("levels of councils, the lowest first", min_length=1)
    shares: dict[Name, float] = entry("share of cases of a category that concern residents alone", "share")
    most_severe: int = entry("severity up to which a council takes a matter", "1..3", 2, ge=1, le=3)
    speaks: float = portion("share of those present who can say what they want")
    idea: float = portion("probability that a speaker brings a proposal that those concerned can live with")
    support: float = portion("share of those present who must agree", 0.0)
    agrees: float = portion("probability that somebody present agrees to a proposal", 1.0)
    kept: float = portion("probability that what was agreed is done")
    follow_up: bool = entry("the next meeting asks whether it was done", default=False)
    hours: float = entry("length of a meeting", "h", 1.5, gt=0, le=24)
    pauses: bool = entry("the limits rest while a matter is on the agenda", default=False)

    @model_validator(mode="after")
    def _whole(self) -> Councils:
        names = [level.name for level in self.levels]
        if len(set(names)) < len(names):
            raise ValueError(say("each level of councils needs a name of its own"))
        if any(not 0 <= share <= 1 for share in self.shares.values()):
            raise ValueError(say("the share of each category must lie in [0, 1]"))
        return self


class Facilitation(Option):
    """Trained facilitators: at their meetings more of those present can say what they want."""

    facilitators: int = entry("trained facilitators of a community", "persons", ge=1, le=1000)
    meetings: int = entry("meetings that one can lead in 30 days", "meetings", ge=1, le=100)
    speaks: float = portion("share of those present who can say what they want when one leads")


class RepeatedGame(Option):
    """Neighbours who meet again have something to lose (iterated prisoner's dilemma, Axelrod 1984)."""

    temptation: float = entry("gain of who gives way to nobody while the other does", "1", gt=0)
    reward: float = entry("gain of each when both give way", "1", gt=0)
    punishment: float = entry("gain of each when neither gives way", "1", ge=0)
    tied: float = portion("probability that neighbours who know each other meet again", 0.0)
    strangers: float = portion("probability that strangers meet again", 0.0)
    near: float = entry("distance within which a household may be the other party", "m", 100.0, gt=0, le=10_000)

    @model_validator(mode="after")
    def _dilemma(self) -> RepeatedGame:
        if not self.temptation > self.reward > self.punishment:
            raise ValueError(say("a dilemma needs temptation > reward > punishment"))
        return self


class Opening(Option):
    """A further way of taking part for some age bands that costs little time."""

    bands: tuple[Name, ...] = entry("age bands that it is made for", min_length=1)
    takes: float = portion("probability that somebody of these bands with digital skill joins that way")


class Profiling(Option):
    """Personal invitations by what is known of a resident's interests."""

    accuracy: float = portion("probability that an invitation goes to somebody whom the matter interests")
    allows: float = portion("share of residents who allow it at full trust")
    comes: float = portion("probability that somebody who is interested and invited in person comes")


class Culture(Option):
    """Events that make residents feel that they belong; who belongs comes more easily."""

    every: Span = entry("time between events", "duration")
    open_to: float = portion("probability that a resident comes to an event")
    step: float = portion("how far one event moves belonging towards 1")
    fades: float = portion("how far belonging falls back from one event to the next")
    comes: float = portion("probability at full belonging that somebody comes who otherwise would not")
