# ruff: noqa: C408
"""A log of ten cases small enough to compute every indicator by hand. Times are given in hours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.records import MISSING, TABLES, Frame, RunRecords, table

HOUR = 3600

FRAME = Frame(
    start="2025-01-06", zone="Asia/Shanghai", horizon_s=100 * HOUR, warm_up_s=10 * HOUR, arrivals_end_s=80 * HOUR,
    population=500.0,
)  # fmt: skip

FULL = "reported_at verified_at established_at dispatched_at first_response_at arrived_at handling_started_at"
FULL = [*FULL.split(), "handled_at", "fed_back_at", "checked_at", "closed_at"]

CASES = [
    dict(case_id=100, issue_id=1, outcome="closed", channel="hotline", category="A", grid="g1", level="community",
         severity_seen=3, truly_fixed=True, satisfaction=80.0, evaluated_at=30, cost=10.0, work_s=2.0, travel_s=0.5,
         wait_capacity_s=1.0, verification_due=13.5, establishment_due=15, dispatch_due=16, handling_due=20,
         check_due=21, closure_due=22, **dict(zip(FULL, (12, 13, 14, 15, 16, 16, 16, 18, 19, 20, 21), strict=True))),
    dict(case_id=200, issue_id=2, outcome="closed", channel="patrol", category="A", grid="g1", level="grid",
         severity_seen=2, reworks=1, returns=1, deferred_s=1, forced_close=True, evaluated_at=60, cost=20.0,
         overdue_raw=True, overdue_assessed=True, establishment_due=21, dispatch_due=20.5, handling_due=30,
         check_due=47, closure_due=40, work_s=4.0, wait_other_s=3.0,
         **dict(zip(FULL, (20, None, 20, 21, 40, 40, 40, 44, 46, 48, 50), strict=True))),
    dict(case_id=300, issue_id=3, outcome="open", channel="hotline", category="B", grid="g2", level="community",
         severity_seen=1, reported_at=30, established_at=31, dispatched_at=32, establishment_due=30.5, dispatch_due=33,
         handling_due=60, closure_due=70, overdue_raw=True, overdue_assessed=True, supervised=True, referrals=2),
    dict(case_id=400, issue_id=4, outcome="open", channel="app", category="B", grid="g2", level="community",
         severity_seen=1, reported_at=50, established_at=52, dispatched_at=53, establishment_due=51,
         handling_due=150, closure_due=160),
    dict(case_id=900, issue_id=-1, outcome="rejected", channel="patrol", category="A", grid="g3", level="grid",
         severity_seen=1, reported_at=33, establishment_due=34),
    dict(case_id=101, issue_id=1, outcome="merged", merged_into=100, channel="hotline", category="A", grid="g1",
         level="grid", severity_seen=1, reported_at=13),
    dict(case_id=201, issue_id=2, repeat_of=200, outcome="closed", channel="app", category="A", grid="g1",
         level="community", severity_seen=3, extensions=1, overdue_raw=True, satisfaction=40.0, evaluated_at=75,
         cost=30.0, establishment_due=62, dispatch_due=63, handling_due=64, check_due=68, closure_due=90, work_s=2.0,
         **dict(zip(FULL, (60, None, 61, 62, 60.2, 63, 63, 65, 66, 67, 68), strict=True))),
    dict(case_id=500, issue_id=5, outcome="self_handled", channel="patrol", category="C", grid="g3", level="grid",
         severity_seen=1, reported_at=40),
    dict(case_id=700, issue_id=7, outcome="closed", channel="app", category="A", grid="g1", level="grid",
         severity_seen=1, reported_at=5, established_at=6, closed_at=9, truly_fixed=True),
    dict(case_id=800, issue_id=8, outcome="open", channel="app", category="A", grid="g1", level="grid",
         severity_seen=1, reported_at=85, established_at=86),
]  # fmt: skip

ISSUES = [
    dict(issue_id=1, grid="g1", category="A", onset=11, found_at=12, found_by="resident", fixed_at=18, exposure_s=7),
    dict(issue_id=2, grid="g1", category="A", onset=15, found_at=20, found_by="patrol", exposure_s=85),
    dict(issue_id=3, grid="g2", category="B", onset=25, found_at=30, found_by="resident", exposure_s=75),
    dict(issue_id=4, grid="g2", category="B", onset=49, found_at=50, found_by="resident", exposure_s=51),
    dict(issue_id=5, grid="g3", category="C", onset=35, found_at=40, found_by="patrol", fixed_at=41, exposure_s=6),
    dict(issue_id=6, grid="g3", category="C", onset=20, resolved_itself_at=60, exposure_s=40),
    dict(issue_id=7, grid="g1", category="A", onset=3, found_at=5, found_by="resident", fixed_at=9, exposure_s=6),
    dict(issue_id=8, grid="g1", category="A", onset=84, found_at=85, found_by="resident", exposure_s=16),
]

REPORTS = [
    dict(report_id=n, issue_id=case["issue_id"], case_id=case["case_id"], channel=case["channel"],
         at=case["reported_at"], merged=case["outcome"] == "merged")
    for n, case in enumerate(CASES)
]  # fmt: skip

STAFF = [
    dict(worker="w1", station="t1", day=0, shift_s=8, idle_s=8, cases=9),
    dict(worker="w1", station="t1", day=1, shift_s=8, emergency_s=0.5, handling_s=2, checking_s=1, travel_s=0.5,
         paperwork_s=1, patrol_s=2, idle_s=2, overtime_s=1, cases=4, floor_s=3),
    dict(worker="w1", station="t1", day=2, shift_s=8, patrol_s=5, idle_s=3, floor_s=4),
    dict(worker="k1", station="d1", day=1, shift_s=8, handling_s=6, travel_s=1, idle_s=1, cases=3),
]  # fmt: skip


def frame_of(name: str, rows: list[dict[str, object]]) -> object:
    """The named table from rows whose times and seconds are in hours; what is not given is missing."""
    columns: dict[str, object] = {}
    for column in TABLES[name]:
        blank = {"time": None, "id": -1, "number": np.nan, "text": ""}.get(column.kind, 0)
        values = [row.get(column.name, blank) for row in rows]
        if column.kind in ("time", "seconds"):
            values = [MISSING if value is None else round(value * HOUR) for value in values]
        columns[column.name] = values
    return table(name, columns)


def hand_log() -> RunRecords:
    """The ten cases, their issues, reports and staff, two residents and two bookings."""
    tables = {name: frame_of(name, rows) for name, rows in
              {"cases": CASES, "issues": ISSUES, "reports": REPORTS, "staff": STAFF}.items()}  # fmt: skip
    tables["residents"] = table("residents", {"resident": [1, 2], "grid": ["g1", "g2"], "trust": [0.5, 0.7]})
    tables["money"] = table("money", {"kind": ["pay", "devices"], "amount": [1000.0, 500.0]})
    return RunRecords(FRAME, seed=1, tables=tables)


NAMES = dict(zip(FULL, ("report", "verify", "establish", "dispatch", "", "arrive", "handle_start", "handle",
                        "feedback", "check", "close"), strict=True))  # fmt: skip

SERVICES = [
    dict(case_id=case, attempt=1, activity="handle", station="d1", server="k1", queued_at=queued, started_at=start,
         ended_at=end, work_s=end - start, outcome="done")
    for case, queued, start, end in ((100, 15, 16, 18), (200, 21, 40, 44), (201, 62, 63, 65))
]  # fmt: skip
SERVICES.append(
    dict(case_id=300, attempt=1, activity="handle", station="d1", queued_at=32, ended_at=39, outcome="overdue")
)

UNITS = [
    dict(unit=grid, kind="grid", day=day, arrivals=came, departures=went, backlog=backlog)
    for grid, days in {
        "g1": ((3, 2, 1), (0, 0, 1), (1, 2, 0), (1, 0, 1), (0, 0, 1)),
        "g2": ((0, 0, 0), (1, 0, 1), (1, 0, 2), (0, 0, 2), (0, 0, 2)),
    }.items()
    for day, (came, went, backlog) in enumerate(days)
]


def whole_log() -> RunRecords:
    """The hand log with its events, the handling spells of a station of two crews, and the days of its grids."""
    records = hand_log()
    events = [
        dict(case_id=case["case_id"], seq=seq, event=NAMES[time], at=case[time])
        for case in CASES
        for seq, time in enumerate(FULL)
        if case.get(time) is not None and NAMES[time]
    ]
    for name, rows in {"events": events, "services": SERVICES, "units": UNITS}.items():
        records.tables[name] = frame_of(name, rows)
    records.notes["single_calendar:d1"] = 2.0
    return records


def measured_log() -> RunRecords:
    """The same cases as a real city would have logged them: no issues, staff, residents or money."""
    whole = hand_log()
    cases = whole["cases"].drop(columns=["truly_fixed", "work_s", "travel_s", "wait_capacity_s", "wait_other_s"])
    kept = table("cases", {name: cases[name].to_numpy() for name in cases})
    return RunRecords(replace(FRAME, source="measured"), seed=0, tables={"cases": kept})
