"""Every event-log format by name. A format takes streams; it never opens a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import pandas as pd

from sim.eventlogs import csv_log, xes
from sim.records import RunRecords


@dataclass(frozen=True)
class Format:
    """How an event log is written and read back. `label` is an English key: show it by say()."""

    name: str
    suffix: str
    label: str
    write: Callable[[RunRecords, BinaryIO], None]
    read: Callable[[BinaryIO], pd.DataFrame]


FORMATS: dict[str, Format] = {
    "csv": Format("csv", ".csv", "Event log, CSV", csv_log.write, csv_log.read),
    "xes": Format("xes", ".xes", "Event log, XES (IEEE 1849)", xes.write, xes.read),
}
