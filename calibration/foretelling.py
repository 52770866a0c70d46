"""Worlds of a calibrated scenario on the arrivals of a period: the model's forecast. None of it sees a later closing."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.case_rows import UNKNOWN
from calibration.closing_world import closing_world
from calibration.held_out import HeldOut
from calibration.intake import Intake
from calibration.score_outlook import MODEL, Outlook
from calibration.score_period import COLUMNS, Period
from experiments.execution import run_many
from experiments.plan import FailedRuns
from experiments.progress import Progress
from sim.messages import BadInput, say
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.units import DAY

SECONDS_A_CASE = 4e-4


@dataclass(frozen=True)
class World:
    """One world to simulate, and the file that holds it afterwards."""

    arm: str
    number: int
    seed: int
    scenario: Scenario
    arrivals: Intake
    period: Period
    file: Path


def foretell(scenario: Scenario, held_out: HeldOut, seeds: Sequence[int], folder: Path, workers: int) -> Outlook:
    """Simulate the worlds that the folder does not hold yet; the model's outlook on the period. Raises FailedRuns."""
    folder.mkdir(parents=True, exist_ok=True)
    to_cut, arrivals = from_then(scenario, held_out.period), known_names(scenario, held_out.arrivals)
    tasks = [
        World(MODEL, number, seed, to_cut, arrivals, held_out.period, folder / f"world_{seed:06d}.npy")
        for number, seed in enumerate(seeds)
    ]
    missing = [task for task in tasks if not task.file.exists()]
    expected = SECONDS_A_CASE * len(held_out.measured) * len(missing) / workers
    with Progress(say("foretelling"), len(missing), expected, workers=workers) as progress:
        rows = run_many(simulate_world, missing, workers, lambda done: progress.step()) if missing else []
    faults = [row for row in rows if row.error]
    if faults and all(row.bad_input for row in faults):
        raise BadInput(faults[0].error)
    if faults:
        raise FailedRuns(faults)
    return Outlook(MODEL, [_filled(held_out.arrivals, task.file) for task in tasks])


def from_then(scenario: Scenario, period: Period) -> Scenario:
    """The scenario from the first day of the period to its cut: it begins with the cases that were open then."""
    tree = scenario.model_dump(mode="json")
    begin = period.civil.local(period.start).date()
    length = period.cut - period.start
    tree["time"] |= {"start": begin.isoformat(), "horizon": f"{-(-length // DAY)} d", "warm_up": "0 s"}
    return Scenario.model_validate(tree)


def known_names(scenario: Scenario, arrivals: Intake) -> Intake:
    """The arrivals in names that the scenario knows: a department or zone that came after training counts as `unknown`, or
    as the first one where there is no `unknown`."""
    cases = arrivals.records["cases"]
    listed = {"department": [unit.name for unit in scenario.staffing.departments], "community": list(scenario.places.zones)}
    changed = {}
    for column, names in listed.items():
        otherwise = UNKNOWN if UNKNOWN in names else names[0]
        changed[column] = cases[column].astype(object).map(lambda name, n=names, o=otherwise: str(name) if str(name) in n else o)
    records = arrivals.records
    tables = {**records.tables, "cases": cases.assign(**changed)}
    return replace(arrivals, records=RunRecords(records.frame, records.seed, tables, records.notes))


def simulate_world(task: World) -> None:
    """Simulate one world and write when each arrival was closed, in the order of the arrivals."""
    world = closing_world(task.scenario, task.arrivals, task.seed)
    simulated = simulate(task.scenario, task.seed, world)["cases"]
    # A world that begins inside the log numbers its cases anew.
    simulated = simulated.assign(case_id=world.code[simulated["issue_id"].to_numpy()])
    ends = closings(simulated, task.arrivals, task.period)
    beside = task.file.with_name(f".{os.getpid()}.{task.file.name}")
    np.save(beside, ends)
    os.replace(beside, task.file)


def closings(simulated: pd.DataFrame, arrivals: Intake, period: Period) -> np.ndarray:
    """Simulated closing of each arrival; what the log knew when the period began stays."""
    known = arrivals.records["cases"]
    ends = simulated.set_index("case_id")["closed_at"].reindex(known["case_id"]).fillna(MISSING).to_numpy(dtype=np.int64)
    ends = np.where(ends == MISSING, MISSING, ends + period.start)
    is_open = ((known["closed_at"] == MISSING) & (known["outcome"] != "self_handled")).to_numpy()
    return np.where(is_open, ends, known["closed_at"].to_numpy())


def _filled(arrivals: Intake, file: Path) -> pd.DataFrame:
    cases = arrivals.records["cases"][list(COLUMNS)]
    return cases.assign(closed_at=np.load(file))
