"""What carrying out a study costs besides its runs: idle workers, and the time of the process that gathers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments import execution
from experiments.study import carrying_out
from experiments.study.carrying_out import Tally, Terms
from experiments.study.identity import code_in_force
from experiments.study.index import DONE, Index
from experiments.study.single_run import Ended, Task
from tests.speed import study_runs

FULL = bool(os.environ.get("WANGGE_FULL"))
WORKERS = 4
LEAST_BUSY = 0.9 if FULL else 0.5
"""Share of the workers' time that runs take; without FULL other tests share the machine, and starting up weighs more."""
MOST_CPU_S = 0.02
"""CPU time of the gathering process for one run."""

pytestmark = [pytest.mark.speed, pytest.mark.xdist_group("speed")]


def spent(run: Callable[[Task], Ended], runs: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[float, float]:
    """Seconds by the clock and of CPU that so many runs took, all of them in the index."""
    monkeypatch.setattr(carrying_out, "run_once", run)
    execution.begin_early(WORKERS, ["experiments.study.single_run", "tests.speed.study_runs"])
    execution.process_context()  # importing the model once is not counted
    tasks = [Task(f"{number:024d}", number, (), folder / "base.yaml", folder, "indicators") for number in range(runs)]
    with Index(folder / "index.sqlite") as index:
        clock, cpu = time.perf_counter(), time.process_time()
        carrying_out.carry_out(tasks, index, Terms("b", code_in_force(), WORKERS), 0.0, Tally())
        found = time.perf_counter() - clock, time.process_time() - cpu
        assert [row.status for row in index.rows().values()] == [DONE] * runs
    return found


def test_workers_are_busy_with_runs_of_half_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = 400 if FULL else 60
    clock, _ = spent(study_runs.half_a_second, runs, tmp_path, monkeypatch)
    busy = runs * study_runs.SECONDS / (WORKERS * clock)
    print(f"\n{runs} runs of half a second on {WORKERS} workers: busy {100 * busy:.0f} % of the time")
    assert busy > LEAST_BUSY


def test_the_gathering_process_takes_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = 5_000 if FULL else 500
    clock, cpu = spent(study_runs.nothing, runs, tmp_path, monkeypatch)
    print(f"\n{runs} empty runs: {1e3 * cpu / runs:.2f} ms of CPU each, {runs / clock:.0f} a second")
    assert cpu / runs < MOST_CPU_S
