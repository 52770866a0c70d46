"""A plan: scenarios, each in the same worlds. It is run into folders that are not published yet."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.estimate import Estimate, estimate, expected_cases, refuse_if_too_large, seconds_of, workers_that_pay
from experiments.execution import Done, run_many
from experiments.machine import cores
from experiments.manifest import file_digest, manifest
from experiments.progress import Progress
from experiments.staging import Staging
from sim.messages import BadInput, say

if TYPE_CHECKING:
    from experiments.replication import Outcome, Replication, WorldOf
    from experiments.summary import Summary
    from scenarios.reading import ScenarioFile


@dataclass(frozen=True)
class Arm:
    """One scenario of a plan, under a name that no other of the plan has."""

    name: str
    file: ScenarioFile


@dataclass(frozen=True)
class Plan:
    """What is run: every arm in the worlds seed, seed + 1, ..."""

    arms: tuple[Arm, ...]
    seed: int
    replications: int
    workers: int
    keep: str
    command: str
    check: bool = False
    export: str = ""
    log: Path | None = None
    world_of: WorldOf | None = None
    posterior: Path | None = None

    @property
    def seeds(self) -> list[int]:
        """Seed of each replication."""
        return [self.seed + number for number in range(self.replications)]

    def estimate(self) -> Estimate:
        """What it will cost."""
        scenarios = [arm.file.scenario for arm in self.arms]
        return estimate(scenarios, self.replications, self.workers, self.keep, self.log)


@dataclass
class ArmResult:
    """What one arm gave: summaries of all replications, and the folder that is being filled."""

    arm: Arm
    summary: Summary
    outcomes: list[Outcome]
    folder: Path
    seconds: float = 0.0
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def violations(self) -> list[str]:
        """Broken rules, each with its seed."""
        return [f"{self.arm.name}, seed {run.shell.seed}: {line}" for run in self.outcomes for line in run.violations]


class FailedRuns(Exception):
    """Some replications failed; each is one row of `rows`."""

    def __init__(self, rows: Sequence[Done]) -> None:
        self.rows = list(rows)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line a failure, with what is needed to run it again."""
        return [
            say("failed: {arm}, replication {number}, seed {seed}: {error}",
                arm=row.task.arm, number=row.task.number, seed=row.task.seed, error=row.error)
            for row in self.rows
        ]  # fmt: skip


def arms_of(files: Sequence[ScenarioFile]) -> tuple[Arm, ...]:
    """Arms named after their scenarios; a name that stands twice gets a number."""
    arms: list[Arm] = []
    for file in files:
        taken = {arm.name for arm in arms}
        name, number = file.scenario.name, 1
        while name in taken:
            number += 1
            name = f"{file.scenario.name}_{number}"
        arms.append(Arm(name, file))
    return tuple(arms)


def chosen_workers(stated: int | None, arms: Sequence[Arm], replications: int, log: Path | None) -> int:
    """As the user said; else as many as pay."""
    if stated is not None:
        return stated
    scenarios = [arm.file.scenario for arm in arms]
    alone = replications * sum(seconds_of(each, expected_cases(each, log)) for each in scenarios)
    return workers_that_pay(alone, replications * len(arms), cores())


def check_size(plan: Plan, allowed: bool) -> Estimate:
    """The estimate of a plan. Raises BadInput if it is too large and the user did not say --yes."""
    found = plan.estimate()
    refuse_if_too_large(found, allowed)
    return found


def run_plan(plan: Plan, staging: Staging, expected_s: float) -> list[ArmResult]:
    """Run everything and fill a folder for each arm: tables, summaries, scenario. Figures, page, manifest come later.

    Raises FailedRuns if a replication failed, BadInput if the user can mend it.
    """
    from experiments.replication import Replication, replicate

    parts = {arm.name: staging.folder(f".parts/{arm.name}") for arm in plan.arms}
    tasks = [
        Replication(arm.name, number, seed, arm.file.scenario, parts[arm.name], plan.keep, plan.check, plan.export,
                    plan.log, plan.world_of, plan.posterior)
        for number, seed in enumerate(plan.seeds)
        for arm in plan.arms
    ]  # fmt: skip
    begun = time.perf_counter()
    with Progress(say("simulating"), len(tasks), expected_s, workers=plan.workers) as progress:
        rows = run_many(replicate, tasks, plan.workers, lambda done: progress.step())
    _refuse_failures(rows)
    seconds = time.perf_counter() - begun
    return [_gathered(arm, rows, staging, parts[arm.name], seconds) for arm in plan.arms]


def _refuse_failures(rows: Sequence[Done[Replication, Outcome]]) -> None:
    faults = [row for row in rows if row.error]
    mendable = list(dict.fromkeys(row.error for row in faults if row.bad_input))
    if faults and len(mendable) == len({row.error for row in faults}):
        raise BadInput("\n".join(mendable))
    if faults:
        raise FailedRuns(faults)


def _gathered(
    arm: Arm, rows: Sequence[Done[Replication, Outcome]], staging: Staging, parts: Path, seconds: float
) -> ArmResult:
    from experiments.store import join_parts, write_runs, write_table
    from experiments.summary import joined

    mine = [(row.task.number, row.value) for row in rows if row.task.arm == arm.name and row.value is not None]
    folder = staging.folder(arm.name)
    if (parts / "eventlogs").exists():
        (parts / "eventlogs").rename(folder / "eventlogs")
    join_parts(parts, folder)
    shutil.rmtree(parts)
    summary = joined({number: outcome.summary for number, outcome in mine})
    for name, frame in summary.tables().items():
        write_table(frame, folder / f"summary_{name}.parquet")
    write_runs([(number, outcome.shell) for number, outcome in mine], folder)
    (folder / "scenario.yaml").write_text(arm.file.text, encoding="utf-8")
    return ArmResult(arm, summary, [outcome for _, outcome in mine], folder, seconds)


def arm_manifest(plan: Plan, result: ArmResult) -> dict[str, Any]:
    """The manifest of one arm's folder."""
    peaks = [outcome.peak_memory_mb for outcome in result.outcomes]
    facts = manifest(plan.command, plan.seeds, result.seconds, plan.workers, peaks)
    scenario = result.arm.file.scenario
    return {
        **facts,
        "scenario": {"name": scenario.name, "sha256": scenario.digest(), "file": "scenario.yaml"},
        "worlds": [outcome.world for outcome in result.outcomes],
        "log": None if plan.log is None else {"file": plan.log.name, "sha256": file_digest(plan.log)},
        "posterior": None if plan.posterior is None else {"file": plan.posterior.name, "sha256": file_digest(plan.posterior)},
        "kept": plan.keep,
        "cases": [outcome.cases for outcome in result.outcomes],
        "rules_held": result.outcomes[0].rules if plan.check else None,
    }
