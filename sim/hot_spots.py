"""Hot spots: places of a community at which more goes wrong. They stand on the ground, the same in every world."""

from __future__ import annotations

import numpy as np

from sim.places import City
from sim.scenario import Scenario
from sim.streams import uniforms

Array = np.ndarray
GROUND_SEED = 0


def at_hot_spots(
    scenario: Scenario, city: City, seed: int, code: Array, community: Array, x: Array, y: Array
) -> tuple[Array, Array]:
    """Coordinates of issues, those that belong to a hot spot moved there: evenly spread over a disc about one of its homes."""
    plan = scenario.issues.hot_spots
    if plan is None:
        return x, y
    moved = uniforms(seed, "hot spot", at=code) < plan.share
    number = (uniforms(seed, "which hot spot", at=code) * plan.per_community).astype(np.int64)
    centres = np.array([centres_of(place.homes, place.index, plan.per_community) for place in city.communities])
    away = plan.radius * np.sqrt(uniforms(seed, "hot spot distance", at=code))
    turn = 2 * np.pi * uniforms(seed, "hot spot direction", at=code)
    centre = centres[community, number]
    corner = np.array([place.corner for place in city.communities])[community]
    side = np.array([place.side for place in city.communities])[community]
    east = np.clip(centre[:, 0] + away * np.cos(turn), corner[:, 0], corner[:, 0] + side)
    north = np.clip(centre[:, 1] + away * np.sin(turn), corner[:, 1], corner[:, 1] + side)
    return np.where(moved, east, x), np.where(moved, north, y)


def centres_of(homes: Array, community: int, spots: int) -> Array:
    """Centres of a community's hot spots, n x 2 in metres: some of its homes."""
    luck = uniforms(GROUND_SEED, "hot spot", at=community * 10_000 + np.arange(spots))
    return homes[(luck * len(homes)).astype(np.int64)]
