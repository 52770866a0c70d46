"""When emergencies strike, where, and the issues that they let begin: drawn before the run, the same under every policy."""

# The stubs of numpy and scipy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from sim.issue_stream import Onsets, place_code
from sim.places import City, Community
from sim.scenario import Scenario
from sim.scenario.emergencies.hazards import Hazard, Surge
from sim.streams import Luck, uniforms
from sim.units import DAY

YEAR = 365 * DAY


@dataclass(frozen=True)
class Emergency:
    """One emergency of a world: the hazard's name, which one of its kind (from 1), its beginning, whom it strikes and where.

    `struck` holds, by community, the point (metres) that is hit.
    """

    hazard: str
    turn: int
    at: int
    struck: dict[int, tuple[float, float]]

    @property
    def name(self) -> str:
        """Its name in the records: storm-1."""
        return f"{self.hazard}-{self.turn}"


def draw_emergencies(scenario: Scenario, city: City, seed: int) -> list[Emergency]:
    """All emergencies of a world in order of time. A longer run leaves the earlier ones alone."""
    if scenario.emergencies is None:
        return []
    end = _end(scenario)
    drawn = [
        Emergency(name, turn, at, _struck(hazard, city, seed, f"{name}-{turn}"))
        for name, hazard in sorted(scenario.emergencies.hazards.items())
        for turn, at in enumerate(_dates(name, hazard, seed, end), start=1)
    ]
    return sorted(drawn, key=lambda each: (each.at, each.name))


def _end(scenario: Scenario) -> int:
    time = scenario.time
    return time.horizon.seconds if time.arrivals_end is None else time.arrivals_end.seconds


def _dates(name: str, hazard: Hazard, seed: int, end: int) -> Iterator[int]:
    """Its dates, or those of a Poisson process."""
    if hazard.dates:
        yield from sorted(date.seconds for date in hazard.dates if date.seconds < end)
        return
    luck, at, turn = Luck(seed), 0.0, 0
    while True:
        at += luck.exponential("emergency", name, turn) * YEAR / hazard.rate
        turn += 1
        if at >= end:
            return
        yield int(at)


def _struck(hazard: Hazard, city: City, seed: int, name: str) -> dict[int, tuple[float, float]]:
    codes = np.array([place_code(community.name, name) for community in city.communities])
    lots = uniforms(seed, "struck", at=codes)
    hit = [c for c in city.communities if lots[c.index] < hazard.struck] or [city.communities[int(lots.argmin())]]
    east, north = uniforms(seed, "spot", "x", at=codes), uniforms(seed, "spot", "y", at=codes)
    return {
        c.index: (c.corner[0] + float(east[c.index]) * c.side, c.corner[1] + float(north[c.index]) * c.side)
        for c in hit
    }


def surge_onsets(scenario: Scenario, city: City, seed: int) -> Iterator[Onsets]:
    """The issues that emergencies let begin, besides the usual ones, by emergency, community and category."""
    end = _end(scenario)
    numbers = {category.code: number for number, category in enumerate(scenario.issues.categories)}
    for emergency in draw_emergencies(scenario, city, seed):
        hazard = hazard_of(scenario, emergency)
        for community in emergency.struck:
            for surge in hazard.surge:
                at, code = _surge(emergency, city.communities[community], surge, city.residents_per_community, seed)
                yield Onsets(community, numbers[surge.category], at[at < end], code[at < end])


def hazard_of(scenario: Scenario, emergency: Emergency) -> Hazard:
    """The specification of an emergency."""
    assert scenario.emergencies is not None
    return scenario.emergencies.hazards[emergency.hazard]


def _surge(
    emergency: Emergency, community: Community, surge: Surge, residents: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    first = place_code("emergency", emergency.name, community.name, surge.category)
    u = uniforms(seed, "surge", at=np.array([first]))
    count = int(stats.poisson.ppf(u, surge.per_1000 / 1000 * residents)[0]) if surge.per_1000 else 0
    code = first + np.arange(count)
    at = emergency.at + np.floor(uniforms(seed, "surge time", at=code) * surge.spread.seconds).astype(np.int64)
    return at, code


def surge_codes(scenario: Scenario, city: City, seed: int) -> dict[int, Emergency]:
    """Which issues, by code, come out of which emergency."""
    codes: dict[int, Emergency] = {}
    for emergency in draw_emergencies(scenario, city, seed):
        for community in emergency.struck:
            for surge in hazard_of(scenario, emergency).surge:
                place = city.communities[community]
                found = _surge(emergency, place, surge, city.residents_per_community, seed)[1]
                codes |= dict.fromkeys(found.tolist(), emergency)
    return codes
