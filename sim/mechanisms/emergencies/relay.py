"""How long a message takes: level by level, or to all at once."""

from __future__ import annotations

from collections.abc import Callable

from sim.scenario.emergencies.command import Command
from sim.scenario.emergencies.hazards import Hazard

FORCE = "force"


def heard(plan: Command, hazard: Hazard, luck: Callable[[str], float]) -> dict[str, int]:
    """Seconds after the first sign at which each level has heard of it, and at which the force sets out (`force`).

    From above each level passes it on downwards; from below it goes from the grid up to the highest level that the force
    answers to, the district. `luck` gives the uniform of a level that passes something on.
    """
    times = _through_the_chain(plan, hazard, luck)
    if hazard.direct is not None:
        times[FORCE] = min(times[FORCE], hazard.direct.seconds)
    return times


def _through_the_chain(plan: Command, hazard: Hazard, luck: Callable[[str], float]) -> dict[str, int]:
    if plan.parallel:
        return dict.fromkeys((*plan.levels, FORCE), plan.push.seconds)
    times: dict[str, int] = {}
    if hazard.first_seen == "above":
        at = 0
        for level in plan.levels:
            times[level] = at
            at += plan.relay_down.draw(luck(level))
    else:
        at = plan.relay_up.draw(luck("grid"))
        for level in reversed(plan.levels):
            times[level] = at
            at += plan.relay_up.draw(luck(level))
    sender = "district" if "district" in times else plan.levels[0]
    times[FORCE] = times[sender] + plan.relay_up.draw(luck(FORCE))
    return times
