"""The mapping assistant: what it guesses is valid and reads the log; what it cannot guess it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import run
from calibration.guess import guess_mapping
from calibration.guess_text import guess_text
from calibration.guess_words import channel_of, plain, says_closed
from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping
from sim.messages import BadInput, speak
from tests.sample_exports import event_table, geo_report, hotline, new_york, save, spells, urban, xes
from tests.synthetic_log import clean_log, pack, write_log

SHARED = Path(__file__).parents[2] / "shared/data"
REAL = [
    "boston/boston311_2011-07_to_10.csv.gz", "nyc/nyc311_2024-09-01.csv.gz", "nyc/nyc311_2023-02-28_half_day.csv.gz",
    "nyc/nyc311_noise_2024-06-30_to_07-06.csv.gz", "event_logs/receipt_WABO_CoSeLoG.xes.gz",
    "event_logs/BPIC15_1_two_timestamps.xes.gz", "event_logs/BPIC12_W_two_timestamps.xes.gz",
    "event_logs/BPIC14_incident_cases_sample.csv.gz", "event_logs/BPIC14_incident_activity_sample.csv.gz",
    "event_logs/helpdesk_italian.xes.gz", "event_logs/sepsis.xes.gz", "event_logs/Production.csv.gz", "event_logs/LoanApp.csv.gz",
]  # fmt: skip


def _round_trip(log: Path, tmp_path: Path, salt: str | None = None) -> Intake:
    guessed = tmp_path / "guessed.yaml"
    guessed.write_text(guess_text(guess_mapping(log), log), encoding="utf-8")
    return ingest(log, read_mapping(guessed), salt)


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (
            lambda: hotline(closings=True),
            {"id": "办件编号", "due": "承诺完成时间", "closed": "办结时间", "category": "事项小类", "department": "办理单位"},
        ),
        (urban, {"id": "task_num", "opened": "report_time", "closed": "close_time", "due": "deadline_time", "checked": "check_time"}),
        (geo_report, {"id": "service_request_id", "opened": "requested_datetime", "category": "service_name", "channel": "source"}),
        (new_york, {"id": "Unique Key", "category": "Complaint Type", "community": "Community Board"}),
        (lambda: new_york(style="interface"), {"id": "unique_key", "opened": "created_date", "department": "agency"}),
    ],
)
def test_guesses_of_known_forms(make: Callable[[], pd.DataFrame], fields: dict[str, str], tmp_path: Path) -> None:
    log = save(make(), tmp_path / "log.csv")
    guess = guess_mapping(log)
    assert {name: guess.columns[name].heading for name in fields} == fields
    intake = _round_trip(log, tmp_path)
    assert intake.quality.kept == 300
    assert intake.quality.censored == int(spells(300)["closed"].isna().sum())
    assert {"诉求人", "诉求人电话", "address", "lat"} & set(make().columns) <= set(guess.personal)


def test_a_log_with_headings_of_its_own(tmp_path: Path) -> None:
    intake = _round_trip(write_log(clean_log(400), tmp_path / "log.csv", "gb18030", ";"), tmp_path)
    assert intake.quality.kept == 400
    assert set(intake.records["cases"]["category"]) == {"pothole", "street, light", "垃圾"}


def test_headings_that_say_nothing_leave_the_cells(tmp_path: Path) -> None:
    log = spells(300)
    table = pd.DataFrame({
        "a": log["id"], "b": log["closed"].dt.strftime("%d.%m.%Y %H:%M").fillna(""), "c": log["opened"].dt.strftime("%d.%m.%Y %H:%M"),
        "d": ["lamp", "litter", "noise"] * 100,
    })  # fmt: skip
    guess = guess_mapping(save(table, tmp_path / "log.csv"))
    assert {name: found.heading for name, found in guess.columns.items()} == {"id": "a", "opened": "c", "category": "d"}
    assert guess.clock.formats == ("%d.%m.%Y %H:%M",)
    assert all(found.confidence <= 0.5 for found in guess.columns.values())


def test_swapped_headings_are_put_right_and_doubted(tmp_path: Path) -> None:
    table = new_york().rename(columns={"Created Date": "Closed Date", "Closed Date": "Created Date"})
    guess = guess_mapping(save(table[table["Created Date"] != ""], tmp_path / "log.csv"))
    assert (guess.columns["opened"].heading, guess.columns["closed"].heading) == ("Closed Date", "Created Date")
    assert guess.columns["opened"].confidence == 0.5


def test_day_and_month_that_could_change_places_are_doubted(tmp_path: Path) -> None:
    table = new_york(200)
    low = pd.to_datetime(table["Created Date"]).map(lambda at: at.replace(day=1 + at.day % 12))
    guess = guess_mapping(save(table.assign(**{"Created Date": low.dt.strftime("%m/%d/%Y %H:%M"), "Closed Date": ""}), tmp_path / "log.csv"))
    assert guess.clock.day_or_month
    text = guess_text(guess, Path("log.csv"))
    assert "50%: day and month may have changed places" in text


def test_events_are_told_from_cases_and_staff_is_hashed(tmp_path: Path) -> None:
    table = event_table()
    names = table.assign(resource=table["resource"].str[-1].map({"0": "Ann", "1": "Ben", "2": "Cleo"}))
    guess = guess_mapping(save(names, tmp_path / "log.csv"))
    assert guess.kind == "events"
    assert {name: found.heading for name, found in guess.events.items()} == {
        "case": "case_id", "activity": "activity", "completed": "end_time", "started": "start_time", "resource": "resource",
    }  # fmt: skip
    assert guess.personal == {"resource": "hash"}
    intake = _round_trip(tmp_path / "log.csv", tmp_path, "a long salt")
    assert intake.steps is not None
    assert intake.steps["resource"].str.fullmatch("[0-9a-f]{32}").all()
    assert _round_trip(pack(xes(table), tmp_path / "log.xes.gz"), tmp_path).quality.kept == 60


def test_zone_by_headings_offsets_or_not_at_all(tmp_path: Path) -> None:
    assert guess_mapping(save(hotline(), tmp_path / "a.csv")).clock.zone == "Asia/Shanghai"
    assert guess_mapping(save(new_york(), tmp_path / "b.csv")).clock.zone == "America/New_York"
    blind = guess_mapping(write_log(clean_log(100), tmp_path / "c.csv")).clock
    assert (blind.zone, blind.zone_confidence) == ("UTC", 0.1)


@pytest.mark.parametrize(
    ("word", "closed"),
    [("Closed", True), ("已办结", True), ("未办结", False), ("Reopened", False), ("Open", False), ("Not resolved", False), ("已归档", True)],
)
def test_status_words(word: str, closed: bool) -> None:
    assert says_closed(word) is closed


@pytest.mark.parametrize(
    ("word", "code"),
    [("Constituent Call", "hotline"), ("Employee Generated", "patrol"), ("微信公众号", "app"), ("视频监控", "sensor"), ("?", "log")],
)
def test_channel_words(word: str, code: str) -> None:
    assert channel_of(word) == code


def test_headings_are_compared_without_their_dress() -> None:
    assert plain("createdDate") == plain("Created_Date") == "created date"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"month,kind,total_requests,avg_minutes\n2024-01,a,3,4\n", "table of totals"),
        (b"just one column\nx\n", "no table"),
        (b"a,b\n", "has a header but no rows"),
        (b"a,b\n1,2\n1,2\n", "no column looks like id, opened, category"),
        (b"", "the log is empty"),
    ],
)
def test_what_is_no_log_is_one_clear_error(content: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        guess_mapping(pack(content, tmp_path / "no.csv"))
    assert "no.csv" in str(caught.value)


def test_command_prints_or_writes_and_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, out = save(urban(), tmp_path / "log.csv"), tmp_path / "new" / "guess.yaml"
    assert run.main(["mapping", str(log)]) == 0
    printed = capsys.readouterr().out
    assert run.main(["mapping", str(log), "--out", str(out)]) == 0
    assert out.read_text("utf-8") == printed
    assert [path.name for path in out.parent.iterdir()] == ["guess.yaml"]
    assert run.main(["mapping", str(log), "--out", str(out)]) == 2
    capsys.readouterr()
    assert run.main(["mapping", str(log), "--lang", "zh"]) == 0
    speak("en")
    assert "由 log.csv 的表头和前面的行猜出" in capsys.readouterr().out


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real logs are not here")
@pytest.mark.parametrize("path", REAL)
def test_round_trip_of_real_logs(path: str, tmp_path: Path) -> None:
    quality = _round_trip(SHARED / path, tmp_path, "a long salt").quality
    assert quality.kept >= 0.99 * quality.rows_read


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real logs are not here")
def test_real_table_of_totals_is_refused() -> None:
    with pytest.raises(BadInput, match="table of totals"):
        guess_mapping(SHARED / "nyc/nyc311_monthly_by_type_2024-01_to_2025-06.csv")
