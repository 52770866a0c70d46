"""Whether a log was given to the scenarios that replay one, and to no others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.faults import guess_file
from scenarios.guard import neighbours
from sim.messages import BadInput, say
from sim.projection import drawn_text
from sim.scenario import Scenario

if TYPE_CHECKING:
    from experiments.plan import Plan


def check_log(scenarios: Sequence[Scenario], log: Path | None, world_of: object | None) -> None:
    """Raises BadInput for a replay without a log (unless it knows how cases come), a log without a replay, or a log that is no file."""
    for scenario in scenarios:
        if scenario.replay is not None and scenario.replay.arrivals is None and log is None:
            raise BadInput(say("scenario {name} replays a log; name it with --log FILE", name=scenario.name))
        if scenario.replay is None and log is not None:
            raise BadInput(
                say("scenario {name} draws its world and replays no log; leave --log out", name=scenario.name)
            )
    if log is not None and not log.is_file():
        raise BadInput(say("{file}: there is no such log file", file=log) + guess_file(log.name, neighbours(log)))
    if log is not None and world_of is None:
        raise ValueError("a replay needs a function that makes worlds from logs")


def drawn_texts(plan: Plan) -> list[str]:
    """What a user must know of the scenarios that could replay a log and are run without one."""
    if plan.log is not None:
        return []
    replays = [arm.file.scenario.replay for arm in plan.arms]
    return list(dict.fromkeys(drawn_text(replay) for replay in replays if replay is not None))
