"""The only writer of records during a run. It packs rows into columns of bytes and refuses an event out of order."""

from __future__ import annotations

import struct
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.case import COUNTS, FLAGS, TIMES, Case
from sim.records import EVENT_NAMES

if TYPE_CHECKING:
    from sim.task import Task

_TEXTS = ("outcome", "channel", "grid", "community", "subdistrict", "level", "department", "server", "limit_type")
_IDS = ("case_id", "issue_id", "repeat_of", "merged_into", "severity_seen", "priority", "category")
CASE_INTS = (*_IDS, *TIMES, *COUNTS, *FLAGS, *_TEXTS)
_CASE = struct.Struct(f"<{len(CASE_INTS)}q2d")
_EVENT = struct.Struct("<qiiqiiiii")
_SERVICE = struct.Struct("<qiiiiqqqqiq?")
_REPORT = struct.Struct("<qqiiq?q")
EVENT_DTYPE = np.dtype([("case_id", "<i8"), ("seq", "<i4"), ("event", "<i4"), ("at", "<i8"), ("level", "<i4"), ("unit", "<i4"),
                        ("actor", "<i4"), ("attempt", "<i4"), ("detail", "<i4")])  # fmt: skip
SERVICE_DTYPE = np.dtype([("case_id", "<i8"), ("attempt", "<i4"), ("activity", "<i4"), ("station", "<i4"), ("server", "<i4"),
                          ("queued_at", "<i8"), ("started_at", "<i8"), ("ended_at", "<i8"), ("work_s", "<i8"), ("outcome", "<i4"),
                          ("travel_s", "<i8"), ("urgent", "?")])  # fmt: skip
REPORT_DTYPE = np.dtype([("issue_id", "<i8"), ("case_id", "<i8"), ("channel", "<i4"), ("by", "<i4"), ("at", "<i8"),
                         ("merged", "?"), ("effort_s", "<i8")])  # fmt: skip
CASE_DTYPE = np.dtype([*((name, "<i8") for name in CASE_INTS), ("cost", "<f8"), ("satisfaction", "<f8")])
_VALUES = attrgetter(*TIMES, *COUNTS, *FLAGS)
_NUMBER_OF = {name: number for number, name in enumerate(EVENT_NAMES)}


class OutOfOrder(Exception):
    """An event that lies before the previous one of its case, or has no legal name: a fault of the model."""


class Journal:
    """Rows of a run as they happen. Texts are stored once and referred to by number."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}
        self._events, self._services = bytearray(), bytearray()
        self._reports, self._cases = bytearray(), bytearray()
        self._last: dict[int, int] = {}
        self.notes: dict[str, float] = {}

    def code(self, text: str) -> int:
        """The number of a text."""
        number = self._codes.get(text)
        if number is None:
            number = self._codes[text] = len(self._codes)
        return number

    def event(self, case: Case, event: str, at: int, unit: str = "", actor: str = "", detail: str = "") -> None:
        """Write one line of a case. Raises OutOfOrder for an unknown name or a time before the case's last line."""
        case_id = case.case_id
        if at < self._last.get(case_id, at) or event not in _NUMBER_OF:
            raise OutOfOrder(f"case {case_id}: {event} at {at} s after a line at {self._last.get(case_id)} s")
        self._last[case_id] = at
        code = self._codes.get
        self._events += _EVENT.pack(
            case_id, case.seq, _NUMBER_OF[event], at, code(case.level) or self.code(case.level),
            code(unit) or self.code(unit), code(actor) or self.code(actor), case.attempt, code(detail) or self.code(detail),
        )  # fmt: skip
        case.seq += 1

    def service(self, task: Task, station: int, server: int, started: int, ended: int, work: int, outcome: str) -> None:
        """Write one service spell of a task, or its leaving the queue unserved (started MISSING, server 0).

        `station` and `server` are the numbers of their names.
        """
        code = self.code
        case_id = task.case.case_id if task.case is not None else -1
        self._services += _SERVICE.pack(
            case_id, task.attempt, code(task.activity), station, server, task.queued_at, started, ended, work,
            code(outcome), min(task.travel, work), task.urgent,
        )  # fmt: skip

    def report(self, issue_id: int, case_id: int, channel: str, by: str, at: int, merged: bool, effort: int) -> None:
        """Write one intake row."""
        self._reports += _REPORT.pack(issue_id, case_id, self.code(channel), self.code(by), at, merged, effort)

    def case(self, case: Case, place: tuple[str, str, str]) -> None:
        """Write the row of a case that has ended (or is open at the end); place: grid, community, subdistrict."""
        code = self.code
        self._last.pop(case.case_id, None)
        texts = (case.outcome, case.channel, *place, case.level, case.department, case.server, case.limit_type)
        ids = (
            case.case_id,
            case.issue.number,
            case.repeat_of,
            case.merged_into,
            case.severity_seen,
            case.priority,
            case.category,
        )
        self._cases += _CASE.pack(*ids, *_VALUES(case), *map(code, texts), case.cost, case.satisfaction)

    def texts(self, numbers: np.ndarray) -> pd.Categorical:
        """The texts of a column of numbers."""
        used, codes = np.unique(numbers, return_inverse=True)
        names = np.array(list(self._codes), dtype=object)[used]
        order = np.argsort(names.astype(str))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return pd.Categorical.from_codes(rank[codes], categories=list(names[order]))

    def rows(self) -> dict[str, np.ndarray]:
        """Raw rows by table: events, services, reports, cases (structured arrays with numbers for texts)."""
        return {
            "events": np.frombuffer(bytes(self._events), dtype=EVENT_DTYPE),
            "services": np.frombuffer(bytes(self._services), dtype=SERVICE_DTYPE),
            "reports": np.frombuffer(bytes(self._reports), dtype=REPORT_DTYPE),
            "cases": np.frombuffer(bytes(self._cases), dtype=CASE_DTYPE),
        }
