"""One run of a study in a worker: (scenario, seed) in, files in the study's folder and a few numbers out."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from experiments.machine import peak_memory_mb
from experiments.replication import WorldOf, world_digest
from experiments.store import write_part
from experiments.study.run_files import INDICATORS, place, tables_of, write_indicators
from experiments.study.settings import Setting, scenario_of, settings_key, tree_of
from experiments.summary import summarise
from scenarios.marks import Node
from scenarios.reasons import reason_of
from sim.records import RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate

TEMPORARY = ".tmp"
_MOST_REMEMBERED = 64
_remembered: dict[tuple[Path, str], Scenario] = {}
"""Scenarios of the last runs of this process: the same design point comes again with another seed."""


@dataclass(frozen=True)
class Task:
    """What to run, and where its files go."""

    run_id: str
    seed: int
    settings: tuple[Setting, ...]
    base: Path
    """file of the base scenario, written out in full"""
    folder: Path
    keep: str
    log: Path | None = None
    world_of: WorldOf | None = None


@dataclass(frozen=True)
class Ended:
    """What became of it. With `trouble` nothing was kept, and no other run could be written either."""

    seconds: float
    memory_mb: float | None = None
    cases: int = 0
    world: str = ""
    files: dict[str, list[object]] | None = None
    trouble: str = ""


def run_once(task: Task) -> Ended:
    """Simulate and write. Raises BadInput where the settings break the rules of the scenario."""
    begun = time.perf_counter()
    scenario = _scenario(task)
    world = None if task.world_of is None or task.log is None else task.world_of(scenario, task.log, task.seed)
    records = simulate(scenario, task.seed, world)
    digest, cases = world_digest(records), len(records["cases"])
    try:
        files = _written(task, records, digest, cases)
    except (OSError, duckdb.IOException) as error:
        return Ended(time.perf_counter() - begun, trouble=_reason(error))
    return Ended(time.perf_counter() - begun, peak_memory_mb(), cases, digest, files)


def _scenario(task: Task) -> Scenario:
    key = (task.base, settings_key(task.settings))
    if key not in _remembered:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = scenario_of(_base(task.base), task.settings)
    return _remembered[key]


@lru_cache(maxsize=2)
def _base(path: Path) -> Node:
    return tree_of(path.read_text(encoding="utf-8"), path.name)


def _written(task: Task, records: RunRecords, world: str, cases: int) -> dict[str, list[object]]:
    parts = task.folder / TEMPORARY / f"{os.getpid()}-{task.run_id}"
    try:
        parts.mkdir(parents=True, exist_ok=True)  # on another node a run that died may have had the same number
        write_part(records, parts, 0, task.keep)
        frame = summarise(records).indicators
        facts = {"run_id": task.run_id, "seed": task.seed, "world": world, "cases": cases}
        for column, (name, value) in enumerate(facts.items()):
            frame.insert(column, name, value)
        write_indicators(frame, parts / "indicators.parquet")
        found = {name: parts / name / "000000.parquet" for name in tables_of(task.keep)}
        return place({**found, INDICATORS: parts / "indicators.parquet"}, task.folder, task.run_id)
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _reason(error: Exception) -> str:
    full = OSError(28, "") if "No space left" in str(error) else error
    return reason_of(full)
