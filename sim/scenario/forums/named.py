"""Names that the chapters `forums` and `costs` use and other chapters declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sim.messages import say

if TYPE_CHECKING:
    from sim.scenario.forums import Forums
    from sim.scenario.scenario import Scenario

Named = Iterator[tuple[str, str]]
"""Path in the scenario, name."""


def names_used(scenario: Scenario) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Calendars and categories that the forums name, each with its path."""
    forums = scenario.forums
    return ([], []) if forums is None else (list(_calendars(forums)), list(_categories(forums)))


def idle(scenario: Scenario) -> Iterator[str]:
    """Money for projects where there are no projects, and wishes where nobody meets, as `path: what is wrong`."""
    projects = scenario.forums is not None and scenario.forums.projects is not None
    for name in ("fund", "assets", "partners"):
        if getattr(scenario.costs, name) is not None and not projects:
            yield f"costs.{name}: {say('{name} does nothing without {need}; give {need} as well', name=name, need='forums.projects')}"
    participation = scenario.participation
    if scenario.forums is not None and scenario.forums.wishes is not None and (participation is None or participation.councils is None):
        yield f"forums.wishes: {say('{name} does nothing without {need}; give {need} as well', name='wishes', need='participation.councils')}"


def concerned(scenario: Scenario) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Age bands and categories that wishes name, each with its path."""
    wishes = None if scenario.forums is None else scenario.forums.wishes
    concerns = {} if wishes is None else wishes.concerns
    path = "forums.wishes.concerns"
    return [(path, band) for band in concerns], [(f"{path}.{band}", code) for band, codes in concerns.items() for code in codes]


def _calendars(forums: Forums) -> Named:
    for name in ("third_party", "legal_station"):
        if (plan := getattr(forums, name)) is not None:
            yield f"forums.{name}.hearings.calendar", plan.hearings.calendar
    for number, body in enumerate(forums.team_1_3_n.bodies if forums.team_1_3_n else ()):
        yield f"forums.team_1_3_n.bodies.{number}.hearings.calendar", body.hearings.calendar
    for name in ("purchase", "planners"):
        if (plan := getattr(forums, name)) is not None:
            yield f"forums.{name}.calendar", plan.calendar
    for number, supplier in enumerate(forums.projects.suppliers if forums.projects else ()):
        yield f"forums.projects.suppliers.{number}.calendar", supplier.calendar


def _categories(forums: Forums) -> Named:
    listed: list[tuple[str, Iterable[str]]] = []
    for name, fields in {"three_way": ("private", "small"), "third_party": ("shares",), "legal_station": ("shares",),
                         "purchase": ("shares",), "spending": ("shares", "sums"), "delegation": ("items",),
                         "repair_contract": ("categories",), "projects": ("categories",)}.items():  # fmt: skip
        plan = getattr(forums, name)
        listed += [(f"{name}.{field}", getattr(plan, field)) for field in fields] if plan is not None else []
    if forums.team_1_3_n is not None:
        listed += [(f"team_1_3_n.bodies.{n}.shares", body.shares) for n, body in enumerate(forums.team_1_3_n.bodies)]
    if forums.dual_list is not None:
        listed += [(f"dual_list.resources.{n}.fits", each.fits) for n, each in enumerate(forums.dual_list.resources)]
    if forums.facility_sharing is not None:
        listed += [(f"facility_sharing.venues.{n}.fits", each.fits) for n, each in enumerate(forums.facility_sharing.venues)]
    for path, names in listed:
        for code in names:
            yield f"forums.{path}", code
