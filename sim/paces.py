"""The pace at which a department closes: each world draws whole weeks of those that were measured.

Clerks close in batches, people fall ill, a week is slow or busy: between the days and weeks of a log closings differ by far
more than the chance of single cases (Poisson). Whole weeks are drawn, the same week for all departments, so that what goes
together in a week stays together (block bootstrap, Kuensch 1989). A civil week holds the same draw whenever a run begins.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.scenario.closing import Pace
from sim.streams import uniforms

Array = np.ndarray
WEEK = 7


def paces_of(paces: tuple[Pace, ...], start: date, first: int, days: int, seed: int) -> dict[str, Array]:
    """By department: the pace of each civil day from `start`; 1 before day `first` (that is past), drawn from it on."""
    return {each.department: _days(each, start, first, days, seed) for each in paces}


def _days(pace: Pace, start: date, first: int, days: int, seed: int) -> Array:
    measured = np.array(pace.days).reshape(-1, WEEK)
    day = np.arange(max(first, days))
    place = start.toordinal() - 1 + day  # ordinal 1 was a Monday
    week = np.floor(uniforms(seed, "replay pace", at=place // WEEK) * len(measured)).astype(np.int64)
    return np.where(day < first, 1.0, pace.level * measured[week, place % WEEK])
