"""How a message of an emergency travels, and how people are called to the place."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import entry, portion
from sim.scenario.emergencies.hazards import Kind
from sim.scenario.option import Option
from sim.units import Span, parse_duration

ChainLevel = Literal["city", "district", "subdistrict", "community"]


class Command(Option):
    """The chain of command: level by level, or all levels at once."""

    levels: tuple[ChainLevel, ...] = entry("levels of the chain above the grid, the highest first", min_length=1)
    parallel: bool = entry("every level hears it at once; false: each passes it on to the next", default=False)
    push: Span = entry("time until all have a message that goes to all at once", "duration", parse_duration("1 s"))
    relay_down: AnyDistribution = entry("how long a level keeps a message before the level below has it")
    relay_up: AnyDistribution = entry("how long a level keeps a message before the level above has it, or a force sets out")
    plan_used: float = portion("probability that a struck community uses its plan: then all steps are known")
    knows: float = portion("share of grid workers who know the procedure at the start")
    asks: AnyDistribution = entry("time that a worker who does not know the procedure loses before setting out")
    reached: float = portion("probability that a worker off duty can be reached")
    call_in: AnyDistribution = entry("time until a worker called in from off duty can set out")

    @model_validator(mode="after")
    def _ends_in_the_community(self) -> Command:
        if self.levels[-1] != "community" or len(set(self.levels)) < len(self.levels):
            raise ValueError(say("the levels of the chain of command run from the highest down to community, each once"))
        return self


class ModeSwitch(Option):
    """Peace and emergency mode: while an emergency lasts, a prepared community sets its routine aside."""

    kinds: tuple[Kind, ...] = entry("classes of emergency for which it is prepared", min_length=1)
    switch: AnyDistribution = entry("time from the message until the community works in emergency mode")
    paperwork: float = portion("share of the paperwork that is still asked for on days in emergency mode")
    first: bool = entry("cases out of the emergency come first at every desk and in every queue")
    no_trays: bool = entry("their papers do not lie in trays")


class Pool(Option):
    """Spare people, not used in normal times, who are called when an emergency is grave."""

    seats: int = entry("people of one team of a community", "persons/community", ge=1, le=1000)
    alarm: int = entry("lowest alarm at which they are called", "1..4", ge=1, le=4)
    call_in: AnyDistribution = entry("time until one of them can work")
    stays: Span = entry("how long they stay after the end of the emergency, for what it has left", "duration")


class Learning(Option):
    """A review after each emergency: what had to be found out is written down."""

    review: Span = entry("when the review takes place, after the end", "duration")
    kept: float = portion("probability that a step of the plan that had to be found out is known from then on")


class Works(Option):
    """Works on the ground at some places: what is drained does not flood."""

    kinds: tuple[Kind, ...] = entry("classes of emergency against which they protect", min_length=1)
    share: float = portion("share of the places that have them")
    place: float = entry("side of a place", "m", gt=0, le=10_000)
