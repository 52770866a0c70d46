"""Part of chapter `places`: grids taken from a map, and what must hold between them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field

from sim.messages import say
from sim.outlines import read_outline
from sim.scenario.chapter import Chapter, entry

MOST_GRIDS = 600
"""Grids of one map: the resolved scenario, which holds them all, must stay short enough to be read again."""
LEAST_HOUSEHOLDS = 50
"""Of a community on a map: as many as the residents who may at most notice one issue, each from its own household."""
MOST_DEGREES = 1.5
"""Height of a map: the flat projection is off by about 2 % in width at the rim of one so high at 55 degrees."""
HIGHEST_LATITUDE = 80.0
_LOOKS = 200
_MOST_OVERLAP = 0.02
_ABOVE = ("district", "city")


def _is_outline(text: str) -> str:
    read_outline(text)
    return text


PlaceName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^\S(.*\S)?$")]
OutlineText = Annotated[str, Field(max_length=200_000), AfterValidator(_is_outline)]


class MapGrid(Chapter):
    """A grid with a drawn outline."""

    name: PlaceName = entry("name of the grid")
    community: PlaceName = entry("community in which it lies")
    subdistrict: PlaceName = entry("subdistrict of that community")
    households: int = entry("households in the grid", "households", ge=1, le=100_000)
    route: float | None = entry(
        "length of the patrol round; none: by the homes, as in a grown grid", "m", None, gt=0, le=1e6
    )
    neighbours: tuple[str, ...] | None = entry(
        "names of the grids next to it; none: those with a stretch of outline in common", default=None
    )
    outline: OutlineText = entry("polygon in degrees (WGS 84, longitude first), as well-known text")


def map_faults(grids: tuple[MapGrid, ...]) -> list[str]:
    """What is wrong between the grids of a map, in words for the user; the first kind of fault only."""
    for look in (_names, _units, _neighbours, _households, _extent, _overlaps):
        found = list(look(grids))
        if found:
            return found
    return []


def _names(grids: tuple[MapGrid, ...]) -> Iterator[str]:
    for name, count in Counter(grid.name for grid in grids).items():
        if count > 1:
            rows = [str(row + 1) for row, grid in enumerate(grids) if grid.name == name]
            yield say("grids {rows} have the same name {name}; give each its own",
                      rows=", ".join(rows), name=repr(name))  # fmt: skip
    kinds = {"grid": {grid.name for grid in grids}, "community": {grid.community for grid in grids},
             "subdistrict": {grid.subdistrict for grid in grids}} | {name: {name} for name in _ABOVE}  # fmt: skip
    for (kind, names), (other, others) in combinations(kinds.items(), 2):
        for name in sorted(names & others):
            yield say("grids: {name} is the name of a {kind} and of a {other}; names of places must differ",
                      name=repr(name), kind=say(kind), other=say(other))  # fmt: skip


def _units(grids: tuple[MapGrid, ...]) -> Iterator[str]:
    above: dict[str, str] = {}
    for grid in grids:
        first = above.setdefault(grid.community, grid.subdistrict)
        if first != grid.subdistrict:
            yield say("grids: community {name} lies in the subdistricts {first} and {second}; it can lie in one only",
                      name=repr(grid.community), first=repr(first), second=repr(grid.subdistrict))  # fmt: skip


def _neighbours(grids: tuple[MapGrid, ...]) -> Iterator[str]:
    known = {grid.name for grid in grids}
    for grid in grids:
        for name in grid.neighbours or ():
            if name not in known or name == grid.name:
                yield say("grids: {grid} names the neighbour {name}, which is no other grid of the map",
                          grid=repr(grid.name), name=repr(name))  # fmt: skip


def _households(grids: tuple[MapGrid, ...]) -> Iterator[str]:
    for name, grids_there in communities_of(grids).items():
        count = sum(grid.households for grid in grids_there)
        if count < LEAST_HOUSEHOLDS:
            yield say("grids: community {name} has {count} households; it needs at least {least}",
                      name=repr(name), count=count, least=LEAST_HOUSEHOLDS)  # fmt: skip


def _extent(grids: tuple[MapGrid, ...]) -> Iterator[str]:
    boxes = np.array([read_outline(grid.outline).box for grid in grids])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    highest = max(abs(south), abs(north))
    if highest > HIGHEST_LATITUDE:
        yield say("grids: the map reaches latitude {value:.4g}; allowed: -80 to 80", value=highest)
    elif max((east - west) * math.cos(math.radians(highest)), north - south) > MOST_DEGREES:
        yield say(
            "grids: the map spans {width:.4g} degrees of longitude and {height:.4g} of latitude; a district is no larger "
            "than {most:g} degrees (about 170 km)",
            width=east - west, height=north - south, most=MOST_DEGREES,
        )  # fmt: skip


def _overlaps(grids: tuple[MapGrid, ...]) -> Iterator[str]:
    """Grids of which more than a fiftieth lies in another: seen at 200 evenly spread points, so that slips of drawing pass."""
    outlines = [read_outline(grid.outline) for grid in grids]
    boxes = np.array([outline.box for outline in outlines])
    # The R2 sequence: evenly spread, and the same in every run (M. Roberts 2018).
    each = np.arange(1, _LOOKS + 1)
    u, v = each * 0.7548776662466927 % 1, each * 0.5698402909980532 % 1
    for row, grid in enumerate(grids):
        apart = (boxes[:, 0] >= boxes[row, 2]) | (boxes[:, 2] <= boxes[row, 0])
        apart |= (boxes[:, 1] >= boxes[row, 3]) | (boxes[:, 3] <= boxes[row, 1])
        spots = outlines[row].spots(u, v)
        for other in np.flatnonzero(~apart):
            share = float(outlines[other].holds(spots).mean()) if other != row else 0.0
            if share > _MOST_OVERLAP:
                yield say("grids {first} and {second} overlap: about {share:.0%} of the first lies in the second",
                          first=repr(grid.name), second=repr(grids[other].name), share=share)  # fmt: skip


def communities_of(grids: tuple[MapGrid, ...]) -> dict[str, list[MapGrid]]:
    """The communities of a map, in order of first appearance, with their grids."""
    found: dict[str, list[MapGrid]] = {}
    for grid in grids:
        found.setdefault(grid.community, []).append(grid)
    return found


def counts_of(rows: list[tuple[str, str, int]]) -> dict[str, int]:
    """The numbers of `places` that follow from a map, by key; each row is (subdistrict, community, households) of a grid."""
    members: dict[str, set[str]] = {}
    homes: Counter[str] = Counter()
    for subdistrict, community, households in rows:
        members.setdefault(subdistrict, set()).add(community)
        homes[community] += households
    return {
        "subdistricts": len(members),
        "communities_per_subdistrict": max(map(len, members.values())),
        "households_per_community": max(homes.values()),
        "households_per_grid": max(1, round(sum(homes.values()) / len(rows))),
    }
