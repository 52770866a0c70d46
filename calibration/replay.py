"""A measured log as a world: real arrivals, places, categories, departments and limits; only the policy is hypothetical.

One log row is one issue with one case. Work content and waiting for others are drawn from fits on the training period.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping
from calibration.opening_backlog import Filled, aged_contents, joined, latent_cases, offset_of, open_at_start
from calibration.period_world import known_words
from sim.arrivals import Arrived
from sim.contents import contents
from sim.messages import BadInput, say
from sim.projection import arrivals_of, world_of_cases
from sim.records import MISSING
from sim.scenario import Scenario
from sim.units import DAY
from sim.world import World


def read_log(scenario: Scenario, log: Path) -> Intake:
    """Read the log that a replay scenario names. Raises BadInput if it is another file than the one it was fitted on."""
    assert scenario.replay is not None
    intake = ingest(log, read_mapping(scenario.replay.mapping))
    if intake.sha256 != scenario.replay.sha256:
        raise BadInput(say(
            "{log}: this is not the log that {name} was fitted on: its SHA-256 is {found}, the scenario expects {wanted}; "
            "give that file, or fit the scenario anew (see docs/replay.md)",
            log=log, name=scenario.name, found=intake.sha256[:16] + "…", wanted=scenario.replay.sha256[:16] + "…",
        ))  # fmt: skip
    return intake


def world_of(scenario: Scenario, log: Path, seed: int) -> World:
    """The world of a log file for a scenario and a seed; the file is read once a process."""
    return replay_world(scenario, log_of(scenario, log), seed)


_LOGS: dict[tuple[str, Path], Intake] = {}


def log_of(scenario: Scenario, log: Path) -> Intake:
    """The log that a replay scenario names, read once a process."""
    assert scenario.replay is not None
    key = (scenario.replay.mapping, log)
    if key not in _LOGS:
        _LOGS.clear()
        _LOGS[key] = read_log(scenario, log)
    return _LOGS[key]


def replay_world(scenario: Scenario, intake: Intake, seed: int) -> World:
    """The world of a log for a scenario, with the content that belongs to this seed.

    A run that starts inside the log begins with what is open then (calibration/opening_backlog.py); one that goes on
    beyond it draws new cases, if the scenario knows how they come.
    """
    offset, end = offset_of(scenario, intake), scenario.time.horizon.seconds
    cases = intake.records["cases"]
    opened = cases["reported_at"]
    inside = cases[(opened >= offset) & (opened < offset + end)]
    parts = [_filled(scenario, _arrived(scenario, inside, offset), seed)]
    if offset:
        before = _arrived(scenario, open_at_start(cases, offset), offset)
        parts.append((before, *aged_contents(scenario, before, seed)))
    if scenario.replay is not None and scenario.replay.arrivals is not None:
        if offset:
            parts.append(latent_cases(scenario, offset, seed))
        log_ends = intake.records.frame.horizon_s - offset
        if end - log_ends > DAY:
            parts.append(_filled(scenario, arrivals_of(scenario, log_ends, end, seed), seed))
    return world_of_cases(seed, *joined(parts))


def _filled(scenario: Scenario, cases: Arrived, seed: int) -> Filled:
    return cases, *contents(scenario, cases.department, cases.category, cases.code, seed)


def _arrived(scenario: Scenario, cases: pd.DataFrame, offset: int) -> Arrived:
    """Cases of the log in seconds since the run's start, in names that the scenario knows."""
    zones = {name: number for number, name in enumerate(scenario.places.zones)}
    department = known_words(cases["department"], [plan.name for plan in scenario.staffing.departments]).to_numpy(dtype=object)
    zone = known_words(cases["community"], list(zones)).map(zones)
    due = cases["handling_due"].to_numpy(dtype=np.int64)
    return Arrived(
        cases["reported_at"].to_numpy(dtype=np.int64) - offset, cases["case_id"].to_numpy(dtype=np.int64), department,
        cases["category"].astype(str).to_numpy(dtype=object), zone.to_numpy(dtype=np.int64),
        cases["channel"].astype(str).to_numpy(dtype=object), np.where(due == MISSING, MISSING, due - offset),
        (cases["outcome"] == "self_handled").to_numpy(),
    )  # fmt: skip
