"""What real logs get wrong is found and counted: zones, part days, far dates, formats, spellings, fixed waits, swaps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.coverage import coverage
from calibration.fixed_wait import fixed_wait
from calibration.intake import Intake, ingest
from calibration.mapping import Mapping
from calibration.quality_text import quality_text
from calibration.totals import totals_among
from calibration.word_variants import variants
from calibration.zone_check import OFFICE_WEEK, check_zone
from sim.messages import BadInput
from sim.records import MISSING
from tests.sample_exports import WALL, save, spells

DAY = 86400


def _mapping(**changes: object) -> Mapping:
    chapters: dict[str, object] = {
        "schema_version": 1, "name": "plain", "times": {"formats": [WALL], "zone": "Asia/Shanghai"},
        "columns": {"id": "no", "opened": "opened", "closed": "closed", "category": "kind", "department": "unit"},
    }  # fmt: skip
    return Mapping.model_validate(chapters | changes)


def _table(rows: int = 300, days: int = 35) -> pd.DataFrame:
    log = spells(rows, days=days)
    return pd.DataFrame({
        "no": log["id"], "opened": log["opened"].dt.strftime(WALL), "closed": log["closed"].dt.strftime(WALL).fillna(""),
        "kind": [f"kind {number % 4}" for number in range(rows)], "unit": [f"unit {number % 2}" for number in range(rows)],
    }).astype(object)  # fmt: skip


def _read(table: pd.DataFrame, tmp_path: Path, **changes: object) -> Intake:
    return ingest(save(table, tmp_path / "log.csv"), _mapping(**changes))


def _week(shift_h: int, size: int = 5000) -> np.ndarray:
    """Wall-clock seconds of ten weeks with an office week's rhythm, put forward by some hours."""
    draw = np.random.default_rng(7)
    hour = draw.choice(168, size, p=OFFICE_WEEK / OFFICE_WEEK.sum())
    monday = 4 * DAY  # 1970-01-05
    return monday + draw.integers(0, 10, size) * 7 * DAY + hour * 3600 + draw.integers(0, 3600, size) + shift_h * 3600


@pytest.mark.parametrize("shift_h", [-8, -5, -3, 4, 8, 11])
def test_a_clock_in_another_zone_is_found_to_the_hour(shift_h: int) -> None:
    check = check_zone(_week(shift_h))
    assert check.wrong
    assert check.shift_h == shift_h


@pytest.mark.parametrize("shift_h", [0, 1])
def test_office_hours_are_not_called_shifted(shift_h: int) -> None:
    assert not check_zone(_week(shift_h)).wrong


def test_nothing_is_said_of_few_days_or_of_a_rhythm_of_its_own() -> None:
    assert check_zone(_week(8)[:100]).shift_h is None
    even = np.random.default_rng(1).integers(0, 70 * DAY, 5000)
    assert check_zone(even).shift_h is None
    noise = _week(0) % DAY // 2 + 20 * 3600  # evenings and nights, every day alike
    assert not check_zone(np.arange(5000) % 70 * DAY + noise).wrong


def test_a_wrong_zone_is_a_caution_in_the_report(tmp_path: Path) -> None:
    table = _table(3000)
    for name in ("opened", "closed"):
        moved = pd.to_datetime(table[name]) - pd.Timedelta(hours=8)
        table[name] = moved.dt.strftime(WALL).fillna("")
    quality = _read(table, tmp_path).quality
    assert quality.zone_check.shift_h is not None
    assert abs(quality.zone_check.shift_h + 8) <= 2  # these offices open later than the reference
    assert "check the zone Asia/Shanghai" in quality_text(quality)


def test_part_days_empty_days_and_surges() -> None:
    draw = np.random.default_rng(3)
    days = np.repeat(np.arange(42), 40)
    local = days * DAY + draw.integers(6 * 3600, 22 * 3600, len(days))
    whole = coverage(local)
    assert not whole.first_partial
    assert not whole.last_partial
    assert (whole.days, whole.empty_days, whole.surges) == (42, 0, ())
    half = coverage(local[local >= 14 * 3600])
    assert half.first_partial
    assert half.whole_days == 41
    cut = coverage(local[local < 41 * DAY + 12 * 3600])
    assert cut.last_partial
    assert not coverage(local[local < 41 * DAY + 12 * 3600], cut_local_s=42 * DAY).last_partial
    assert coverage(local[local // DAY != 20]).empty_days == 1
    surge = coverage(np.concatenate((local, 25 * DAY + draw.integers(6 * 3600, 22 * 3600, 160))))
    assert [(day, count) for day, count, _ in surge.surges] == [(25, 200)]
    assert coverage(np.arange(11 * 3600, 23 * 3600, 60)).first_partial


def test_far_dates_do_not_become_the_cut(tmp_path: Path) -> None:
    table = _table(400)
    table.loc[:1, "closed"] = "2099-12-31 00:00:00"
    table.loc[2, "opened"] = "2050-01-01 00:00:00"
    intake = _read(table, tmp_path)
    assert intake.quality.far == 3
    assert intake.quality.fates["dropped_opened_after_cut"] == 1
    assert intake.quality.endings["open_closed_after_cut"] == 2
    assert intake.records.frame.horizon_s < 100 * DAY
    assert "3 times lie half a year or more after all others" in quality_text(intake.quality)


def test_placeholder_dates_are_no_times(tmp_path: Path) -> None:
    table = _table()
    table.loc[:2, "closed"] = ["1900-01-01 00:00:00", "1970-01-01 08:00:00", "9999-12-31 00:00:00"]
    quality = _read(table, tmp_path).quality
    assert quality.endings["open_closing_unreadable"] == 3


def test_mixed_formats_and_offsets_are_counted(tmp_path: Path) -> None:
    table = _table()
    moved = pd.to_datetime(table["opened"]).dt
    table.loc[:19, "opened"] = moved.strftime("%d/%m/%Y %H:%M")[:20]
    table.loc[20:24, "opened"] = moved.strftime("%Y-%m-%dT%H:%M:%S+08:00")[20:25]
    times = {"formats": [WALL, "%d/%m/%Y %H:%M", "ISO8601"], "zone": "Asia/Shanghai"}
    quality = _read(table, tmp_path, times=times).quality
    assert quality.kept == 300
    assert quality.noted["other_format"] == 25
    assert quality.noted["offset_mixed"] == 5
    assert "several formats; 25 rows" in quality_text(quality)


def test_spellings_of_one_thing_are_shown() -> None:
    column = pd.Series(["Ward 3"] * 5 + ["03"] * 2 + ["3"] + ["Plumbing", "PLUMBING", "ｐlumbing", "Lamp"])
    assert variants(column, "ward") == [("Ward 3", "03", "3"), ("Plumbing", "PLUMBING", "ｐlumbing")]
    assert variants(pd.Series(["3", "30", "13"]), "ward") == []


def test_spellings_are_counted_in_the_report(tmp_path: Path) -> None:
    table = _table()
    table.loc[:6, "kind"] = "KIND-0"
    quality = _read(table, tmp_path).quality
    assert quality.noted["variant_word"] == 7
    assert "'kind 0' = 'KIND-0'" in quality_text(quality)


def test_closings_by_the_system_after_a_fixed_wait() -> None:
    draw = np.random.default_rng(5)
    work = draw.exponential(5 * DAY, 500).astype(int) + DAY
    assert not fixed_wait(work).any()
    found = fixed_wait(np.concatenate((work, 15 * DAY + draw.integers(-60, 60, 200))))
    assert found[500:].all()
    assert found.sum() < 220
    assert not fixed_wait(np.full(500, 60)).any()


@pytest.mark.parametrize(
    ("headings", "totals"),
    [
        (("month", "type", "total_requests", "avg_response_time"), 2),
        (("月份", "类别", "受理总数", "平均时长"), 2),
        (("case_id", "opened", "count"), 0),
        (("Unique Key", "Created Date", "Closed Date", "Complaint Type"), 0),
    ],
)
def test_tables_of_totals_are_told_by_their_headings(headings: tuple[str, ...], totals: int) -> None:
    assert len(totals_among(headings)) == totals


# -- bad input --------------------------------------------------------------------------------------------------------


def test_swapped_times_and_a_number_as_category_are_refused(tmp_path: Path) -> None:
    columns = {"id": "no", "opened": "closed", "closed": "opened", "category": "kind"}
    with pytest.raises(BadInput, match=r"closed before they were opened; in mapping plain the columns"):
        _read(_table(), tmp_path, columns=columns)
    with pytest.raises(BadInput, match="category has 300 different words in 300 rows"):
        _read(_table(), tmp_path, columns={"id": "kind", "opened": "opened", "category": "no"}, duplicates={"key": ["opened"]})


def test_an_error_does_not_quote_a_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no opening time can be read") as caught:
        _read(_table().assign(opened="Zhang Wei"), tmp_path)
    assert "Zhang" not in str(caught.value)
    assert "xxxxx xxx" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"closed": ""}, "no case has a usable closing time"),
        ({"opened": "2024-04-08 09:00:00", "closed": "2024-04-08 09:00:00"}, "all cases were opened in one second"),
    ],
)
def test_hopeless_logs_are_read_and_say_so(change: dict[str, str], says: str, tmp_path: Path) -> None:
    intake = _read(_table().assign(**change), tmp_path)
    assert says in quality_text(intake.quality)


def test_only_closed_cases_and_a_single_row(tmp_path: Path) -> None:
    closed = _table()[lambda table: table["closed"] != ""]
    assert "not one case is open" in quality_text(_read(closed, tmp_path).quality)
    one = _read(closed.iloc[:1], tmp_path)
    assert one.quality.kept == 1
    assert (one.records["cases"]["closed_at"] != MISSING).all()


# -- persons ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("请联系13912345678", "phone numbers"), ("call (617) 555-0134", "phone numbers"), ("010-62345678", "phone numbers"),
        ("11010119900307123X", "identity numbers"), ("a.b@example.org", "e-mail addresses"), ("京A12345", "number plates"),
        ("王女士", "names of persons"), ("Mr. Smith", "names of persons"), ("长安街12号3单元", "street addresses"),
        ("12 Main Street", "street addresses"),
    ],
)  # fmt: skip
def test_personal_cells_are_refused_or_blotted_out(value: str, kind: str, tmp_path: Path) -> None:
    many, few = _table(), _table()
    many.loc[:49, "unit"] = value
    with pytest.raises(BadInput, match=rf"column 'unit' \(department\) holds what looks like {kind} in 50 of 300 rows") as caught:
        _read(many, tmp_path)
    assert value not in str(caught.value)
    few.loc[:1, "unit"] = value
    intake = _read(few, tmp_path)
    assert intake.quality.noted["personal_value"] == 2
    assert value not in intake.records["cases"].to_csv() + quality_text(intake.quality)
    kept = _read(many, tmp_path, personal={"unit": "keep"})
    assert (kept.records["cases"]["department"] == value).sum() == 50
    hidden = ingest(save(many, tmp_path / "log.csv"), _mapping(personal={"unit": "hash"}), "a long salt")
    assert value not in hidden.records["cases"].to_csv()


@pytest.mark.parametrize("value", ["13 QUEENS", "Street Light Outages", "PWDx_District 03", "12号线", "101000295613", "A-2024-0310-12"])
def test_ordinary_words_are_not_taken_for_persons(value: str, tmp_path: Path) -> None:
    assert _read(_table().assign(unit=value), tmp_path).quality.noted["personal_value"] == 0


def test_case_numbers_that_are_phone_numbers_and_free_text_are_refused(tmp_path: Path) -> None:
    phones = _table().assign(no=[str(13800000000 + number) for number in range(300)])
    with pytest.raises(BadInput, match=r"column 'no' \(id\) holds what looks like phone numbers"):
        _read(phones, tmp_path)
    words = [f"the light in front of house {number} has been out since last week" for number in range(300)]
    with pytest.raises(BadInput, match="free text") as caught:
        _read(_table().assign(kind=words), tmp_path)
    assert "light" not in str(caught.value)
