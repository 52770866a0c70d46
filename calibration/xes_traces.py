"""A XES file as a flat table of events, read as a stream: only the attributes that are wanted are kept.

Headings are those of common CSV exports: an attribute of the trace is headed `case:` and its key, one of an event by
its key alone. A log may come from anywhere: document types and entities are refused and never expanded.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from xml.parsers import expat

import pandas as pd

from calibration.log_bytes import LogBytes
from sim.messages import BadInput, say

TRACE = "case:"
"""Stands before the key of a trace's attribute."""

CASE = "case:concept:name"


@dataclass(frozen=True)
class Traces:
    """One row an event, in the order of the file. `headings`: every attribute seen, also those that were not kept."""

    events: pd.DataFrame
    headings: tuple[str, ...]
    traces: int
    empty: int
    """traces without a single event"""


def read_traces(source: LogBytes, wanted: Collection[str] | None, most_events: int | None = None) -> Traces:
    """The wanted attributes (None: all) of every event, as text; blank where an event has none.

    `most_events`: stop after the trace in which so many were read. Raises BadInput, naming the line, for what is not XES.
    """
    reader = _Reader(wanted, most_events)
    try:
        with source.unpacked() as stream:
            reader.parser.ParseFile(stream)
    except expat.ExpatError as fault:
        why = say("line {line}: not XML: {fault}", line=fault.lineno, fault=fault)
        raise BadInput(f"{source.path}: {why}") from fault
    except _Enough:
        pass
    except BadInput as fault:
        raise BadInput(f"{source.path}: {fault}") from fault
    return reader.table()


class _Enough(Exception):
    """The sample is full."""


class _Reader:
    """Collects events while expat walks through the file; keeps one trace in hand."""

    def __init__(self, wanted: Collection[str] | None, most_events: int | None) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self._wanted = None if wanted is None else frozenset(wanted)
        self._most = most_events
        self._open: list[str] = []
        self._seen: dict[str, None] = {}
        self._cells: dict[str, list[str]] = {}
        self._rows = 0
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._held: list[dict[str, str]] = []
        self._traces = self._empty = 0

    def table(self) -> Traces:
        headings = tuple(dict.fromkeys([CASE, *self._seen]))
        events = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in self._cells.items()})
        return Traces(events, headings, self._traces, self._empty)

    def _refuse(self, *_: object) -> None:
        raise BadInput(say("line {line}: a document type or entity is not allowed in an event log; take it out",
                           line=self.parser.CurrentLineNumber))  # fmt: skip

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        parent = self._open[-1] if self._open else ""
        if not self._open and tag != "log":
            raise BadInput(say("line {line}: not XES: the outermost element is {tag}, not log",
                               line=self.parser.CurrentLineNumber, tag=repr(tag[:40])))  # fmt: skip
        if tag == "trace":
            self._trace, self._held = {}, []
        elif tag == "event":
            self._event = {}
        elif parent == "event":
            self._keep(self._event, attributes.get("key", ""), attributes.get("value", ""))
        elif parent == "trace":
            self._keep(self._trace, TRACE + attributes.get("key", ""), attributes.get("value", ""))
        self._open.append(tag)

    def _keep(self, into: dict[str, str], heading: str, value: str) -> None:
        self._seen.setdefault(heading)
        if self._wanted is None or heading in self._wanted:
            into[heading] = value

    def _end(self, _: str) -> None:
        tag = self._open.pop()
        if tag == "event" and self._open and self._open[-1] == "trace":
            self._held.append(self._event)
        elif tag == "trace":
            self._close_trace()

    def _close_trace(self) -> None:
        self._traces += 1
        self._empty += not self._held
        self._trace.setdefault(CASE, f"#{self._traces}")
        for event in self._held:
            self._append(self._trace | event)
        if self._most is not None and self._rows >= self._most:
            raise _Enough

    def _append(self, row: dict[str, str]) -> None:
        for name in row:
            if name not in self._cells:
                self._cells[name] = [""] * self._rows
        for name, cells in self._cells.items():
            cells.append(row.get(name, ""))
        self._rows += 1
