"""A simple fit of a replay scenario on a training period: crews, work content and waiting for others.

What opening and closing times cannot tell is declared, not inferred: the share of the typical measured time that is
hands-on work; where timed steps, resources or starts of work stand in the log, work, crews and the order of the queue are
measured instead (calibration/observed_fit.py). What openings and closings can tell is fitted, from cases opened and seen
before the end of the training period only: opening hours of a department, arrivals, the time to close counted in open hours
by department and category (Kaplan-Meier, open cases censored), and, where they are not measured, the utilisation of the crews
at which the model comes nearest to the shares closed within 4 h to 30 days and to the backlog. Waiting for others is the time
to close less the median time that crews cost a case (queue and work) in a run of the model itself.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from calibration.closing_rhythm import fit_closings, with_closings
from calibration.closing_world import closing_world
from calibration.fit_distance import gaps_by_department
from calibration.intake import Intake
from calibration.observed_fit import Measured
from calibration.staffing import Fitted, staff_of, work_tree
from calibration.survival import fitted_quantiles
from scenarios.reading import read_scenario
from sim.calendars import Calendar, CivilTime
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.scenario.times import WEEKDAYS
from sim.simulate import simulate
from sim.units import DAY, HOUR
from sim.working_hours import WorkingHours

LEAST_CASES = 60
"""Cases of a category below which it shares the fit of its department."""
UTILISATIONS = (0.5, 0.65, 0.8, 0.9, 0.96)
"""Utilisations that the fit tries."""
SOME_HOUR, SOME_DAY = 0.004, 0.01
"""The same where a rhythm says how much is done in each hour: then an hour with little work is open, too."""
BUSY_HOUR, BUSY_DAY = 0.02, 0.05
"""A department is taken to be open in hours and on weekdays with at least these shares of its closings."""

Tree = dict[str, Any]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Training:
    """What every try of a fit starts from: the scenario without its departments, and the times to close."""

    intake: Intake
    tree: Tree
    spent: pd.DataFrame
    hours: dict[str, str]
    work_share: float
    closings: dict[tuple[str, str], Tree] = field(default_factory=dict)
    """times to close in the rhythm of closings, by department and type; empty: waits count in open hours"""
    measured: Measured | None = None
    """what the log shows of crews, work and order; None: all of it is declared or tried"""


Try = dict[str, tuple[float, Fitted, list[Tree]]]
"""What one utilisation gave: department -> (distance from the log, crews and calendar, rows of demands)."""


def fit_replay(
    intake: Intake, name: str, mapping: str, sha256: str, work_share: float, tell: Report, horizon_days: int,
    measured: Measured | None = None,
) -> Tree:  # fmt: skip
    """The fitted replay scenario as a tree for YAML. `intake` holds the training period only; `measured`: what it shows."""
    training = replace(prepared(intake, name, mapping, sha256, work_share, horizon_days), measured=measured)
    if measured is not None:
        training.tree["policies"] = {"queueing": measured.queueing()}
        if measured.work is not None:
            share = {"value": work_share, "source": "assumed: not used, work is measured"}
            training.tree["replay"] |= {"work_share": share, "work_measured": measured.work.source}
    tries: list[Try] = []
    staffs: list[dict[str, Fitted]] = []
    for utilisation in UTILISATIONS:
        staff = _staff(training, utilisation)
        if staff not in staffs:  # measured crews with measured work are the same at each
            staffs.append(staff)
            tries.append(attempt(training, utilisation))
            tell(f"{utilisation:.2f}")
    return assembled(training, tries)


def prepared(
    intake: Intake, name: str, mapping: str, sha256: str, work_share: float, horizon_days: int, rhythmic: bool = False
) -> Training:
    """Opening hours and times to close of the training period; `rhythmic`: in the rhythm of closings, too."""
    tree = _skeleton(intake, name, mapping, sha256, work_share, horizon_days)
    closings: dict[tuple[str, str], Tree] = {}
    if rhythmic:
        frame = intake.records.frame
        civil = CivilTime(pd.Timestamp(frame.start).date(), frame.zone)
        tree["replay"]["rhythms"], closings = fit_closings(intake.records["cases"], civil, frame.horizon_s)
    hours = _opening_hours(tree, intake, *((SOME_HOUR, SOME_DAY) if rhythmic else (BUSY_HOUR, BUSY_DAY)))
    spent = _time_to_close(tree, intake.records["cases"], hours, intake.records.frame.horizon_s)
    return Training(intake, tree, spent, hours, work_share, closings)


def attempt(training: Training, utilisation: float) -> Try:
    """Run the model twice with crews at one utilisation: what it is worth, department by department."""
    intake, tree, spent = training.intake, training.tree, training.spent
    staff = _staff(training, utilisation)
    run = _try(tree, staff, _demands(spent, staff, {}, training.measured), intake)
    demands = _demands(spent, staff, _capacity_time(run, tree, staff), training.measured)
    run = _try(tree, staff, demands, intake)
    gaps = gaps_by_department(intake.records["cases"], run, intake.records.frame.horizon_s)
    return {
        str(unit): (gap, staff[unit], [row for row in demands if row["department"] == unit])
        for unit, gap in gaps.items() if unit in staff
    }  # fmt: skip


def _staff(training: Training, utilisation: float) -> dict[str, Fitted]:
    return {
        str(unit): staff_of(str(unit), rows, training.hours[str(unit)], utilisation, training.work_share, training.measured)
        for unit, rows in training.spent.groupby("department", observed=True)
    }


def demands_of(training: Training, staff: dict[Any, Fitted], capacity: dict[str, float], queue: dict[str, float]) -> list[Tree]:
    """The demands of a training period under given crews, with their times to close in rhythm where it has them.

    `capacity`: open seconds that crews cost a case; `queue`: those that it waits for one, both by department.
    """
    return with_closings(_demands(training.spent, staff, capacity, training.measured), training.closings, queue)


def assembled(training: Training, tries: Iterable[Try]) -> Tree:
    """The scenario with the nearest try of each department; the earlier one where two are equally near."""
    best: Try = {}
    for each in tries:
        for unit, entry in each.items():
            if unit not in best or entry[0] < best[unit][0] - 1e-9:
                best[unit] = entry
    _filled(training.tree, {unit: entry[1] for unit, entry in best.items()}, [row for entry in best.values() for row in entry[2]])
    return training.tree


def _skeleton(intake: Intake, name: str, mapping: str, sha256: str, work_share: float, horizon_days: int) -> Tree:
    frame, cases = intake.records.frame, intake.records["cases"]
    civil = CivilTime(pd.Timestamp(frame.start).date(), frame.zone)
    until = civil.local(frame.horizon_s).date().isoformat()
    return {
        "extends": "replay_base", "name": name, "source": f"log: {mapping} up to {until}",
        "time": {"start": frame.start, "zone": frame.zone, "horizon": f"{horizon_days} d", "warm_up": "31 d",
                 "holidays": intake.quality.holidays},
        "places": {"zones": sorted(cases["community"].astype(str).unique())},
        "calendars": {},
        "staffing": {"departments": []},
        "replay": {"mapping": mapping, "sha256": sha256, "trained_until": until,
                   "work_share": {"value": work_share, "source": "assumed: the log does not tell work from waiting"}},
    }  # fmt: skip


def _opening_hours(tree: Tree, intake: Intake, least_hour: float, least_day: float) -> dict[str, str]:
    """Add a calendar for each department with enough closings; returns the calendar of each department."""
    frame, cases = intake.records.frame, intake.records["cases"]
    civil = CivilTime(pd.Timestamp(frame.start).date(), frame.zone)
    chosen = {}
    for unit, rows in cases.groupby("department", observed=True):
        closed = rows[(rows["closed_at"] != MISSING) & (rows["outcome"] != "self_handled")]["closed_at"]
        calendar = "office"
        if len(closed) >= LEAST_CASES:
            calendar = f"hours_{''.join(c for c in str(unit).lower() if c.isalnum())}"
            tree["calendars"][calendar] = _busy_times(civil, closed.to_numpy(), least_hour, least_day)
        chosen[str(unit)] = calendar
    return chosen


def _busy_times(civil: CivilTime, closed: np.ndarray, least_hour: float, least_day: float) -> Tree:
    wall = civil.wall(closed)
    hour = np.bincount(wall // HOUR % 24, minlength=24) / len(wall)
    weekday = np.bincount((civil.start.weekday() + wall // DAY) % 7, minlength=7) / len(wall)
    busy = np.flatnonzero(hour >= least_hour)
    edges = np.split(busy, np.flatnonzero(np.diff(busy) > 1) + 1)
    days = [WEEKDAYS[day] for day in np.flatnonzero(weekday >= least_day)]
    return {"days": days, "hours": [f"{run[0]:02d}:00-{run[-1] + 1:02d}:00" for run in edges]}


def _calendars(tree: Tree, hours: dict[str, str]) -> dict[str, Calendar]:
    working = WorkingHours(scenario_of(tree, {}, []))
    return {unit: working.calendars[name] for unit, name in hours.items()}


def _time_to_close(tree: Tree, cases: pd.DataFrame, hours: dict[str, str], cut: int) -> pd.DataFrame:
    """Open seconds from opening to closing (or to the end of training), by department and category."""
    calendars = _calendars(tree, hours)
    worked = cases[cases["outcome"] != "self_handled"]
    closed = worked["closed_at"] != MISSING
    ended = np.where(closed, worked["closed_at"], cut)
    frames = []
    for unit, rows in worked.assign(ended=ended, closed=closed).groupby("department", observed=True):
        calendar = calendars[str(unit)]
        spent = calendar.work_between_many(rows["reported_at"].to_numpy(), rows["ended"].to_numpy())
        total = calendar.work_between(0, cut)
        frames.append(pd.DataFrame({"department": str(unit), "category": rows["category"].astype(str).to_numpy(), "spent": spent,
                                    "closed": rows["closed"].to_numpy(), "open_total": total, "calendar": hours[str(unit)]}))  # fmt: skip
    return pd.concat(frames, ignore_index=True)


def _demands(
    spent: pd.DataFrame, staff: dict[Any, Fitted], capacity: dict[str, float], measured: Measured | None
) -> list[Tree]:
    """Work and waiting for others by department and category; thin categories share the row `*` of their department."""
    rows = []
    for unit, of_unit in spent.groupby("department", observed=True):
        fitted = staff[unit]
        crew_time = capacity.get(str(unit), fitted.work_s)
        sizes = of_unit["category"].value_counts()
        thick = sorted(sizes[sizes >= LEAST_CASES].index)
        for category in thick:
            rows.append(_demand(str(unit), category, of_unit[of_unit["category"] == category], fitted, crew_time, measured))
        rest = of_unit[~of_unit["category"].isin(thick)]
        rows.append(_demand(str(unit), "*", rest if len(rest) >= 10 else of_unit, fitted, crew_time, measured))
    return rows


def _demand(
    unit: str, category: str, rows: pd.DataFrame, fitted: Fitted, crew_time: float, measured: Measured | None
) -> Tree:
    at, durations, never = fitted_quantiles(rows["spent"].to_numpy(), rows["closed"].to_numpy())
    wait = np.maximum.accumulate(np.maximum(0, np.rint(durations - crew_time))).astype(int)
    keep = np.concatenate([[True], np.diff(wait) > 0]) | (np.arange(len(wait)) == len(wait) - 1)
    keep[:-1] |= keep[1:]
    return {
        "department": unit, "category": category,
        "work": work_tree(fitted, category, measured),
        "wait": {"family": "empirical", "at": [round(float(p), 4) for p in at[keep]], "durations": [f"{w} s" for w in wait[keep]]},
        "never": round(float(never), 5),
    }  # fmt: skip


def scenario_of(tree: Tree, staff: dict[Any, Fitted], demands: list[Tree]) -> Scenario:
    base = read_scenario("replay_base").scenario.model_dump(mode="json")
    units = list(staff.values()) or [Fitted("city", 1, 3600, 0, "office")]
    base["time"] |= tree["time"]
    base["calendars"] |= tree["calendars"]
    base["places"] |= tree["places"]
    base["staffing"]["departments"] = [_department(fitted) for fitted in units]
    base["issues"]["categories"][0]["departments"] = [units[0].name]
    base["policies"] |= {name: {key: part for key, part in policy.items() if key != "source"}
                         for name, policy in tree.get("policies", {}).items()}  # fmt: skip
    base["replay"] = {**tree["replay"], "work_share": tree["replay"]["work_share"]["value"], "demands": demands}
    return Scenario.model_validate(base)


def _department(fitted: Fitted) -> Tree:
    return {
        "name": fitted.name,
        "name_zh": fitted.name,
        "crews": fitted.crews,
        "calendar": fitted.calendar,
        "travel": {"family": "none"},
    }


def _try(tree: Tree, staff: dict[Any, Fitted], demands: list[Tree], intake: Intake) -> RunRecords:
    days = intake.records.frame.horizon_s // DAY
    scenario = scenario_of({**tree, "time": tree["time"] | {"horizon": f"{days} d"}}, staff, demands)
    return simulate(scenario, 1, closing_world(scenario, intake, 1))


def _capacity_time(run: RunRecords, tree: Tree, staff: dict[Any, Fitted]) -> dict[str, float]:
    """Median open seconds that crews cost a case (queue and work), by department, in a run."""
    return _median_open(run, tree, staff, "queued_at", "ended_at")


def _median_open(run: RunRecords, tree: Tree, staff: dict[Any, Fitted], first: str, last: str) -> dict[str, float]:
    handled = run["services"][(run["services"]["activity"] == "handle") & (run["services"]["outcome"] == "done")]
    calendars = _calendars(tree, {unit: fitted.calendar for unit, fitted in staff.items()})
    return {
        str(unit): float(np.median(calendars[str(unit)].work_between_many(rows[first].to_numpy(), rows[last].to_numpy())))
        for unit, rows in handled.groupby("station", observed=True)
    }


def _filled(tree: Tree, staff: dict[Any, Fitted], demands: list[Tree]) -> None:
    tree["staffing"]["departments"] = [
        _department(fitted) | {"source": fitted.source} for fitted in staff.values()
    ]
    tree["issues"] = {"categories": {"log_case": {"departments": [next(iter(staff.values())).name]}}}
    tree["replay"]["demands"] = demands


def filled(training: Training, staff: dict[Any, Fitted], demands: list[Tree]) -> Tree:
    """The tree of a training period with these crews and demands."""
    _filled(training.tree, staff, demands)
    return training.tree
