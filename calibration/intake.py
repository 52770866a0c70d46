"""Intake: a raw export and its mapping -> records like those of a run, a quality report, and the hash of the file.

Start here to see how a log is read: look at the bytes, settle the personal columns before any row is read, read, judge,
keep. Nothing is dropped without being counted.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.canonical import Kept, attributes, keep_rows, tables
from calibration.case_rows import CaseRows, read_rows
from calibration.case_steps import canonical_steps
from calibration.dispositions import FATES, Window, endings, fates, window_of
from calibration.log_bytes import LogBytes, look_at
from calibration.mapping import Mapping
from calibration.quality import FileFacts, Quality, measure
from calibration.raw_log import RawLog, read_raw
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
    steps: pd.DataFrame | None = None
    """of an event log: case_id, activity, resource, group, started_at, completed_at (seconds since the start)"""


def ingest(path: Path, mapping: Mapping, salt: str | None = None) -> Intake:
    """Read a log. Raises BadInput when the file, its header, its personal columns or all of its rows cannot be used."""
    source = look_at(Path(path), mapping.encoding)
    raw = read_raw(source, mapping, salt)
    rows = read_rows(raw.text, mapping)
    window = window_of(rows, mapping, raw.steps.frame["completed"].to_numpy() if raw.steps else None)
    ending = endings(rows, mapping, window)
    fate = fates(rows, mapping, window, ending)
    _check_any_kept(fate, source, mapping)
    _check_columns(rows, source, mapping)
    start = _start(rows, fate, mapping)
    kept = keep_rows(rows, mapping, fate, ending, _origin(start, mapping))
    records = _records(kept, mapping, start, window)
    quality = measure(rows, kept, fate, window, mapping, _facts(source, raw, window, records.frame), raw)
    steps = None
    if raw.steps is not None:
        steps = canonical_steps(raw.steps, kept.order, _origin(start, mapping), records.frame.horizon_s)
    return Intake(records, attributes(rows, kept, mapping, list(raw.added)), quality, source.sha256, steps)


SWAPPED, DIFFERENT, FEWEST = 0.5, 0.9, 30
"""From this share on, opening and closing, or number and category, were swapped in the mapping; of so many rows."""


def _check_columns(rows: CaseRows, source: LogBytes, mapping: Mapping) -> None:
    """Raises BadInput when two columns were taken for each other."""
    both = rows.opened.known & rows.closed.known
    before = both & (rows.closed.epoch < rows.opened.epoch)
    if both.sum() >= FEWEST and before.sum() > SWAPPED * both.sum():
        raise BadInput(
            say("{file}: {count} of {rows} cases were closed before they were opened; in mapping {mapping} the columns "
                "of opened and closed, or two time formats, seem swapped",
                file=source.path, count=int(before.sum()), rows=int(both.sum()), mapping=mapping.name)
        )  # fmt: skip
    words = rows.word("category")
    given = words[words != ""]
    if len(given) >= FEWEST and given.nunique() > DIFFERENT * len(given):
        raise BadInput(
            say("{file}: the category has {different} different words in {rows} rows; in mapping {mapping} another column "
                "(a number?) seems to be taken for it",
                file=source.path, different=given.nunique(), rows=len(given), mapping=mapping.name)
        )  # fmt: skip


def _check_any_kept(fate: np.ndarray, source: LogBytes, mapping: Mapping) -> None:
    if not (fate == "kept").any():
        why = ", ".join(f"{code} {(fate == code).sum():,}" for code in FATES if (fate == code).any())
        raise BadInput(
            say("{file}: no row is left of {count} ({why}); look at times and rules in mapping {mapping}",
                file=source.path, count=f"{len(fate):,}", why=why, mapping=mapping.name)
        )  # fmt: skip


def _start(rows: CaseRows, fate: np.ndarray, mapping: Mapping) -> date:
    opened = rows.opened.clock[fate == "kept"]
    start = mapping.times.start
    if start is not None and start > opened.max().date():
        raise BadInput(say("the start {start} is later than the last opening of the log, {last}; name an earlier day",
                           start=start, last=opened.max().date()))  # fmt: skip
    return opened.min().date() if start is None else start


def _origin(start: date, mapping: Mapping) -> int:
    return int(CivilTime(start, mapping.times.zone).local(0).timestamp())


def _records(kept: Kept, mapping: Mapping, start: date, window: Window) -> RunRecords:
    horizon_s = window.cut - _origin(start, mapping)
    frame = Frame(start.isoformat(), mapping.times.zone, horizon_s, source="measured")
    return RunRecords(frame, 0, tables(kept, mapping, horizon_s))


def _facts(source: LogBytes, raw: RawLog, window: Window, frame: Frame) -> FileFacts:
    until = CivilTime(date.fromisoformat(frame.start), frame.zone).local(frame.horizon_s)
    return FileFacts(
        log=source.path.name,
        sha256=source.sha256,
        compression=source.compression,
        encoding=source.encoding,
        separator=raw.separator,
        start=frame.start,
        until=until.replace(tzinfo=None).isoformat(" "),
        until_stated=window.stated,
        quiet_days=window.quiet_days,
        personal=dict(raw.secrets),
    )
