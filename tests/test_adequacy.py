"""The adequacy report: what it says is so, small groups stay hidden, and a hopeless log gets a report, not a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from calibration.adequacy import Adequacy, assess
from calibration.adequacy_drift import drift
from calibration.adequacy_groups import OTHERS, SMALLEST, grouped
from calibration.adequacy_levers import NOT, PARTLY, RULES, WELL
from calibration.adequacy_text import COLUMN_WORDS, SIZES, STEP_WORDS, VERDICTS, adequacy_text
from calibration.intake import ingest
from calibration.left_truncation import left_truncation
from calibration.mapping_file import read_mapping
from sim.messages import chinese, speak
from tests.sample_exports import event_table, hotline, new_york, save, urban
from tests.synthetic_log import clean_log, mapping, write_log

SHARED = Path(__file__).parents[2] / "shared/data"
DAY = 86400


def _assess(table: pd.DataFrame, name: str, tmp_path: Path) -> Adequacy:
    chosen = read_mapping(name)
    return assess(ingest(save(table, tmp_path / "log.csv"), chosen), chosen)


def _verdict(found: Adequacy, lever: str) -> str:
    return next(each.verdict for each in found.levers if each.lever == lever)


def test_levers_depend_on_what_the_log_has(tmp_path: Path) -> None:
    city = _assess(new_york(600), "nyc311", tmp_path)
    assert _verdict(city, "how many cases come, and when") == WELL
    assert _verdict(city, "time to close") == WELL
    assert _verdict(city, "crews (staffing)") == PARTLY
    assert _verdict(city, "hands-on work a case") == NOT
    steps = _assess(urban(600), "urban_management", tmp_path)
    assert _verdict(steps, "check and rework") == WELL
    assert _verdict(steps, "time limits and lateness") == WELL
    assert _verdict(steps, "satisfaction") == PARTLY
    assert steps.steps["handled"] > 0.7
    work = _assess(event_table(300), "two_timestamps_csv", tmp_path)
    assert _verdict(work, "hands-on work a case") == WELL
    assert _verdict(work, "crews (staffing)") == WELL
    sheet = _assess(hotline(600), "hotline12345", tmp_path)
    assert _verdict(sheet, "time to close") == NOT


def test_the_report_speaks_plainly_first_in_both_languages(tmp_path: Path) -> None:
    found = _assess(urban(600), "urban_management", tmp_path)
    english = adequacy_text(found)
    speak("zh")
    try:
        zh = adequacy_text(found)
    finally:
        speak("en")
    assert english.index("## In plain words") < english.index("## Levers") < english.index("## By category")
    assert "It does not inform at all: " in english
    assert "完全不能说明" in zh
    assert len(english.splitlines()) == len(zh.splitlines())
    left = re.sub(r"[0-9a-f]{64}|[\w.]+\.csv|urban_management|SHA-256|log\b|P?ward", "", zh)
    assert not re.findall(r"\b(?:the|of|cases|with)\b", left)


def test_every_word_of_the_tables_is_translated() -> None:
    words = {*RULES, *VERDICTS.values(), *SIZES.values(), *STEP_WORDS.values(), *COLUMN_WORDS.values()}
    assert words - set(chinese()) == set()


@pytest.mark.parametrize("seed", range(5))
def test_no_cell_speaks_of_fewer_than_five(seed: int) -> None:
    draw = np.random.default_rng(seed)
    words = pd.Series(draw.choice([f"k{n}" for n in range(30)], 400, p=draw.dirichlet(np.full(30, 0.3)))).astype(object)
    closed = draw.random(400) < draw.choice([0.02, 0.5, 0.99])
    table = grouped("category", words, draw.integers(1, DAY, 400), closed)
    assert sum(row.cases for row in table.rows) == 400
    truth = pd.DataFrame({"word": words, "closed": closed}).groupby("word")["closed"].agg(["size", "sum"])
    for row in table.rows:
        assert row.cases >= SMALLEST
        if row.closed is not None:
            assert row.closed == 0 or row.closed >= SMALLEST
            assert row.cases == row.closed or row.cases - row.closed >= SMALLEST
        if row.name != OTHERS:
            assert row.cases == truth.loc[row.name, "size"]
    assert sum(row.closed is None for row in table.rows) != 1 or len(table.rows) == 1


def test_left_truncation_of_exponential_durations_is_the_formula() -> None:
    draw = np.random.default_rng(2)
    duration = draw.exponential(10 * DAY, 20_000)
    found = left_truncation(duration.astype(np.int64), np.ones(20_000, bool), 200 * DAY)
    assert found.day == pytest.approx(10 * np.log(10), rel=0.03)  # exp(-t/10) = 1/10
    assert found.after_month == pytest.approx(np.exp(-3), rel=0.06)
    stuck = left_truncation(np.full(1000, 90 * DAY), np.zeros(1000, bool) | (np.arange(1000) < 5), 90 * DAY)
    assert np.isnan(stuck.day)


def test_drift_is_found_where_it_is_and_not_where_it_is_not() -> None:
    draw = np.random.default_rng(4)
    opened = np.sort(draw.integers(0, 90 * DAY, 3000))
    words = pd.Series(draw.choice(["a", "b", "c"], 3000)).astype(object)
    still = draw.exponential(2 * DAY, 3000).astype(np.int64)
    done = np.ones(3000, bool)
    calm = drift(opened, still, done, words)
    assert calm is not None
    assert calm.found == ()
    slower = drift(opened, np.where(opened > 60 * DAY, still * 3, still), done, words)
    assert slower is not None
    assert "durations" in slower.found
    other = drift(opened, still, done, words.where(pd.Series(opened < 60 * DAY), "d"))
    assert other is not None
    assert other.found == ("mix",)
    assert other.mix_moved == pytest.approx(1.0, abs=0.05)
    assert drift(opened[:40], still[:40], done[:40], words[:40]) is None


@pytest.mark.parametrize(
    ("rows", "change"),
    [
        (1, {}),
        (3, {"Closed": "", "Status": "Open"}),
        (200, {"Closed": "", "Status": "Open", "Late": ""}),
        (200, {"Opened": "2022-11-02 10:00:00", "Closed": "2022-11-02 10:00:00", "Due": "", "Late": ""}),
        (200, {"Opened": "2022-11-02 10:00:00", "Closed": "2022-11-02 10:00:00", "Due": "", "Late": "", "Via": "staff"}),
        (200, {"Kind": "", "Unit": "", "Area": "", "Via": ""}),
    ],
)
def test_hopeless_logs_get_a_report(rows: int, change: dict[str, str], tmp_path: Path) -> None:
    chosen = mapping()
    found = assess(ingest(write_log(clean_log(rows).assign(**change), tmp_path / "log.csv"), chosen), chosen)
    text = adequacy_text(found)
    assert "It does not inform at all: " in text
    assert "nan" not in text.lower().replace("finance", "")
    assert _verdict(found, "hands-on work a case") == NOT
    assert json.dumps(found.as_dict(), allow_nan=False)


def test_command_writes_both_languages_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, out = save(new_york(), tmp_path / "log.csv"), tmp_path / "out"
    assert run.main(["adequacy", str(log), "--mapping", "nyc311", "--out", str(out)]) == 0
    assert "## In plain words" in capsys.readouterr().out
    assert {path.name for path in out.iterdir()} == {"adequacy.md", "adequacy_zh.md", "adequacy.json", "observed.csv"}
    facts = json.loads((out / "adequacy.json").read_text("utf-8"))
    assert facts["facts"]["cases"] == 300
    assert facts["about"].startswith("About the data: counts from 300 real records")
    assert "数据说明" in (out / "adequacy_zh.md").read_text("utf-8")
    assert run.main(["adequacy", str(log), "--mapping", "nyc311", "--out", str(out)]) == 2
    assert run.main(["adequacy", str(tmp_path / "none.csv"), "--mapping", "nyc311"]) == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real logs are not here")
def test_boston() -> None:
    chosen = read_mapping("boston311")
    found = assess(ingest(SHARED / "boston/boston311_2011-07_to_10.csv.gz", chosen), chosen)
    assert _verdict(found, "crews (staffing)") == PARTLY
    assert _verdict(found, "hands-on work a case") == NOT
    assert np.isnan(found.truncation.day)
    assert 58 in {day for day, _, _ in found.quality.coverage.surges}  # 28 August: Hurricane Irene
    text = adequacy_text(found)
    assert "2011-08-28 (913" in text
    assert "1,894 of them were registered when already done" in text
