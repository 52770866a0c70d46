"""A world beyond a log: cases drawn from the arrivals that were fitted on it, contents from its demands.

Where the closings of the log were fitted in their rhythm, cases close in it, and the world begins with a backlog: what came
before the start, as far back as the fit saw any case close, and is still open by the fit. It begins with nobody waiting for a
crew. Other scenarios begin empty.
"""

from __future__ import annotations

import datetime

import numpy as np

from sim.arrivals import Arrived, draw_arrivals
from sim.calendars import national_holidays
from sim.contents import contents
from sim.drawn_closings import drawn_ends
from sim.messages import BadInput, say
from sim.records import MISSING
from sim.rhythmic_world import with_closings
from sim.scenario import Scenario
from sim.scenario.replay import Replay
from sim.units import DAY
from sim.world import Measured, World, civil_time, nobody

_LAST = 1 - 2.0**-53


def projected_world(scenario: Scenario, seed: int) -> World:
    """The world of a scenario whose chapter `replay` knows how cases come. Raises BadInput if it does not."""
    end = scenario.time.horizon if scenario.time.arrivals_end is None else scenario.time.arrivals_end
    replay = scenario.replay
    back = 0 if replay is None else reach(replay)
    arrived = arrivals_of(scenario, -back, end.seconds, seed)
    work, wait = contents(scenario, arrived.department, arrived.category, arrived.code, seed)
    world = world_of_cases(seed, arrived, work, wait)
    if not back or world.measured is None:
        return world
    drawn = drawn_ends(scenario, world.measured, arrived.code, arrived.at, seed, alive=False)
    still = drawn.timed & ~arrived.registered & ((drawn.ends == MISSING) | (drawn.ends > 0))
    held = np.flatnonzero((arrived.at >= 0) | still)
    return with_closings(scenario, world_of_cases(seed, arrived.of(held), work[held], wait[held]), drawn.of(held))


def reach(replay: Replay) -> int:
    """Seconds, whole days and a year at most, that the longest fitted time to close lasts; 0 where none counts in a rhythm."""
    if not replay.rhythms:
        return 0
    times = [each.closing.time for each in replay.demands if each.closing is not None]
    longest = max((float(time.quantiles(np.array([_LAST]))[0]) for time in times), default=0.0)
    return min(-int(-longest // DAY), 365) * DAY


def drawn_text(replay: Replay) -> str:
    """What a user must know of cases that are drawn instead of replayed."""
    if days := reach(replay) // DAY:
        return say("cases are drawn from what was fitted on a city's log, none is one of its cases; the run begins with a drawn backlog: "
                   "what came in the {days} days before and is open by the fit", days=days)  # fmt: skip
    return say("cases are drawn from what was fitted on a city's log, none is one of its cases; the run begins with no case open, and "
               "a warm-up lets the backlog build up")  # fmt: skip


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
