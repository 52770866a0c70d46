"""What is kept of every replication however large it is: indicators, where the days go, curves. Small frames only."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from sim.civil_time import CivilTime
from sim.metrics.judged import judged_cases
from sim.metrics.speed import curve
from sim.metrics.steps import days_by_step, wait_split
from sim.metrics.table import HEADLINES, INDICATORS, measure, split
from sim.records import MISSING, RunRecords

HOUR_S = 3_600
ALL = "all"
"""Group of the indicators of everybody; others read `level=community`."""
_CLOSING = ("report_to_closure_mean", "report_to_closure_median", "on_time_handling_rate")
CASES = "cases_judged"
GROUPED = {"level": _CLOSING, "category": ("onset_to_fix_mean", *_CLOSING, CASES), "department": (*_CLOSING, CASES)}
"""Indicators by group. An issue has a category whoever found it; a level or department only its cases have."""
CURVE_POINTS = 120
FEWEST_REAL = 5
"""Of a city's log no indicator speaks of a category or department with fewer cases."""


@dataclass(frozen=True)
class Summary:
    """Small tables of one replication, or of many, then with a column `replication` in front."""

    indicators: pd.DataFrame
    """indicator, group, value"""
    steps: pd.DataFrame
    """kind (step, part, or total), level, name, hours: mean hours of a closed case"""
    curve: pd.DataFrame
    """hours, open: share of cases not closed so many hours after the report, by Kaplan-Meier"""
    backlog: pd.DataFrame
    """day, open, overdue: cases established and not closed at the end of the day"""

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def values(self, group: str = ALL) -> pd.DataFrame:
        """Indicators of one group: a row a replication, a column an indicator."""
        rows = self.indicators[self.indicators["group"] == group]
        return rows.pivot(index="replication", columns="indicator", values="value")


def summarise(records: RunRecords) -> Summary:
    """Everything that figures and tables need of one run."""
    return Summary(_indicators(records), _steps(records), _curve(records), _backlog(records))


def joined(parts: dict[int, Summary]) -> Summary:
    """The summaries of several replications, by number, in one."""
    tables = {
        field.name: pd.concat(
            [getattr(part, field.name).assign(replication=number) for number, part in parts.items()], ignore_index=True
        )
        for field in fields(Summary)
    }
    return Summary(**{name: frame[["replication", *frame.columns[:-1]]] for name, frame in tables.items()})


def _indicators(records: RunRecords) -> pd.DataFrame:
    whole = measure(records)
    rows = [(name, ALL, value) for name, value in whole.items()]
    for group, names in GROUPED.items():
        rows += list(_of_groups(records, [name for name in names if not np.isnan(whole[name])], group))
    return pd.DataFrame(rows, columns=["indicator", "group", "value"])


def _of_groups(records: RunRecords, names: list[str], group: str) -> Iterator[tuple[str, str, float]]:
    least = FEWEST_REAL if records.frame.source == "replayed" else 0
    for value, part in split(records, group):
        if value and len(judged_cases(part)) >= least:
            for name, number in measure(part, names).items():
                yield name, f"{group}={value}", number


def _steps(records: RunRecords) -> pd.DataFrame:
    return pd.concat([_long(days_by_step(records), "step"), _long(wait_split(records), "part")], ignore_index=True)


def _long(hours: pd.DataFrame, kind: str) -> pd.DataFrame:
    rows = hours.rename_axis("level").reset_index().melt("level", var_name="name", value_name="hours")
    rows.insert(0, "kind", np.where(rows["name"] == "total", "total", kind))
    return rows


def curve_hours(horizon_s: int) -> np.ndarray:
    """Points of the curves: 0, then evenly on a logarithmic scale from a quarter of an hour to the end of the run."""
    return np.concatenate(([0.0], np.geomspace(0.25, max(1.0, horizon_s / HOUR_S), CURVE_POINTS)))


def _curve(records: RunRecords) -> pd.DataFrame:
    found = curve(records, "report_to_closure")
    hours = curve_hours(records.frame.horizon_s)
    at = np.searchsorted(found.seconds, np.round(hours * HOUR_S), side="right")
    still = np.concatenate(([1.0], found.still))[at]
    if len(found.seconds) == 0:
        still = np.full(len(hours), np.nan)
    elif found.still[-1] > 0:
        still[hours * HOUR_S > found.seconds[-1]] = np.nan  # nobody was followed for so long
    return pd.DataFrame({"hours": hours, "open": still})


def _backlog(records: RunRecords) -> pd.DataFrame:
    """Counted from the cases, so that a measured log is counted in the same way."""
    cases = records["cases"]
    ends = _day_ends(records)
    lasting = cases["outcome"].isin(["open", "closed"]) & (cases["established_at"] != MISSING)
    rows = cases[lasting]
    closed = rows["closed_at"].to_numpy()
    begun, over = rows["established_at"].to_numpy(), np.where(closed == MISSING, np.iinfo(np.int64).max, closed)
    due, fed_back = rows["handling_due"].to_numpy(), rows["fed_back_at"].to_numpy()
    late = np.where(due == MISSING, over, np.maximum(due, begun))
    done = np.minimum(over, np.where(fed_back == MISSING, over, fed_back))
    overdue = _alive(late[late < done], done[late < done], ends)
    return pd.DataFrame({"day": np.arange(len(ends)), "open": _alive(begun, over, ends), "overdue": overdue})


def _day_ends(records: RunRecords) -> np.ndarray:
    frame = records.frame
    civil = CivilTime(dt.date.fromisoformat(frame.start), frame.zone)
    return civil.day_starts(civil.day_of(frame.horizon_s - 1) + 1, first_day=1)


def _alive(begin: np.ndarray, end: np.ndarray, at: np.ndarray) -> np.ndarray:
    """How many of [begin, end) hold each instant."""
    return np.searchsorted(np.sort(begin), at, side="right") - np.searchsorted(np.sort(end), at, side="right")


def shown_first(summary: Summary) -> list[str]:
    """The headline indicators that have a value in some replication, in their order."""
    known = summary.indicators.dropna(subset="value")
    there = set(known.loc[known["group"] == ALL, "indicator"])
    return [name for name in HEADLINES if name in there and name in INDICATORS]
