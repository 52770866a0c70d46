"""Event log as CSV (RFC 4180, UTF-8 with BOM so that a Chinese Excel opens it), one row an event."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pandas as pd

from sim.eventlogs.event_rows import COLUMNS, each_once, event_rows, frame_of, instant, iso_texts
from sim.messages import BadInput, say
from sim.records import RunRecords

REQUIRED = ("case_id", "activity", "timestamp")
_TEXTS = ("case_id", "activity", "resource", "group", "lifecycle", "level", "detail")
_DANGEROUS = frozenset("=+-@\t\r＝＋－＠")
"""A spreadsheet takes a cell that begins with one of these for a formula."""
_ESCAPED = _DANGEROUS | {"'"}


def escape(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would run it (or if it begins with one itself)."""
    return "'" + text if text[:1] in _ESCAPED else text


def restore(text: str) -> str:
    """The inverse of `escape`; a text that never went through it and is no formula stays as it is."""
    return text[1:] if text[:1] == "'" and text[1:2] in _ESCAPED else text


def write(records: RunRecords, stream: BinaryIO) -> None:
    """Write the events of a run to a binary stream, which stays open."""
    rows = event_rows(records)
    columns = {name: each_once(escape, rows[name]) for name in _TEXTS}
    columns["timestamp"] = iso_texts(rows["timestamp"])
    columns["attempt"] = rows["attempt"].tolist()
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        writer.writerows(zip(*(columns[name] for name in COLUMNS), strict=True))
    finally:
        text.detach()


def read(stream: BinaryIO) -> pd.DataFrame:
    """The event frame of a CSV log. `case_id`, `activity` and `timestamp` must be there; other columns are optional.

    Raises BadInput, which names the line, for a missing column, a short row, a bad time or text that is not UTF-8.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    reader = csv.reader(text)
    try:
        return _frame(reader)
    except UnicodeDecodeError as fault:
        raise BadInput(say("line {line}: the text is not UTF-8; save it as UTF-8", line=reader.line_num + 1)) from fault
    except csv.Error as fault:
        raise BadInput(say("line {line}: not CSV: {fault}", line=reader.line_num, fault=fault)) from fault
    finally:
        text.detach()


def _frame(reader: Iterator[list[str]]) -> pd.DataFrame:
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise BadInput(say(
            "line 1: the log has no column {missing}; an event log needs {required}",
            missing=", ".join(missing), required=", ".join(REQUIRED),
        ))  # fmt: skip
    rows, lines = _rows(reader, len(header))
    cells = dict(zip(header, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(header, ())
    columns = {name: each_once(restore, cells.get(name, [""] * len(rows))) for name in _TEXTS}
    columns["timestamp"] = [instant(text, line) for text, line in zip(cells["timestamp"], lines, strict=True)]
    given = cells.get("attempt", ["1"] * len(rows))
    columns["attempt"] = [_attempt(text, line) for text, line in zip(given, lines, strict=True)]
    return frame_of(columns)


def _rows(reader: Iterator[list[str]], width: int) -> tuple[list[list[str]], list[int]]:
    rows, lines = [], []
    for row in reader:
        line: int = reader.line_num  # type: ignore[attr-defined]
        if row and len(row) != width:
            raise BadInput(say(
                "line {line}: {found} fields where the heading has {width}", line=line, found=len(row), width=width
            ))  # fmt: skip
        if row:
            rows.append(row)
            lines.append(line)
    return rows, lines


def _attempt(text: str, line: int) -> int:
    try:
        attempt = int(text) if text.strip() else 1
        return int(np.int64(attempt))
    except (ValueError, OverflowError):
        raise BadInput(say("line {line}: attempt {value} is not a whole number", line=line, value=repr(text))) from None
