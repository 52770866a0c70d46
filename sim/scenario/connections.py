"""References between chapters: every name that a chapter uses must be declared by another, and no route may be endless."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def dangling(scenario: Scenario) -> list[str]:
    """What is named but nowhere declared, each as `path: what is wrong; what is allowed`."""
    return [
        *_calendars(scenario),
        *_departments(scenario),
        *_desks(scenario),
        *_devices(scenario),
        *_duties(scenario),
        *_endless(scenario),
    ]


def _missing(path: str, name: str, kind: str, declared: Iterable[str]) -> Iterator[str]:
    known = sorted(declared)
    if name in known:
        return
    near = difflib.get_close_matches(name, known, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    yield f"{path}: {name!r} is not a declared {kind}; declared are {', '.join(known) or 'none'}{hint}"


def _calendars(scenario: Scenario) -> Iterator[str]:
    declared = {"always", *scenario.calendars}
    staffing = scenario.staffing
    used = [("time.limit_calendar", scenario.time.limit_calendar)]
    used += [
        (f"residents.channels.{i}.calendar", channel.calendar) for i, channel in enumerate(scenario.residents.channels)
    ]
    used += [(f"staffing.teams.{i}.shift", team.shift) for i, team in enumerate(staffing.teams)]
    used += [(f"staffing.desks.{level}.calendar", desk.calendar) for level, desk in staffing.desks.items()]
    used += [(f"staffing.level_teams.{level}.calendar", team.calendar) for level, team in staffing.level_teams.items()]
    used += [(f"staffing.departments.{i}.calendar", unit.calendar) for i, unit in enumerate(staffing.departments)]
    for path, name in used:
        yield from _missing(path, name, "calendar", declared)


def _departments(scenario: Scenario) -> Iterator[str]:
    declared = {department.name for department in scenario.staffing.departments}
    claimed: set[str] = set()
    for i, category in enumerate(scenario.issues.categories):
        claimed.update(category.departments)
        for name in category.departments:
            yield from _missing(f"issues.categories.{i}.departments", name, "department", declared)
    for i, department in enumerate(scenario.staffing.departments):
        if department.name not in claimed and scenario.replay is None:
            yield (
                f"staffing.departments.{i}.name: no category is ever sent to {department.name!r} (an orphan station); "
                "name it in the departments of a category, or remove it"
            )


def _desks(scenario: Scenario) -> Iterator[str]:
    desks, flow = scenario.staffing.desks, scenario.workflow
    for path, level in (("establishment", flow.establishment.level), ("dispatch", flow.dispatch.level)):
        if level not in desks:
            yield f"workflow.{path}.level: there is no desk at the {level} level; declare it under staffing.desks"
    for level in scenario.escalation.levels:
        if level == "grid":
            continue
        if level not in desks:
            yield f"escalation.levels: the level {level} has no desk; declare it under staffing.desks"
        if level not in scenario.escalation.reviews:
            yield f"escalation.reviews: the level {level} of the chain has no review; add one"
        if level != "district" and level not in scenario.staffing.level_teams:
            yield f"escalation.levels: the level {level} has no handling team; declare it under staffing.level_teams"


def _devices(scenario: Scenario) -> Iterator[str]:
    codes = {category.code for category in scenario.issues.categories}
    for i, device in enumerate(scenario.sensing.devices):
        for name in device.categories:
            yield from _missing(f"sensing.devices.{i}.categories", name, "category", codes)


def _duties(scenario: Scenario) -> Iterator[str]:
    flow = scenario.workflow
    if scenario.replay is not None:
        return
    done = {duty for team in scenario.staffing.teams for duty in team.duties}
    handled_in_grid = "grid" in scenario.escalation.levels and any(
        "grid" in category.authority for category in scenario.issues.categories
    )
    public = scenario.residents.exposed > 0 or bool(scenario.sensing.devices)
    needs = (
        ("verify", flow.verification.share > 0 and public),
        ("check", flow.check.share > 0),
        ("handle", handled_in_grid),
    )
    for duty, needed in needs:
        if needed and duty not in done:
            yield f"staffing.teams: nobody has the duty {duty!r}, but the workflow asks for it; give it to a team"


def _endless(scenario: Scenario) -> Iterator[str]:
    for i, category in enumerate(scenario.issues.categories):
        if (
            category.fix_quality == 0
            and scenario.workflow.check.share == 1
            and scenario.workflow.check.most_reworks >= 20
        ):
            yield f"issues.categories.{i}.fix_quality: 0 sends every case to rework without end; raise it or lower most_reworks"
