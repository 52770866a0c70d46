"""The command `coverage`: run the paired experiment of entries of docs/coverage.csv and show or write their rows."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.messages import BadInput, say

if TYPE_CHECKING:
    from experiments.coverage import Row
    from scenarios.stacking import Overlay
    from sim.scenario import Scenario

SETTINGS = ("time.horizon=210 d", "time.warm_up=30 d")
"""Every row is judged on half a year after a month of warm-up, unless its overlay says otherwise."""


@dataclass(frozen=True)
class Measuring:
    """One run of one arm: a task for a worker."""

    arm: str
    number: int
    seed: int
    scenario: Scenario
    indicators: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which entries, and whether to write."""
    parser.add_argument("entries", nargs="*", metavar="ENTRY", help=say("entries such as C4 (default: all that can be run)"))
    parser.add_argument("--write", action="store_true", help=say("write the rows into docs/coverage.csv"))
    parser.add_argument("--workers", type=int, default=None, metavar="N", help=say("processes (default: as many as pay)"))


def execute(args: argparse.Namespace) -> int:
    """Run and print; returns 0, or 1 if a run failed."""
    from experiments.coverage import read_rows, write_rows

    rows = read_rows()
    wanted = _wanted(rows, args.entries)
    found = {row.entry: row for row in remade(wanted, args.workers)}
    for row in wanted:
        print(_line(found[row.entry], row))
    if args.write:
        write_rows([found.get(row.entry, row) for row in read_rows()])
        print(say("written: docs/coverage.csv"))
    return 0


def _wanted(rows: Sequence[Row], entries: Sequence[str]) -> list[Row]:
    known = {row.entry: row for row in rows}
    for entry in entries:
        if entry not in known:
            raise BadInput(say("There is no entry {entry}; `run.py list systems` shows all of them.", entry=entry))
        if not known[entry].judged:
            raise BadInput(say("Entry {entry} ({status}) names no experiment to run: {reason}", entry=entry,
                               status=known[entry].status, reason=known[entry].reason or "-"))  # fmt: skip
    return [known[entry] for entry in entries] or [row for row in rows if row.judged]


def _line(row: Row, before: Row) -> str:
    same = say("as in the file") if (row.difference, row.verdict) == (before.difference, before.verdict) else say("differs from the file")
    return f"{row.entry}\t{row.overlay}\t{row.indicator}\t{row.difference} [{row.low}, {row.high}]\t{say(row.verdict)}\t{same}"


def remade(rows: Sequence[Row], workers: int | None) -> list[Row]:
    """The rows with differences and verdicts made anew. Arms that several rows share are run once."""
    overlays = {row.overlay: _overlay(row.overlay) for row in rows}
    tasks: dict[tuple[str, int], Measuring] = {}
    for row in rows:
        for with_it in (False, True):
            _add_runs(tasks, row, overlays[row.overlay], with_it)
    values = _measured(list(tasks.values()), workers)
    return [_held(values, row, overlays[row.overlay]) for row in rows]


def _held(values: dict[tuple[str, int], dict[str, float]], row: Row, overlay: Overlay) -> Row:
    from experiments.coverage import judged

    without, with_it = (_series(values, row, _arm(overlay, stacked)) for stacked in (False, True))
    return judged(row, without, with_it, overlay.published)


def _overlay(name: str) -> Overlay:
    from scenarios.faults import Faults
    from scenarios.stacking import option_path, read_overlay

    faults = Faults()
    overlay = read_overlay(option_path(name), faults)
    faults.finish()
    return overlay


def _arm(overlay: Overlay, with_it: bool) -> str:
    stack = [*overlay.needs, *([overlay.name] if with_it else [])]
    return " ".join([overlay.base, *overlay.settings, *(f"--with {name}" for name in stack)])


def _add_runs(tasks: dict[tuple[str, int], Measuring], row: Row, overlay: Overlay, with_it: bool) -> None:
    from scenarios.reading import read_scenario
    from scenarios.stacking import option_path

    arm = _arm(overlay, with_it)
    stack = [option_path(name) for name in (*overlay.needs, *([overlay.name] if with_it else []))]
    scenario = read_scenario(overlay.base, [*SETTINGS, *overlay.settings], stack).scenario
    for number in range(int(row.replications)):
        seed = int(row.seeds) + number
        before = tasks.get((arm, seed))
        names = {row.indicator, *(before.indicators if before else ())}
        tasks[arm, seed] = Measuring(arm, number, seed, scenario, tuple(sorted(names)))


def measured(task: Measuring) -> dict[str, float]:
    """The indicators of one run."""
    from sim.metrics.table import measure
    from sim.simulate import simulate

    return measure(simulate(task.scenario, task.seed), task.indicators)


def _measured(tasks: Sequence[Measuring], workers: int | None) -> dict[tuple[str, int], dict[str, float]]:
    from experiments.execution import run_many
    from experiments.machine import cores
    from experiments.progress import Progress

    with Progress(say("simulating"), len(tasks), 1.5 * len(tasks)) as progress:
        done = run_many(measured, tasks, workers or cores(), lambda _: progress.step())
    faults = sorted({f"{each.task.arm}: {each.error}" for each in done if each.error})
    if faults:
        raise BadInput("\n".join(faults))
    return {(each.task.arm, each.task.seed): each.value for each in done if each.value is not None}


def _series(values: dict[tuple[str, int], dict[str, float]], row: Row, arm: str) -> list[float]:
    first = int(row.seeds)
    return [values[arm, first + number][row.indicator] for number in range(int(row.replications))]
