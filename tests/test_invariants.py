"""Every rule holds on a good log, and fires when the log is broken in the way that the rule is about."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from sim.invariants import RULES, check_records
from sim.messages import chinese
from sim.records import MISSING, Frame, RunRecords, table
from tests.hand_logs import HOUR, measured_log, whole_log


def test_a_good_log_breaks_no_rule() -> None:
    assert check_records(whole_log()) == []


def test_an_empty_and_a_measured_log_break_no_rule() -> None:
    assert check_records(RunRecords(Frame("2025-01-06", "Asia/Shanghai", 86_400), 0)) == []
    assert check_records(measured_log()) == []


def put(name: str, row: int, **values: object) -> Callable[[RunRecords], None]:
    """A change of one row."""

    def change(records: RunRecords) -> None:
        for column, value in values.items():
            cells = records[name][column].astype(object)
            cells.iloc[row] = value
            kept = records[name][column].dtype
            is_text = isinstance(kept, pd.CategoricalDtype)
            records[name][column] = pd.Categorical(cells) if is_text else cells.astype(kept)

    return change


def drop(name: str, row: int) -> Callable[[RunRecords], None]:
    def change(records: RunRecords) -> None:
        records.tables[name] = records[name].drop(index=row)

    return change


def event(case_id: int, name: str) -> Callable[[RunRecords], None]:
    """A case's event is taken out."""

    def change(records: RunRecords) -> None:
        events = records["events"]
        records.tables["events"] = events[(events["case_id"] != case_id) | (events["event"] != name)]

    return change


BREAKS = [
    ("times in order", put("cases", 0, verified_at=11 * HOUR), "verified_at before reported_at: 1, first 100"),
    ("times in order", put("cases", 0, handling_started_at=14 * HOUR), "handling_started_at before dispatched_at"),
    ("times in order", put("cases", 1, fed_back_at=43 * HOUR), "fed_back_at before handled_at: 1, first 200"),
    ("times in order", put("cases", 6, evaluated_at=67 * HOUR), "evaluated_at before closed_at"),
    ("times inside the run", put("cases", 0, evaluated_at=101 * HOUR), "after the end of the run: 1, first 100"),
    ("times inside the run", put("events", 3, at=101 * HOUR), "events after the end"),
    ("events in order", put("events", 1, at=0), "before the previous one of their case: 1, first 100"),
    ("events in order", put("events", 1, seq=0), "number of another"),
    ("events in order", put("events", 1, event="verified"), "without a legal name: 1, first verified"),
    ("spells fit", put("services", 0, queued_at=17 * HOUR), "spells out of order: 1, first 100"),
    ("spells fit", put("services", 0, work_s=3 * HOUR), "more work than time"),
    ("spells fit", put("services", 3, work_s=1), "more work than time: 1, first 300"),
    ("issues in order", put("issues", 0, fixed_at=10 * HOUR), "fixed_at before onset: 1, first 1"),
    ("issues in order", put("issues", 0, found_at=MISSING), "found at no time"),
    ("one thing at a time", put("services", 2, started_at=43 * HOUR), "before their server is free: 1, first d1 k1"),
    ("nobody idle beside work", put("services", 1, queued_at=15 * HOUR), "idle at d1: 1, first 57600"),
    ("cases conserved", put("cases", 1, case_id=100), "number of another"),
    ("cases conserved", put("cases", 0, outcome="done"), "without a legal outcome"),
    ("cases conserved", put("cases", 0, closed_at=MISSING), "closed cases without a closing time"),
    ("cases conserved", put("cases", 2, closed_at=40 * HOUR), "open cases with a closing time"),
    ("Little's law", event(200, "close"), "case-seconds open by the events"),
    ("Little's law", put("cases", 0, closed_at=22 * HOUR), "case-seconds open by the events"),
    ("parts make the whole", put("cases", 0, grid="g2"), "grids whose arrivals are not their established cases: 2"),
    ("parts make the whole", put("cases", 0, category=None), "belong to no category"),
    ("parts make the whole", drop("units", 0), "grids whose arrivals"),
    ("backlog follows", put("units", 2, backlog=1), "backlog is not what came and went: 2"),
    ("backlog follows", put("units", 0, backlog=-1), "negative backlog"),
    ("backlog follows", put("units", 0, overdue=2), "more overdue than open"),
    ("nothing lost", put("reports", 0, case_id=7), "reports whose case_id is nowhere: 1, first 7"),
    ("nothing lost", put("cases", 0, issue_id=77), "cases whose issue_id is nowhere"),
    ("nothing lost", put("cases", 5, merged_into=99), "cases whose merged_into is nowhere"),
    ("nothing lost", put("issues", 1, issue_id=1), "issues with the number of another"),
    ("nothing lost", drop("reports", 3), "cases without a report: 1, first 400"),
    ("time adds up", put("cases", 0, wait_other_s=30 * HOUR), "took longer than they lasted: 1, first 100"),
    ("time adds up", put("cases", 0, work_s=-1), "negative waiting or working time"),
    ("staff days add up", put("staff", 1, idle_s=1 * HOUR), "do not make up shift and overtime: 1, first w1, 1"),
    ("staff days add up", put("staff", 1, overtime_s=-1), "negative activity"),
    ("limits agree", put("cases", 0, overdue_raw=True), "not what their times say: 1, first 100"),
    ("limits agree", put("cases", 2, overdue_raw=False, overdue_assessed=False), "not what their times say"),
    ("limits agree", put("cases", 6, overdue_raw=False, overdue_assessed=True), "but not before"),
    ("exposure is life", put("issues", 2, exposure_s=1), "exposure is not their life: 1, first 3"),
    ("fixed means right at closure", put("cases", 0, truly_fixed=False), "truly_fixed is not so: 1, first 100"),
    ("fixed means right at closure", put("cases", 1, truly_fixed=True), "truly_fixed is not so: 1, first 200"),
]


@pytest.mark.parametrize(("rule", "spoil", "told"), BREAKS)
def test_a_broken_log_is_noticed(rule: str, spoil: Callable[[RunRecords], None], told: str) -> None:
    records = whole_log()
    spoil(records)
    assert any(told in line for line in RULES[rule](records))
    assert any(line.startswith(rule) for line in check_records(records))


def test_every_rule_is_broken_by_some_test_and_has_chinese() -> None:
    assert {rule for rule, _, _ in BREAKS} == set(RULES)
    assert set(RULES) <= set(chinese())


def test_work_held_by_its_server_is_not_waiting() -> None:
    """A pre-empted spell waits for its server from 62 h to 65 h, though the station's other server is free at 62 h."""
    hours = {"queued_at": [60, 62, 62, 64], "started_at": [60, 62, 65, 64], "ended_at": [62, 65, 66, 66]}
    rows = {name: [hour * HOUR for hour in column] for name, column in hours.items()}
    rows |= {"case_id": [1, 2, 1, 3], "attempt": [1] * 4, "activity": ["handle"] * 4, "station": ["d1"] * 4,
             "server": ["a", "a", "a", "b"], "outcome": ["pre-empted", "done", "done", "done"]}  # fmt: skip
    records = RunRecords(Frame("2025-01-06", "Asia/Shanghai", 100 * HOUR), 0, {"services": table("services", rows)})
    records.notes["single_calendar:d1"] = 2.0
    assert RULES["nobody idle beside work"](records) == []
    records["services"]["outcome"] = "done"
    assert RULES["nobody idle beside work"](records) != []
