"""Paired comparison: replication r of every scenario is world r, so differences are taken world by world.

The interval of a difference is Student's t over the worlds. Verdicts use p-values that Holm's method corrects over all
scenarios compared (and all groups of one kind) within an indicator, so an interval may exclude 0 where the verdict
still says that no difference is shown.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportReturnType=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.intervals import Interval, holm, t_interval, variance
from experiments.summary import ALL, Summary
from sim.metrics.indicator import Direction
from sim.metrics.table import INDICATORS

BETTER, WORSE, HIGHER, LOWER = "better", "worse", "higher", "lower"
NOT_SHOWN, ONE_WORLD, UNKNOWN = "no_difference_shown", "one_replication", "not_available"
VERDICTS = (BETTER, WORSE, HIGHER, LOWER, NOT_SHOWN, ONE_WORLD, UNKNOWN)
"""Codes of verdicts. `higher` and `lower` are for indicators that have no better direction; one replication has no
interval and no verdict; `not_available`: no world has a value in both scenarios."""
COLUMNS = ("scenario", "baseline", "indicator", "group", "difference", "low", "high", "n", "pairing_gain", "verdict",
           "p_holm", "value", "baseline_value")  # fmt: skip


SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Paired:
    """A difference over paired worlds (second minus first), its interval and what pairing gained."""

    difference: Interval
    pairing_gain: float
    """(variance a + variance b) / variance of the difference: how many times as many unpaired worlds would be needed.
    inf if the difference never varies, NaN if nothing varies or there are fewer than two worlds."""


def paired(baseline: np.ndarray, other: np.ndarray) -> Paired:
    """Compare two rows of values, world by world. Worlds in which either is NaN are left out."""
    both = ~np.isnan(baseline) & ~np.isnan(other)
    a, b = np.asarray(baseline, dtype=float)[both], np.asarray(other, dtype=float)[both]
    return Paired(t_interval(b - a), _gain(a, b))


def _gain(a: np.ndarray, b: np.ndarray) -> float:
    apart, together = variance(a) + variance(b), variance(b - a)
    if np.isnan(apart) or (apart == 0 and together == 0):
        return float("nan")
    return float("inf") if together == 0 else float(apart / together)


def verdict(difference: Interval, p_adjusted: float, direction: Direction) -> str:
    """The code of VERDICTS that fits a difference whose p-value has been corrected."""
    if difference.n == 0:
        return UNKNOWN
    if difference.n == 1:
        return ONE_WORLD
    if not p_adjusted < SIGNIFICANT:
        return NOT_SHOWN
    falls = difference.mean < 0
    if direction == "none":
        return LOWER if falls else HIGHER
    return BETTER if falls == (direction == "lower") else WORSE


def compare(arms: Mapping[str, Summary]) -> pd.DataFrame:
    """Every scenario against the first, for each indicator and group: one row each, columns COLUMNS.

    Replications are paired by number. `p_holm` is the corrected p-value; `value` and `baseline_value` are the means of
    all replications of the two.
    """
    names = list(arms)
    values = {name: _by_world(summary) for name, summary in arms.items()}
    keys = list(dict.fromkeys(key for name in names for key in values[name]))
    rows = [_row(name, names[0], key, values) for key in keys for name in names[1:]]
    frame = pd.DataFrame(rows, columns=[*COLUMNS[:9], "p", "value", "baseline_value"])
    return _judged(frame)


def _by_world(summary: Summary) -> dict[tuple[str, str], dict[int, float]]:
    """Values of each indicator and group by replication, both in order."""
    wide = summary.indicators.pivot(index="replication", columns=["indicator", "group"], values="value")
    worlds = wide.index.tolist()
    return {key: dict(zip(worlds, column, strict=True)) for key, column in zip(wide, wide.to_numpy().T, strict=True)}


def _row(
    name: str, baseline: str, key: tuple[str, str], values: Mapping[str, Mapping[tuple[str, str], dict[int, float]]]
) -> tuple[object, ...]:
    mine, others = values[name].get(key, {}), values[baseline].get(key, {})
    worlds = [world for world in others if world in mine]
    found = paired(np.array([others[world] for world in worlds]), np.array([mine[world] for world in worlds]))
    change = found.difference
    return (name, baseline, *key, change.mean, change.low, change.high, change.n, found.pairing_gain, change.p,
            _mean(mine), _mean(others))  # fmt: skip


def _mean(by_world: Mapping[int, float]) -> float:
    known = [value for value in by_world.values() if value == value]
    return float(np.sum(known) / len(known)) if known else float("nan")


def _judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds corrected p-values, family by family, and verdicts."""
    family = [frame["indicator"], frame["group"].str.partition("=")[0]] if len(frame) else []
    adjusted = frame.groupby(family, sort=False)["p"].transform(lambda p: holm(p)) if len(frame) else frame["p"]
    frame = frame.assign(p_holm=adjusted.astype(float))
    frame["verdict"] = [_verdict_of(row) for row in frame.itertuples(index=False)]
    return frame[list(COLUMNS)]


def _verdict_of(row: object) -> str:
    change = Interval(row.difference, row.low, row.high, row.n, row.p)  # type: ignore[attr-defined]
    return verdict(change, row.p_holm, INDICATORS[row.indicator].direction)  # type: ignore[attr-defined]


def of_all(comparison: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The rows of one indicator for everybody, one for each scenario."""
    return comparison[(comparison["indicator"] == indicator) & (comparison["group"] == ALL)]
