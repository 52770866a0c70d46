"""What is open when a replay begins inside its log: the cases of the log that are open then, and those that it never saw.

Cases that came before the log began and were still open are latent: they are drawn from the scenario's arrivals for the
year before, and kept where the fitted waiting and work outlast their age. What never ends is left out of them: it needs
nobody. How far this can be trusted is told by the share of the work that is unseen; too early a start is refused.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.survival import kaplan_meier
from sim.arrivals import Arrived
from sim.civil_time import CivilTime
from sim.contents import NEVER, contents, demand_of
from sim.messages import BadInput, say
from sim.projection import arrivals_of
from sim.records import MISSING
from sim.scenario import Scenario
from sim.units import DAY
from sim.working_hours import WorkingHours

Array = np.ndarray
Filled = tuple[Arrived, Array, Array]
"""Cases, their work and their waiting."""

LATENT = "before_log"
"""Channel of the cases that the log never saw."""
UNSEEN = 0.25
"""A start is refused when more than this share of the work that is open then, and will end, was never in the log."""
YEAR = 365 * DAY


def offset_of(scenario: Scenario, intake: Intake) -> int:
    """Seconds from the beginning of the log to that of the run. Raises BadInput for a start outside the log, or too early."""
    frame = intake.records.frame
    log = CivilTime(datetime.date.fromisoformat(frame.start), frame.zone)
    offset = log.seconds_at(scenario.time.start)
    if not 0 <= offset < max(1, frame.horizon_s):
        last = log.date_of(log.day_of(max(0, frame.horizon_s - 1)))
        raise BadInput(say(
            "time.start: {start} lies outside the log, which goes from {first} to {last}; leave --log out to draw new cases",
            start=scenario.time.start, first=frame.start, last=last,
        ))  # fmt: skip
    if offset:
        _check_early(scenario, intake, offset, log)
    return offset


def _check_early(scenario: Scenario, intake: Intake, offset: int, log: CivilTime) -> None:
    unseen = unseen_work(intake)
    if unseen(offset) <= UNSEEN:
        return
    days = [day for day in range(1, intake.records.frame.horizon_s // DAY) if unseen(day * DAY) <= UNSEEN]
    raise BadInput(say(
        "time.start: {start} is too early: about {share:.0f} % of the work open then came before the log began ({first}) and is "
        "not in it; start on {day} or later, or on {first} with a warm-up",
        start=scenario.time.start, share=100 * unseen(offset), first=log.start, day=log.date_of(days[0]) if days else "-",
    ))  # fmt: skip


def unseen_work(intake: Intake) -> Callable[[float], float]:
    """A function: seconds since the log began -> share of the open cases, of those that end inside a log so long, never seen.

    With even arrivals and P(open after t) = S(t), it is the integral of S from t on over that of all of S (Little's law).
    """
    cases, end = intake.records["cases"], intake.records.frame.horizon_s
    cases = cases[cases["outcome"] != "self_handled"]
    closed = (cases["closed_at"] != MISSING).to_numpy()
    curve = kaplan_meier(np.where(closed, cases["closed_at"], end) - cases["reported_at"].to_numpy(), closed)
    edges = np.concatenate(([0.0], curve.seconds, [max(float(end), float(curve.seconds.max(initial=0)))]))
    still = np.concatenate(([1.0], curve.still)) - (curve.still[-1] if len(curve.still) else 0.0)
    areas = np.concatenate(([0.0], np.cumsum(still * np.diff(edges))))
    return lambda t: 1 - float(np.interp(t, edges, areas)) / areas[-1] if areas[-1] > 0 else 0.0


def open_at_start(cases: pd.DataFrame, offset: int) -> pd.DataFrame:
    """Cases of the log that were opened before the start and not closed by then; what came later is not looked at."""
    closed, opened = cases["closed_at"], cases["reported_at"]
    return cases[(opened < offset) & ((closed == MISSING) | (closed >= offset)) & (cases["outcome"] != "self_handled")]


def aged_contents(scenario: Scenario, cases: Arrived, seed: int) -> tuple[Array, Array]:
    """Work of cases that are open at the start, and what is left of their waiting given their age."""
    return contents(scenario, cases.department, cases.category, cases.code, seed, ages(scenario, cases))


def ages(scenario: Scenario, cases: Arrived) -> Array:
    """Open seconds of their department from their opening to second 0."""
    hours = WorkingHours(scenario)
    calendar = {plan.name: hours.calendars[plan.calendar] for plan in scenario.staffing.departments}
    result = np.zeros(len(cases), dtype=np.int64)
    for unit in sorted(set(cases.department)):
        rows = np.flatnonzero(cases.department == unit)
        result[rows] = calendar[unit].work_between_many(cases.at[rows], np.zeros(len(rows), dtype=np.int64))
    return result


def latent_cases(scenario: Scenario, offset: int, seed: int) -> Filled:
    """Cases opened in the year before the log began that are still open at the start, drawn anew for every seed."""
    drawn = arrivals_of(scenario, -offset - YEAR, -offset, seed)
    age = ages(scenario, drawn)
    work, wait = contents(scenario, drawn.department, drawn.category, drawn.code, seed)
    assert scenario.replay is not None
    rows = {(each.department, each.category): each for each in scenario.replay.demands}
    typical = {pair: demand_of(rows, *pair).work.mean_seconds() for pair in set(zip(drawn.department, drawn.category, strict=True))}
    mean = np.array([typical[pair] for pair in zip(drawn.department, drawn.category, strict=True)], dtype=float)
    left = np.flatnonzero((wait < NEVER) & (wait + mean > age) & ~drawn.registered)
    kept = drawn.of(left)
    return replace(kept, channel=np.full(len(left), LATENT, dtype=object)), work[left], np.maximum(0, wait - age)[left]


def joined(parts: list[Filled]) -> Filled:
    """All cases in order of time, then of code."""
    columns = [np.concatenate([getattr(part[0], name) for part in parts]) for name in Arrived.__dataclass_fields__]
    cases, work, wait = Arrived(*columns), *(np.concatenate([part[k] for part in parts]) for k in (1, 2))
    order = np.lexsort((cases.code, cases.at))
    return cases.of(order), work[order], wait[order]
