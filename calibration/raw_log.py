"""From a file to one row a case in text columns under canonical names, with what is personal already gone.

Tables and event logs meet here; what follows does not know which of them it was.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from calibration.event_log import Steps, cases_of
from calibration.log_bytes import LogBytes
from calibration.mapping import Mapping, Secret
from calibration.personal import hashed, settle
from calibration.personal_values import clear_values
from calibration.reading_log import Header, find_columns, read_columns, read_header
from calibration.xes_traces import read_traces
from sim.messages import BadInput, say


@dataclass(frozen=True)
class RawLog:
    """What was read. `added`: hashed columns beyond the mapped ones; `removed`: column -> cells that held a person."""

    text: pd.DataFrame
    too_long: int
    separator: str
    secrets: dict[str, Secret]
    added: tuple[str, ...]
    removed: dict[str, int]
    steps: Steps | None = None


def read_raw(source: LogBytes, mapping: Mapping, salt: str | None) -> RawLog:
    """Read a log. Raises BadInput when its columns cannot be used, personal ones are not settled, or no row is there."""
    if source.is_xml:
        header, table = _of_xes(source, mapping)
    else:
        header, table = read_header(source, mapping), None
    columns = find_columns(header, mapping, source)
    secrets = settle(header.headings, mapping, columns, salt)
    to_hash = {heading for heading, choice in secrets.items() if choice == "hash"}
    added = {f"hashed_{heading}": heading for heading in sorted(to_hash - set(columns.values()))}
    wanted = columns | added
    raw, too_long = read_columns(source, header, wanted) if table is None else (_renamed(table, wanted), 0)
    for name, heading in wanted.items():
        if heading in to_hash:
            raw[name] = hashed(raw[name].str.strip(), salt or "")
    if raw.empty:
        raise BadInput(_no_rows(source, too_long))
    stated = {name for name, heading in wanted.items() if secrets.get(heading) in ("hash", "keep")}
    removed = clear_values(raw, columns, stated, mapping)
    text, steps = cases_of(raw, mapping) if mapping.kind == "events" else (raw, None)
    return RawLog(text, too_long, header.separator, secrets, tuple(added), removed, steps)


def _of_xes(source: LogBytes, mapping: Mapping) -> tuple[Header, pd.DataFrame]:
    if mapping.kind != "events":
        raise BadInput(
            say("{file}: is an event log in XML, and mapping {mapping} reads tables; use one with kind: events",
                file=source.path, mapping=mapping.name)
        )  # fmt: skip
    wanted = {heading for headings in mapping.all_columns().values() for heading in headings}
    wanted |= {heading for heading, choice in mapping.personal.items() if choice == "hash"}
    traces = read_traces(source, wanted)
    if traces.events.empty:
        raise BadInput(_no_rows(source, 0))
    return Header(traces.headings, ""), traces.events


def _renamed(events: pd.DataFrame, wanted: dict[str, str]) -> pd.DataFrame:
    blank = pd.Series([""] * len(events), dtype=object)
    return pd.DataFrame({name: events.get(heading, blank) for name, heading in wanted.items()})


def _no_rows(source: LogBytes, too_long: int) -> str:
    if too_long:
        return say("{file}: all {count} rows have more fields than the header", file=source.path, count=too_long)
    if source.is_xml:
        return say("{file}: holds no event", file=source.path)
    return say("{file}: has a header but no rows", file=source.path)
