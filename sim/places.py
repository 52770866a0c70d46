"""The city of a scenario: district > subdistrict > community > grid, households with coordinates, and jurisdictions.

The ground is the same in every world: it depends on the chapter `places`, not on the seed. Coordinates are metres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import networkx as nx
import numpy as np
from scipy.spatial import KDTree

from sim.grids import Array, Cut, Loop, bisect, patrol_loop
from sim.scenario.places import Places
from sim.streams import uniforms

GROUND_SEED = 0


@dataclass(frozen=True)
class Grid:
    """A grid: its number in the city, its name, its households and the loop of a patrol through it."""

    index: int
    name: str
    community: int
    households: int
    centre: tuple[float, float]
    loop: Loop


@dataclass(frozen=True)
class Community:
    """A community: its name, its subdistrict, its homes (n x 2) and the cut that makes its grids."""

    index: int
    name: str
    subdistrict: str
    homes: Array
    corner: tuple[float, float]
    side: float
    cut: Cut
    first_grid: int
    grids: int

    @cached_property
    def neighbours(self) -> KDTree:
        """Search tree over the homes."""
        return KDTree(self.homes)


@dataclass(frozen=True)
class City:
    """All places, and the graph of jurisdictions."""

    plan: Places
    communities: tuple[Community, ...]
    grids: tuple[Grid, ...]

    @cached_property
    def jurisdictions(self) -> nx.DiGraph:
        """A tree of units: an edge leads from a unit to the one that it answers to."""
        graph = nx.DiGraph()
        for community in self.communities:
            graph.add_edge(community.name, community.subdistrict)
            graph.add_edge(community.subdistrict, "district")
        for grid in self.grids:
            graph.add_edge(grid.name, self.communities[grid.community].name)
        return graph

    def answers_to(self, grid: int) -> tuple[str, ...]:
        """The way up from a grid through the jurisdictions: grid, community, subdistrict, district."""
        if grid not in self._ways:
            way = nx.shortest_path(self.jurisdictions, self.grids[grid].name, "district")
            self._ways[grid] = tuple(way[:1] + way if self.plan.zones else way)  # a zone is its own community
        return self._ways[grid]

    @cached_property
    def _ways(self) -> dict[int, tuple[str, ...]]:
        return {}

    @property
    def residents_per_community(self) -> int:
        """Residents of one community by the plan."""
        return self.plan.persons_per_community

    @property
    def seats_per_household(self) -> int:
        """Resident numbers set aside for one household: resident m of household h is h x seats + m."""
        return max(1, math.ceil(self.plan.persons_per_household))

    @cached_property
    def household_sizes(self) -> Array:
        """Persons in each household of the city; the mean is the plan's persons_per_household."""
        households = np.arange(len(self.communities) * self.plan.households_per_community)
        whole, rest = divmod(self.plan.persons_per_household, 1)
        sizes = int(whole) + (uniforms(GROUND_SEED, "household size", at=households) < rest)
        return np.maximum(1, sizes)


@lru_cache(maxsize=8)
def build_city(plan: Places) -> City:
    """Grow the places of a plan; or, with named zones, communities without streets, homes or grids of their own."""
    if plan.zones:
        return _zones(plan)
    side = math.sqrt(plan.households_per_community / plan.households_per_km2) * 1000
    across = math.ceil(math.sqrt(plan.communities))
    communities, grids = [], []
    for index in range(plan.communities):
        community = _community(plan, index, (index % across * side, index // across * side), side, len(grids))
        communities.append(community)
        grids.extend(_grids_of(plan, community))
    return City(plan, tuple(communities), tuple(grids))


def _community(plan: Places, index: int, corner: tuple[float, float], side: float, first_grid: int) -> Community:
    name = f"c{index + 1:03d}"
    each = np.arange(plan.households_per_community)
    east = uniforms(GROUND_SEED, "home", name, "x", at=each) * side + corner[0]
    north = uniforms(GROUND_SEED, "home", name, "y", at=each) * side + corner[1]
    homes = np.column_stack([east, north])
    grids = max(1, round(plan.households_per_community / plan.households_per_grid))
    subdistrict = f"s{index // plan.communities_per_subdistrict + 1:02d}"
    return Community(index, name, subdistrict, homes, corner, side, bisect(homes, grids), first_grid, grids)


def _grids_of(plan: Places, community: Community) -> list[Grid]:
    part = community.cut.parts_of(community.homes)
    grids = []
    for number in range(community.grids):
        homes = community.homes[part == number]
        centre = tuple(float(value) for value in homes.mean(axis=0))
        name = f"{community.name}g{number + 1:02d}"
        loop = patrol_loop(homes, plan.street_factor)
        grids.append(Grid(community.first_grid + number, name, community.index, len(homes), centre, loop))  # type: ignore[arg-type]
    return grids


def _zones(plan: Places) -> City:
    nowhere = np.zeros((1, 2))
    loop = Loop(nowhere, np.zeros(1), 1.0)
    communities = tuple(
        Community(index, name, "s01", nowhere, (0.0, 0.0), 0.0, Cut(0), index, 1)
        for index, name in enumerate(plan.zones)
    )
    grids = tuple(Grid(index, name, index, 1, (0.0, 0.0), loop) for index, name in enumerate(plan.zones))
    return City(plan, communities, grids)
