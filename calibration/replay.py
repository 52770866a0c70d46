"""A measured log as a world: real arrivals, places, categories, departments and limits; only the policy is hypothetical.

One log row is one issue with one case. Work content and waiting for others are drawn from fits on the training period.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from pathlib import Path

import numpy as np

from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping
from sim.contents import contents
from sim.messages import BadInput, say
from sim.records import MISSING
from sim.scenario import Scenario
from sim.world import Measured, World, nobody


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
    return replay_world(scenario, _log_of(scenario, log), seed)


_LOGS: dict[tuple[str, Path], Intake] = {}


def _log_of(scenario: Scenario, log: Path) -> Intake:
    assert scenario.replay is not None
    key = (scenario.replay.mapping, log)
    if key not in _LOGS:
        _LOGS.clear()
        _LOGS[key] = read_log(scenario, log)
    return _LOGS[key]


def replay_world(scenario: Scenario, intake: Intake, seed: int) -> World:
    """The world of a log for a scenario, with the content that belongs to this seed."""
    cases = intake.records["cases"]
    inside = (cases["reported_at"] >= 0) & (cases["reported_at"] < scenario.time.horizon.seconds)
    cases = cases[inside].sort_values(["reported_at", "case_id"], kind="stable")
    zones = {name: number for number, name in enumerate(scenario.places.zones)}
    community = cases["community"].astype(str).map(zones).to_numpy()
    if np.isnan(community.astype(float)).any():
        name = cases["community"].astype(str)[~cases["community"].astype(str).isin(zones)].iloc[0]
        raise BadInput(say("places.zones: the log names the zone {name}, which the scenario does not list", name=name))
    code = cases["case_id"].to_numpy(dtype=np.int64)
    measured = _measured(scenario, intake, cases, code, seed)
    zero = np.zeros(len(cases), dtype=np.int64)
    never = np.full(len(cases), MISSING, dtype=np.int64)
    onset = cases["reported_at"].to_numpy(dtype=np.int64)
    x = np.zeros(len(cases))
    return World(
        seed,
        onset,
        code,
        community.astype(np.int64),
        zero,
        zero + 1,
        x,
        x.copy(),
        never,
        never,
        nobody(len(cases)),
        measured,
    )


def _measured(scenario: Scenario, intake: Intake, cases: object, code: np.ndarray, seed: int) -> Measured:
    import pandas as pd

    assert isinstance(cases, pd.DataFrame)
    department, category = (cases[name].astype(str).to_numpy(dtype=object) for name in ("department", "category"))
    unknown = sorted(set(department) - {plan.name for plan in scenario.staffing.departments})
    if unknown:
        raise BadInput(
            say(
                "staffing.departments: the log names the department {name}, which the scenario does not list",
                name=unknown[0],
            )
        )
    work, wait = contents(scenario, department, category, code, seed)
    return Measured(
        department, category, cases["channel"].astype(str).to_numpy(dtype=object), cases["handling_due"].to_numpy(dtype=np.int64),
        work, wait, (cases["outcome"] == "self_handled").to_numpy(),
    )  # fmt: skip
