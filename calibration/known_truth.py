"""Cities whose truth is known: what a fit must find again. Logs made from them are tests of a fit, and a place to learn.

A truth says how cases arrive, how many crews a department has, how long a case keeps one busy, how long it waits for
others, and in which order a queue is served. `known_truth_model` lets the model itself live it, `known_truth_queue` a
plain queue that differs from the model in most details, `known_truth_dirt` dirties the log, `known_truth_export`
writes it with a mapping.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from sim.calendars import Calendar, CivilTime
from sim.scenario.times import WEEKDAYS
from sim.units import DAY, HOUR

OFFICE = (("mon", "tue", "wed", "thu", "fri"), ("08:00-17:00",))
DISCIPLINES = {"first_come": "first_come", "priority": "priority", "due": "due", "shortest": "shortest_estimate"}
"""Word of a truth -> queueing policy of the model."""
HOURS = np.array([1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 14, 12, 11, 12, 12, 11, 10, 8, 6, 5, 4, 3, 2, 1], dtype=float)
WEEK = np.array([1.2, 1.15, 1.1, 1.05, 1.0, 0.5, 0.4])
"""Rhythm of arrivals by local hour and by weekday from Monday (assumed; the shape of a 311 line)."""


@dataclass(frozen=True)
class DepartmentTruth:
    """A department: seconds of work and of waiting count in its open hours."""

    name: str
    per_day: float
    """cases that arrive on an average day"""
    crews: int
    work_s: float
    work_cv: float = 1.0
    waiting_for_others: float = 0.5
    """share of the cases that wait for others before the work"""
    wait_s: float = 20 * HOUR
    wait_cv: float = 1.5
    kinds: dict[str, float] = field(default_factory=lambda: {"pothole": 1.0, "street, light": 3.0})
    """category -> how many times as long as `wait_s` it waits; all are equally frequent"""
    days: tuple[str, ...] = OFFICE[0]
    hours: tuple[str, ...] = OFFICE[1]
    referral: float = 0.0
    """probability that another department had it first and gave it back (plain queue only)"""
    rework: float = 0.0
    """probability that a handling has to be done again (plain queue only)"""


@dataclass(frozen=True)
class CityTruth:
    """A city and the window of its log. `before_days` are lived but not logged: cases open then are unseen at the start."""

    departments: tuple[DepartmentTruth, ...]
    days: int = 84
    before_days: int = 28
    start: str = "2022-10-31"
    zone: str = "America/New_York"
    discipline: str = "first_come"
    important: float = 0.2
    """share of cases of the higher class, which `priority` serves first"""
    daily_cv: float = 0.2
    """spread of the days beyond chance"""
    surge: tuple[int, int, float] | None = None
    """first day of the log, days, and factor of a surge of arrivals"""
    registered_when_done: float = 0.0
    due_days: tuple[int, ...] = (1, 3, 7)
    areas: int = 6

    @property
    def civil(self) -> CivilTime:
        """The civil clock, whose second 0 is the first day that is lived (`before_days` before the log)."""
        return CivilTime(date.fromisoformat(self.start) - timedelta(days=self.before_days), self.zone)

    @property
    def lived_s(self) -> int:
        """Seconds from the first day that is lived to the cut of the log."""
        return self.civil.seconds_at(date.fromisoformat(self.start) + timedelta(days=self.days))

    @property
    def logged_from(self) -> int:
        """Second of the first moment that is logged."""
        return self.civil.seconds_at(date.fromisoformat(self.start))


def utilisation(truth: CityTruth, name: str) -> float:
    """Work that arrives over work that the crews of a department can do, on average."""
    unit = next(each for each in truth.departments if each.name == name)
    open_s = calendar_of(truth, unit).open_seconds
    attempts = 1 / (1 - unit.rework)
    return unit.per_day * truth.lived_s / DAY * unit.work_s * attempts / (unit.crews * open_s)


def calendar_of(truth: CityTruth, unit: DepartmentTruth) -> Calendar:
    """Open hours of a department over the days that are lived."""
    spans = [tuple(int(part[:2]) * 3600 + int(part[3:]) * 60 for part in span.split("-")) for span in unit.hours]
    civil, days = truth.civil, truth.lived_s // DAY + 2
    starts = np.arange(days) * DAY
    worked = [d for d in range(days) if WEEKDAYS[(civil.start.weekday() + d) % 7] in unit.days]
    wall = np.array([(starts[d] + a, starts[d] + b) for d in worked for a, b in spans], dtype=np.int64)
    edges = civil.elapsed(wall.ravel()).reshape(-1, 2)
    return Calendar(edges, 0, int(edges.max()) + DAY)


def arrivals(truth: CityTruth, unit: DepartmentTruth, draw: np.random.Generator) -> np.ndarray:
    """Sorted seconds of arrival: Poisson by hour of week, with gamma days, and the surge."""
    days = truth.lived_s // DAY + 1
    weekday = (truth.civil.start.weekday() + np.arange(days)) % 7
    level = unit.per_day * WEEK[weekday] / WEEK.mean()
    if truth.surge is not None:
        first, length, factor = truth.surge
        at = np.arange(days) - truth.before_days
        level = np.where((at >= first) & (at < first + length), factor * level, level)
    if truth.daily_cv > 0:
        level = level * draw.gamma(truth.daily_cv**-2, truth.daily_cv**2, days)
    count = draw.poisson(np.outer(level, HOURS / HOURS.sum()))
    hour = np.repeat(np.arange(count.size), count.ravel())
    wall = hour * HOUR + draw.integers(0, HOUR, len(hour))
    found = np.sort(truth.civil.elapsed(wall))
    return found[found < truth.lived_s]


def lognormal(draw: np.random.Generator, mean: np.ndarray | float, cv: float, size: int) -> np.ndarray:
    """Lognormal seconds by mean and coefficient of variation."""
    variance = np.log1p(cv**2)
    return np.exp(np.log(mean) - variance / 2 + np.sqrt(variance) * draw.standard_normal(size))


def small_city(seed: int = 1, load: float = 0.85) -> CityTruth:
    """Two departments with other numbers for each seed: one whose crews are busy for the share `load`, one idle half the time."""
    draw = np.random.default_rng(seed)
    crews, work = int(draw.integers(2, 6)), float(draw.uniform(1.0, 3.0) * HOUR)
    busy = DepartmentTruth("roads", 1.0, crews, work, 1.0, 0.4, float(draw.uniform(6, 20)) * HOUR)
    idle = DepartmentTruth("parks", 4.0, 4, 1.0 * HOUR, 1.0, 0.8, float(draw.uniform(15, 40)) * HOUR)
    city = CityTruth((busy, idle))
    return replace(city, departments=(replace(busy, per_day=load / utilisation(city, "roads")), idle))
