"""References between chapters: every name that a chapter uses must be declared by another, and no route may be endless."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sim.messages import say

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

_UNDECLARED = {
    "calendar": "{name} is not a declared calendar; declared are {known}",
    "department": "{name} is not a declared department; declared are {known}",
    "category": "{name} is not a declared category; declared are {known}",
    "age band": "{name} is not a declared age band; declared are {known}",
}


def dangling(scenario: Scenario) -> list[str]:
    """What is named but nowhere declared, each as `path: what is wrong; what is allowed`."""
    return [
        *_calendars(scenario),
        *_departments(scenario),
        *_desks(scenario),
        *_devices(scenario),
        *_visits(scenario),
        *_emergencies(scenario),
        *_centres(scenario),
        *_scores(scenario),
        *_forums(scenario),
        *_participation(scenario),
        *_arrivals(scenario),
        *_duties(scenario),
        *_endless(scenario),
    ]


def _missing(path: str, name: str, kind: str, declared: Iterable[str]) -> Iterator[str]:
    known = sorted(declared)
    if name in known:
        return
    near = difflib.get_close_matches(name, known, 1)
    hint = say("; did you mean {guess}?", guess=repr(near[0])) if near else ""
    text = say(_UNDECLARED[kind], name=repr(name), known=", ".join(known) or say("none"))
    yield f"{path}: {text}{hint}"


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
            text = say(
                "no category is ever sent to {name} (an orphan station); name it in the departments of a category, or "
                "remove it",
                name=repr(department.name),
            )
            yield f"staffing.departments.{i}.name: {text}"


def _desks(scenario: Scenario) -> Iterator[str]:
    desks, flow = scenario.staffing.desks, scenario.workflow
    for path, level in (("establishment", flow.establishment.level), ("dispatch", flow.dispatch.level)):
        if level not in desks:
            text = say("there is no desk at the level {level}; declare it under staffing.desks", level=level)
            yield f"workflow.{path}.level: {text}"
    for level in scenario.escalation.levels:
        if level == "grid":
            continue
        if level not in desks:
            text = say("the level {level} has no desk; declare it under staffing.desks", level=level)
            yield f"escalation.levels: {text}"
        if level not in scenario.escalation.reviews:
            text = say("the level {level} of the chain has no review; add one", level=level)
            yield f"escalation.reviews: {text}"
        if level != "district" and level not in scenario.staffing.level_teams:
            text = say("the level {level} has no handling team; declare it under staffing.level_teams", level=level)
            yield f"escalation.levels: {text}"


def _devices(scenario: Scenario) -> Iterator[str]:
    codes = {category.code for category in scenario.issues.categories}
    for i, device in enumerate(scenario.sensing.devices):
        for name in device.categories:
            yield from _missing(f"sensing.devices.{i}.categories", name, "category", codes)
    for option in ("foresight", "guided_repair", "access_control"):
        plan = getattr(scenario.sensing, option)
        for name in plan.categories if plan else ():
            yield from _missing(f"sensing.{option}.categories", name, "category", codes)
    of_workers = (scenario.sensing.dual_warning, scenario.sensing.dependence, scenario.sensing.fallback)
    if any(of_workers) and not scenario.staffing.teams:
        yield f"sensing: {say('dual warning, dependence and fallback concern grid workers, but there is no team of them')}"


def _visits(scenario: Scenario) -> Iterator[str]:
    plan = scenario.staffing.visits
    if plan is None:
        return
    yield from _missing("staffing.visits.hours", plan.hours, "calendar", {"always", *scenario.calendars})
    for band in plan.bands:
        yield from _missing("staffing.visits.bands", band, "age band", {each.name for each in scenario.residents.age_bands})
    for name in plan.categories:
        codes = {category.code for category in scenario.issues.categories}
        yield from _missing("staffing.visits.categories", name, "category", codes)


def _emergencies(scenario: Scenario) -> Iterator[str]:
    plan = scenario.emergencies
    if plan is None:
        return
    codes = {category.code for category in scenario.issues.categories}
    departments = {department.name for department in scenario.staffing.departments}
    for name, hazard in plan.hazards.items():
        path = f"emergencies.hazards.{name}"
        for category in [*(surge.category for surge in hazard.surge), hazard.blocked_by]:
            yield from _missing(path, category, "category", codes) if category else ()
        yield from _missing(f"{path}.force", hazard.force, "department", departments) if hazard.force else ()
        if scenario.replay is not None or not scenario.staffing.teams:
            yield f"{path}: {say('an emergency needs streets and grid workers; a replayed log has neither')}"
    bands = {band.name for band in scenario.residents.age_bands}
    named = [("volunteers.bands", plan.volunteers.bands if plan.volunteers else ())]
    if plan.evacuation is not None:
        named += [("evacuation.helped", tuple(plan.evacuation.helped)), ("evacuation.speed", tuple(plan.evacuation.speed))]
        for band in sorted(bands - set(plan.evacuation.speed)):
            yield f"emergencies.evacuation.speed: {say('the age band {band} has no walking speed', band=band)}"
    for path, names in named:
        for band in names:
            yield from _missing(f"emergencies.{path}", band, "age band", bands)


def _centres(scenario: Scenario) -> Iterator[str]:
    plan = scenario.centres
    if plan is None:
        return
    codes = {category.code for category in scenario.issues.categories}
    named = {
        "merge_list.categories": plan.merge_list.categories if plan.merge_list else (),
        "responsibility_list.categories": plan.responsibility_list.categories if plan.responsibility_list else (),
        "several_departments.shares": tuple(plan.several_departments.shares) if plan.several_departments else (),
    }
    for path, names in named.items():
        for name in names:
            yield from _missing(f"centres.{path}", name, "category", codes)
    departments = {department.name for department in scenario.staffing.departments}
    for name in plan.platform.departments if plan.platform else ():
        yield from _missing("centres.platform.departments", name, "department", departments)


def _forums(scenario: Scenario) -> Iterator[str]:
    from sim.scenario.forums.named import concerned, idle, names_used

    calendars, categories = names_used(scenario)
    for path, name in calendars:
        yield from _missing(path, name, "calendar", {"always", *scenario.calendars})
    codes = {category.code for category in scenario.issues.categories}
    for path, name in categories:
        yield from _missing(path, name, "category", codes)
    bands, wished = concerned(scenario)
    for path, name in bands:
        yield from _missing(path, name, "age band", [band.name for band in scenario.residents.age_bands])
    for path, name in wished:
        yield from _missing(path, name, "category", codes)
    yield from idle(scenario)


def _scores(scenario: Scenario) -> Iterator[str]:
    appraisal = scenario.scoring.appraisal if scenario.scoring else None
    codes = {category.code for category in scenario.issues.categories}
    for i, part in enumerate(appraisal.parts if appraisal else ()):
        for name in part.categories:
            yield from _missing(f"scoring.appraisal.parts.{i}.categories", name, "category", codes)
    for name in scenario.adaptation.needs_scores if scenario.adaptation and appraisal is None else ():
        text = say("{name} does nothing without {need}; give {need} as well", name=name, need="scoring.appraisal")
        yield f"adaptation.{name}: {text}"


def _participation(scenario: Scenario) -> Iterator[str]:
    plan = scenario.participation
    if plan is None:
        return
    declared = {
        "category": {category.code for category in scenario.issues.categories},
        "age band": {band.name for band in scenario.residents.age_bands},
        "calendar": {"always", *scenario.calendars},
    }
    for path, kind, name in plan.names():
        yield from _missing(f"participation.{path}", name, kind, declared[kind])
    if plan.leaders is not None and scenario.residents.ties is None:
        yield f"participation.leaders: {say('opinion leaders speak along ties; give residents.ties as well')}"


def _arrivals(scenario: Scenario) -> Iterator[str]:
    model = None if scenario.replay is None else scenario.replay.arrivals
    if model is None:
        return
    units = {plan.name for plan in scenario.staffing.departments}
    for i, stream in enumerate(model.streams):
        yield from _missing(f"replay.arrivals.streams.{i}.department", stream.department, "department", units)
    zones = len(scenario.places.zones)
    for i, kind in enumerate(model.kinds):
        if len(kind.zones) != zones:
            text = say("{count} weights, but places.zones has {zones} zones; give as many", count=len(kind.zones), zones=zones)
            yield f"replay.arrivals.kinds.{i}.zones: {text}"


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
            text = say("nobody has the duty {duty}, but the workflow asks for it; give it to a team", duty=repr(duty))
            yield f"staffing.teams: {text}"


def _endless(scenario: Scenario) -> Iterator[str]:
    for i, category in enumerate(scenario.issues.categories):
        if (
            category.fix_quality == 0
            and scenario.workflow.check.share == 1
            and scenario.workflow.check.most_reworks >= 20
        ):
            text = say("0 sends every case to rework without end; raise it or lower most_reworks")
            yield f"issues.categories.{i}.fix_quality: {text}"
