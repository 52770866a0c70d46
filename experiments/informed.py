"""Whether the log knows anything of what a what-if moves: a line a lever, from the verdicts that the fit left in the scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.messages import say
from sim.scenario import Scenario
from sim.scenario.replay import Informed

SAME = 0.005
"""Relative difference below which a number is that of the fit (scenarios hold rounded numbers)."""
UNTOLD = {"name", "title", "title_zh", "time", "replay"}
"""Chapters whose change is no lever; what the fit put into `replay` is looked at by department."""


def levers_text(scenarios: Sequence[Scenario], reference: Scenario) -> str:
    """What the log tells of every lever that the scenarios move against the fit and the reference; empty: none is moved."""
    lines = [line for scenario in scenarios for line in lever_lines(scenario, reference)]
    unique = list(dict.fromkeys(lines))
    return "\n".join([say("What your log tells of the levers moved:"), *(f"  {line}" for line in unique)]) if unique else ""


def lever_lines(scenario: Scenario, reference: Scenario) -> list[str]:
    """A line for each lever that a calibrated scenario moves; none where nothing was inferred."""
    if scenario.replay is None or not scenario.replay.informed:
        return []
    rows = {(row.department, row.parameter): row for row in scenario.replay.informed}
    lines = [*_crews(scenario, rows), *_work(scenario, rows)]
    known = {f"staffing.departments.{unit.name}.crews" for unit in scenario.staffing.departments}
    mine, other = (_leaves(each) for each in (scenario, reference))
    changed = [path for path in {**mine, **other} if mine.get(path) != other.get(path) and path not in known]
    if any(path.startswith("policies.queueing") for path in changed):
        lines.append(_queueing(rows))
    others = sorted({_short(path) for path in changed if not path.startswith("policies.queueing")})
    return lines + [say("{lever}: this lever is not informed by your log", lever=path) for path in others]


def _crews(scenario: Scenario, rows: dict[tuple[str, str], Informed]) -> Iterator[str]:
    for unit in scenario.staffing.departments:
        row = rows.get((unit.name, "crews"))
        if row is not None and abs(unit.crews - row.centre) > SAME * row.centre:
            lever = say("{department}: crews {centre:.0f} to {stated}", department=unit.name, centre=row.centre, stated=unit.crews)
            yield f"{lever}: {_told(row)}" + _headroom(rows.get((unit.name, "utilisation")))


def _work(scenario: Scenario, rows: dict[tuple[str, str], Informed]) -> Iterator[str]:
    assert scenario.replay is not None
    seen = set()
    for demand in scenario.replay.demands:
        row = rows.get((demand.department, "work_s"))
        mean = demand.work.mean_seconds()
        if row is None or demand.department in seen or abs(mean - row.centre) <= SAME * row.centre + 1:
            continue
        seen.add(demand.department)
        lever = say("{department}: work a case {centre:.0f} to {stated:.0f} min",
                    department=demand.department, centre=row.centre / 60, stated=mean / 60)  # fmt: skip
        yield f"{lever}: {_told(row)}"


def _queueing(rows: dict[tuple[str, str], Informed]) -> str:
    told = [f"{row.department} {_told(row)}" for (_, name), row in rows.items() if name == "queueing"]
    lever = say("order of the queue")
    return f"{lever}: " + ("; ".join(told) if told else say("this lever is not informed by your log"))


def _headroom(row: Informed | None) -> str:
    """How busy the crews are: what more crews can do at all depends on it."""
    if row is None:
        return ""
    values = {"low": f"{row.low:.0%}", "high": f"{row.high:.0%}"}
    if row.verdict in ("prior", "trades"):
        return "; " + say("how busy they are is not known ({low} to {high})", **values)
    return "; " + say("they are busy {low} to {high} of their time", **values)


def _told(row: Informed) -> str:
    if row.verdict == "pinned":
        return say("pinned down by your log ({low:.3g} to {high:.3g})", low=row.low, high=row.high)
    if row.verdict == "partly":
        return say("narrowed by your log ({low:.3g} to {high:.3g})", low=row.low, high=row.high)
    if row.verdict == "trades":
        return say("your log gives it only together with {other} ({low:.3g} to {high:.3g})",
                   other=_name(row.against), low=row.low, high=row.high)  # fmt: skip
    return say("this lever is not informed by your log")


def _name(parameter: str) -> str:
    names = {"crews": say("crews"), "work_s": say("work a case"), "work_cv": say("spread of the work"),
             "utilisation": say("utilisation"), "queueing": say("order of the queue"),
             "pace": say("level of the pace of closing")}  # fmt: skip
    return names[parameter]


def _leaves(scenario: Scenario) -> dict[str, Any]:
    tree = scenario.model_dump(mode="json")
    return dict(_walk({key: value for key, value in tree.items() if key not in UNTOLD}, ""))


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _walk(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            named = part.get("name", part.get("code", number)) if isinstance(part, dict) else number
            yield from _walk(part, f"{path}.{named}")
    else:
        yield path, value


def _short(path: str) -> str:
    return ".".join(path.split(".")[:4])
