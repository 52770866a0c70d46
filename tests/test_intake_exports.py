"""Exports in the forms of real ones are read with the mappings that come along: every row, in every encoding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.canonical_folder import write_canonical
from calibration.intake import Intake, ingest
from calibration.mapping import Mapping
from calibration.mapping_file import read_mapping
from calibration.quality_text import EVENTS, quality_text
from sim.messages import BadInput, chinese
from sim.records import MISSING
from tests.sample_exports import event_table, geo_report, hotline, new_york, save, spells, urban, xes
from tests.synthetic_log import pack

SHARED = Path(__file__).parents[2] / "shared/data"


def _read(table: pd.DataFrame, name: str, tmp_path: Path, **saved: str) -> Intake:
    return ingest(save(table, tmp_path / "log.csv", **saved), read_mapping(name))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("hotline12345", lambda: hotline(closings=True)),
        ("urban_management", urban),
        ("open311_bulk", geo_report),
        ("nyc311", new_york),
        ("nyc311", lambda: new_york(style="interface")),
    ],
)
@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("gb18030", "\t"), ("utf-8", ";")])
def test_every_form_is_read_whole(
    name: str, make: Callable[[], pd.DataFrame], encoding: str, separator: str, tmp_path: Path
) -> None:
    intake = _read(make(), name, tmp_path, encoding=encoding, separator=separator)
    cases, log = intake.records["cases"], spells(300)
    assert intake.quality.kept == len(log) == 300
    assert intake.quality.censored == int(log["closed"].isna().sum())
    took = (cases["closed_at"] - cases["reported_at"])[cases["closed_at"] != MISSING]
    exact = 60 if name == "hotline12345" else 1  # the sheet has minutes only
    np.testing.assert_allclose(took, (log["closed"] - log["opened"]).dropna().dt.total_seconds(), atol=exact)
    assert cases["category"].nunique() > 1
    assert intake.quality.noted["unlisted_channel"] == 0
    assert intake.quality.noted.get("unlisted_status", 0) == 0


def test_sheet_without_closing_times_says_so(tmp_path: Path) -> None:
    intake = _read(hotline(), "hotline12345", tmp_path)
    assert intake.quality.censored == 300
    assert intake.quality.endings["open_closed_without_time"] == int(spells(300)["closed"].notna().sum())
    assert "nothing can be said about durations" in quality_text(intake.quality)


def test_nothing_personal_of_a_sheet_is_stored(tmp_path: Path) -> None:
    intake = _read(hotline(), "hotline12345", tmp_path)
    stored = intake.attributes.to_csv() + intake.records["cases"].to_csv() + quality_text(intake.quality)
    for secret in ("张三", "13800138000", "李四", "请尽快维修", "路灯不亮"):
        assert secret not in stored


def test_steps_figures_and_clocks_of_a_case_table(tmp_path: Path) -> None:
    cases = _read(urban(), "urban_management", tmp_path).records["cases"]
    done = cases["closed_at"] != MISSING
    order = ["reported_at", "established_at", "dispatched_at", "handling_started_at", "handled_at", "checked_at", "closed_at"]
    times = cases.loc[done, order].to_numpy()
    assert (np.diff(times, axis=1) >= 0).all()
    assert (times[:, -1] > times[:, 0]).all()
    assert (cases.loc[~done, "handled_at"] == MISSING).all()
    assert cases["reworks"].sum() == 75
    assert cases["supervised"].sum() == 150
    assert set(cases["limit_type"]) == {"work_hour", "urgent_hour", "work_day"}
    assert cases["satisfaction"].dropna().isin((80, 100)).all()


def test_misplaced_steps_are_left_out_and_counted(tmp_path: Path) -> None:
    table = urban()
    table.loc[:9, "dispatch_time"] = "2024-01-01 00:00:00"
    intake = _read(table, "urban_management", tmp_path)
    assert intake.quality.noted["step_misplaced"] == 10
    assert (intake.records["cases"]["dispatched_at"] == MISSING).sum() == 10


@pytest.mark.parametrize("as_xes", [True, False])
def test_events_become_cases_and_steps(as_xes: bool, tmp_path: Path) -> None:
    table = event_table()
    if as_xes:
        mapping = read_mapping("xes").model_copy(update={"personal": {"org:resource": "keep"}})
        intake = ingest(pack(xes(table), tmp_path / "log.xes.gz"), mapping)
    else:
        intake = ingest(save(table, tmp_path / "log.csv"), read_mapping("two_timestamps_csv"))
    steps, cases = intake.steps, intake.records["cases"]
    assert steps is not None
    assert (len(cases), len(steps)) == (60, 180)
    assert ((steps["completed_at"] - steps["started_at"]) // 60).between(10, 16).all()
    last = steps.groupby("case_id")["completed_at"].max()
    assert (last.to_numpy() == cases.set_index("case_id")["closed_at"].loc[last.index].to_numpy()).all()
    assert intake.quality.events["events_read"] == (360 if as_xes else 180)
    assert set(EVENTS) == set(intake.quality.events)
    assert {text for pair in EVENTS.values() for text in pair} <= set(chinese())
    write_canonical(intake, tmp_path / "out")
    assert (tmp_path / "out" / "steps.parquet").is_file()


def test_an_event_log_with_only_ends_has_no_starts(tmp_path: Path) -> None:
    mapping = read_mapping("xes").model_copy(update={"personal": {"org:resource": "drop"}})
    with pytest.raises(BadInput, match="which personal: says to drop"):
        ingest(pack(xes(event_table(), lifecycle=False), tmp_path / "log.xes"), mapping)
    mapping = mapping.model_copy(update={"personal": {"org:resource": "hash"}})
    intake = ingest(pack(xes(event_table(), lifecycle=False), tmp_path / "log.xes"), mapping, "a long salt")
    assert intake.steps is not None
    assert (intake.steps["started_at"] == MISSING).all()
    assert intake.steps["resource"].str.fullmatch("[0-9a-f]{32}").all()


def _events(until: str | None = None, **changes: object) -> Mapping:
    chapters: dict[str, object] = {
        "schema_version": 1, "name": "flow", "kind": "events", "times": {"formats": ["%Y-%m-%d %H:%M:%S"], "zone": "Asia/Shanghai"},
        "events": {"case": "case_id", "activity": "activity", "completed": "at"} | changes,
    }  # fmt: skip
    if until is not None:
        chapters["times"] = {"formats": ["%Y-%m-%d %H:%M:%S"], "zone": "Asia/Shanghai", "observed_until": until}
    return Mapping.model_validate(chapters)


def _flow(activities: list[str], cases: int = 10) -> pd.DataFrame:
    rows = [
        (f"A{case}", name, f"2024-03-{4 + case:02d} {8 + place:02d}:00:00")
        for case in range(cases)
        for place, name in enumerate(activities)
    ]
    return pd.DataFrame(rows, columns=["case_id", "activity", "at"])


def test_endings_quiet_cases_and_steps_by_activity(tmp_path: Path) -> None:
    path = save(_flow(["上报", "立案", "派遣", "处置", "核查", "结案"]), tmp_path / "flow.csv")
    steps = {"established": ["立案"], "handled": ["处置"], "checked": ["核查"]}
    cases = ingest(path, _events(ends_with=["结案"], steps=steps)).records["cases"]
    assert ((cases["established_at"] - cases["reported_at"]) == 3600).all()
    assert ((cases["checked_at"] - cases["handled_at"]) == 3600).all()
    assert ((cases["closed_at"] - cases["reported_at"]) == 5 * 3600).all()
    assert (ingest(path, _events(ends_with=["归档"])).records["cases"]["closed_at"] == MISSING).all()


def test_a_log_of_quiet_cases_is_seen_until_so_many_days_before_its_end(tmp_path: Path) -> None:
    """Ten cases of one morning each: with three days of silence the last three tell nothing of how they end."""
    path = save(_flow(["上报", "处置", "结案"]), tmp_path / "flow.csv")
    quiet = ingest(path, _events(quiet_days=3))
    assert quiet.quality.file.quiet_days == 3
    assert quiet.quality.file.until == "2024-03-10 10:00:01"
    assert quiet.quality.fates["dropped_opened_after_cut"] == 3
    cases = quiet.records["cases"]
    assert (cases["closed_at"] - cases["reported_at"]).tolist() == [2 * 3600] * 7
    assert len(ingest(path, _events("2024-03-20 00:00", quiet_days=3)).records["cases"]) == 10
    assert (ingest(path, _events("2024-03-08 09:00", quiet_days=3)).records["cases"]["closed_at"] == MISSING).sum() == 1


def test_verification_and_check_used_the_other_way_round_are_noticed(tmp_path: Path) -> None:
    right = ingest(save(_flow(["核实", "处置", "核查"]), tmp_path / "a.csv"), _events())
    wrong = ingest(save(_flow(["核查", "处置", "核实"]), tmp_path / "b.csv"), _events())
    assert (right.quality.events["verified_after_handling"], wrong.quality.events["verified_after_handling"]) == (0, 10)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "x">]><log/>', "document type or entity"),
        (b"<html><body/></html>", "outermost element is 'html'"),
        (b"<log><trace></log>", "not XML"),
        (b"<log></log>", "holds no event"),
        (b'<?xml version="1.0" encoding="utf-8"?><log>\xff</log>', "is not text in utf-8"),
    ],
)
def test_unusable_xml_is_one_clear_error(content: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        ingest(pack(content, tmp_path / "log.xes"), read_mapping("xes"))
    assert "log.xes" in str(caught.value)


def test_a_table_mapping_refuses_xml_and_a_table_of_totals(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="event log in XML"):
        ingest(pack(xes(event_table(3)), tmp_path / "log.xes"), read_mapping("nyc311"))
    totals = pd.DataFrame({"month": ["2024-01"], "complaint_type": ["Noise"], "total_requests": ["9"], "avg_response_time": ["1"]})
    with pytest.raises(BadInput, match="table of totals"):
        ingest(save(totals, tmp_path / "totals.csv"), read_mapping("nyc311"))


REAL = {
    "nyc311": ("nyc/nyc311_2024-09-01.csv.gz", 9_240, 873),
    "receipt_wabo": ("event_logs/receipt_WABO_CoSeLoG.xes.gz", 1_434, 129),
    "bpic15_1": ("event_logs/BPIC15_1_two_timestamps.xes.gz", 1_199, None),
    "bpic12_w": ("event_logs/BPIC12_W_two_timestamps.xes.gz", 8_616, 576),
    "helpdesk_italian": ("event_logs/helpdesk_italian.xes.gz", 4_580, 21),
    "two_timestamps_csv": ("event_logs/LoanApp.csv.gz", 1_000, 0),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real logs are not here")
@pytest.mark.parametrize("name", REAL)
def test_real_logs_are_read_whole(name: str) -> None:
    path, cases, still_open = REAL[name]
    quality = ingest(SHARED / path, read_mapping(name)).quality
    assert quality.rows_read == cases == quality.kept + quality.fates["dropped_opened_after_cut"]
    # Only a case of which silence must tell the end can have been opened too late to be told.
    assert bool(quality.fates["dropped_opened_after_cut"]) == bool(quality.file.quiet_days and name == "bpic12_w")
    assert still_open is None or quality.censored == still_open
    assert not quality.zone_check.wrong


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real logs are not here")
def test_known_traps_of_the_real_logs() -> None:
    half = ingest(SHARED / "nyc/nyc311_2023-02-28_half_day.csv.gz", read_mapping("nyc311")).quality
    assert half.coverage.first_partial
    assert half.noted["negative_duration"] == 2
    permits = ingest(SHARED / "event_logs/BPIC15_1_two_timestamps.xes.gz", read_mapping("bpic15_1")).quality
    assert permits.noted["closed_at_midnight"] > 0.5 * permits.kept
    help_desk = ingest(SHARED / "event_logs/helpdesk_italian.xes.gz", read_mapping("helpdesk_italian")).quality
    assert help_desk.events["last_after_fixed_wait"] > 1_000
    with pytest.raises(BadInput, match="table of totals"):
        ingest(SHARED / "nyc/nyc311_monthly_by_type_2024-01_to_2025-06.csv", read_mapping("nyc311"))
