"""The event frame: what every event-log format writes and reads, one row an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from sim.civil_time import CivilTime
from sim.messages import BadInput, say
from sim.records import RunRecords

COLUMNS = ("case_id", "activity", "timestamp", "resource", "group", "lifecycle", "level", "attempt", "detail")
"""case_id and the texts are str (empty: unknown), timestamp is an instant with zone, attempt a whole number from 1."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def event_rows(records: RunRecords) -> pd.DataFrame:
    """The events of a run in COLUMNS, case by case in the order of their numbers, timestamps in the frame's zone.

    `handle_start` becomes the activity `handle` with lifecycle `start`; every other line is `complete`.
    """
    events = records["events"].sort_values(["case_id", "seq"], kind="stable")
    starts = (events["event"] == "handle_start").to_numpy()
    origin = CivilTime(dt.date.fromisoformat(records.frame.start), records.frame.zone).local(0).timestamp()
    stamps = pd.to_datetime(events["at"].to_numpy() + int(origin), unit="s", utc=True)
    return pd.DataFrame({
        "case_id": events["case_id"].to_numpy().astype(str).astype(object),
        "activity": np.where(starts, "handle", events["event"].to_numpy(dtype=object)),
        "timestamp": stamps.tz_convert(records.frame.zone).as_unit("us"),
        "resource": events["actor"].to_numpy(dtype=object),
        "group": events["unit"].to_numpy(dtype=object),
        "lifecycle": np.where(starts, "start", "complete").astype(object),
        "level": events["level"].to_numpy(dtype=object),
        "attempt": events["attempt"].to_numpy(),
        "detail": events["detail"].to_numpy(dtype=object),
    }, columns=list(COLUMNS))  # fmt: skip


def iso_texts(stamps: pd.Series) -> list[str]:
    """ISO 8601 local times with offset, whole seconds: 2025-01-06T08:30:00+08:00."""
    local = stamps.dt.tz_localize(None).to_numpy("datetime64[s]")
    offset = (local - stamps.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[s]")).astype(np.int64)
    names = {second: _offset_text(second) for second in np.unique(offset).tolist()}
    return [text + names[second] for text, second in zip(local.astype(str).tolist(), offset.tolist(), strict=True)]


def _offset_text(seconds: int) -> str:
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{minutes:02d}"


def each_once(translate: Callable[[str], str], texts: Iterable[str]) -> list[str]:
    """`translate` of every text, worked out once for each different one: most columns hold few."""
    listed = list(texts)
    known = {text: translate(text) for text in set(listed)}
    return [known[text] for text in listed]


def instant(text: str, line: int, field: str = "timestamp") -> int:
    """Microseconds since 1970 (UTC) of an ISO 8601 time with offset. Raises BadInput, which names the line."""
    try:
        stamp = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        stamp = None
    if stamp is None or stamp.tzinfo is None:
        raise BadInput(say(
            "line {line}: {field} {value} is not an ISO 8601 time with offset; write it like 2025-01-06T08:30:00+08:00",
            line=line, field=field, value=repr(text[:60]),
        ))  # fmt: skip
    return (stamp - _EPOCH) // _MICROSECOND


def frame_of(columns: dict[str, Sequence[object]]) -> pd.DataFrame:
    """An event frame from columns whose `timestamp` is in microseconds since 1970; instants are kept in UTC."""
    stamps = np.asarray(columns["timestamp"], dtype=np.int64).astype("datetime64[us]")
    ready: dict[str, object] = {name: np.asarray(columns[name], dtype=object) for name in COLUMNS}
    ready["timestamp"] = pd.DatetimeIndex(stamps).tz_localize("UTC")
    ready["attempt"] = np.asarray(columns["attempt"], dtype=np.int64)
    return pd.DataFrame(ready, columns=list(COLUMNS))
