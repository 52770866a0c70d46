"""Who is judged: the rows of a table that begin after the warm-up and before the end of arrivals."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.records import MISSING, RunRecords

DAY_S = 86_400
STAFF_CHANNELS = ("patrol", "sensor")
"""Channels that the institution finds things by; every other one is a report from the public (or a log)."""


class Judged:
    """The judged rows of one table, column by column: a column is cut only when it is asked for."""

    def __init__(self, table: pd.DataFrame, begins: np.ndarray, records: RunRecords) -> None:
        self._table = table
        self._rows = (begins >= records.frame.warm_up_s) & (begins < records.frame.judged_until_s)
        self._columns: dict[str, pd.Series] = {}
        self.end = records.frame.horizon_s
        """end of the run, in seconds"""

    def __len__(self) -> int:
        return int(self._rows.sum())

    def __getitem__(self, column: str) -> pd.Series:
        if column not in self._columns:
            self._columns[column] = self._table[column][self._rows]
        return self._columns[column]

    def has(self, column: str) -> pd.Series:
        """True where the time column has a time."""
        return self[column] != MISSING

    def where(self, column: str, *values: str) -> pd.Series:
        """True where the text column is one of `values`."""
        return self[column].isin(values)


def judged_cases(records: RunRecords) -> Judged:
    """Cases established (or, if never, reported) inside the judged window."""
    cases = records["cases"]
    established, reported = cases["established_at"].to_numpy(), cases["reported_at"].to_numpy()
    return Judged(cases, np.where(established != MISSING, established, reported), records)


def judged_issues(records: RunRecords) -> Judged:
    """Issues that began inside the judged window."""
    return Judged(records["issues"], records["issues"]["onset"].to_numpy(), records)


def judged_reports(records: RunRecords) -> Judged:
    """Reports handed in inside the judged window."""
    return Judged(records["reports"], records["reports"]["at"].to_numpy(), records)


def judged_staff(records: RunRecords) -> Judged:
    """Worker-days that begin inside the judged window; days are counted as 24 hours."""
    return Judged(records["staff"], records["staff"]["day"].to_numpy() * DAY_S, records)


def share(part: pd.Series, whole: pd.Series) -> float:
    """Rows in both over rows in `whole` (aligned flags); NaN when `whole` has none."""
    size = int(whole.sum())
    return int((part & whole).sum()) / size if size else float("nan")


def ratio(above: float, below: float) -> float:
    """`above / below`; NaN when `below` is not positive."""
    return float(above) / float(below) if below > 0 else float("nan")
