"""Every indicator by name, and the functions that read them off the records of a run."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from sim.messages import BadInput, say
from sim.metrics import (
    composites,
    counts,
    discovery,
    emergency,
    equity,
    forums,
    hotline,
    money,
    papers,
    participation,
    rates,
    satisfaction,
    sensing,
    speed,
    staff,
    steps,
    working_lives,
)
from sim.metrics.indicator import Indicator
from sim.metrics.judged import Reading
from sim.metrics.needs import met
from sim.records import RunRecords

FAMILIES: dict[str, tuple[Indicator, ...]] = {
    "counts": counts.INDICATORS,
    "speed": speed.INDICATORS,
    "waiting": steps.INDICATORS,
    "papers": papers.INDICATORS,
    "rates": rates.INDICATORS,
    "hotline": hotline.INDICATORS,
    "discovery": (*discovery.INDICATORS, *sensing.INDICATORS),
    "staff": (*staff.INDICATORS, *working_lives.INDICATORS),
    "equity": equity.INDICATORS,
    "satisfaction": satisfaction.INDICATORS,
    "forums": forums.INDICATORS,
    "money": money.INDICATORS,
    "participation": participation.INDICATORS,
    "emergencies": emergency.INDICATORS,
    "scores": composites.INDICATORS,
}
"""The indicators of each family, in the order in which they are listed."""

INDICATORS: dict[str, Indicator] = {each.name: each for family in FAMILIES.values() for each in family}

HEADLINES: tuple[str, ...] = (
    "onset_to_fix_mean",
    "discovery_delay_median",
    "report_to_first_response_median",
    "report_to_closure_median",
    "report_to_closure_p90",
    "on_time_handling_rate",
    "rework_rate",
    "true_fix_share",
    "proactive_share",
    "exposure_hours_per_1000",
    "satisfaction_mean",
    "overtime_hours_per_worker_week",
    "equity_fix_gap",
    "cost_per_case",
)
"""What a comparison shows first."""


def named(name: str) -> Indicator:
    """The indicator of that name. Raises BadInput for a name that is not in the table."""
    if name not in INDICATORS:
        raise BadInput(say("There is no indicator {name}; `list indicators` shows all of them.", name=name))
    return INDICATORS[name]


def _value(records: RunRecords, indicator: Indicator) -> float:
    if not met(records, indicator.needs):
        return float("nan")
    return float(indicator.compute(records))


def measure(records: RunRecords, names: Iterable[str] | None = None) -> dict[str, float]:
    """The named indicators (all by default). NaN: not available in these records, or nobody in the denominator.

    Raises BadInput for a name that is not in the table.
    """
    chosen = INDICATORS.values() if names is None else [named(name) for name in names]
    reading = Reading(records)
    return {indicator.name: _value(reading, indicator) for indicator in chosen}


def measure_by(records: RunRecords, name: str, group: str) -> dict[str, float]:
    """One indicator for each value of a column of cases or issues (category, level, grid, department, ...).

    A table without that column follows through its issues and cases: an issue belongs to every group that a case
    about it belongs to. The other tables (staff, money, reports, ...) are left empty, and so is the population: what
    needs them is not available. Repeats are counted inside a group. Raises BadInput for an unknown name or column.
    """
    indicator = named(name)
    if not met(records, indicator.needs):
        return dict.fromkeys(_values(records, group), float("nan"))
    return {value: _value(part, indicator) for value, part in split(records, group)}


def split(records: RunRecords, group: str) -> Iterator[tuple[str, RunRecords]]:
    """The records of each value of a column of cases or issues, in order of the values. Raises as `measure_by`."""
    rows = {name: _rows_by_value(frame, group) for name, frame in _tables(records).items() if group in frame}
    notes = {key: value for key, value in records.notes.items() if key.startswith("without:")}
    for value in _values(records, group):
        tables = {name: _tables(records)[name].iloc[found.get(value, [])] for name, found in rows.items()}
        frame = replace(records.frame, population=0.0)
        yield value, RunRecords(frame, records.seed, _follow(records, tables), notes)


def _tables(records: RunRecords) -> dict[str, pd.DataFrame]:
    return {name: records[name] for name in ("cases", "issues", "residents")}


def _values(records: RunRecords, group: str) -> list[str]:
    columns = [records[name][group] for name in ("cases", "issues") if group in records[name]]
    if not columns:
        raise BadInput(say("Neither cases nor issues have a column {group} to group by.", group=group))
    return sorted({str(value) for column in columns for value in column.unique()})


def _rows_by_value(frame: pd.DataFrame, group: str) -> dict[str, np.ndarray]:
    return {str(value): rows for value, rows in frame.groupby(group, observed=True).indices.items()}


def _follow(records: RunRecords, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Adds cases or issues where they lack the column: those that belong to the issues or cases at hand."""
    issues, cases = records["issues"], records["cases"]
    if "cases" not in tables:
        tables["cases"] = cases[cases["issue_id"].isin(tables["issues"]["issue_id"])]
    if "issues" not in tables:
        tables["issues"] = issues[issues["issue_id"].isin(tables["cases"]["issue_id"])]
    return tables
