"""Chapter `places`: how many people live where, and how the city is cut into grids."""

from __future__ import annotations

from pydantic import model_validator

from sim.scenario.chapter import Chapter, entry


class Places(Chapter):
    """One district of equal subdistricts and communities; or the named zones of a real log, which have no streets."""

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

    @model_validator(mode="after")
    def _fits(self) -> Places:
        if self.households_per_grid > self.households_per_community:
            raise ValueError(
                f"households_per_grid {self.households_per_grid} exceeds households_per_community "
                f"{self.households_per_community}; a grid lies inside one community"
            )
        return self

    @property
    def communities(self) -> int:
        """Communities in the district."""
        return self.subdistricts * self.communities_per_subdistrict

    @property
    def persons_per_community(self) -> int:
        """Residents of one community."""
        return max(1, round(self.households_per_community * self.persons_per_household))

    @property
    def population(self) -> int:
        """Residents of the district."""
        return self.communities * self.persons_per_community
