"""Runs of a study on workers: every result into the index as it comes, until all are done or the budget is spent."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from experiments.cluster.target import Target
from experiments.execution import Done, run_many
from experiments.progress import Progress
from experiments.study.identity import Code
from experiments.study.index import DONE, FAILED, Index, Row
from experiments.study.settings import settings_key
from experiments.study.single_run import Ended, Task, run_once
from experiments.study.worker_check import unfit_reason
from sim.messages import BadInput, say

_MOST_TOLD = 3


class CannotWrite(BadInput):
    """The study's folder takes no more: what is done is kept in it."""

    def __init__(self, folder: Path, why: str, done: int) -> None:
        super().__init__(
            say("{folder}: cannot be written: {why}; {count} runs of this start are kept, and the same command goes on",
                folder=folder, why=why, count=done)
        )  # fmt: skip
        self.why = why


class BudgetSpent(Exception):
    """The time that the study may take is over."""


@dataclass
class Tally:
    """How many of the runs of this start are done, and how many of them failed."""

    done: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Terms:
    """What is the same for all runs of a start."""

    base: str
    code: Code
    workers: int
    limit_s: float | None = None
    target: Target | None = None
    """a cluster instead of the workers of this machine"""
    until: float | None = None
    """time.monotonic() at which the budget is spent"""


def carry_out(tasks: Sequence[Task], index: Index, terms: Terms, expected_s: float, tally: Tally) -> None:
    """Run the tasks and note each in the index. KeyboardInterrupt passes on; what was noted stays.

    Raises BudgetSpent when the time is over, BadInput when the disk takes no more.
    """
    with Progress(say("simulating"), len(tasks), expected_s, workers=terms.workers) as progress:

        def note(done: Done[Task, Ended]) -> None:
            if done.value is not None and done.value.trouble:
                raise CannotWrite(done.task.folder, done.value.trouble, tally.done)
            index.put([_row(done, terms)])
            tally.done += 1
            if done.value is None:
                tally.failed += 1
                _tell(done, tally)
            progress.step()
            if terms.until is not None and time.monotonic() > terms.until:
                raise BudgetSpent

        if terms.target is None:
            run_many(run_once, tasks, terms.workers, note, terms.limit_s)
        elif tasks:
            from experiments.cluster.running import run_on_cluster

            unfit = partial(unfit_reason, tasks[0].folder, terms.code)
            run_on_cluster(terms.target, run_once, tasks, note, terms.limit_s, unfit)


def _row(done: Done[Task, Ended], terms: Terms) -> Row:
    task, ended = done.task, done.value
    row = (task.run_id, task.seed, settings_key(task.settings), terms.base, terms.code.digest)
    if ended is None:
        return Row(*row, FAILED, error=done.error, lasting=done.bad_input)
    files = json.dumps(ended.files)
    seconds = round(ended.seconds, 3)
    return Row(*row, DONE, task.keep, "", False, seconds, ended.memory_mb, ended.cases, ended.world, files)


def _tell(done: Done[Task, Ended], tally: Tally) -> None:
    if tally.failed <= _MOST_TOLD:
        print(say("failed: run {run}, seed {seed}: {error}",
                  run=done.task.run_id, seed=done.task.seed, error=done.error.replace("\n", "; ")), file=sys.stderr)  # fmt: skip
    if tally.failed == _MOST_TOLD + 1:
        print(say("further failures are counted and listed by: {command}",
                  command="run.py query \"select * from failures\""), file=sys.stderr)  # fmt: skip
