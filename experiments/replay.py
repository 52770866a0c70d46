"""Whether a log was given to the scenarios that replay one, and to no others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scenarios.faults import guess_file
from scenarios.guard import neighbours
from sim.messages import BadInput, say
from sim.projection import drawn_text
from sim.scenario import Scenario


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


def data_texts(log: Path | None, scenarios: Sequence[Scenario]) -> list[str]:
    """What the data of runs is: a city's cases, or cases drawn from what was fitted on them; empty where no log is behind it."""
    if log is not None:
        return [say("the cases are those of a city's real log, shown as totals only: no row of it is in this page, "
                    "and no group of fewer than 5 cases")]  # fmt: skip
    return list(dict.fromkeys(drawn_text(each.replay) for each in scenarios if each.replay is not None))
