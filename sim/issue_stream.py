"""When issues begin: a Poisson count for each community, category and day, then a time of day for each.

Issue k of a day is the same issue in every world of the same seed, however long the horizon, however many residents: a
higher rate adds further issues to a day and moves none (counts are read off by quantile, which never falls with the mean).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from sim.civil_time import CivilTime
from sim.places import City
from sim.scenario import Scenario
from sim.scenario.issues import Category, Rhythm, Shock
from sim.streams import uniforms
from sim.units import DAY

Array = np.ndarray
_PLACES = np.int64(1 << 20)
"""Issues of one community, category and day, at most."""


@dataclass(frozen=True)
class Onsets:
    """Issues of one category in one community: second of onset and the code that names each for good."""

    community: int
    category: int
    at: Array
    code: Array


def draw_onsets(scenario: Scenario, city: City, civil: CivilTime, seed: int) -> Iterator[Onsets]:
    """All onsets inside [0, arrivals_end), by category and community."""
    common = _Days(scenario, civil, scenario.issues.rhythm)
    weights = _place_weights(scenario, city)
    for number, category in enumerate(scenario.issues.categories):
        days = common if category.rhythm is None else _Days(scenario, civil, category.rhythm)
        level = _daily_level(scenario, category, seed, days.count)
        for community in city.communities:
            yearly = category.rate / 1000 * city.residents_of(community.index) * weights[community.index]
            mean = yearly / 365 * days.weight * level
            code = place_code(community.name, category.code)
            at, serial = _usual(seed, code, mean, days)
            for shock_number, shock in enumerate(scenario.issues.shocks):
                if category.code in shock.categories:
                    extra = _extra(seed, code, yearly / 365, shock, shock_number, days)
                    at, serial = np.append(at, extra[0]), np.append(serial, extra[1])
            inside = at < days.end
            yield Onsets(community.index, number, at[inside], code + serial[inside])


def place_code(*name: object) -> np.int64:
    """A number for a name that no other name is likely to share; room for serial numbers above it."""
    return np.int64(int(uniforms(0, "code", *name, at=np.zeros(1))[0] * 2**61))


class _Days:
    """The civil days of the run: their beginnings, lengths, weights, and the hours inside them."""

    def __init__(self, scenario: Scenario, civil: CivilTime, rhythm: Rhythm) -> None:
        end = scenario.time.horizon if scenario.time.arrivals_end is None else scenario.time.arrivals_end
        self.end = end.seconds
        self.count = civil.day_of(self.end - 1) + 1
        starts = civil.day_starts(self.count + 1)
        self.starts, self.lengths = starts[:-1], np.diff(starts)
        dates = [civil.date_of(day) for day in range(self.count)]
        week, month = np.array(rhythm.weekday), np.array(rhythm.month)
        self.weight = (week / week.mean())[[date.weekday() for date in dates]]
        self.weight = self.weight * (month / month.mean())[[date.month - 1 for date in dates]]
        hours = np.array(rhythm.hour)
        self.clock = np.concatenate([[0.0], np.cumsum(hours / hours.sum())])

    def seconds(self, day: Array, u: Array) -> Array:
        """Second at which share u of the day's weight has passed."""
        share = np.interp(u, self.clock, np.linspace(0, 1, 25))
        return self.starts[day] + np.floor(share * self.lengths[day]).astype(np.int64)


def _place_weights(scenario: Scenario, city: City) -> Array:
    """Lognormal weight of each community, mean 1; the same in every world (a place is a place)."""
    cv = scenario.places.place_weight_cv
    codes = np.array([place_code(community.name, "weight") for community in city.communities])
    variance = np.log1p(cv**2)
    return np.exp(np.sqrt(variance) * special.ndtri(uniforms(0, "place weight", at=codes)) - variance / 2)


def _daily_level(scenario: Scenario, category: Category, seed: int, days: int) -> Array:
    """Gamma-mixed level of each day, mean 1, with the scenario's coefficient of variation."""
    cv = scenario.issues.daily_cv
    if cv == 0:
        return np.ones(days)
    u = uniforms(seed, "daily level", category.code, at=np.arange(days))
    return special.gammaincinv(cv**-2, u) * cv**2


def _usual(seed: int, code: np.int64, mean: Array, days: _Days) -> tuple[Array, Array]:
    u = uniforms(seed, "count", at=code + np.arange(len(mean)))
    counts = stats.poisson.ppf(u, mean).astype(np.int64) if mean.any() else np.zeros(len(mean), dtype=np.int64)
    day = np.repeat(np.arange(len(counts)), counts)
    serial = day * _PLACES + np.arange(len(day)) - np.repeat(np.cumsum(counts) - counts, counts)
    return days.seconds(day, uniforms(seed, "time of day", at=code + serial)), serial


def _extra(seed: int, code: np.int64, daily: float, shock: Shock, number: int, days: _Days) -> tuple[Array, Array]:
    """The additional issues of a shock: a second Poisson stream over its stretch, with places of its own."""
    begin, length = shock.at.seconds, shock.length.seconds
    u = uniforms(seed, "shock", number, at=np.array([code]))
    count = int(stats.poisson.ppf(u, daily * (shock.factor - 1) * length / DAY)[0]) if daily else 0
    serial = -(np.arange(count) + 1 + number * _PLACES)
    at = begin + np.floor(uniforms(seed, "shock time", number, at=code + serial) * length).astype(np.int64)
    return at, serial
