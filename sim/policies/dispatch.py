"""Dispatch: the route of a case from the grid to its owner."""

from __future__ import annotations

from dataclasses import dataclass

from sim.policies.decisions import Route
from sim.policies.view import RouteView


@dataclass(frozen=True)
class Layered:
    """Every level between the grid and the owner reviews the case before it passes up; the owner's level too, if it is above the grid."""

    def route(self, view: RouteView) -> Route:
        if view.owner_level == "grid":
            return Route(())
        return Route(view.levels[1 : view.levels.index(view.owner_level) + 1])


@dataclass(frozen=True)
class Direct:
    """From the grid straight to the owner."""

    def route(self, view: RouteView) -> Route:
        return Route(())


@dataclass(frozen=True)
class DirectWhenMajor:
    """Major cases straight to the owner, all others through the levels."""

    def route(self, view: RouteView) -> Route:
        return Direct().route(view) if view.severity_seen == 3 else Layered().route(view)


@dataclass(frozen=True)
class Whistle:
    """Through the levels up to the subdistrict, which calls the departments itself: the district does not review it."""

    def route(self, view: RouteView) -> Route:
        return Route(tuple(level for level in Layered().route(view).through if level != "district"))
