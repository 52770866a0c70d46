"""Event log as XES (IEEE 1849-2016), for process-mining tools. A log may come from anywhere and is not trusted."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

import pandas as pd

from sim.eventlogs.event_rows import COLUMNS, each_once, event_rows, frame_of, instant, iso_texts
from sim.messages import BadInput, say
from sim.records import RunRecords

KEYS = {
    "concept:name": "activity",
    "time:timestamp": "timestamp",
    "org:resource": "resource",
    "org:group": "group",
    "lifecycle:transition": "lifecycle",
    "level": "level",
    "attempt": "attempt",
    "detail": "detail",
}
"""XES key of each column of the event frame; the case is the trace's concept:name."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name lifecycle:transition"/>
"""
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _attribute(tag: str, key: str, value: str) -> str:
    legal = _ILLEGAL.sub("\ufffd", value)
    return f"<{tag} key={quoteattr(key)} value={quoteattr(legal)}/>" if value else ""


def write(records: RunRecords, stream: BinaryIO) -> None:
    """Write the events of a run to a binary stream, which stays open. What XML cannot hold becomes U+FFFD."""
    rows = event_rows(records)
    rows["timestamp"] = iso_texts(rows["timestamp"])
    rows["attempt"] = rows["attempt"].astype(str)
    stream.write(_HEAD.encode())
    for text in _traces(rows):
        stream.write(text.encode())
    stream.write(b"</log>\n")


def _traces(rows: pd.DataFrame) -> Iterator[str]:
    tags = {"timestamp": "date", "attempt": "int"}
    cells = [
        each_once(partial(_attribute, tags.get(column, "string"), key), rows[column]) for key, column in KEYS.items()
    ]
    current = None
    for case_id, event in zip(rows["case_id"], zip(*cells, strict=True), strict=True):
        if case_id != current:
            yield ("</trace>\n" if current is not None else "") + "<trace>"
            current = case_id
            yield _attribute("string", "concept:name", current) + "\n"
        yield "<event>" + "".join(event) + "</event>\n"
    if current is not None:
        yield "</trace>\n"


def read(stream: BinaryIO) -> pd.DataFrame:
    """The event frame of a XES log. Lists, nested attributes and unknown keys are passed over.

    An unnamed trace gets its number. Raises BadInput, which names the line, for what is not XES, for a document type
    or entity (never expanded), and for an event without activity or time.
    """
    reader = _Reader()
    try:
        reader.parser.ParseFile(stream)
    except expat.ExpatError as fault:
        raise BadInput(say("line {line}: not XML: {fault}", line=fault.lineno, fault=fault)) from fault
    return frame_of(reader.columns)


class _Reader:
    """Collects events while expat walks through the log; keeps one trace in hand."""

    def __init__(self) -> None:
        self.columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self._open: list[str] = []
        self._traces = 0
        self._case = ""
        self._event: dict[str, str] = {}
        self._held = 0

    def _refuse(self, *_: object) -> None:
        raise BadInput(say("line {line}: a document type or entity is not allowed in an event log; take it out",
                           line=self.parser.CurrentLineNumber))  # fmt: skip

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        parents = self._open[-1:]
        if not parents and tag != "log":
            raise BadInput(say("line {line}: not XES: the outermost element is {tag}, not log",
                               line=self.parser.CurrentLineNumber, tag=repr(tag[:40])))  # fmt: skip
        if tag == "trace":
            self._case, self._held = "", 0
        elif tag == "event":
            self._event = {}
        elif parents == ["event"] and attributes.get("key") in KEYS:
            self._event[KEYS[attributes["key"]]] = attributes.get("value", "")
        elif parents == ["trace"] and attributes.get("key") == "concept:name":
            self._case = attributes.get("value", "")
        self._open.append(tag)

    def _end(self, _: str) -> None:
        tag = self._open.pop()
        if tag == "event" and self._open[-1] == "trace":
            self._keep(self._event)
        elif tag == "trace":
            self._traces += 1
            self.columns["case_id"] += [self._case or str(self._traces)] * self._held

    def _keep(self, event: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if not event.get("activity"):
            raise BadInput(say("line {line}: an event without concept:name; name its activity", line=line))
        self._held += 1
        self.columns["timestamp"].append(instant(event.get("timestamp", ""), line, "time:timestamp"))
        self.columns["attempt"].append(_whole(event.get("attempt", "1"), line))
        for name in ("activity", "resource", "group", "lifecycle", "level", "detail"):
            self.columns[name].append(event.get(name, ""))


def _whole(text: str, line: int) -> int:
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise BadInput(say("line {line}: attempt {value} is not a whole number", line=line, value=repr(text[:60])))
    return int(text)
