"""The period that is scored, the groups it is scored by, and cases laid out on its days.

Every measure is a sum over days, so that one set of weights on the days (a resample) moves them all alike.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.civil_time import CivilTime
from sim.messages import say
from sim.records import MISSING
from sim.units import DAY

LEAST_CASES = 30
"""Departments and categories with fewer cases in the period are scored together: no row speaks of a handful of people."""
COLUMNS = ("case_id", "department", "category", "reported_at", "closed_at", "handling_due", "outcome")
"""What a score reads of a case."""


@dataclass(frozen=True)
class Period:
    """Cases opened in [start, cut), looked at until `cut`; seconds since the start of the log, both at midnight."""

    start: int
    cut: int
    civil: CivilTime

    @property
    def days(self) -> int:
        """Civil days of the period."""
        return int(self.civil.wall(self.cut - 1) // DAY - self.civil.wall(self.start) // DAY) + 1

    def day(self, seconds: np.ndarray) -> np.ndarray:
        """Civil day of each time, the first of the period being 0."""
        return (self.civil.wall(seconds) - self.civil.wall(self.start)) // DAY

    def day_ends(self) -> np.ndarray:
        """The midnight that ends each day, at most the cut."""
        walls = self.civil.wall(self.start) + DAY * np.arange(1, self.days + 1)
        return np.minimum(self.civil.elapsed(walls), self.cut)

    def text(self) -> str:
        """Its local dates, both included."""
        return f"{self.civil.local(self.start).date()} – {self.civil.local(self.cut - 1).date()}"


@dataclass(frozen=True)
class Groups:
    """The departments or categories that are scored one by one; the last name gathers all others."""

    column: str
    names: tuple[str, ...]
    sizes: np.ndarray

    def of(self, cases: pd.DataFrame) -> np.ndarray:
        """Number of the group of each case."""
        places = {name: place for place, name in enumerate(self.names[:-1])}
        found = cases[self.column].astype(object).map(lambda name: places.get(str(name), len(places)))
        return found.to_numpy(dtype=np.int64)


def groups_of(cases: pd.DataFrame, column: str, period: Period, least: int = LEAST_CASES) -> Groups:
    """Groups of the measured cases that were opened in the period."""
    inside = opened_inside(cases, period)
    sizes = inside[column].astype(str).value_counts()
    big = sorted(str(name) for name, size in sizes.items() if size >= least)
    counts = [int(sizes[name]) for name in big]
    return Groups(column, (*big, say("all others")), np.array([*counts, len(inside) - sum(counts)], dtype=float))


def opened_inside(cases: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Cases opened in the period that needed work; what was registered when done has no duration."""
    worked = cases[cases["outcome"] != "self_handled"]
    opened = worked["reported_at"]
    return worked[(opened >= period.start) & (opened < period.cut)]


def ends(cases: pd.DataFrame, period: Period) -> tuple[np.ndarray, np.ndarray]:
    """Until when each case was seen open (at most the cut), and whether it was closed by then."""
    closed_at = cases["closed_at"].to_numpy(dtype=np.int64)
    closed = (closed_at != MISSING) & (closed_at < period.cut)
    return np.where(closed, closed_at, period.cut), closed
