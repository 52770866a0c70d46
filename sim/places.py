"""The city of a scenario: district > subdistrict > community > grid, households with coordinates, and jurisdictions.

Communities are grown (equal squares, cut into grids) or taken from a map, whose outlines the scenario holds. The ground is
the same in every world: it depends on the chapter `places`, not on the seed. Coordinates are metres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import networkx as nx
import numpy as np
from scipy.spatial import KDTree

from sim.grids import Array, Cut, Loop, Patchwork, bisect, patrol_loop
from sim.mapped import MappedGrid, in_a_row, on_the_ground, round_through
from sim.scenario.places import Places
from sim.streams import uniforms

GROUND_SEED = 0


@dataclass(frozen=True)
class Grid:
    """A grid: its number in the city, its name, its households and the loop of a patrol through it.

    Only a grid of a map has an area (square metres) and the numbers of its neighbours.
    """

    index: int
    name: str
    community: int
    households: int
    centre: tuple[float, float]
    loop: Loop
    area: float | None = None
    neighbours: tuple[int, ...] = ()


@dataclass(frozen=True)
class Community:
    """A community: its name, its subdistrict, its homes (n x 2) and the cut that makes its grids.

    Of a community on a map, corner and side are those of a square as large about its middle.
    """

    index: int
    name: str
    subdistrict: str
    homes: Array
    corner: tuple[float, float]
    side: float
    cut: Cut | Patchwork
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
        """The way up from a grid through the jurisdictions: grid, community, subdistrict, district, city."""
        if grid not in self._ways:
            way = nx.shortest_path(self.jurisdictions, self.grids[grid].name, "district")
            way = way[:1] + way if self.plan.zones else way  # a zone is its own community
            self._ways[grid] = (*way, "city")  # no edge: a log may call one of its own units so
        return self._ways[grid]

    @cached_property
    def _ways(self) -> dict[int, tuple[str, ...]]:
        return {}

    @property
    def residents_per_community(self) -> int:
        """Residents of one community by the plan; of an average one on a map."""
        return self.plan.persons_per_community

    def residents_of(self, community: int) -> int:
        """Residents of a community by the plan."""
        return self.plan.persons_by_community[community] if self.plan.grids else self.plan.persons_per_community

    def spots(self, community: Array, u: Array, v: Array) -> tuple[Array, Array]:
        """Points east and north in the communities of these numbers, from two columns of uniforms (0, 1).

        In a grown community evenly spread over its square; on a map over a grid that is picked by its households.
        """
        corners = np.array([place.corner for place in self.communities])
        sides = np.array([place.side for place in self.communities])
        x = corners[community, 0] + u * sides[community]
        y = corners[community, 1] + v * sides[community]
        for place in self.communities:
            if isinstance(place.cut, Patchwork):
                rows = np.flatnonzero(community == place.index)
                x[rows], y[rows] = place.cut.spots(u[rows], v[rows]).T
        return x, y

    @property
    def seats_per_household(self) -> int:
        """Resident numbers set aside for one household: resident m of household h is h x seats + m."""
        return max(1, math.ceil(self.plan.persons_per_household))

    @cached_property
    def household_sizes(self) -> Array:
        """Persons in each household of the city; the mean is the plan's persons_per_household.

        On a map each community has as many household numbers as the largest; those that it does not need hold nobody.
        """
        households = np.arange(len(self.communities) * self.plan.households_per_community)
        whole, rest = divmod(self.plan.persons_per_household, 1)
        sizes = int(whole) + (uniforms(GROUND_SEED, "household size", at=households) < rest)
        sizes = np.maximum(1, sizes)
        if self.plan.grids:
            homes = np.array([len(community.homes) for community in self.communities])
            community, number = divmod(households, self.plan.households_per_community)
            sizes[number >= homes[community]] = 0
        return sizes


@lru_cache(maxsize=8)
def build_city(plan: Places) -> City:
    """Grow the places of a plan; or, with named zones, communities without streets, homes or grids of their own."""
    if plan.zones:
        return _zones(plan)
    if plan.grids:
        return _from_map(plan)
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


def _from_map(plan: Places) -> City:
    drawn = on_the_ground(plan.grids)
    order = [
        in_a_row(drawn, [row for row, grid in enumerate(plan.grids) if grid.community == name]) for name in plan.mapped
    ]
    number_of = {row: number for number, row in enumerate(row for rows in order for row in rows)}
    communities, grids = [], []
    for index, rows in enumerate(order):
        homes = [_homes_in(drawn[row]) for row in rows]
        communities.append(_mapped_community(index, [drawn[row] for row in rows], homes, len(grids)))
        for row, there in zip(rows, homes, strict=True):
            beside = tuple(sorted(number_of[other] for other in drawn[row].neighbours))
            grids.append(_mapped_grid(plan, number_of[row], index, drawn[row], there, beside))
    return City(plan, tuple(communities), tuple(grids))


def _homes_in(grid: MappedGrid) -> Array:
    each = np.arange(grid.said.households)
    u, v = (uniforms(GROUND_SEED, "home", grid.said.name, axis, at=each) for axis in ("x", "y"))
    return grid.outline.spots(u, v)


def _mapped_community(index: int, grids: list[MappedGrid], homes: list[Array], first_grid: int) -> Community:
    sizes = np.array([grid.outline.area for grid in grids])
    middle = sizes @ np.array([grid.outline.centre for grid in grids]) / sizes.sum()
    side = math.sqrt(sizes.sum())
    corner = (float(middle[0]) - side / 2, float(middle[1]) - side / 2)
    cut = Patchwork(tuple(grid.outline for grid in grids), tuple(grid.said.households for grid in grids))
    said = grids[0].said
    return Community(
        index, said.community, said.subdistrict, np.concatenate(homes), corner, side, cut, first_grid, len(grids)
    )


def _mapped_grid(
    plan: Places, number: int, community: int, grid: MappedGrid, homes: Array, beside: tuple[int, ...]
) -> Grid:
    loop = round_through(grid, homes, plan.street_factor)
    area = grid.outline.area
    return Grid(number, grid.said.name, community, len(homes), grid.outline.centre, loop, area, beside)


def _zones(plan: Places) -> City:
    nowhere = np.zeros((1, 2))
    loop = Loop(nowhere, np.zeros(1), 1.0)
    communities = tuple(
        Community(index, name, "s01", nowhere, (0.0, 0.0), 0.0, Cut(0), index, 1)
        for index, name in enumerate(plan.zones)
    )
    grids = tuple(Grid(index, name, index, 1, (0.0, 0.0), loop) for index, name in enumerate(plan.zones))
    return City(plan, communities, grids)
