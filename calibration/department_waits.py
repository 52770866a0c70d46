"""Waiting for others as what capacity leaves over: for given crews and work, the waits that give the measured times back.

Time to close = waiting for others + waiting for a crew + work. For given crews and work the department is simulated, and
the waits of each group of categories are moved, quantile by quantile, by what the simulated time to close lacks against the
measured one (Kaplan-Meier on both sides, so open cases count), never below zero. What cannot be mended so stays as a
misfit and speaks against these crews and this work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from calibration.department_queue import Served, serve
from calibration.department_trace import Trace
from calibration.survival import LEVELS
from sim.units import DAY

AT = np.append(LEVELS, 1.0)
"""Probabilities at which a wait is written down, among the cases whose waiting ends inside the log."""
NEVER = 40 * 365 * DAY
ROUNDS = 4
STEP = 0.8
"""Share of the lacking time that a round adds: less than all, because the simulated quantiles are noisy."""


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


def lived(trace: Trace, content: Content, waits: Waits, draw: np.random.Generator, rank: np.ndarray | None = None) -> Served:
    """One run of a department with fresh luck."""
    u = draw.random((2, len(trace.opened)))
    wait = waits.draw(trace.group, u[1])
    return serve(trace.calendar, content.crews, trace.opened, wait, work_of(content, u[0]), trace.cut, rank)


def fitted_waits(trace: Trace, content: Content, draw: np.random.Generator) -> Waits:
    """The waits that, with these crews and this work, come nearest to the measured times to close."""
    wanted, never = _measured(trace)
    waits = Waits(np.maximum(0.0, wanted - content.work_s), never)
    for _ in range(ROUNDS):
        served = lived(trace, content, waits, draw)
        found = _quantiles(trace, *trace.spent_of(served.closed), never)
        moved = np.maximum(0.0, waits.seconds + STEP * (wanted - found))
        waits = Waits(np.maximum.accumulate(moved, axis=1), never)
    return waits


def _measured(trace: Trace) -> tuple[np.ndarray, np.ndarray]:
    spent, closed = trace.spent
    never = np.array([_still_open(spent[mine], closed[mine]) for mine in _groups(trace)])
    return _quantiles(trace, spent, closed, never), never


def _groups(trace: Trace) -> list[np.ndarray]:
    """The cases of each group; a group without any takes all of the department."""
    masks = [trace.group == number for number in range(len(trace.groups))]
    return [mask if mask.any() else np.ones(len(trace.group), dtype=bool) for mask in masks]


def _quantiles(trace: Trace, spent: np.ndarray, closed: np.ndarray, never: np.ndarray) -> np.ndarray:
    rows = []
    for mine, left in zip(_groups(trace), never, strict=True):
        times, still = _curve(spent[mine], closed[mine])
        place = np.searchsorted(1 - still, np.clip(AT * (1 - left), 0, 1) - 1e-12)
        ends = np.append(times, times[-1] if len(times) else trace.open_seconds)
        rows.append(ends[np.minimum(place, len(ends) - 1)])
    return np.array(rows, dtype=float)


def _still_open(spent: np.ndarray, closed: np.ndarray) -> float:
    still = _curve(spent, closed)[1]
    return float(still[-1]) if len(still) else 1.0


def _curve(spent: np.ndarray, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Times of closing and the share still open after each (Kaplan-Meier 1958), one entry a case, ties in turn."""
    order = np.lexsort((~closed, spent))
    ended = closed[order]
    left = np.arange(len(order), 0, -1)
    still = np.cumprod(np.where(ended, 1 - 1 / left, 1.0))
    return spent[order][ended], still[ended]
