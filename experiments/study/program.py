"""Everything that a study wants to have run: each design point in each world, and what it will cost."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.estimate import expected_cases, seconds_of
from experiments.study.identity import run_id
from experiments.study.points import Point
from experiments.study.reading import StudyFile
from experiments.study.settings import scenario_of, tree_of
from experiments.study.single_run import Task
from experiments.study.study_folder import base_file
from sim.messages import BadInput, say

if TYPE_CHECKING:
    from experiments.replication import WorldOf

MOST_WITHOUT_YES = 10_000
SECONDS_A_RUN = 0.3
"""What a run takes besides simulating: scenario, indicators, files. Measured on one core of a 2-core server, 2026."""
_MOST_LOOKED_AT = 12


@dataclass(frozen=True)
class Wanted:
    """One point in one world, and the run that answers it. Equal scenarios share a run."""

    point: Point
    world: int
    task: Task


@dataclass(frozen=True)
class Program:
    """The points of a study and how its runs are made."""

    file: StudyFile
    points: tuple[Point, ...]
    folder: Path
    code: str
    """digest of the code"""
    log: Path | None = None
    world_of: WorldOf | None = None

    def wanted(self, worlds: Sequence[int] | None = None, points: Sequence[Point] | None = None) -> Iterator[Wanted]:
        """World by world, so that what is there after a while covers all points. Default: all replications, all points."""
        study, base = self.file.study, self.file.base.digest()
        where = base_file(self.folder, self.file)
        for world in range(study.replications or 0) if worlds is None else worlds:
            for point in self.points if points is None else points:
                seed = study.seed + world
                name = run_id(base, point.settings, seed, self.code)
                yield Wanted(point, world, Task(name, seed, point.settings, where, self.folder, study.keep, self.log,
                                                self.world_of))  # fmt: skip

    def seconds_a_run(self) -> float:
        """Expected time of one run on one core, over a few of the points."""
        tree = tree_of(self.file.base_text, self.file.base.name)
        draw = random.Random(1)
        few = self.points if len(self.points) <= _MOST_LOOKED_AT else draw.sample(self.points, _MOST_LOOKED_AT)
        found = []
        for point in few:
            try:
                scenario = scenario_of(tree, point.settings)
            except BadInput:
                continue
            found.append(seconds_of(scenario, expected_cases(scenario, self.log)))
        return SECONDS_A_RUN + (sum(found) / len(found) if found else 0.0)


def distinct(wanted: Sequence[Wanted]) -> list[Task]:
    """The runs that answer them, each once, in order."""
    return list({each.task.run_id: each.task for each in wanted}.values())


def refuse_if_too_many(file: StudyFile, worlds: int, allowed: bool) -> int:
    """The number of runs at most, before any is laid out. Raises BadInput for more than the budget, or than 10,000
    unless the user said --yes."""
    choices, draws = file.layout.sizes()
    runs, most = choices * draws * worlds, file.study.budget.runs
    if most is not None and runs > most:
        raise BadInput(say("the design has {runs:,} runs and budget.runs allows {most:,}; make one of them fit",
                           runs=runs, most=most))  # fmt: skip
    if runs > MOST_WITHOUT_YES and not allowed:
        raise BadInput(say("the design has {runs:,} runs ({points:,} design points in {worlds:,} worlds); say --yes to start it",
                           runs=runs, points=choices * draws, worlds=worlds))  # fmt: skip
    return runs
