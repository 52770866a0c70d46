"""The ways between stores and communities: a graph of neighbouring communities, and the shortest way through it."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx

from sim.places import City, Community

Point = tuple[float, float]
_BESIDE = 1.01
"""Communities are neighbours if their middles lie no further apart than the side of one (with room for rounding)."""


def middle(community: Community) -> Point:
    """Where the store of a community stands."""
    return community.corner[0] + community.side / 2, community.corner[1] + community.side / 2


def _centre(points: list[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


class Roads:
    """Streets between the middles of communities; the stores of a subdistrict and of the district stand in their middles."""

    def __init__(self, city: City) -> None:
        self.street = city.plan.street_factor
        self.places: dict[str, Point] = {community.name: middle(community) for community in city.communities}
        self.graph = nx.Graph()
        self.graph.add_nodes_from(self.places)
        side = city.communities[0].side
        for a, b in combinations(self.places, 2):
            metres = math.dist(self.places[a], self.places[b])
            if metres <= side * _BESIDE:
                self.graph.add_edge(a, b, metres=metres * self.street)
        groups = {"district": list(self.places)}
        for community in city.communities:
            groups.setdefault(community.subdistrict, []).append(community.name)
        for name, members in groups.items():
            self._joins(name, members)

    def _joins(self, name: str, members: list[str]) -> None:
        """Set a store of a higher tier down in the middle of its communities, on the street of the nearest one."""
        place = _centre([self.places[member] for member in members])
        nearest = min(members, key=lambda member: (math.dist(place, self.places[member]), member))
        self.graph.add_edge(name, nearest, metres=math.dist(place, self.places[nearest]) * self.street)

    def metres(self, store: str, community: str, spot: Point) -> float:
        """Length of the shortest way from a store to a point of a community."""
        way = nx.shortest_path_length(self.graph, store, community, weight="metres")
        return float(way) + math.dist(self.places[community], spot) * self.street
