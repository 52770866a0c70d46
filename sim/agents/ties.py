"""Ties between residents: a sparse symmetric graph with one row a resident number, laid once and the same in every world.

A tie joins somebody to a member of a household near by, or to somebody of the same age band in the community.
"""

from __future__ import annotations

# The stubs of numpy and scipy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportIndexIssue=false
from collections.abc import Iterator
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from scipy.sparse import coo_array, csr_array

from sim.places import City, Community
from sim.streams import uniforms

if TYPE_CHECKING:
    from sim.agents.residents import Population

Array = np.ndarray


class Ties:
    """The graph. `near` nearest households and `alike` residents of the same age band are picked by each resident."""

    def __init__(self, population: Population, city: City, near: int, alike: int) -> None:
        size = len(population.numbers)
        pairs = [pair for place in city.communities for pair in self._pairs(population, city, place, near, alike)]
        number = np.int32 if size < 2**31 else np.int64  # half the memory: a city has up to tens of millions of ties
        one = np.concatenate([np.zeros(0, number), *(a.astype(number) for a, _ in pairs)])
        other = np.concatenate([np.zeros(0, number), *(b.astype(number) for _, b in pairs)])
        del pairs
        row, column = np.concatenate([one, other]), np.concatenate([other, one])
        keep = row != column
        marks = np.ones(int(keep.sum()), dtype=np.int8)
        self.graph: csr_array = coo_array((marks, (row[keep], column[keep])), shape=(size, size)).tocsr()

    @staticmethod
    def _pairs(
        population: Population, city: City, place: Community, near: int, alike: int
    ) -> Iterator[tuple[Array, Array]]:
        each, seats = city.plan.households_per_community, city.seats_per_household
        first = place.index * each * seats
        people = first + np.flatnonzero(population.lives_here[first : first + each * seats])
        homes = population.household[people]
        count = min(near, len(place.homes) - 1)
        beside = place.neighbours.query(place.homes, k=count + 1)[1] if count else np.zeros((len(place.homes), 1), dtype=np.int64)
        for rank in range(1, count + 1):
            home = place.index * each + beside[homes - place.index * each, rank]
            member = (uniforms(0, "tie near", rank, at=people) * city.household_sizes[home]).astype(np.int64)
            yield people, home * seats + member
        band = population.age_band[people]
        order = np.argsort(band, kind="stable")
        begins, ends = (np.searchsorted(band[order], band, side=side) for side in ("left", "right"))
        for rank in range(alike):
            lot = uniforms(0, "tie alike", rank, at=people)
            yield people, people[order[begins + (lot * (ends - begins)).astype(np.int64)]]

    def of(self, resident: int) -> Array:
        """Numbers of the residents tied to one."""
        return self.graph.indices[self.graph.indptr[resident] : self.graph.indptr[resident + 1]]

    def degrees(self) -> Array:
        """Ties of each resident number."""
        return np.diff(self.graph.indptr)

    def reached_from(self, residents: Array, passes: Array) -> Array:
        """Who hears what these residents tell, if they tell it along the ties whose lot in `passes` is true.

        `passes` has one flag a resident number: whether somebody takes up what is told. Numbers in rising order.
        """
        if not len(residents):
            return residents
        heard = np.unique(self.graph[residents].indices)
        return heard[passes[heard]]

    def as_network(self, residents: Array) -> nx.Graph:
        """The part of the graph between these residents, for analysis; far too slow for a run."""
        part = self.graph[residents][:, residents]
        return nx.relabel_nodes(nx.from_scipy_sparse_array(part), dict(enumerate(residents.tolist())))
