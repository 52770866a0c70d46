"""Nothing of a person, no case number and no group of fewer than five cases comes out of any command that reads a log."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

import run
from calibration.intake import ingest
from calibration.mapping_file import read_mapping, with_window
from calibration.small_groups import SMALLEST, blurred, folded
from scenarios.reading import read_scenario
from sim.messages import speak
from tests.personal_city import END, RARE, UNTIL, PersonalCity, personal_city

ROWS = re.compile(r"(^|/)(cases|issues|reports|events|services|units|attributes|case_pairs)\.parquet$")
"""Files that hold a row a case, as docs/replay.md says; every other one holds totals."""
NUMBERED = re.compile(r"(^|/)ingest/attributes\.parquet$")
"""The one file with the log's own case numbers: what `ingest` keeps."""


@dataclass(frozen=True)
class Outputs:
    """The city, the folder that all commands wrote into, and what they printed."""

    city: PersonalCity
    folder: Path
    shown: str

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every file as text: Parquet as CSV, other binary files byte by byte."""
        for path in sorted(each for each in self.folder.rglob("*") if each.is_file()):
            yield path.relative_to(self.folder).as_posix(), _text(path)


def _text(path: Path) -> str:
    if path.suffix == ".parquet":
        return _table(path).to_csv()
    return path.read_bytes().decode("utf-8", errors="replace")


def _table(path: Path) -> pd.DataFrame:
    return duckdb.sql(f"select * from '{path}'").df()


def _commands(city: PersonalCity, out: Path) -> Iterator[list[object]]:
    log, mapping, fitted = city.log, city.mapping, out / "calibration_personal" / "personal.yaml"
    yield ["ingest", log, "--mapping", mapping, "--out", out / "ingest"]
    yield ["adequacy", log, "--mapping", mapping, "--out", out / "adequacy"]
    yield ["fits", log, "--mapping", mapping]
    yield ["fit", log, "--mapping", mapping, "--name", "fitted", "--until", UNTIL, "--out", out / "fit"]
    yield ["calibrate", city.plan, "--log", log, "--out", out]
    yield ["calibrate", fitted, "--score", log, "--out", out]
    yield ["infer", out / "fit" / "fitted.yaml", "--log", log, "--out", out / "infer", "--draws", "20", "--minutes", "0.005"]
    yield ["surge", fitted, "--log", log, "--types", "pothole", "--since", UNTIL, "--until", "2022-12-31", "--department", "roads",
           "--end", END, "--worlds", "2", "--out", out]  # fmt: skip
    yield ["compare", fitted, out / "fit" / "fitted.yaml", "--log", log, "--replications", "2", "--workers", "1", "--out", out]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Every command that reads a log, once."""
    folder = tmp_path_factory.mktemp("personal")
    city, shown = personal_city(folder), io.StringIO()
    with redirect_stdout(shown), redirect_stderr(shown):
        for words in _commands(city, folder / "out"):
            assert run.main([str(word) for word in words]) == 0, shown.getvalue()[-2000:]
    return Outputs(city, folder / "out", shown.getvalue())


def test_nothing_planted_comes_out(outputs: Outputs) -> None:
    found = [(name, value) for name, text in [*outputs.texts(), ("what was printed", outputs.shown)]
             for value in outputs.city.planted if value in text]  # fmt: skip
    assert found == []


def test_the_search_would_find_what_is_there(outputs: Outputs) -> None:
    """The log itself is full of it, and rare groups are found in the rows of what `ingest` keeps."""
    log = outputs.city.log.read_text(encoding="utf-8")
    assert all(value in log for value in outputs.city.planted)
    rows = _table(outputs.folder / "ingest" / "cases.parquet").to_csv() + _table(outputs.folder / "ingest" / "issues.parquet").to_csv()
    assert all(rows.count(name) >= count for name, count in RARE.values())


def test_case_numbers_stand_only_where_it_is_said(outputs: Outputs) -> None:
    numbers = re.compile(r"HX73\d{7}")
    assert [name for name, text in outputs.texts() if numbers.search(text) and not NUMBERED.search(name)] == []
    assert not numbers.search(outputs.shown)
    assert set(numbers.findall(dict(outputs.texts())["ingest/attributes.parquet"])) <= outputs.city.numbers


def test_pairs_of_cases_have_running_numbers(outputs: Outputs) -> None:
    (file,) = outputs.folder.glob("compare_*/case_pairs.parquet")
    pairs = _table(file)
    assert sorted(set(pairs["issue_id"])) == list(range(pairs["issue_id"].min(), pairs["issue_id"].max() + 1))
    assert not set(pairs.columns) & {"case_id", "log_id", "Case No"}


def test_groups_of_fewer_than_five_cases_are_named_in_rows_only(outputs: Outputs) -> None:
    """Their areas are in the scenarios' lists of zones: a name, no number."""
    area = RARE["Area"][0]
    found = {(name, group): text.count(group) for name, text in outputs.texts() if not ROWS.search(name)
             for group, _ in RARE.values() if group in text}  # fmt: skip
    zones = {key: count for key, count in found.items() if key[1] == area and key[0].endswith(".yaml")}
    assert {name for name, _ in zones} == {name for name, _ in found}
    assert set(zones.values()) == {1}
    assert len(zones) == len(found) >= 2
    assert not any(group in outputs.shown for group, _ in RARE.values())


def test_a_fit_tells_of_no_department_of_few_cases(outputs: Outputs) -> None:
    """Those of a few cases are one department, `unknown`, in every table of the fits."""
    for file in (outputs.folder / "fit" / "fitted.yaml", outputs.folder / "calibration_personal" / "personal.yaml"):
        scenario = read_scenario(str(file)).scenario
        assert scenario.replay is not None
        assert scenario.replay.arrivals is not None
        names = {unit.name for unit in scenario.staffing.departments}
        assert names == {"roads", "parks", "unknown"}
        assert {each.department for each in scenario.replay.demands} <= names
        assert {each.department for each in scenario.replay.arrivals.streams} <= names
    told = pd.read_csv(outputs.folder / "calibration_personal" / "informed.csv")
    assert set(told["department"]) <= {"roads", "parks", "unknown"}
    training = ingest(outputs.city.log, with_window(read_mapping(outputs.city.mapping), None, f"{UNTIL} 00:00"))
    before, after = (each.records["cases"]["department"].astype(str).value_counts() for each in (training, folded(training)))
    assert before.min() < SMALLEST <= after.min()
    assert before.sum() == after.sum()


def test_scores_hold_no_count_from_one_to_four(outputs: Outputs) -> None:
    for folder in ("calibration_personal", "score_personal"):
        facts = json.loads((outputs.folder / folder / "scores.json").read_text(encoding="utf-8"))
        curves, hours = facts["backlog"], facts["closing_hours"]
        single = [name for name in hours if name not in ("model", "random past durations")]
        for counts in [curves["measured"], *(hours[name] for name in single)]:
            flat = np.asarray(counts, dtype=float).ravel()
            assert not ((flat > 0) & (flat < SMALLEST) & (flat == np.rint(flat))).any()
            assert flat.max() >= SMALLEST
        assert min(row["cases"] for row in [*facts["departments"], *facts["categories"]]) >= SMALLEST
    assert blurred(np.array([0, 1, 4, 5])).tolist() == [0, 2.5, 2.5, 5]


def test_indicators_of_a_replay_speak_of_five_cases_at_least(outputs: Outputs) -> None:
    for name in ("personal", "fitted"):
        table = _table(outputs.folder / name / "summary_indicators.parquet")
        judged = table[(table["indicator"] == "cases_judged") & (table["group"] != "all")]
        assert judged["value"].min() >= SMALLEST
        grouped = table[table["group"].str.startswith(("category=", "department="))]
        assert set(grouped["group"]) <= set(judged["group"])
        assert len(set(judged["group"])) >= 4


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(("language", "line"), [("en", "no row of"), ("zh", "真实案件日志|真实日志")])
def test_every_page_says_what_its_data_is(language: str, line: str, outputs: Outputs, tmp_path: Path) -> None:
    city, out = outputs.city, outputs.folder
    fitted = str(out / "fit" / "fitted.yaml")
    (tmp_path / "study.yaml").write_text(
        f"schema_version: 1\nname: crews\nquestion: crews?\nquestion_zh: 几组？\nbase: {{scenario: {fitted}}}\nseed: 1\n"
        "levers: [{name: crews, label: crews, label_zh: 班组, path: staffing.departments.0.crews, values: [3, 4]}]\n"
        "outcomes: [{indicator: report_to_closure_mean}]\ndesign: {kind: full_factorial}\nreplications: 2\nbaseline: {crews: 3}\n",
        encoding="utf-8",
    )  # fmt: skip
    few = ["--log", str(city.log), "--replications", "2", "--workers", "1", "--out", str(tmp_path), "--lang", language]
    try:
        assert run.main(["calibrate", str(city.plan), "--log", str(city.log), "--out", str(out), "--resume", "--lang", language]) == 0
        assert run.main(["compare", fitted, str(out / "calibration_personal" / "personal.yaml"), *few]) == 0
        study = ["study", str(tmp_path / "study.yaml"), "--log", str(city.log), "--workers", "1", "--out", str(tmp_path), "--lang", language]
        assert run.main(study) == 0
    finally:
        speak("en")
    pages = [out / "calibration_personal" / "report.html", *tmp_path.rglob("*.html")]
    assert len(pages) == 5
    for page in pages:
        words = _Words()
        words.feed(page.read_text(encoding="utf-8"))
        assert re.search(line, words.text), page
