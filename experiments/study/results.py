"""The table of a study: every choice by every outcome, with intervals, differences against the baseline and verdicts.

A choice that meets several draws of the uncertainties is judged draw by draw: the worlds of one draw are averaged first,
and intervals are taken over the draws. Else they are taken over the worlds.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from scipy import special

from experiments.comparison import paired, verdict
from experiments.intervals import LEVEL, Interval, holm, t_interval
from experiments.study.points import choices_of
from experiments.study.program import Wanted
from experiments.study.run_files import INDICATORS, table_file
from experiments.study.spec import Outcome, Study
from sim.metrics.indicator import Direction
from sim.metrics.table import INDICATORS as KNOWN

COLUMNS = ("choice", "name", "indicator", "group", "n", "mean", "low", "high", "difference", "difference_low",
           "difference_high", "level", "interval_by", "pairing_gain", "p_holm", "verdict", "threshold", "share_reaching",
           "runs", "failed")  # fmt: skip
MISSING_RUN = np.nan
STUDENT = "student"
"""Where an interval comes from: Student's t, or the stopping rule of that name."""


@dataclass(frozen=True)
class Stated:
    """Intervals of differences that a stopping rule states for the outcome that it looked at."""

    rule: str
    indicator: str
    level: float
    intervals: Mapping[int, Interval]
    """by choice"""


def results(
    study: Study,
    wanted: Sequence[Wanted],
    folder: Path,
    done: set[str],
    failed: set[str],
    stated: Stated | None = None,
) -> pd.DataFrame:
    """One row a choice and outcome, columns COLUMNS; the baseline is choice 0 and has no difference.

    `n` counts the worlds (or draws) that entered, `share_reaching` those of them that reach the threshold. `level` is the
    confidence of the interval of the difference and `interval_by` says where it comes from.
    """
    values = outcome_values(study.outcomes, folder, sorted(done))
    found = []
    for outcome in study.outcomes:
        cubes = cubes_of(wanted, values.get((outcome.indicator, outcome.group), {}))
        own = stated if stated is not None and stated.indicator == outcome.indicator else None
        names = choices_of([each.point for each in wanted])
        found += _of_outcome(outcome, cubes, names, _counts(wanted, done, failed), own)
    return pd.DataFrame(found, columns=list(COLUMNS))


def outcome_values(
    outcomes: Sequence[Outcome], folder: Path, runs: Sequence[str]
) -> dict[tuple[str, str], dict[str, float]]:
    """Value of each outcome (indicator and group) by run."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    if not runs:
        return found
    names = sorted({outcome.indicator for outcome in outcomes})
    groups = sorted({outcome.group for outcome in outcomes})
    files = [str(table_file(folder, INDICATORS, run)) for run in runs]
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false")
        rows = database.execute(
            'SELECT run_id, indicator, "group", value FROM read_parquet(?) '
            'WHERE list_contains(?, indicator) AND list_contains(?, "group")',
            [files, names, groups],
        ).fetchall()
    for run, indicator, group, value in rows:
        found.setdefault((indicator, group), {})[run] = MISSING_RUN if value is None else value
    return found


def cubes_of(wanted: Sequence[Wanted], by_run: Mapping[str, float]) -> dict[int, np.ndarray]:
    """A table of draws by worlds for each choice, NaN where a run is missing or has no value."""
    draws = 1 + max((each.point.draw for each in wanted), default=0)
    worlds = 1 + max((each.world for each in wanted), default=0)
    found: dict[int, np.ndarray] = {}
    for each in wanted:
        cube = found.setdefault(each.point.choice, np.full((draws, worlds), np.nan))
        cube[each.point.draw, each.world] = by_run.get(each.task.run_id, np.nan)
    return found


def units(cube: np.ndarray, other: np.ndarray | None = None) -> np.ndarray:
    """What is averaged over: worlds, or draws of which each is the mean of its worlds.

    With `other`, only where both have a value.
    """
    known = ~np.isnan(cube) if other is None else ~np.isnan(cube) & ~np.isnan(other)
    if len(cube) == 1:
        return np.where(known, cube, np.nan)[0]
    count = known.sum(axis=1)
    total = np.where(known, cube, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _of_outcome(
    outcome: Outcome,
    cubes: Mapping[int, np.ndarray],
    names: Mapping[int, str],
    counts: Mapping[int, tuple[int, int]],
    stated: Stated | None,
) -> Iterator[tuple[object, ...]]:
    direction = direction_of(outcome)
    base = cubes.get(0)
    compared = {
        choice: paired(units(base, cube), units(cube, base))
        for choice, cube in cubes.items()
        if choice and base is not None
    }
    changes = {choice: _said(each.difference, choice, stated) for choice, each in compared.items()}
    adjusted = dict(zip(compared, holm(each.p for each in changes.values()), strict=True))
    for choice, cube in cubes.items():
        sample = units(cube)
        level = t_interval(sample)
        head = (choice, names[choice], outcome.indicator, outcome.group, level.n, level.mean, level.low, level.high)
        tail = (outcome.threshold, _reaching(sample, outcome.threshold, direction), *counts[choice])
        if choice not in compared:
            yield (*head, *[np.nan] * 4, "", *[np.nan] * 2, "baseline" if choice == 0 else "not_available", *tail)
            continue
        change, p = changes[choice], adjusted[choice]
        by = (LEVEL, STUDENT) if stated is None else (stated.level, stated.rule)
        gain = compared[choice].pairing_gain
        yield (*head, change.mean, change.low, change.high, *by, gain, p, verdict(change, p, direction), *tail)


def _said(student: Interval, choice: int, stated: Stated | None) -> Interval:
    """The interval that the rule states, with the p-value that belongs to it: that of Student's t with the standard error
    that its length implies. Stopping at a first narrow interval makes Student's own too short and its p too small."""
    if stated is None or choice not in stated.intervals:
        return student
    found = stated.intervals[choice]
    if found.n < 2 or not found.half_width > 0:
        return found
    error = found.half_width / float(special.stdtrit(found.n - 1, (1 + stated.level) / 2))
    return replace(found, p=2 * float(special.stdtr(found.n - 1, -abs(found.mean) / error)))


def direction_of(outcome: Outcome) -> Direction:
    """Which way is better, as the study says, else as the indicator does."""
    return outcome.direction or KNOWN[outcome.indicator].direction


def _reaching(sample: np.ndarray, threshold: float | None, direction: Direction) -> float:
    known = sample[~np.isnan(sample)]
    if threshold is None or not len(known):
        return float("nan")
    return float(np.mean(known <= threshold if direction == "lower" else known >= threshold))


def _counts(wanted: Sequence[Wanted], done: set[str], failed: set[str]) -> dict[int, tuple[int, int]]:
    """Runs that are done and that failed, by choice."""
    found: dict[int, tuple[int, int]] = {}
    for each in wanted:
        here, lost = found.get(each.point.choice, (0, 0))
        run = each.task.run_id
        found[each.point.choice] = here + (run in done), lost + (run in failed)
    return found
