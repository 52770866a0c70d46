"""Chapter `places`: how many people live where, and how the city is cut into grids."""

from __future__ import annotations

from functools import cached_property

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, entry
from sim.scenario.map_grids import MOST_GRIDS, MapGrid, communities_of, counts_of, map_faults


class Places(Chapter):
    """One district of equal subdistricts and communities; or the grids of a map; or the named zones of a real log, which
    have no streets. With a map the four counts say what the map has, and the outlines give the density.
    """

    subdistricts: int = entry("subdistricts in the district", "subdistricts", ge=1, le=400)
    communities_per_subdistrict: int = entry("communities in a subdistrict", "communities", ge=1, le=400)
    households_per_community: int = entry("households in a community", "households", ge=1, le=100_000)
    persons_per_household: float = entry("mean persons in a household", "persons", gt=0, le=20)
    households_per_grid: int = entry(
        "households in a grid; grids come out within 10 % of it", "households", ge=1, le=100_000
    )
    households_per_km2: float = entry("density", "households/km2", gt=0, le=1e6)
    street_factor: float = entry("way along streets over distance as the crow flies", "1", ge=1, le=5)
    walking_speed: float = entry("speed of a grid worker on the way to a case", "km/h", gt=0, le=100)
    place_weight_cv: float = entry("spread of the issue rate between communities (lognormal)", "1", ge=0, le=5)
    zones: tuple[str, ...] = entry("zones of a real log, used instead of grown communities", default=())
    grids: tuple[MapGrid, ...] = entry(
        "grids of a map, used instead of grown communities", default=(), max_length=MOST_GRIDS
    )

    @model_validator(mode="after")
    def _fits(self) -> Places:
        if self.households_per_grid > self.households_per_community:
            raise ValueError(
                say("households_per_grid {grid} exceeds households_per_community {community}; "
                    "a grid lies inside one community",
                    grid=self.households_per_grid, community=self.households_per_community)
            )  # fmt: skip
        return self

    @model_validator(mode="after")
    def _map_fits(self) -> Places:
        if not self.grids:
            return self
        if self.zones:
            raise ValueError(say("grids and zones exclude each other; empty one of them"))
        faults = map_faults(self.grids)
        if faults:
            raise ValueError("; ".join(faults))
        counts = counts_of([(grid.subdistrict, grid.community, grid.households) for grid in self.grids])
        for key, count in counts.items():
            if getattr(self, key) != count:
                raise ValueError(
                    say("{key} {value} is not what the map in `grids` has, {count}; leave it out, or write {count}",
                        key=key, value=getattr(self, key), count=count)
                )  # fmt: skip
        return self

    @cached_property
    def mapped(self) -> dict[str, list[MapGrid]]:
        """Communities of the map with their grids; empty without a map."""
        return communities_of(self.grids)

    @property
    def communities(self) -> int:
        """Communities in the district."""
        return len(self.mapped) or self.subdistricts * self.communities_per_subdistrict

    @cached_property
    def persons_by_community(self) -> tuple[int, ...]:
        """Residents of each community."""
        homes = [sum(grid.households for grid in grids) for grids in self.mapped.values()]
        homes = homes or [self.households_per_community] * self.communities
        return tuple(max(1, round(count * self.persons_per_household)) for count in homes)

    @property
    def persons_per_community(self) -> int:
        """Residents of one community; of an average one on a map."""
        return max(1, round(self.population / self.communities))

    @property
    def population(self) -> int:
        """Residents of the district."""
        return sum(self.persons_by_community)
