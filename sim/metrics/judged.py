"""Who is judged: the rows of a table that begin after the warm-up and before the end of arrivals."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from sim.records import MISSING, RunRecords

DAY_S = 86_400
STAFF_CHANNELS = ("patrol", "sensor")
"""Channels that the institution finds things by; every other one is a report from the public (or a log)."""
Found = TypeVar("Found")


class Reading(RunRecords):
    """Records that many indicators read one after the other: what one of them worked out the next ones find again.

    The tables must not change while it is in use.
    """

    def __init__(self, records: RunRecords) -> None:
        super().__init__(records.frame, records.seed, records.tables, records.notes)
        self._known: dict[object, object] = {}

    def once(self, key: object, make: Callable[[], Found]) -> Found:
        """What `make` gives, made at the first call with this key."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]  # type: ignore[return-value]


def once(records: RunRecords, key: object, make: Callable[[], Found]) -> Found:
    """What `make` gives; kept where the records are a Reading."""
    return records.once(key, make) if isinstance(records, Reading) else make()


class Judged:
    """The judged rows of one table, column by column: columns and flags are cut when they are first asked for.

    What it gives is shared: change none of it in place.
    """

    def __init__(self, table: pd.DataFrame, begins: np.ndarray, records: RunRecords) -> None:
        self._table = table
        self._rows = (begins >= records.frame.warm_up_s) & (begins < records.frame.judged_until_s)
        self._index = table.index[self._rows]
        self._known: dict[object, pd.Series] = {}
        self.end = records.frame.horizon_s
        """end of the run, in seconds"""

    def __len__(self) -> int:
        return len(self._index)

    def __getitem__(self, column: str) -> pd.Series:
        return self.once(column, lambda: self._cut(column))

    def _cut(self, column: str) -> pd.Series:
        return pd.Series(self._table[column].array[self._rows], index=self._index, name=column)

    def once(self, key: object, make: Callable[[], pd.Series]) -> pd.Series:
        """The column that `make` gives, made at the first call with this key."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    def has(self, column: str) -> pd.Series:
        """True where the time column has a time."""
        return self.once(("has", column), lambda: self[column] != MISSING)

    def where(self, column: str, *values: str) -> pd.Series:
        """True where the text column is one of `values`."""
        return self.once((column, values), lambda: _one_of(self[column], values))


def _one_of(column: pd.Series, values: tuple[str, ...]) -> pd.Series:
    """`column.isin(values)`; in a categorical each category is looked up once, not each row."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.isin(values)
    wanted = np.append(column.cat.categories.isin(values), False)  # the code of a missing value is -1: the last
    return pd.Series(wanted[column.cat.codes.to_numpy()], index=column.index, name=column.name)


def judged_cases(records: RunRecords) -> Judged:
    """Cases established (or, if never, reported) inside the judged window."""
    return once(records, "cases", lambda: _cases(records))


def _cases(records: RunRecords) -> Judged:
    cases = records["cases"]
    established, reported = cases["established_at"].to_numpy(), cases["reported_at"].to_numpy()
    return Judged(cases, np.where(established != MISSING, established, reported), records)


def judged_issues(records: RunRecords) -> Judged:
    """Issues that began inside the judged window; what was prevented did not begin."""
    return once(records, "issues", lambda: _begun(records))


def _begun(records: RunRecords) -> Judged:
    issues: pd.DataFrame = records["issues"]
    if "prevented" in issues["found_by"].cat.categories:
        issues = issues.loc[issues["found_by"] != "prevented"]
    return Judged(issues, issues["onset"].to_numpy(), records)


def judged_reports(records: RunRecords) -> Judged:
    """Reports handed in inside the judged window."""
    return once(records, "reports", lambda: Judged(records["reports"], records["reports"]["at"].to_numpy(), records))


def judged_staff(records: RunRecords) -> Judged:
    """Worker-days that begin inside the judged window; days are counted as 24 hours."""
    return once(records, "staff", lambda: Judged(records["staff"], records["staff"]["day"].to_numpy() * DAY_S, records))


def share(part: pd.Series, whole: pd.Series) -> float:
    """Rows in both over rows in `whole` (aligned flags); NaN when `whole` has none."""
    size = int(whole.sum())
    return int((part & whole).sum()) / size if size else float("nan")


def ratio(above: float, below: float) -> float:
    """`above / below`; NaN when `below` is not positive."""
    return float(above) / float(below) if below > 0 else float("nan")
