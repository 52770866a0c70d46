"""What residents do in an emergency: leave, be helped, help, learn in drills, tell each other."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Evacuation(Option):
    """How homes are left: by those who know what to do, after a knock, or with somebody's help."""

    ready: AnyDistribution = entry("time that a household needs before it goes")
    speed: dict[Name, float] = entry("walking speed to the shelter by age band", "km/h")
    helped: dict[Name, float] = entry("share of those who live alone in an age band who cannot go without help", "share")
    knows: float = portion("share of residents who know what to do at a warning at the start")
    knock: Span = entry("time at a door where nobody knows", "duration/household")


class Drills(Option):
    """Drills: who takes part and learns knows the procedure, until it is forgotten."""

    every: Span = entry("time between drills", "duration")
    work: AnyDistribution = entry("working time that a drill costs a grid worker")
    workers: float = portion("share of grid workers who take part")
    residents: float = portion("share of residents who take part")
    learns: float = portion("probability that somebody who takes part learns the procedure")
    kept: AnyDistribution = entry("how long it is remembered")


class EmergencyVolunteers(Option):
    """Residents who come to help: the more the graver it is and the more they trust."""

    most: float = portion("share of residents who would come at full trust and red alarm")
    gravity: tuple[float, float, float, float] = entry("of those, the share that comes at each alarm, blue to red", "share")
    bands: tuple[Name, ...] = entry("age bands out of which volunteers come", min_length=1)
    half: Span = entry("time from the message until half of them have come", "duration")
    stays: Span = entry("how long one stays", "duration")


class Neighbours(Option):
    """A residents' association that passes a warning on from door to door by itself."""

    coverage: float = portion("share of households that belong to it")
    active: float = portion("share of them that take part and pass a warning on")
    passes: AnyDistribution = entry("time until a household has heard it that way")
