"""One replication from scenario to files: simulate, check, measure, write. In a worker; little comes back."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.machine import peak_memory_mb
from experiments.posterior import drawn, read_posterior
from experiments.store import write_part
from experiments.summary import Summary, summarise
from sim.records import RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.world import World

WorldOf = Callable[[Scenario, Path, int], World]
"""Makes the world of a seed from a log file: a function of a module, so that it can be sent to a worker."""


@dataclass(frozen=True)
class Replication:
    """What to run, and where its tables go."""

    arm: str
    number: int
    seed: int
    scenario: Scenario
    parts: Path
    """folder for the Parquet files of this arm's replications"""
    keep: str
    """key of KEPT"""
    check: bool = False
    export: str = ""
    """name of an event-log format; empty: none"""
    log: Path | None = None
    world_of: WorldOf | None = None
    posterior: Path | None = None
    """draws of which this replication takes the one of its number; none: the scenario as it stands"""


@dataclass(frozen=True)
class Outcome:
    """What a worker returns: no tables, only what is small."""

    summary: Summary
    shell: RunRecords
    """the records without their tables"""
    world: str
    """digest of the issues that the world held: equal for arms that met the same world"""
    rules: int
    """rules checked"""
    violations: tuple[str, ...]
    seconds: float
    peak_memory_mb: float | None
    cases: int


def replicate(task: Replication) -> Outcome:
    """Run one replication, write its kept tables, return its summary."""
    begun = time.perf_counter()
    scenario = task.scenario if task.posterior is None else drawn(task.scenario, read_posterior(task.posterior), task.number)
    world = None if task.world_of is None or task.log is None else task.world_of(scenario, task.log, task.seed)
    records = simulate(scenario, task.seed, world)
    rules, violations = _checked(records) if task.check else (0, ())
    write_part(records, task.parts, task.number, task.keep)
    if task.export:
        _export(records, task)
    return Outcome(
        summarise(records), RunRecords(records.frame, records.seed, {}, records.notes), world_digest(records),
        rules, violations, time.perf_counter() - begun, peak_memory_mb(), len(records["cases"]),
    )  # fmt: skip


def world_digest(records: RunRecords) -> str:
    """SHA-256 over what an issue is before anybody knows of it: onset, category, severity, place."""
    issues = records["issues"]
    sha = hashlib.sha256()
    for name in ("issue_id", "onset", "severity", "x", "y"):
        sha.update(np.ascontiguousarray(issues[name].to_numpy()).tobytes())
    sha.update("\n".join(issues["category"].astype(str)).encode())
    return sha.hexdigest()


def _checked(records: RunRecords) -> tuple[int, tuple[str, ...]]:
    from sim.invariants import RULES, check_records

    return len(RULES), tuple(check_records(records))


def _export(records: RunRecords, task: Replication) -> None:
    from sim.eventlogs.formats import FORMATS

    chosen = FORMATS[task.export]
    folder = task.parts / "eventlogs"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"events_{task.number:06d}{chosen.suffix}").open("wb") as stream:
        chosen.write(records, stream)
