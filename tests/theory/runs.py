"""Runs of the textbook scenario, changed by settings and overlays alone, and what the theory tests read off them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
RUNS = 8 if FULL else 2
"""Worlds of one comparison; their seeds are 1, 2, ..."""


@dataclass(frozen=True)
class Stretch:
    """A part of a run, [first, last) in seconds, far longer than a queue remembers: its values are independent."""

    run: RunRecords
    first: int
    last: int


def textbook(*settings: str, overlay: str = "", days: int = 24) -> Scenario:
    """The textbook scenario with settings and an overlay: `days` of arrivals after one day of warm-up.

    In the full form there are four times as many. Then arrivals end, and the run goes on until everything is done.
    """
    arrivals = 1 + days * (4 if FULL else 1)
    window = [f"time.horizon={arrivals + 9} d", f"time.arrivals_end={arrivals} d", "time.warm_up=1 d"]
    overlays = [HERE / f"{overlay}.yaml"] if overlay else []
    return read_scenario("textbook", [*window, *settings], overlays).scenario


def worlds(scenario: Scenario, count: int = RUNS, all_end: bool = True) -> list[RunRecords]:
    """The scenario in so many worlds. Every run keeps every invariant, and leaves no case open if `all_end`."""
    runs = [simulate(scenario, seed) for seed in range(1, count + 1)]
    for run in runs:
        assert check_records(run) == []
        assert not all_end or (run["cases"]["outcome"] != "open").all(), "the run ends before the last case does"
    return runs


def stretches(runs: Sequence[RunRecords], days: int = 2) -> list[Stretch]:
    """Each run between warm-up and the end of arrivals, cut into stretches of so many days."""
    long = days * DAY
    edges = [(run, range(run.frame.warm_up_s, run.frame.judged_until_s - long + 1, long)) for run in runs]
    return [Stretch(run, first, first + long) for run, starts in edges for first in starts]


def judged(part: Stretch) -> pd.DataFrame:
    """Cases established in a stretch, with `wait` and `sojourn` at the department."""
    cases = part.run["cases"]
    cases = cases[(cases["established_at"] >= part.first) & (cases["established_at"] < part.last)]
    wait, sojourn = cases["handling_started_at"] - cases["dispatched_at"], cases["handled_at"] - cases["dispatched_at"]
    return cases.assign(wait=wait, sojourn=sojourn)


def found(part: Stretch) -> pd.DataFrame:
    """Issues that began in a stretch, with `delay` until somebody found them; all of them are found."""
    issues = part.run["issues"]
    issues = issues[(issues["onset"] >= part.first) & (issues["onset"] < part.last)]
    assert (issues["found_at"] != MISSING).all(), "an issue that nobody found"
    return issues.assign(delay=issues["found_at"] - issues["onset"])


def each(parts: Sequence[Stretch], number: Callable[[Stretch], float]) -> list[float]:
    """One number a stretch."""
    return [float(number(part)) for part in parts]


def apart(parts: Sequence[Stretch], column: str, step: int) -> np.ndarray:
    """Every so many-th case: as good as independent if the queue forgets faster than that.

    Not the first case after fixed moments: before such a case nobody came for longer than usual.
    """
    cases = [judged(part).sort_values("established_at", kind="stable") for part in parts]
    return np.concatenate([each[column].to_numpy()[::step] for each in cases])


def number_present(part: Stretch, station: str, serving: bool = False) -> float:
    """Mean number of tasks at a station during a stretch; or only of those in service."""
    spells = part.run["services"]
    spells = spells[spells["station"] == station]
    begin = spells["started_at"] if serving else spells["queued_at"]
    seconds = spells["ended_at"].clip(part.first, part.last) - begin.clip(part.first, part.last)
    return float(seconds.sum()) / (part.last - part.first)


def share_empty(part: Stretch, *stations: str) -> float:
    """Share of a stretch during which nobody is at any of these stations."""
    spells = part.run["services"]
    spells = spells[spells["station"].isin(stations)]
    at = np.concatenate([spells["queued_at"], spells["ended_at"], [part.first, part.last]]).clip(part.first, part.last)
    step = np.repeat([1, -1, 0], [len(spells), len(spells), 2])
    order = np.argsort(at, kind="stable")
    empty = np.cumsum(step[order])[:-1] == 0
    return float(np.diff(at[order])[empty].sum()) / (part.last - part.first)


def loop_seconds(scenario: Scenario) -> int:
    """Time that a worker of the first team needs for the loop of the only grid."""
    return round(build_city(scenario.places).grids[0].loop.metres / (scenario.staffing.teams[0].patrol_speed / 3.6))


def per_second(scenario: Scenario, category: int = 0) -> float:
    """Rate of a category, issues a second, when the rhythm is flat."""
    return scenario.issues.categories[category].rate / 1000 * scenario.places.population / 365 / DAY


def mean_work(scenario: Scenario, category: int = 0) -> float:
    """Mean work of a category in seconds."""
    return scenario.issues.categories[category].work.mean_seconds()
