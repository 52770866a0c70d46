"""Waiting for others as what capacity leaves over: for given crews and work, the waits that give the measured times back.

Time to close = waiting for others + waiting for a crew + work. For given crews and work the department is simulated, and the
waits of each group of categories are what its measured times to close leave over the simulated time that crews cost
(calibration/wait_shares.py; open cases count as censored). What cannot be brought out so stays as a misfit and speaks against
these crews and this work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from calibration.department_queue import Served
from calibration.department_trace import Trace
from calibration.survival import LEVELS
from calibration.wait_shares import TimesToClose, quantiles, times_to_close, wait_shares
from sim.units import DAY

AT = np.append(LEVELS, 1.0)
"""Probabilities at which a wait is written down, among the cases whose waiting ends inside the log."""
NEVER = 40 * 365 * DAY
ROUNDS = 3
"""Runs by which the waits are set right, since how long cases queue depends on them."""


@dataclass(frozen=True)
class Content:
    """Crews, and the work of a case: mean open seconds and coefficient of variation (lognormal)."""

    crews: int
    work_s: float
    work_cv: float


@dataclass(frozen=True)
class Waits:
    """Open seconds of waiting for others at AT, one row a group, and the share of a group that outlasts the log."""

    seconds: np.ndarray
    never: np.ndarray

    def draw(self, group: np.ndarray, u: np.ndarray) -> np.ndarray:
        """A wait of each case from its uniform, log-linear between the probabilities, as the scenario's `empirical`."""
        wait = np.empty(len(group), dtype=np.int64)
        for number in range(len(self.seconds)):
            mine = group == number
            ends = u[mine] < 1 - self.never[number]
            among = np.where(ends, u[mine] / max(1e-12, 1 - self.never[number]), 0.0)
            logs = np.interp(among, AT, np.log1p(self.seconds[number]))
            wait[mine] = np.where(ends, np.rint(np.expm1(logs)), NEVER)
        return wait


def work_of(content: Content, u: np.ndarray) -> np.ndarray:
    """Work of each case from its uniform: lognormal by mean and cv, whole seconds, at least one."""
    variance = np.log1p(content.work_cv**2)
    seconds = np.exp(np.log(content.work_s) - variance / 2 + np.sqrt(variance) * ndtri(u))
    return np.maximum(1, np.rint(seconds)).astype(np.int64)


def lived(trace: Trace, content: Content, waits: Waits, draw: np.random.Generator) -> Served:
    """One run of a department with fresh luck, which began some weeks before the log."""
    u = draw.random((2, len(trace.longer.opened)))
    wait = waits.draw(trace.longer.group, u[1])
    return trace.longer.served(content.crews, wait, work_of(content, u[0]), trace.cut)


def fitted_waits(trace: Trace, content: Content, draw: np.random.Generator) -> Waits:
    """The waits that, with these crews and this work, come nearest to the measured times to close."""
    times = times_to_close(*trace.spent, _groups(trace))
    at_once = draw.random()
    crew_time = work_of(content, draw.random(len(trace.opened)))
    waits = _waits(times, crew_time, at_once)
    for _ in range(ROUNDS):
        served = lived(trace, content, waits, draw)
        crew_time = (served.queued_open + served.work)[served.joined < trace.cut]
        waits = _waits(times, crew_time, at_once)
    return waits


def _waits(times: TimesToClose, crew_time: np.ndarray, at_once: float) -> Waits:
    shares, grid = wait_shares(times, np.sort(crew_time), at_once), times.grid
    return Waits(np.array([quantiles(row, grid, AT) for row in shares]), times.never)


def _groups(trace: Trace) -> list[np.ndarray]:
    """The cases of each group; a group without any takes all of the department."""
    masks = [trace.group == number for number in range(len(trace.groups))]
    return [mask if mask.any() else np.ones(len(trace.group), dtype=bool) for mask in masks]
