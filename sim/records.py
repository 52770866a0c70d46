"""The tables that a run leaves behind; sim/record_tables.py says what each column is.

Nothing else leaves the model. A measured log from a real city is turned into the same tables, so that measured and
simulated response times go through one yardstick. Tables are pandas frames whose columns are exactly those named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.record_tables import EVENT_NAMES, KINDS, MISSING, TABLES, Column

__all__ = ["EVENT_NAMES", "KINDS", "MISSING", "TABLES", "Column", "Frame", "RunRecords", "table"]

def table(name: str, columns: Mapping[str, object]) -> pd.DataFrame:
    """A frame of the named table from column arrays (or lists), in the declared order and dtypes.

    A declared column that is not given is filled with "nothing": MISSING, -1, 0, NaN, False or "". Raises KeyError for
    a column that the table does not have.
    """
    declared = TABLES[name]
    unknown = set(columns) - {column.name for column in declared}
    if unknown:
        raise KeyError(f"table {name} has no column {sorted(unknown)}")
    size = len(next(iter(columns.values()))) if columns else 0  # type: ignore[arg-type]
    return pd.DataFrame({column.name: _cast(columns.get(column.name), column, size) for column in declared})


def _cast(values: object, column: Column, size: int) -> object:
    if values is None:
        return _nothing(column, size)
    if column.kind == "text":
        return values if isinstance(values, pd.Categorical) else pd.Categorical(np.asarray(values, dtype=object))
    return np.asarray(values, dtype=KINDS[column.kind])


def _nothing(column: Column, size: int) -> object:
    if column.kind == "text":
        return pd.Categorical.from_codes(np.zeros(size, dtype=np.int8), categories=[""])
    blank = {"time": MISSING, "id": -1, "number": np.nan}.get(column.kind, 0)
    return np.full(size, blank, dtype=KINDS[column.kind])


@dataclass(frozen=True)
class Frame:
    """What the tables are to be read against: civil start, zone and the window of the run, in seconds."""

    start: str
    """local civil date of second 0, ISO, e.g. 2025-01-06"""
    zone: str
    """IANA zone"""
    horizon_s: int
    """the run covers [0, horizon_s)"""
    warm_up_s: int = 0
    """cases established and issues begun before this are left out of indicators"""
    arrivals_end_s: int | None = None
    """issues begin only before this; None: up to the horizon"""
    population: float = 0.0
    """residents, for rates per head; 0 if unknown"""
    source: str = "simulated"
    """simulated, measured (a real log), or replayed (a real log's cases under a simulated policy): the last two lack what
    nobody saw"""

    @property
    def judged_until_s(self) -> int:
        """End of the window whose issues and cases are judged."""
        return self.horizon_s if self.arrivals_end_s is None else self.arrivals_end_s


@dataclass
class RunRecords:
    """All tables of one run, the frame they are read against, and the seed that made them."""

    frame: Frame
    seed: int
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    notes: dict[str, float] = field(default_factory=dict)
    """counters that are not rows: timed events, cases in the warm-up, ..."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.tables:
            self.tables[name] = table(name, {})
        return self.tables[name]
