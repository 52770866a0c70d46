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
_CASE = struct.Struct(f"<{len(CASE_INTS)}q2d").pack
_EVENT = struct.Struct("<qiiqiiiii").pack
_SERVICE = struct.Struct("<qiiiiqqqqiq?").pack
_REPORT = struct.Struct("<qqiiq?q").pack
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


class _Codes(dict[str, int]):
    """Numbers of texts; a new text gets the next number."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


class Journal:
    """Rows of a run as they happen. Texts are stored once and referred to by number."""

    def __init__(self) -> None:
        self._codes = _Codes({"": 0})
        self._events, self._services = bytearray(), bytearray()
        self._reports, self._cases = bytearray(), bytearray()
        self.notes: dict[str, float] = {}
        self.decisions: list[tuple[int, str, int, str, str]] = []
        self.happenings: list[tuple[int, str, str, str, str, float]] = []
        self.spending: list[tuple[int, str, str, float]] = []
        """Money that mechanisms spent: second, kind, unit, yuan."""

    def code(self, text: str) -> int:
        """The number of a text."""
        return self._codes[text]

    def event(self, case: Case, event: str, at: int, unit: str = "", actor: str = "", detail: str = "") -> None:
        """Write one line of a case. Raises OutOfOrder for an unknown name or a time before the case's last line."""
        number = _NUMBER_OF.get(event)
        if at < case.noted_at or number is None:
            raise OutOfOrder(f"case {case.case_id}: {event} at {at} s after a line at {case.noted_at} s")
        case.noted_at = at
        codes = self._codes
        self._events += _EVENT(
            case.case_id, case.seq, number, at, codes[case.level], codes[unit], codes[actor], case.attempt, codes[detail]
        )
        case.seq += 1

    def service(self, task: Task, station: int, server: int, started: int, ended: int, work: int, outcome: str) -> None:
        """Write one service spell of a task, or its leaving the queue unserved (started MISSING, server 0).

        `station` and `server` are the numbers of their names.
        """
        codes, case, travel = self._codes, task.case, task.travel
        self._services += _SERVICE(
            -1 if case is None else case.case_id, task.attempt, codes[task.activity], station, server, task.queued_at,
            started, ended, work, codes[outcome], travel if travel < work else work, task.urgent,
        )  # fmt: skip

    def report(self, issue_id: int, case_id: int, channel: str, by: str, at: int, merged: bool, effort: int) -> None:
        """Write one intake row."""
        self._reports += _REPORT(issue_id, case_id, self._codes[channel], self._codes[by], at, merged, effort)

    def happening(self, at: int, mechanism: str, event: str, unit: str, subject: str, amount: float) -> None:
        """Write one row of what a mechanism did."""
        self.happenings.append((at, mechanism, event, unit, subject, amount))

    def decision(self, at: int, policy: str, case_id: int, view: str, answer: str) -> None:
        """Write one row of what a policy saw and answered."""
        self.decisions.append((at, policy, case_id, view, answer))

    def case(self, case: Case, place: tuple[str, str, str]) -> None:
        """Write the row of a case that has ended (or is open at the end); place: grid, community, subdistrict."""
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
        self._cases += _CASE(*ids, *_VALUES(case), *map(self._codes.__getitem__, texts), case.cost, case.satisfaction)

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
