"""What a log has: the facts from which it is judged which levers it informs."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.mapping import Mapping
from calibration.mapping_columns import STEPS
from sim.records import MISSING


@dataclass(frozen=True)
class LogFacts:
    """Shares are of the kept cases (of the steps, where said), 0 where the log has no such column."""

    cases: int
    worked: int
    """cases that were not registered when done"""
    closed: int
    censored: float
    days: int
    whole_days: int
    columns: tuple[str, ...]
    """canonical columns of which at least one cell is given"""
    timed_steps: tuple[str, ...]
    """steps of the loop whose times stand in the log"""
    known: dict[str, float]
    """column -> share of cases in which it is given: department, community, channel, due"""
    midnight_opened: float
    midnight_closed: float
    one_second: bool
    duplicates: int
    found_by_staff: float
    """share of cases that came by patrol, grid worker or sensor"""
    work_steps: int
    """pieces of work in an event log"""
    with_service: float
    """share of them with a start and a later end"""
    with_resource: float
    with_group: float
    cases_with_two_hands: float
    """share of the cases on which more than one resource worked"""
    cases_with_repeats: float
    """share of the cases in which an activity came back after another one"""
    batch: float
    fixed_wait: float


def facts_of(intake: Intake, mapping: Mapping, duration: np.ndarray, closed: np.ndarray) -> LogFacts:
    """The facts of an intake; `duration` and `closed` are those of the cases that were not registered when done."""
    quality, cases = intake.quality, intake.records["cases"]
    rows, noted = len(cases), quality.noted
    known = {name: float((~cases[name].isin(("", "unknown", "log"))).mean()) for name in ("department", "community", "channel")}
    known["due"] = float((cases["handling_due"] != MISSING).mean())
    known["category"] = float((~cases["category"].isin(("", "unknown"))).mean())
    closings = max(1, rows - quality.censored)
    measured = {name: getattr(mapping.columns, name) is not None for name in ("reworks", "returns", "satisfaction")}
    columns = [name for name, share in known.items() if share > 0]
    columns += [name for name, there in measured.items() if there and _given(cases[name])]
    fixed = max(noted["closed_after_fixed_wait"] / closings, quality.events.get("last_after_fixed_wait", 0) / closings)
    return LogFacts(
        cases=rows,
        worked=len(duration),
        closed=int(closed.sum()),
        censored=quality.censored / rows,
        days=quality.coverage.days,
        whole_days=quality.coverage.whole_days,
        columns=tuple(columns),
        timed_steps=tuple(name for name in STEPS if _timed(name, intake, mapping)),
        known=known,
        midnight_opened=noted["opened_at_midnight"] / rows,
        midnight_closed=noted["closed_at_midnight"] / closings,
        one_second=quality.opened_first == quality.opened_last and rows > 1,
        duplicates=noted.get("status_duplicate", 0) + quality.fates["merged_conflicting"],
        found_by_staff=float(cases["channel"].isin(("patrol", "grid_worker", "sensor")).mean()),
        batch=noted["closed_in_batch"] / closings,
        fixed_wait=fixed,
        **_of_steps(intake.steps, rows),
    )


def _given(figures: pd.Series) -> bool:
    return bool((figures.fillna(0) != 0).any())


def _timed(step: str, intake: Intake, mapping: Mapping) -> bool:
    mapped = getattr(mapping.columns, step) is not None or (mapping.events is not None and step in mapping.events.steps)
    return mapped and bool((intake.records["cases"][f"{step}_at"] != MISSING).any())


def _of_steps(steps: pd.DataFrame | None, cases: int) -> dict[str, float]:
    if steps is None or not len(steps):
        return dict.fromkeys(
            ("work_steps", "with_service", "with_resource", "with_group", "cases_with_two_hands", "cases_with_repeats"), 0
        )
    started, completed = steps["started_at"], steps["completed_at"]
    service = (started != MISSING) & (completed != MISSING) & (completed > started)
    hands = steps[steps["resource"] != ""].groupby("case_id")["resource"].nunique()
    # An activity that comes back after another one: more runs of equal activities than different activities.
    new_run = (steps["activity"] != steps["activity"].shift()) | (steps["case_id"] != steps["case_id"].shift())
    runs, kinds = new_run.groupby(steps["case_id"]).sum(), steps.groupby("case_id")["activity"].nunique()
    return {
        "work_steps": len(steps),
        "with_service": float(service.mean()),
        "with_resource": float((steps["resource"] != "").mean()),
        "with_group": float((steps["group"] != "").mean()),
        "cases_with_two_hands": float((hands > 1).sum() / cases),
        "cases_with_repeats": float((runs > kinds).sum() / cases),
    }
