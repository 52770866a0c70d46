"""Worlds of a calibrated scenario on the arrivals of a period: the model's forecast. None of it sees a later closing."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.closing_world import closing_world
from calibration.held_out import HeldOut
from calibration.intake import Intake
from calibration.period_world import closings, from_then, known_names
from calibration.score_outlook import MODEL, Outlook
from calibration.score_period import COLUMNS, Period
from experiments.execution import run_many
from experiments.plan import FailedRuns
from experiments.posterior import drawn, read_posterior
from experiments.progress import Progress
from sim.messages import BadInput, say
from sim.scenario import Scenario
from sim.simulate import simulate

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


def foretell(
    scenario: Scenario, held_out: HeldOut, seeds: Sequence[int], folder: Path, workers: int, posterior: Path | None = None
) -> Outlook:
    """Simulate the worlds that the folder does not hold yet; the model's outlook on the period. Raises FailedRuns.

    With a posterior each world takes a draw of its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    to_cut, arrivals = from_then(scenario, held_out.period), known_names(scenario, held_out.arrivals)
    draws = None if posterior is None else read_posterior(posterior)
    tasks = [
        World(MODEL, number, seed, to_cut if draws is None else drawn(to_cut, draws, number), arrivals, held_out.period,
              folder / f"world_{seed:06d}.npy")
        for number, seed in enumerate(seeds)
    ]  # fmt: skip
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


def _filled(arrivals: Intake, file: Path) -> pd.DataFrame:
    cases = arrivals.records["cases"][list(COLUMNS)]
    return cases.assign(closed_at=np.load(file))
