"""What comes with a case: hour of the week, category, place, channel, limit; cells of fewer than five cases are blended."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportCallIssue=false, reportAttributeAccessIssue=false

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from calibration.small_groups import SMALLEST
from sim.records import MISSING
from sim.units import HOUR

Array = np.ndarray
Tree = dict[str, Any]

WORTH = 50.0
"""How many cases a coarser profile of hours is worth in a finer one (judgement)."""
REST = "*"
"""Category under which those of fewer than five cases are put together."""
LIMIT_STEPS = 20


def hour_profile(wall_s: Array, weekday: Array, coarser: Array | None = None) -> Array:
    """Shares of the hours of each weekday (7 x 24, rows add up to 1), thin rows drawn to working days or weekends.

    `coarser`: the profile to which those are drawn; none: even hours.
    """
    hour = wall_s // HOUR % 24
    counts = np.zeros((7, 24))
    np.add.at(counts, (weekday, hour), 1.0)
    base = np.full((7, 24), 1 / 24) if coarser is None else coarser
    profile = np.empty((7, 24))
    for group in (range(5), range(5, 7)):
        rows = list(group)
        whole = counts[rows].sum(axis=0)
        wide = (whole + WORTH * base[rows].mean(axis=0)) / (whole.sum() + WORTH)
        for day in rows:
            profile[day] = (counts[day] + WORTH * wide) / (counts[day].sum() + WORTH)
    return profile


def kinds_of(cases: pd.DataFrame, zones: list[str]) -> list[Tree]:
    """The mix of each department: rows of `replay.arrivals.kinds`."""
    rows: list[Tree] = []
    for unit, of_unit in cases.groupby("department", observed=True, sort=True):
        names = of_unit["category"].astype(str)
        sizes = names.value_counts()
        named = names.where(names.isin(sizes[sizes >= SMALLEST].index), _rest(sizes))
        near = _weights(of_unit["community"].astype(str), zones, None)
        for category, of_kind in of_unit.groupby(named.to_numpy(), sort=True):
            rows.append(_kind(str(unit), str(category), of_kind, len(of_kind) / len(of_unit), zones, near))
    return rows


def _rest(sizes: pd.Series) -> str:
    """Where the categories of few cases go: those of the smallest other one, if all of them together are few, too."""
    enough = sizes[sizes >= SMALLEST]
    return REST if sizes.sum() - enough.sum() >= SMALLEST or not len(enough) else str(enough.index[-1])


def _kind(unit: str, category: str, cases: pd.DataFrame, share: float, zones: list[str], near: Array) -> Tree:
    due = cases["handling_due"].to_numpy()
    known = due != MISSING
    ahead = np.sort((due - cases["reported_at"].to_numpy())[known])
    enough = len(ahead) >= SMALLEST
    registered = (cases["outcome"] == "self_handled").to_numpy()
    return {
        "department": unit, "category": category, "share": share,
        "zones": [float(f"{weight:.5g}") for weight in _weights(cases["community"].astype(str), zones, near)],
        "channels": _channels(cases["channel"].astype(str)),
        "registered": round(float(registered.mean()), 5) if registered.sum() >= SMALLEST else 0.0,
        "limited": round(float(known.mean()), 5) if enough else 0.0,
        "limits": [f"{int(s)} s" for s in _steps(ahead)] if enough else [],
    }  # fmt: skip


def _weights(words: pd.Series, zones: list[str], near: Array | None) -> Array:
    """Shares of the zones. Those with fewer than five cases share what they have together, as the department has it."""
    counts = words.value_counts().reindex(zones, fill_value=0).to_numpy(dtype=float)
    thin = counts < SMALLEST
    base = near if near is not None else np.ones(len(zones))
    total = counts[thin].sum()
    if thin.any() and base[thin].sum() > 0:
        counts[thin] = total * base[thin] / base[thin].sum()
    return counts / counts.sum() if counts.sum() > 0 else np.full(len(zones), 1 / len(zones))


def _channels(words: pd.Series) -> dict[str, float]:
    counts = words.value_counts()
    kept = counts[counts >= SMALLEST]
    if not len(kept):
        return {str(counts.index[0]): 1.0}
    return {str(name): round(float(count / kept.sum()), 5) for name, count in sorted(kept.items())}


def _steps(values: Array) -> Array:
    """Limits at even steps of probability: the middle of each twentieth, one where all are alike."""
    found = values[((np.arange(LIMIT_STEPS) + 0.5) / LIMIT_STEPS * len(values)).astype(int)]
    return found[:1] if found[0] == found[-1] else found
