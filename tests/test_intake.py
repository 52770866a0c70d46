"""Intake: a log's rows all end somewhere, its times and words come out right, and nothing personal is stored."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from calibration.canonical_folder import write_canonical
from calibration.dispositions import ENDINGS
from calibration.ingest_command import default_folder
from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping, with_window
from calibration.quality_text import FIRST_KEPT, MEANING, SECRETS, quality_rows, quality_text
from sim.civil_time import CivilTime
from sim.messages import BadInput, chinese, speak
from sim.records import MISSING, TABLES
from tests.synthetic_log import CUT, START, ZONE, Dirty, clean_log, dirty_log, mapping, write_log

BOSTON = Path(os.environ.get("WANGGE_BOSTON_LOG", "")) if os.environ.get("WANGGE_BOSTON_LOG") else (
    Path(__file__).parents[2] / "shared/data/boston/boston311_2011-07_to_10.csv.gz"
)  # fmt: skip


@pytest.fixture
def dirty() -> Dirty:
    return dirty_log()


@pytest.fixture
def read(dirty: Dirty, tmp_path: Path) -> Intake:
    return ingest(write_log(dirty.log, tmp_path / "log.csv"), mapping())


def test_sums_add_up_to_the_rows_read(dirty: Dirty, read: Intake) -> None:
    quality = read.quality
    assert quality.rows_read == len(dirty.log)
    assert sum(quality.fates.values()) == quality.rows_read
    assert sum(quality.endings.values()) == quality.kept == len(read.records["cases"]) == len(read.attributes)
    assert quality.censored == (~(read.records["cases"]["closed_at"] != MISSING)).sum()


def test_planted_dirt_is_found_to_the_row(dirty: Dirty, read: Intake) -> None:
    quality = read.quality
    dropped_or_merged = {code: rows for code, rows in quality.fates.items() if rows and code != "kept"}
    assert dropped_or_merged == dirty.fates
    for code, rows in dirty.endings.items():
        assert quality.endings[code] == rows, code
    for code, rows in dirty.noted.items():
        assert quality.noted[code] == rows, code
    assert quality.rewritten == dirty.rewritten
    assert quality.noted["zero_duration"] == dirty.endings["closed_zero"] + dirty.endings["registered_when_done"]
    assert quality.noted["on_time_compared"] > 100
    assert quality.noted["on_time_disagrees"] == 0


def test_a_clean_log_has_no_findings(tmp_path: Path) -> None:
    quality = ingest(write_log(clean_log(300), tmp_path / "log.csv"), mapping()).quality
    assert {code for code, rows in quality.fates.items() if rows} == {"kept"}
    assert {code for code, rows in quality.endings.items() if rows} == {"closed", "open"}
    assert {code for code, rows in quality.noted.items() if rows} == {"on_time_compared"}


def test_tables_hold_what_the_log_says(tmp_path: Path) -> None:
    log = clean_log(200)
    result = ingest(write_log(log, tmp_path / "log.csv"), mapping())
    frame, cases, issues = result.records.frame, result.records["cases"], result.records["issues"]
    assert (frame.start, frame.zone, frame.source) == (START, ZONE, "measured")
    for name in ("issues", "cases", "reports"):
        assert list(result.records[name].columns) == [column.name for column in TABLES[name]]
    civil = CivilTime(date.fromisoformat(START), ZONE)
    theirs = log.set_index("Case No").loc[result.attributes["log_id"]]
    for column, heading in (("reported_at", "Opened"), ("closed_at", "Closed"), ("handling_due", "Due")):
        want = pd.to_datetime(theirs[heading], format="%Y-%m-%d %H:%M:%S").to_numpy().astype("datetime64[s]")
        np.testing.assert_array_equal(civil.local_columns(cases[column].to_numpy()), want)
    assert list(cases["category"]) == list(theirs["Kind"])
    assert set(cases["department"]) == {"roads", "parks"}
    assert set(cases["channel"]) == {"hotline", "app"}
    assert set(issues["found_by"]) == {"resident"}
    assert (issues["onset"].to_numpy() == cases["established_at"].to_numpy()).all()
    assert cases["reported_at"].is_monotonic_increasing
    assert cases["case_id"].is_unique
    assert set(result.attributes["group"]) == {"street"}


def test_elapsed_seconds_count_the_hour_that_comes_twice(tmp_path: Path) -> None:
    log = clean_log(1).assign(Opened="2022-11-06 00:30:00", Closed="2022-11-06 03:30:00", Status="Closed", Late="")
    cases = ingest(write_log(log, tmp_path / "log.csv"), mapping()).records["cases"]
    assert (cases["closed_at"] - cases["reported_at"]).tolist() == [4 * 3600]


def test_a_closing_in_the_second_pass_is_not_before_its_opening(read: Intake) -> None:
    cases, at = read.records["cases"], read.attributes
    twice = cases["reported_at"] == CivilTime(date.fromisoformat(START), ZONE).seconds_at(date(2022, 11, 6), 1, 50)
    assert (cases["closed_at"] - cases["reported_at"])[twice].tolist() == [20 * 60] * 2
    assert set(at["ending"][twice]) == {"closed"}


def test_a_time_that_the_clock_skips_is_the_change(tmp_path: Path) -> None:
    log = clean_log(1).assign(Opened="2022-03-13 02:30:00", Closed="2022-03-13 04:00:00", Due="", Late="")
    result = ingest(write_log(log, tmp_path / "log.csv"), mapping())
    assert result.records["cases"]["reported_at"].tolist() == [2 * 3600]
    assert result.records["cases"]["closed_at"].tolist() == [3 * 3600]
    assert result.quality.noted["nonexistent_time"] == 1


def test_times_with_an_offset_need_no_zone(tmp_path: Path) -> None:
    log = clean_log(2).assign(Opened="2022-11-01T00:00:00Z", Closed=["2022-10-31T21:00:00-04:00", ""], Due="", Late="")
    times = {"formats": "ISO8601", "zone": ZONE, "observed_until": CUT}
    result = ingest(write_log(log, tmp_path / "log.csv"), mapping(times=times))
    assert result.records.frame.start == "2022-10-31"
    assert result.records["cases"]["reported_at"].tolist() == [20 * 3600] * 2
    assert result.records["cases"]["closed_at"].tolist() == [21 * 3600, MISSING]


def test_open_cases_are_censored_and_late_only_past_their_target(read: Intake) -> None:
    cases, horizon = read.records["cases"], read.records.frame.horizon_s
    is_open = ~(cases["closed_at"] != MISSING)
    assert set(cases["outcome"][is_open]) == {"open"}
    due = cases["handling_due"]
    late = (due != MISSING) & (cases["closed_at"].where(~is_open, horizon) > due)
    assert cases["overdue_raw"].tolist() == late.tolist()
    assert 0 < late.sum() < len(cases)
    assert set(cases["limit_type"][~(due != MISSING)]) == {"none"}


def test_rules_may_drop_instead(dirty: Dirty, tmp_path: Path) -> None:
    rules = {"closed_before_opened": "drop", "closed_without_time": "drop"}
    quality = ingest(write_log(dirty.log, tmp_path / "log.csv"), mapping(rules=rules)).quality
    assert quality.fates["dropped_closed_before_opened"] == dirty.endings["open_closed_before_opened"]
    assert quality.fates["dropped_closed_without_time"] == dirty.endings["open_closed_without_time"]
    assert sum(quality.fates.values()) == quality.rows_read


@pytest.mark.parametrize(("keep", "kind"), [("last", "b"), ("first", "a")])
def test_of_conflicting_rows_the_stated_one_is_kept(tmp_path: Path, keep: str, kind: str) -> None:
    log = pd.concat([clean_log(1).assign(Kind=word) for word in ("a", "b")])
    result = ingest(write_log(log, tmp_path / "log.csv"), mapping(duplicates={"keep": keep}))
    assert result.records["cases"]["category"].tolist() == [kind]
    assert keep in quality_text(result.quality)


def test_an_unusable_row_does_not_displace_its_good_duplicate(tmp_path: Path) -> None:
    log = pd.concat([clean_log(1), clean_log(1).assign(Opened="never")])
    result = ingest(write_log(log, tmp_path / "log.csv"), mapping())
    assert result.quality.fates["kept"] == 1
    assert result.quality.fates["dropped_opening_unreadable"] == 1


def test_row_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    log = clean_log(120)
    one = ingest(write_log(log, tmp_path / "a.csv"), mapping()).records
    other = ingest(write_log(log.sample(frac=1, random_state=3), tmp_path / "b.csv"), mapping()).records
    for name in ("issues", "cases", "reports"):
        left, right = (frame[name].astype({c.name: object for c in TABLES[name]}) for frame in (one, other))
        pd.testing.assert_frame_equal(left, right)


def test_window_of_the_mapping_can_be_replaced(dirty: Dirty, tmp_path: Path) -> None:
    log = write_log(dirty.log, tmp_path / "log.csv")
    earlier = ingest(log, with_window(mapping(), "2022-11-02", "2022-11-10 00:00"))
    assert earlier.records.frame.horizon_s == 8 * 86400 + 3600
    assert earlier.quality.fates["dropped_opened_after_cut"] > 50
    assert earlier.quality.noted["opened_before_start"] == (earlier.records["cases"]["reported_at"] < 0).sum() > 0
    assert sum(earlier.quality.fates.values()) == earlier.quality.rows_read
    with pytest.raises(BadInput, match="--until 'tomorrow'"):
        with_window(mapping(), None, "tomorrow")


def test_without_a_stated_cut_the_last_time_seen_is_it(tmp_path: Path) -> None:
    times = {"formats": ["%Y-%m-%d %H:%M:%S"], "zone": ZONE}
    result = ingest(write_log(clean_log(50), tmp_path / "log.csv"), mapping(times=times))
    cases = result.records["cases"]
    assert result.records.frame.horizon_s == max(cases["closed_at"].max(), cases["reported_at"].max()) + 1
    assert "no cut is stated" in quality_text(result.quality)


def test_report_speaks_both_languages(read: Intake) -> None:
    english = quality_text(read.quality)
    speak("zh")
    try:
        zh, rows = quality_text(read.quality), quality_rows(read.quality)
    finally:
        speak("en")
    assert f"Rows read: {read.quality.rows_read:>9,}" in english
    assert "读取的行" in zh
    # The translated report has the same figures in the same lines.
    assert [line.split()[0] for line in english.splitlines() if "->" in line] == [
        line.split()[0] for line in zh.splitlines() if "->" in line
    ]
    assert sum(int(str(row["rows"])) for row in rows if row["part"] == "read") == read.quality.rows_read


def test_every_code_has_its_words_in_both_languages(read: Intake) -> None:
    quality = read.quality
    assert set(MEANING) == {*quality.fates, *quality.endings, *quality.noted}
    assert set(quality.endings) == set(ENDINGS)
    words = {text for pair in MEANING.values() for text in pair} | set(SECRETS.values()) | {FIRST_KEPT}
    assert words <= set(chinese())


def test_folder_is_whole_and_never_overwritten(read: Intake, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    write_canonical(read, folder)
    names = {"issues.parquet", "cases.parquet", "reports.parquet", "attributes.parquet", "quality.json"}
    assert {path.name for path in folder.iterdir()} == names
    assert [path.name for path in folder.parent.iterdir()] == ["out"]
    stored = duckdb.sql(f"SELECT reported_at, closed_at, reported_at_local FROM '{folder}/cases.parquet'").df()
    cases = read.records["cases"]
    assert stored["reported_at"].tolist() == cases["reported_at"].tolist()
    assert stored["closed_at"].isna().tolist() == (~(cases["closed_at"] != MISSING)).tolist()
    assert stored["reported_at_local"].str.fullmatch(r"2022-1[01]-\d\dT\d\d:\d\d:\d\d").all()
    facts = json.loads((folder / "quality.json").read_text("utf-8"))
    assert facts["rows_read"] == read.quality.rows_read
    assert facts["file"]["sha256"] == read.sha256
    with pytest.raises(BadInput, match="exists already"):
        write_canonical(read, folder)


def test_failed_writing_leaves_nothing(read: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "dumps", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(BadInput, match="disk full"):
        write_canonical(read, tmp_path / "out")
    assert list(tmp_path.glob("*out*")) == []


def test_default_folder_is_named_after_log_and_mapping() -> None:
    assert default_folder(Path("x/boston_2011.csv.gz"), "boston311") == Path("results/intake_boston_2011_boston311")


@pytest.mark.skipif(not BOSTON.is_file(), reason=f"the Boston log is not here: {BOSTON} (or set WANGGE_BOSTON_LOG)")
def test_boston_known_facts() -> None:
    result = ingest(BOSTON, read_mapping("boston311"))
    quality, cases = result.quality, result.records["cases"]
    assert quality.rows_read == quality.kept == sum(quality.fates.values()) == 41_827
    assert quality.endings["registered_when_done"] == quality.noted["zero_duration"] == 1_894
    assert quality.endings["open"] == quality.censored == 8_309
    assert quality.noted["negative_duration"] == 0
    assert quality.noted["on_time_disagrees"] == 0 < quality.noted["on_time_compared"]
    assert quality.noted["unlisted_department"] == quality.noted["unlisted_channel"] == 0
    assert (result.records.frame.start, result.records.frame.horizon_s) == ("2011-07-01", 123 * 86400)
    # Irene: 913 and 788 cases were opened on 28 and 29 August, days 58 and 59 since 1 July.
    assert np.bincount(cases["reported_at"] // 86400)[58:60].tolist() == [913, 788]
    wards = set(result.attributes["ward"]) - {""}
    assert wards == {f"Ward {number}" for number in range(1, 23)}
