"""Rows of the tables that a run or a comparison shows: numbers of the headline indicators, ready to be written."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from experiments.comparison import of_all
from experiments.intervals import Interval, t_interval
from experiments.summary import ALL, Summary, shown_first
from sim.metrics.indicator import Indicator
from sim.metrics.table import INDICATORS


@dataclass(frozen=True)
class Change:
    """A difference against the baseline."""

    difference: Interval
    pairing_gain: float
    verdict: str
    p_holm: float


@dataclass(frozen=True)
class Headline:
    """One indicator of one scenario; `change` is None for the baseline."""

    indicator: Indicator
    scenario: str
    value: Interval
    change: Change | None = None


def means(summary: Summary, names: list[str] | None = None) -> dict[str, Interval]:
    """Mean and interval over the replications of each indicator for everybody."""
    wide = summary.values(ALL)
    return {name: t_interval(wide[name]) for name in (wide.columns if names is None else names)}


def headlines(arms: Mapping[str, Summary], comparison: pd.DataFrame | None = None) -> dict[str, list[Headline]]:
    """For each headline indicator that any scenario has, a row a scenario, the baseline first."""
    order = [name for summary in arms.values() for name in shown_first(summary)]
    names = sorted((name for name in INDICATORS if name in order), key=order.index)
    values = {arm: means(summary, names) for arm, summary in arms.items()}
    return {
        name: [Headline(INDICATORS[name], arm, values[arm][name], _change(comparison, arm, name)) for arm in arms]
        for name in names
    }


def _change(comparison: pd.DataFrame | None, arm: str, name: str) -> Change | None:
    if comparison is None:
        return None
    rows = of_all(comparison, name)
    rows = rows[rows["scenario"] == arm]
    if rows.empty:
        return None
    row = rows.iloc[0]
    found = Interval(row["difference"], row["low"], row["high"], int(row["n"]), float("nan"))
    return Change(found, row["pairing_gain"], row["verdict"], row["p_holm"])


def mean_steps(summary: Summary, kind: str = "step") -> pd.DataFrame:
    """Mean hours over the replications: a row a step (and `total` for kind step), a column a level, `all` last."""
    wanted = [kind, "total"] if kind == "step" else [kind]
    rows = summary.steps[summary.steps["kind"].isin(wanted)]
    table = rows.groupby(["name", "level"], sort=False)["hours"].mean().unstack()
    order = [level for level in LEVEL_ORDER if level in table.columns]
    others = sorted(set(table.columns) - set(order) - {ALL})
    return table[[*order, *others, ALL]]


LEVEL_ORDER = ("grid", "community", "subdistrict", "district")
