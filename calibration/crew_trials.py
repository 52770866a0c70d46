"""Departments of a world before crews have a say, and what becomes of them with some crews and some work: in closed form.

Departments do not meet in a replay, so that any number of crews is tried in microseconds a case, with the model's own answer
(calibration/department_queue.py; a test holds it to that).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calibration.closing_world import opened_world
from calibration.department_queue import serve
from calibration.intake import Intake
from sim.calendars import Calendar
from sim.distributions import Lognormal
from sim.drawn_closings import calendars_of, drawn_ends
from sim.records import MISSING
from sim.rhythmic_world import crew_part
from sim.scenario import Scenario
from sim.streams import uniforms

Array = np.ndarray
WORK_CV = 1.0
"""Spread of the work between cases of a department (assumed, as in every fitted replay)."""


@dataclass(frozen=True)
class Crews:
    """Crews of a department, the mean work of a case, and how long they usually let a case wait (open seconds)."""

    crews: int
    work_s: float
    queue_s: float = 0.0


@dataclass(frozen=True)
class Unserved:
    """The cases of a department in one world: when they come, and when they would close if nobody ever waited for a crew.

    `ends` is MISSING for a case that outlasts the log; `luck` draws its work; `code` is its number in the log.
    """

    calendar: Calendar
    code: Array
    onset: Array
    ends: Array
    at_once: Array
    luck: Array

    def work(self, mean_s: float) -> Array:
        """Work of each case as drawn, before it is cut to the time that the case is open."""
        return Lognormal.model_validate({"family": "lognormal", "mean": f"{round(mean_s)} s", "cv": WORK_CV}).seconds(self.luck)

    def parted(self, work_s: float, queue_s: float) -> tuple[Array, Array]:
        """Work of each case, at most its open time, and when crews are asked for it; cases closed at once have neither."""
        done, wait = crew_part(self.calendar, self.onset, self.ends, self.work(work_s), np.full(len(self.onset), queue_s))
        return np.where(self.at_once, 0, done), self.onset + wait

    def closed(self, tried: Crews, until: int) -> Array:
        """When each case is closed; MISSING for one that is open at `until`."""
        return self._served(tried, until)[0]

    def usual_queue(self, crews: int, work_s: float, until: int) -> float:
        """Median open seconds that a case queues for a crew, of those closed before `until`."""
        closed, queued = self._served(Crews(crews, work_s), until)
        mine = (closed != MISSING) & ~self.at_once
        return float(np.median(queued[mine])) if mine.any() else 0.0

    def offered_work(self, work_s: float) -> float:
        """Mean work of a case that crews really see: none is worked on for longer than it is open."""
        done, _ = self.parted(work_s, 0.0)
        return float(done[~self.at_once].mean()) if (~self.at_once).any() else work_s

    def _served(self, tried: Crews, until: int) -> tuple[Array, Array]:
        done, asked = self.parted(tried.work_s, tried.queue_s)
        crewed = ~self.at_once & (self.ends != MISSING)
        closed = np.where(self.at_once, self.ends, MISSING)
        queued = np.zeros(len(done), dtype=np.int64)
        rows = np.flatnonzero(crewed)
        served = serve(self.calendar, tried.crews, asked[rows], np.zeros(len(rows), dtype=np.int64), done[rows], until)
        closed[rows], queued[rows] = served.closed, served.queued_open
        return np.where(closed < until, closed, MISSING), queued


def unserved(scenario: Scenario, intake: Intake, seed: int) -> Mapping[str, Unserved]:
    """Every department of the world of a seed, for a scenario that holds fitted times to close."""
    world, opened = opened_world(scenario, intake, seed)
    assert world.measured is not None
    drawn = drawn_ends(scenario, world.measured, world.code, opened, seed)
    luck = uniforms(seed, "replay work", at=world.code)
    found = {}
    for unit, calendar in calendars_of(scenario).items():
        # What was registered when done uses no crew, and a department without fitted times has nothing to say here.
        rows = np.flatnonzero((world.measured.department == unit) & drawn.timed & ~world.measured.done_when_registered)
        if len(rows):
            found[unit] = Unserved(calendar, world.code[rows], world.onset[rows], drawn.ends[rows], drawn.at_once[rows], luck[rows])
    return found
