"""A study carried out in its folder: what is there, what is missing, the runs, the tables. One process at a time."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from experiments.cluster.target import Target
from experiments.estimate import spoken_time, workers_that_pay
from experiments.machine import cores
from experiments.study.carrying_out import BudgetSpent, Tally, Terms, carry_out
from experiments.study.design_kinds import Search
from experiments.study.identity import Code
from experiments.study.index import DONE, FAILED, Index
from experiments.study.inputs import INPUTS, inputs_of
from experiments.study.layout_tables import RESULTS, put_table, write_layout
from experiments.study.lock import Lock
from experiments.study.points import choices_of
from experiments.study.program import Program, Wanted, distinct
from experiments.study.results import Stated, direction_of, outcome_values, results
from experiments.study.rounds import Look, look
from experiments.study.searching import Searching, judged
from experiments.study.study_folder import (
    INDEX,
    LOCK,
    base_file,
    changes,
    opened,
    state,
    sweep,
    take_stock,
    write_whole,
)
from sim.messages import BadInput, say


@dataclass(frozen=True)
class Shard:
    """Part `number` (from 1) of `of` equal parts of a study."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}-of-{self.of}"


@dataclass
class Session:
    """Use it in a `with`, then call `work`. Raises BadInput where another process works on the same study."""

    program: Program
    code: Code
    workers: int | None = None
    shard: Shard | None = None
    target: Target | None = None
    """a cluster instead of this machine"""
    go_on: bool = False
    """the user said --resume: runs that no longer hold are made again, failed ones tried again"""
    tally: Tally = field(default_factory=Tally)
    done: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    spent: bool = False
    """the budget of time is over"""

    def __enter__(self) -> Session:
        folder = opened(self.program.folder)
        with ExitStack() as stack:
            stack.enter_context(Lock(folder / LOCK, shared=self.shard is not None))
            if self.shard is None:
                sweep(folder)
            else:
                stack.enter_context(Lock(folder / f"{LOCK}.{self.shard}"))
            name = INDEX if self.shard is None else f"index.{self.shard}.sqlite"
            self._index = stack.enter_context(Index(folder / name))
            self._notice_changes()
            self._held = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def _notice_changes(self) -> None:
        file, folder = self.program.file, self.program.folder
        lines = changes(self._index, file, self.code)
        if lines and not self.go_on:
            text = say("{folder}: the runs in it were made otherwise: {changes}. Say --resume to make the runs anew (the old "
                       "files stay), or name another folder with --out",
                       folder=folder, changes="; ".join(lines))  # fmt: skip
            raise BadInput(text)
        for line in lines:
            print(say("changed since the last runs: {what}", what=line), file=sys.stderr)
        write_whole(base_file(folder, file), file.base_text)
        write_whole(folder / "study.yaml", file.text)
        (folder / INPUTS).mkdir(exist_ok=True)
        for name, text in inputs_of(file).items():
            write_whole(folder / INPUTS / name, text)
        state(self._index, file, self.code)

    def work(self) -> list[Wanted]:
        """Run what is missing, round by round. Returns all points and worlds that the study has now.

        KeyboardInterrupt passes on; what is done stays in the folder.
        """
        study = self.program.file.study
        until = None if study.budget.time is None else time.monotonic() + study.budget.time.seconds
        if isinstance(study.design, Search):
            return Searching(self, study.design, until).work()
        worlds = dict.fromkeys(
            {point.choice for point in self.program.points}, study.replications or getattr(study.stopping, "first", 0)
        )
        while True:
            wanted = self._wanted(worlds)
            self.settle(wanted, until)
            further = {} if self.spent or self.shard else self._look(wanted).further
            if not further:
                return wanted
            for choice, more in further.items():
                worlds[choice] += more

    def _wanted(self, worlds: dict[int, int]) -> list[Wanted]:
        found: list[Wanted] = []
        for world in range(max(worlds.values())):
            here = [point for point in self.program.points if worlds[point.choice] > world]
            found += self.program.wanted([world], here)
        return found

    def settle(self, wanted: Sequence[Wanted], until: float | None) -> None:
        """Run what of `wanted`, which is all that the study has so far, is missing. Sets `spent` when the time is over."""
        base = self.program.file.base.digest()
        tasks = distinct(wanted)
        write_layout(self.program, wanted, self.program.folder)
        if self.shard is not None:
            tasks = tasks[self.shard.number - 1 :: self.shard.of]
        stock = take_stock(self.program.folder, self._index, tasks, base, self.code.digest)
        _tell_stock(len(stock.damaged), stock.too_little)
        settled = {run for run, row in stock.rows.items() if row.status == DONE}
        lost = {run for run, row in stock.rows.items() if row.status == FAILED and (row.lasting or not self._retries())}
        missing = [task for task in tasks if task.run_id not in settled | lost]
        seconds = [row.seconds for row in stock.rows.values() if row.seconds is not None]
        try:
            if missing:
                self._carry_out(missing, seconds, until)
        except BudgetSpent:
            self.spent = True
        finally:
            rows = self._index.rows()
            names = {task.run_id for task in tasks}
            self.done = {run for run, row in rows.items() if run in names and row.status == DONE}
            self.failed = {run for run, row in rows.items() if run in names and row.status == FAILED}

    def _retries(self) -> bool:
        """With --resume, runs that died or took too long are tried again; once a start."""
        return self.go_on and self.tally.done == 0

    def _carry_out(self, missing: Sequence, seconds: Sequence[float], until: float | None) -> None:
        run = self.program.file.study.budget.run
        each = float(np.mean(seconds)) if len(seconds) > 2 else self.program.seconds_a_run()
        workers = self._processes(each, len(missing))
        limit = None if run is None else float(run.seconds)
        expected = each * len(missing) / workers
        print(say("{runs:,} runs to do on {workers} processes, about {time}",
                  runs=len(missing), workers=workers, time=spoken_time(expected)), file=sys.stderr)  # fmt: skip
        terms = Terms(self.program.file.base.digest(), self.code, workers, limit, self.target, until)
        carry_out(missing, self._index, terms, expected, self.tally)

    def _processes(self, each: float, runs: int) -> int:
        """How many work on so many runs of so many seconds each."""
        if self.target is not None:
            return self.target.workers
        return self.workers or workers_that_pay(each * runs, runs, cores())

    def _look(self, wanted: Sequence[Wanted]) -> Look:
        """What the stopping rule says of the worlds there are; without a rule nothing."""
        study = self.program.file.study
        if study.stopping is None:
            return Look({}, [])
        outcome = next(each for each in study.outcomes if each.indicator == study.stopping.outcome)
        found = outcome_values([outcome], self.program.folder, sorted(self.done))
        by_run = found.get((outcome.indicator, outcome.group), {})
        rows: dict[int, list[float]] = {}
        for each in wanted:
            rows.setdefault(each.point.choice, []).append(by_run.get(each.task.run_id, np.nan))
        values = {choice: np.array(row) for choice, row in rows.items()}
        return look(study.stopping, values, direction_of(outcome), choices_of(self.program.points))

    def conclude(self, wanted: Sequence[Wanted]) -> pd.DataFrame:
        """The table of results, written into the folder."""
        study, found = self.program.file.study, self._look(wanted)
        rule = study.stopping
        stated = Stated(rule.rule, rule.outcome, rule.confidence, found.stated) if rule and found.stated else None
        table = results(study, judged(study, wanted), self.program.folder, self.done, self.failed, stated)
        put_table(table, self.program.folder / f"{RESULTS}.parquet")
        write_whole(self.program.folder / f"{RESULTS}.csv", table.to_csv(index=False, lineterminator="\n"))
        return table

    def told(self, wanted: Sequence[Wanted]) -> list[str]:
        """What the stopping rule has found, in the language in force; nothing without a rule."""
        return self._look(wanted).lines


def _tell_stock(damaged: int, too_little: int) -> None:
    if damaged:
        print(say("{count} runs had damaged files: set aside in quarantine, and run again", count=damaged), file=sys.stderr)
    if too_little:
        print(say("{count} runs have not kept the tables that are wanted now, and are run again", count=too_little),
              file=sys.stderr)  # fmt: skip
