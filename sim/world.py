"""The world of a run, drawn before it starts: one row an issue, the same for every policy.

Nothing here depends on staff, grids, workflow or policies. Grid, route spot and travel are derived from the coordinates
afterwards. Further uniforms belong to an issue by its code and a purpose: `uniform` gives whole columns for the first
occasion, `luck` single numbers for later ones.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportIndexIssue=false

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields

import numpy as np

from sim.civil_time import CivilTime
from sim.hazards import surge_onsets
from sim.hot_spots import at_hot_spots
from sim.issue_stream import draw_onsets
from sim.places import City, build_city
from sim.records import MISSING
from sim.scenario import Scenario
from sim.scenario.issues import Category
from sim.scenario.option import options_of
from sim.streams import Luck, uniforms

Array = np.ndarray


@dataclass(frozen=True)
class Exposure:
    """Residents who may report an issue: row `first[i]` to `first[i + 1]` of the columns belong to issue i, by time."""

    first: Array
    resident: Array
    notices: Array
    report: Array
    """uniform that decides whether the resident reports"""
    choice: Array
    """uniform that picks the channel"""
    aware: Array
    """uniform of the resident: how many channels it knows"""
    delay: Array
    """uniform of the channel's delay"""

    def for_reading(self) -> Exposure:
        """The same columns as memory views, which give plain numbers fast."""
        return Exposure(*(memoryview(np.ascontiguousarray(getattr(self, each.name))) for each in fields(self)))  # type: ignore[arg-type]


def nobody(issues: int) -> Exposure:
    """An exposure without anybody."""
    none = np.zeros(0, dtype=np.int64)
    return Exposure(np.zeros(issues + 1, dtype=np.int64), none, none, *(np.zeros(0),) * 4)


@dataclass(frozen=True)
class Measured:
    """What a log says of each of its cases besides time and place; only a replayed world has it.

    `work` and `wait` are drawn from fits on a training period, never the measured time to close; `wait` counts in the
    department's open hours. `due` is MISSING where the log gives no limit.
    """

    department: Array
    category: Array
    channel: Array
    due: Array
    work: Array
    wait: Array
    done_when_registered: Array
    natural: bool = False
    """`wait` counts by the clock on the wall instead"""
    no_crew: Array | None = None
    """True where a case is over when it has waited, without any crew: closed within minutes"""


@dataclass
class World:
    """Columns with one row an issue, in order of onset. Times are seconds; `resolves`, `worsens` MISSING if never."""

    seed: int
    onset: Array
    code: Array
    community: Array
    category: Array
    severity: Array
    x: Array
    y: Array
    worsens: Array
    resolves: Array
    exposure: Exposure
    measured: Measured | None = None
    luck: Luck = field(init=False)

    def __post_init__(self) -> None:
        self.luck = Luck(self.seed)
        self._columns: dict[str, Array] = {}

    def __len__(self) -> int:
        return len(self.onset)

    def uniform(self, purpose: str) -> Array:
        """Column of uniforms (0, 1) for the first occasion of a purpose."""
        if purpose not in self._columns:
            self._columns[purpose] = uniforms(self.seed, purpose, at=self.code)
        return self._columns[purpose]

    def digest(self) -> str:
        """SHA-256 over the columns that name the issues: equal worlds have equal digests."""
        sha = hashlib.sha256()
        for column in (self.onset, self.code, self.community, self.category, self.severity, self.x, self.y):
            sha.update(np.ascontiguousarray(column).tobytes())
        return sha.hexdigest()


def civil_time(scenario: Scenario) -> CivilTime:
    """The civil clock of a scenario."""
    return CivilTime(scenario.time.start, scenario.time.zone)


def draw_world(scenario: Scenario, seed: int) -> World:
    """Draw the issue stream of a scenario in the world of this seed."""
    city = build_city(scenario.places)
    parts = [*draw_onsets(scenario, city, civil_time(scenario), seed), *surge_onsets(scenario, city, seed)]
    onset = np.concatenate([part.at for part in parts]).astype(np.int64)
    code = np.concatenate([part.code for part in parts]).astype(np.int64)
    community = np.concatenate([np.full(len(part.at), part.community) for part in parts]).astype(np.int64)
    category = np.concatenate([np.full(len(part.at), part.category) for part in parts]).astype(np.int64)
    order = np.lexsort((code, onset))
    return _furnish(scenario, city, seed, onset[order], code[order], community[order], category[order])


def _furnish(
    scenario: Scenario, city: City, seed: int, onset: Array, code: Array, community: Array, category: Array
) -> World:
    categories = scenario.issues.categories
    x, y = city.spots(community, uniforms(seed, "x", at=code), uniforms(seed, "y", at=code))
    x, y = at_hot_spots(scenario, city, seed, code, community, x, y)
    severity = _severities(categories, category, uniforms(seed, "severity", at=code))
    worsens = _when(categories, category, onset, uniforms(seed, "worsens", at=code), "worsens")
    resolves = _when(categories, category, onset, uniforms(seed, "resolves", at=code), "resolves")
    bound = _most_likely(scenario, category, severity)
    exposure = _expose(scenario, city, seed, code, community, category, bound, np.column_stack([x, y]))
    return World(seed, onset, code, community, category, severity, x, y, worsens, resolves, exposure)


def _severities(categories: tuple[Category, ...], category: Array, u: Array) -> Array:
    edges = np.array([np.cumsum(each.severity)[:2] for each in categories])[category]
    return 1 + (u[:, None] >= edges).sum(axis=1) if len(u) else np.zeros(0, dtype=np.int64)


def _when(categories: tuple[Category, ...], category: Array, onset: Array, u: Array, name: str) -> Array:
    result = np.full(len(onset), MISSING, dtype=np.int64)
    for number, each in enumerate(categories):
        delay = getattr(each, name)
        if delay is not None:
            rows = category == number
            result[rows] = onset[rows] + delay.seconds(u[rows])
    return result


def _expose(
    scenario: Scenario,
    city: City,
    seed: int,
    code: Array,
    community: Array,
    category: Array,
    bound: Array,
    points: Array,
) -> Exposure:
    """Nearest residents and when each would notice; those who would report under no circumstances are left out."""
    most = min(scenario.residents.exposed, scenario.places.households_per_community)
    rows, residents, notices, report, choice, delay = [], [], [], [], [], []
    for rank in range(most):
        u = uniforms(seed, "report", rank, at=code)
        row = np.flatnonzero(u < bound)
        rows.append(row)
        report.append(u[row])
        choice.append(uniforms(seed, "channel", rank, at=code[row]))
        delay.append(uniforms(seed, "channel delay", rank, at=code[row]))
        notices.append(_notice(scenario, category[row], uniforms(seed, "notice", rank, at=code[row])))
        residents.append(_nearest(scenario, city, seed, code[row], community[row], points[row], rank))
    if not most:
        return nobody(len(code))
    row, notice = np.concatenate(rows), np.concatenate(notices)
    order = np.lexsort((notice, row))
    first = np.searchsorted(row[order], np.arange(len(code) + 1))
    resident = np.concatenate(residents)[order]
    return Exposure(
        first, resident, notice[order], np.concatenate(report)[order], np.concatenate(choice)[order],
        uniforms(0, "aware", at=resident), np.concatenate(delay)[order],
    )  # fmt: skip


def _most_likely(scenario: Scenario, category: Array, severity: Array) -> Array:
    """Upper bound of the probability to report an issue: at trust 1, and at the severity to which it may still rise."""
    categories = scenario.issues.categories
    if any(option.moves_reports for option in options_of(scenario)):
        return np.ones(len(category))
    rises = np.array([each.worsens is not None for each in categories])[category]
    lift = np.array(scenario.residents.severity_lift)
    highest = np.where(
        rises & (severity < 3), np.maximum(lift[severity - 1], lift[np.minimum(severity, 2)]), lift[severity - 1]
    )
    return (
        np.array([each.propensity for each in categories])[category]
        * highest
        * (1 + scenario.residents.trust_weight / 2)
    )


def _notice(scenario: Scenario, category: Array, u: Array) -> Array:
    result = np.zeros(len(category), dtype=np.int64)
    for number, each in enumerate(scenario.issues.categories):
        rows = category == number
        result[rows] = each.notice.seconds(u[rows])
    return result


def _nearest(
    scenario: Scenario, city: City, seed: int, code: Array, community: Array, points: Array, rank: int
) -> Array:
    """Resident number of somebody in the household that is the rank-th nearest."""
    result = np.zeros(len(code), dtype=np.int64)
    someone = uniforms(seed, "member", rank, at=code)
    for place in city.communities:
        rows = np.flatnonzero(community == place.index)
        if len(rows):
            home = place.neighbours.query(points[rows], k=[rank + 1])[1][:, 0]
            household = place.index * scenario.places.households_per_community + home
            member = (someone[rows] * city.household_sizes[household]).astype(np.int64)
            result[rows] = household * city.seats_per_household + member
    return result
