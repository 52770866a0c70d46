"""A small town for tests that need a whole run: the baseline with fewer homes and a short horizon."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from scenarios.reading import read_scenario
from sim.records import RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate

SMALL = (
    "places.households_per_community=1200",
    "places.households_per_grid=300",
    "time.horizon=30 d",
    "time.warm_up=3 d",
)


@cache
def town(*settings: str) -> Scenario:
    """The small town with further settings (`path=value`)."""
    return read_scenario("baseline", [*SMALL, *settings]).scenario


@cache
def lived(*settings: str, seed: int = 1) -> RunRecords:
    """Its records; do not change them."""
    return simulate(town(*settings), seed)


def altered(scenario: Scenario, change: Callable[[dict[str, Any]], None]) -> Scenario:
    """A scenario whose plain form (nested dictionaries and lists) was changed in place by `change`."""
    plain = scenario.model_dump(mode="json")
    change(plain)
    return Scenario.model_validate(plain)


def fingerprint(records: RunRecords) -> dict[str, str]:
    """SHA-256 of every table: its columns, their types and every value in order."""
    return {name: fingerprint_of(frame) for name, frame in records.tables.items()}


def fingerprint_of(frame: pd.DataFrame) -> str:
    kinds = ",".join(
        f"{name}:{'text' if kind == 'category' else kind}" for name, kind in frame.dtypes.astype(str).items()
    )
    return hashlib.sha256((kinds + "\n" + frame.to_csv(index=False)).encode()).hexdigest()
