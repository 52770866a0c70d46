"""Intake: a raw export and its mapping -> records like those of a run, a quality report, and the hash of the file.

Start here to see how a log is read: look at the bytes, settle the personal columns before any row is read, read, judge,
keep. Nothing is dropped without being counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.canonical import Kept, attributes, keep_rows, tables
from calibration.case_rows import CaseRows, read_rows
from calibration.dispositions import FATES, Window, endings, fates, window_of
from calibration.log_bytes import LogBytes, look_at
from calibration.mapping import Mapping, Secret
from calibration.personal import hashed, settle
from calibration.quality import FileFacts, Quality, measure
from calibration.reading_log import Header, find_columns, read_columns, read_header
from sim.civil_time import CivilTime
from sim.messages import BadInput, say
from sim.records import Frame, RunRecords


@dataclass(frozen=True)
class Intake:
    """A log that has been read: its records (frame.source "measured"), what it tells beyond them, how good it is."""

    records: RunRecords
    attributes: pd.DataFrame
    """one row a case: log_id, row, ending, channel_in_log, the mapping's kept columns, hashed personal columns"""
    quality: Quality
    sha256: str


def ingest(path: Path, mapping: Mapping, salt: str | None = None) -> Intake:
    """Read a log. Raises BadInput when the file, its header, its personal columns or all of its rows cannot be used."""
    source = look_at(Path(path), mapping.encoding)
    header = read_header(source, mapping)
    columns = find_columns(header, mapping, source)
    secrets = settle(header.headings, mapping, columns, salt)
    raw, too_long, added = _read(source, header, columns, secrets, salt or "")
    if raw.empty:
        raise BadInput(_no_rows(source, too_long))
    rows = read_rows(raw, mapping)
    window = window_of(rows, mapping)
    ending = endings(rows, mapping, window)
    fate = fates(rows, mapping, window, ending)
    _check_any_kept(fate, source, mapping)
    start = _start(rows, fate, mapping)
    kept = keep_rows(rows, mapping, fate, ending, _origin(start, mapping))
    records = _records(kept, mapping, start, window)
    quality = measure(rows, kept, fate, too_long, mapping, _facts(source, header, secrets, window, records.frame))
    return Intake(records, attributes(rows, kept, mapping, added), quality, source.sha256)


def _read(
    source: LogBytes, header: Header, columns: dict[str, str], secrets: dict[str, Secret], salt: str
) -> tuple[pd.DataFrame, int, list[str]]:
    """The raw columns, those declared so hashed at once; how many rows did not fit; the names of the added columns."""
    read_anyway = set(columns.values())
    to_hash = [heading for heading, choice in secrets.items() if choice == "hash"]
    added = {f"hashed_{heading}": heading for heading in to_hash if heading not in read_anyway}
    wanted = columns | added
    raw, too_long = read_columns(source, header, wanted)
    for name, heading in wanted.items():
        if heading in to_hash:
            raw[name] = hashed(raw[name].str.strip(), salt)
    return raw, too_long, list(added)


def _no_rows(source: LogBytes, too_long: int) -> str:
    if too_long:
        return say("{file}: all {count} rows have more fields than the header", file=source.path, count=too_long)
    return say("{file}: has a header but no rows", file=source.path)


def _check_any_kept(fate: np.ndarray, source: LogBytes, mapping: Mapping) -> None:
    if not (fate == "kept").any():
        why = ", ".join(f"{code} {(fate == code).sum():,}" for code in FATES if (fate == code).any())
        raise BadInput(
            say("{file}: no row is left of {count} ({why}); look at times and rules in mapping {mapping}",
                file=source.path, count=f"{len(fate):,}", why=why, mapping=mapping.name)
        )  # fmt: skip


def _start(rows: CaseRows, fate: np.ndarray, mapping: Mapping) -> date:
    if mapping.times.start is not None:
        return mapping.times.start
    return rows.opened.clock[fate == "kept"].min().date()


def _origin(start: date, mapping: Mapping) -> int:
    return int(CivilTime(start, mapping.times.zone).local(0).timestamp())


def _records(kept: Kept, mapping: Mapping, start: date, window: Window) -> RunRecords:
    horizon_s = window.cut - _origin(start, mapping)
    frame = Frame(start.isoformat(), mapping.times.zone, horizon_s, source="measured")
    return RunRecords(frame, 0, tables(kept, mapping, horizon_s))


def _facts(source: LogBytes, header: Header, secrets: dict[str, Secret], window: Window, frame: Frame) -> FileFacts:
    until = CivilTime(date.fromisoformat(frame.start), frame.zone).local(frame.horizon_s)
    return FileFacts(
        log=source.path.name,
        sha256=source.sha256,
        compression=source.compression,
        encoding=source.encoding,
        separator=header.separator,
        start=frame.start,
        until=until.replace(tzinfo=None).isoformat(" "),
        until_stated=window.stated,
        personal=dict(secrets),
    )
