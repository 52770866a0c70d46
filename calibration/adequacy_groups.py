"""Sample sizes a category, department or place, with no cell that speaks of fewer than five cases."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportIndexIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from calibration.survival import kaplan_meier

SMALLEST = 5
"""k: no cell of a report speaks of fewer cases (health and social statistics use 5 to 10)."""

ENOUGH = 60
"""Closed cases from which a group gets a duration of its own; the same limit as the fit of replays."""

MOST_ROWS = 40

OTHERS = "*"
"""Name of the row in which small groups are put together."""


@dataclass(frozen=True)
class Group:
    """One row. None where the number speaks of fewer than five cases, or cannot be told. Times in hours."""

    name: str
    groups: int
    cases: int
    closed: int | None
    open_share: float | None
    median_h: float | None
    p90_h: float | None
    verdict: str
    """enough, pooled, or none"""


@dataclass(frozen=True)
class Grouped:
    """The groups of one column, largest first, `others` last; how many of them have enough closed cases."""

    column: str
    rows: tuple[Group, ...]
    groups: int
    enough: int
    share_enough: float
    """share of all cases that lie in a group with enough"""


def grouped(column: str, words: pd.Series, duration: np.ndarray, closed: np.ndarray) -> Grouped:
    """`words`: one a case; `duration` in seconds, until the cut where `closed` is False."""
    counts = words.value_counts()
    ended = pd.Series(closed).groupby(words.to_numpy()).sum()
    shown = _shown(counts)
    codes = words.where(words.isin(shown), OTHERS).to_numpy()
    rows = [_row(name, 1, duration[codes == name], closed[codes == name]) for name in shown]
    if len(shown) < len(counts):
        rest = codes == OTHERS
        rows.append(_row(OTHERS, len(counts) - len(shown), duration[rest], closed[rest]))
    rows = _none_alone(rows)
    enough = ended[ended >= ENOUGH].index
    return Grouped(column, tuple(rows), len(counts), len(enough), float(words.isin(enough).mean()) if len(words) else 0.0)


def _shown(counts: pd.Series) -> list[str]:
    """Groups that have a row of their own. What is put together is itself no smaller than five cases."""
    shown = [str(name) for name, cases in counts.items() if cases >= SMALLEST][:MOST_ROWS]
    rest = int(counts.sum() - counts[shown].sum())
    if 0 < rest < SMALLEST and shown:
        shown.pop()
    return shown


def _none_alone(rows: list[Group]) -> list[Group]:
    """One number left out could be told from the total; so a second one is left out with it, that of the smallest row."""
    hidden = [row for row in rows if row.closed is None]
    if len(hidden) != 1 or len(rows) == 1:
        return rows
    smallest = min((row for row in rows if row.closed is not None), key=lambda row: row.cases)
    return [replace(row, closed=None, open_share=None) if row is smallest else row for row in rows]


def _row(name: str, groups: int, duration: np.ndarray, closed: np.ndarray) -> Group:
    cases, ended = len(closed), int(closed.sum())
    curve = kaplan_meier(duration, closed)
    tellable = all(part == 0 or part >= SMALLEST for part in (ended, cases - ended)) and cases >= SMALLEST
    verdict = "enough" if ended >= ENOUGH else "pooled" if ended >= SMALLEST else "none"
    quantiles = [curve.quantile(level) / 3600 if ended >= SMALLEST else float("nan") for level in (0.5, 0.9)]
    return Group(
        name=name,
        groups=groups,
        cases=cases,
        closed=ended if tellable else None,
        open_share=1 - ended / cases if tellable else None,
        median_h=None if np.isnan(quantiles[0]) else quantiles[0],
        p90_h=None if np.isnan(quantiles[1]) else quantiles[1],
        verdict=verdict,
    )
