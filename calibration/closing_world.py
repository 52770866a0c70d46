"""Worlds of a log whose cases close in the rhythm that was fitted, and worlds that begin inside the log.

A world that begins inside the log starts with the cases that were open then: each as old as it was, its closing drawn given
that it had not come. Crews take their work, and what they usually let a case wait, off the time to close; what they let it
wait beyond that (a surge, fewer crews) comes on top.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.intake import Intake
from calibration.opening_backlog import offset_of
from calibration.replay import log_of, replay_world
from calibration.replay import world_of as plain_world_of
from sim.civil_time import CivilTime
from sim.records import MISSING, RunRecords
from sim.rhythmic_world import in_rhythm
from sim.scenario import Scenario
from sim.world import World


def closing_world(scenario: Scenario, intake: Intake, seed: int) -> World:
    """The world of a log for a scenario that begins with it, or on a later day: then with the cases open on that day."""
    world, opened = opened_world(scenario, intake, seed)
    return in_rhythm(scenario, world, opened, seed)


def opened_world(scenario: Scenario, intake: Intake, seed: int) -> tuple[World, np.ndarray]:
    """The same before closings are drawn, and when each of its cases was opened (before 0: open when the world begins)."""
    now = _offset(scenario, intake)
    if now == 0:
        world = replay_world(scenario, intake, seed)
        return world, world.onset
    held = _held_at(scenario, intake, now)
    world = replay_world(scenario, _moved(scenario, intake, held, now), seed)
    opened = held.set_index("case_id")["reported_at"].reindex(world.code).to_numpy(dtype=float, na_value=np.nan) - now
    return world, np.where(np.isnan(opened), world.onset, opened).astype(np.int64)  # drawn beyond the log: opened as they come


def world_of(scenario: Scenario, log: Path, seed: int) -> World:
    """The world of a log file for a scenario and a seed; the file is read once a process.

    Raises BadInput for a start outside the log, or too early in it.
    """
    if not _rhythmic(scenario):
        return plain_world_of(scenario, log, seed)
    intake = log_of(scenario, log)
    offset_of(scenario, intake)
    return closing_world(scenario, intake, seed)


def _rhythmic(scenario: Scenario) -> bool:
    return scenario.replay is not None and bool(scenario.replay.rhythms)


def _offset(scenario: Scenario, intake: Intake) -> int:
    frame = intake.records.frame
    return CivilTime(date.fromisoformat(frame.start), frame.zone).seconds_at(scenario.time.start)


def _held_at(scenario: Scenario, intake: Intake, now: int) -> pd.DataFrame:
    """Cases open at `now` and cases that come later, within the scenario's horizon."""
    cases = intake.records["cases"]
    still = ((cases["closed_at"] == MISSING) | (cases["closed_at"] >= now)) & (cases["outcome"] != "self_handled")
    opened = cases["reported_at"]
    return cases[(opened < now + scenario.time.horizon.seconds) & ((opened >= now) | still)]


def _moved(scenario: Scenario, intake: Intake, held: pd.DataFrame, now: int) -> Intake:
    """The cases as a log that begins `now`: what was open then is opened in its first second."""
    due = held["handling_due"].to_numpy()
    cases = held.assign(
        reported_at=np.maximum(0, held["reported_at"] - now),
        handling_due=np.where(due == MISSING, MISSING, np.maximum(0, due - now)),
    )
    records = intake.records
    frame = replace(records.frame, start=scenario.time.start.isoformat(), horizon_s=records.frame.horizon_s - now)
    return replace(intake, records=RunRecords(frame, records.seed, {**records.tables, "cases": cases}, records.notes))
