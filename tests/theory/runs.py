"""Runs of the textbook scenario, changed by settings and overlays alone, and what the theory tests read off them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.reading import read_scenario
from sim.invariants import check_records
from sim.places import build_city
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.units import DAY

HERE = Path(__file__).parent
FULL = os.environ.get("WANGGE_FULL") == "1"
REPLICATIONS = 32 if FULL else 8
"""Worlds of one comparison; their seeds are 1, 2, ..."""


def textbook(*settings: str, overlay: str = "", days: int = 14, settle: int = 1) -> Scenario:
    """The textbook scenario with settings and an overlay: `days` of arrivals, four times as many in the full form.

    The first `settle` days are warm-up; after the arrivals end the run goes on until everything is done.
    """
    arrivals = settle + days * (4 if FULL else 1)
    window = [f"time.horizon={arrivals + 10} d", f"time.arrivals_end={arrivals} d", f"time.warm_up={settle} d"]
    overlays = [HERE / f"{overlay}.yaml"] if overlay else []
    return read_scenario("textbook", [*window, *settings], overlays).scenario


def replications(scenario: Scenario, count: int = REPLICATIONS) -> list[RunRecords]:
    """So many worlds of a scenario. Every run keeps every invariant and leaves no case open."""
    runs = [simulate(scenario, seed) for seed in range(1, count + 1)]
    for run in runs:
        assert check_records(run) == []
        assert (run["cases"]["outcome"] != "open").all(), "the run ends before the last case does"
    return runs


def judged(run: RunRecords) -> pd.DataFrame:
    """Cases established after the warm-up, with `wait` and `sojourn` at the department."""
    cases = run["cases"]
    cases = cases[cases["established_at"] >= run.frame.warm_up_s]
    wait, sojourn = cases["handling_started_at"] - cases["dispatched_at"], cases["handled_at"] - cases["dispatched_at"]
    return cases.assign(wait=wait, sojourn=sojourn)


def found(run: RunRecords) -> pd.DataFrame:
    """Issues that began after the warm-up, with `delay` until somebody found them; all of them are found."""
    issues = run["issues"]
    issues = issues[issues["onset"] >= run.frame.warm_up_s]
    assert (issues["found_at"] != MISSING).all(), "an issue that nobody found"
    return issues.assign(delay=issues["found_at"] - issues["onset"])


def each(runs: Sequence[RunRecords], number: Callable[[RunRecords], float]) -> list[float]:
    """One number a world."""
    return [float(number(run)) for run in runs]


def apart(runs: Sequence[RunRecords], column: str, step: int) -> np.ndarray:
    """Every so many-th case: as good as independent if the queue forgets faster than that.

    Not the first case after fixed moments: before such a case nobody came for longer than usual.
    """
    return np.concatenate([judged(run).sort_values("established_at", kind="stable")[column].to_numpy()[::step] for run in runs])


def number_present(run: RunRecords, station: str, serving: bool = False) -> float:
    """Mean number of tasks at a station over the window between warm-up and the end of arrivals."""
    spells = run["services"][run["services"]["station"] == station]
    begin = spells["started_at"] if serving else spells["queued_at"]
    return float(_overlap(run, begin, spells["ended_at"]).sum()) / _window(run)


def _window(run: RunRecords) -> int:
    return run.frame.judged_until_s - run.frame.warm_up_s


def _overlap(run: RunRecords, begin: pd.Series, end: pd.Series) -> pd.Series:
    first, last = run.frame.warm_up_s, run.frame.judged_until_s
    return end.clip(first, last) - begin.clip(first, last)


def share_empty(run: RunRecords, *stations: str) -> float:
    """Share of the window during which nobody is at any of these stations."""
    spells = run["services"][run["services"]["station"].isin(stations)]
    first, last = run.frame.warm_up_s, run.frame.judged_until_s
    at = np.concatenate([spells["queued_at"].clip(first, last), spells["ended_at"].clip(first, last), [last]])
    step = np.repeat([1, -1, 0], [len(spells), len(spells), 1])
    order = np.argsort(at, kind="stable")
    at, present = np.append(first, at[order]), np.append(0, np.cumsum(step[order]))
    return float(np.diff(at)[present[:-1] == 0].sum()) / _window(run)


def loop_seconds(scenario: Scenario) -> int:
    """Time that a worker of the first team needs for the loop of the only grid."""
    return round(build_city(scenario.places).grids[0].loop.metres / (scenario.staffing.teams[0].patrol_speed / 3.6))


def per_second(scenario: Scenario, category: int = 0) -> float:
    """Rate of a category, issues a second, when the rhythm is flat."""
    return scenario.issues.categories[category].rate / 1000 * scenario.places.population / 365 / DAY
