"""A world beyond a log: cases drawn from the arrivals that were fitted on it, contents from its demands."""

from __future__ import annotations

import datetime

import numpy as np

from sim.arrivals import Arrived, draw_arrivals
from sim.calendars import national_holidays
from sim.contents import contents
from sim.messages import BadInput, say
from sim.records import MISSING
from sim.scenario import Scenario
from sim.world import Measured, World, civil_time, nobody


def projected_world(scenario: Scenario, seed: int) -> World:
    """The world of a scenario whose chapter `replay` knows how cases come. Raises BadInput if it does not."""
    end = scenario.time.horizon if scenario.time.arrivals_end is None else scenario.time.arrivals_end
    arrived = arrivals_of(scenario, 0, end.seconds, seed)
    work, wait = contents(scenario, arrived.department, arrived.category, arrived.code, seed)
    return world_of_cases(seed, arrived, work, wait)


def arrivals_of(scenario: Scenario, begin_s: int, end_s: int, seed: int) -> Arrived:
    """Cases that come in [begin_s, end_s)."""
    replay = scenario.replay
    if replay is None or replay.arrivals is None:
        raise BadInput(say("scenario {name} replays a log; name it with --log FILE", name=scenario.name))
    civil = civil_time(scenario)
    return draw_arrivals(replay.arrivals, civil, begin_s, end_s, seed, _holidays(scenario, civil.date_of(civil.day_of(end_s)).year))


def _holidays(scenario: Scenario, last_year: int) -> frozenset[datetime.date]:
    if scenario.time.holidays == "none":
        return frozenset()
    return national_holidays(scenario.time.holidays, range(scenario.time.start.year, last_year + 1)).closed


def world_of_cases(seed: int, cases: Arrived, work: np.ndarray, wait: np.ndarray) -> World:
    """The world in which these cases come, one issue each."""
    count = len(cases)
    zero, never, x = np.zeros(count, dtype=np.int64), np.full(count, MISSING, dtype=np.int64), np.zeros(count)
    measured = Measured(cases.department, cases.category, cases.channel, cases.due, work, wait, cases.registered)
    return World(seed, cases.at, cases.code, cases.zone.astype(np.int64), zero, zero + 1, x, x.copy(), never, never,
                 nobody(count), measured)  # fmt: skip
