"""Logs that tell nothing, and slips on the command line: one clear line, nothing half written, or a report that says what it lacks."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from calibration.zone_check import OFFICE_WEEK
from sim.messages import speak
from tests.test_replay import city_log

TIMES = ("open_dt", "closed_dt", "target_dt")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """300 rows of a small city in Boston's headings."""
    return pd.read_csv(city_log(tmp_path_factory.mktemp("city") / "city.csv.gz", 300, 80), dtype=str, keep_default_na=False)


def spoilt(base: pd.DataFrame, kind: str, folder: Path) -> Path:
    """The log with one thing wrong."""
    log = base.copy()
    if kind == "one row":
        log = log.head(1)
    elif kind == "only open":
        log = log.assign(closed_dt="", case_status="Open")
    elif kind == "only closed":
        log = log[log["closed_dt"] != ""]
    elif kind == "one second":
        log = log.assign(open_dt="2011-07-05 10:00:00", closed_dt="2011-07-05 12:00:00", case_status="Closed")
    elif kind == "closed when opened":
        log = log.assign(closed_dt=log["open_dt"], case_status="Closed")
    elif kind == "next century":
        log = log.assign(**{name: log[name].str.replace("2011-", "2111-") for name in TIMES})
    elif kind == "swapped times":
        log = log.rename(columns={"open_dt": "closed_dt", "closed_dt": "open_dt"})
        log = log[log["open_dt"] != ""]
    elif kind == "swapped number and type":
        log = log.rename(columns={"type": "case_enquiry_id", "case_enquiry_id": "type"})
    elif kind == "no category":
        log = log.assign(type="")
    elif kind in ("right zone", "wrong zone", "next decade"):
        log = at_office_hours(log, 9 if kind == "wrong zone" else 0, 20 if kind == "next decade" else 0)
    elif kind == "closed export":
        log = log[log["closed_dt"] != ""]
    elif kind == "no row":
        log = log.head(0)
    path = folder / "log.csv"
    log.to_csv(path, index=False)
    return path


def at_office_hours(log: pd.DataFrame, late: int, years: int) -> pd.DataFrame:
    """Openings as in an office week, closings a whole number of hours later; all clocks `late` hours on and `years` years on."""
    draw = np.random.default_rng(4)
    log = pd.concat([log] * 5, ignore_index=True)
    log["case_enquiry_id"] = (101_000_000_000 + np.arange(len(log))).astype(str)
    hour = np.sort(draw.integers(0, 11, len(log)) * 168 + draw.choice(168, len(log), p=OFFICE_WEEK / OFFICE_WEEK.sum()))
    second = (hour + late) * 3600 + draw.integers(0, 3600, len(log))
    start = pd.Timestamp(f"{2011 + years}-07-04") + pd.to_timedelta(second, unit="s")
    closed = start + pd.to_timedelta(draw.lognormal(3.5, 1.2, len(log)).astype(int) + 1, unit="h")
    cut = pd.Timestamp(f"{2011 + years}-09-19")
    wall, is_open = "%Y-%m-%d %H:%M:%S", np.asarray(closed >= cut)
    return log.assign(
        open_dt=start.strftime(wall), target_dt=(start + pd.Timedelta(days=3)).strftime(wall),
        closed_dt=np.where(is_open, "", closed.strftime(wall)), case_status=np.where(is_open, "Open", "Closed"),
    )[np.asarray(start < cut)]  # fmt: skip


UNREADABLE = {"next century": "years from 1970 to 2100", "swapped times": "seem swapped", "swapped number and type": "another column",
              "no row": "has a header but no rows"}  # fmt: skip
NOT_FITTED = {"one row": "less than one day", "only open": "none of them is closed",
              "one second": "less than one day", "closed when opened": "hides the slow ones"}  # fmt: skip
LACKS = {"one row": ("all cases were opened in one second", "too few cases"), "only open": ("too few closed ones",),
         "one second": ("all cases were opened in one second",), "only closed": (), "closed when opened": ("too few cases",),
         "no category": ()}  # fmt: skip


def refused(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Both languages: exit code 2 and one line."""
    for language in ("en", "zh"):
        assert run.main([*words, "--lang", language]) == 2, words
        shown = capsys.readouterr().err.strip()
        assert len(shown.splitlines()) == 1
        if language == "en":
            assert says in shown
        else:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in shown), shown
    speak("en")


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("command", ["ingest", "adequacy", "fits", "fit"])
def test_a_log_that_cannot_be_read_is_refused(
    kind: str, command: str, base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [command, str(spoilt(base, kind, tmp_path)), "--mapping", "boston311"]
    words += ["--name", "x", "--until", "2011-08-20"] if command == "fit" else []
    refused([*words, *(["--out", str(tmp_path / "out")] if command != "fits" else [])], UNREADABLE[kind], capsys)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", NOT_FITTED)
def test_a_log_from_which_nothing_can_be_learnt_is_not_fitted(
    kind: str, base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["fit", str(spoilt(base, kind, tmp_path)), "--mapping", "boston311", "--name", "x", "--until", "2011-08-20"]
    refused([*words, "--out", str(tmp_path / "out")], NOT_FITTED[kind], capsys)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", LACKS)
def test_what_can_be_read_is_judged_and_says_what_it_lacks(
    kind: str, base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = str(spoilt(base, kind, tmp_path))
    assert run.main(["adequacy", log, "--mapping", "boston311", "--out", str(tmp_path / "adequacy")]) == 0
    assert "does not inform at all" in capsys.readouterr().out
    assert run.main(["fits", log, "--mapping", "boston311"]) == 0
    shown = capsys.readouterr().out
    for lack in LACKS[kind]:
        assert lack in shown
    if not LACKS[kind]:
        row = next(line for line in shown.splitlines() if "time to close" in line)
        assert "–" not in row.split("|")[5:6]
        assert "/" in row


def test_a_log_followed_for_long_after_its_last_opening_is_cut_by_its_openings(
    base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mapping of Boston says 1 November; the last case here came on 18 September: seven tenths of the openings are learnt from."""
    assert run.main(["fits", str(spoilt(base, "", tmp_path)), "--mapping", "boston311"]) == 0
    shown = [line.split("|") for line in capsys.readouterr().out.splitlines() if line.startswith("| log.csv")]
    assert shown[0][3].strip() == "55"
    assert shown[1][5].strip() in ("exponential", "gamma", "weibull", "lognormal", "two_weibulls", "two_lognormals", "stepwise")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fit", "LOG", "--mapping", "boston311", "--name", "a/b", "--until", "2011-08-20", "--out", "OUT"], "--name 'a/b'"),
        (["fit", "LOG", "--mapping", "boston311", "--name", "Ärger", "--until", "2011-08-20", "--out", "OUT"], "--name"),
        (["fit", "LOG", "--mapping", "boston311", "--name", "x", "--until", "soon", "--out", "OUT"], "--until 'soon'"),
        (["fit", "LOG", "--mapping", "boston311", "--name", "x", "--until", "2010-01-01", "--out", "OUT"], "no row is left"),
        (["fit", "LOG", "--mapping", "boston311", "--name", "x", "--until", "2011-08-20", "--work-share", "nan"], "between 0 and 1"),
        (["fit", "LOG", "--mapping", "boston311", "--name", "x", "--until", "2011-08-20", "--out", "FILE"], "is a file"),
        (["fits", "LOG", "--mapping", "bostn311"], "did you mean boston311"),
        (["fits", "LOG", "--mapping", "boston311", "--cut", "2031-01-01"], "none from it on"),
        (["fits", "LOG", "--mapping", "boston311", "--cut", "2011-02-30"], "not a date"),
        (["fits", "FILE", "--mapping", "boston311"], "wants columns that are not there"),
        (["fits", "LOG", "--mapping", "nyc311"], "wants columns that are not there"),
        (["fits"], "missing on the command line"),
        (["adequacy", "LOG", "--mapping", "boston311", "--start", "2031-01-01", "--out", "OUT"], "later than the last opening"),
        (["ingest", "LOG", "--mapping", "boston311", "--until", "2011-99-01", "--out", "OUT"], "--until '2011-99-01'"),
        (["ingest", "nowhere.csv", "--mapping", "boston311", "--out", "OUT"], "no such file"),
        (["mapping", "FILE"], "no table"),
        (["mapping", "LOG", "--mapping", "x"], "there is no option --mapping"),
        (["calibrate", "boston_2011"], "one of these is missing"),
        (["calibrate", "boston_2011", "--log", "LOG", "--score", "LOG"], "cannot be given together with --log"),
        (["calibrate", "bostn_2011", "--log", "LOG"], "did you mean 'boston_2011'"),
        (["calibrate", "boston_2011", "--log", "LOG", "--workers", "0"], "at least 1"),
        (["calibrate", "nobody", "--score", "LOG", "--out", "OUT"], "there is no scenario 'nobody'"),
        (["calibrate", "baseline", "--score", "LOG", "--out", "OUT"], "replays no log"),
        (["calibrate", "boston_2011_replay", "--score", "FILE", "--out", "OUT"], "wants columns that are not there"),
        (["calibrate", "baseline", "--monitor", "LOG", "--out", "OUT"], "replays no log"),
        (["calibrate", "boston_2011_replay", "--monitor", "nowhere.csv", "--out", "OUT"], "no such file"),
        (["infer", "boston_2011_replay", "--log", "LOG", "--out", "OUT", "--crews", "ISD=5-2"], "write DEPARTMENT=LOW-HIGH"),
        (["infer", "boston_2011_replay", "--log", "LOG", "--out", "OUT", "--minutes", "nan"], "--minutes 0"),
        (["infer", "boston_2011_replay", "--log", "LOG", "--out", "FILE"], "is a file"),
        (["infer", "boston_2011_replay", "--log", "LOG", "--out", "OUT"], "this is not the log"),
        (["infer", "baseline", "--log", "LOG", "--out", "OUT"], "fit one first"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_gets_one_clear_line(
    words: list[str], says: str, base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("no table\n", encoding="utf-8")
    stands_for = {"LOG": str(spoilt(base, "", tmp_path)), "OUT": str(tmp_path / "out"), "FILE": str(tmp_path / "notes.txt")}
    refused([stands_for.get(word, word) for word in words], says, capsys)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.csv", "notes.txt"]


# -- the same logs for calibrate and infer ------------------------------------------------------------------------------


def plan_for(log: Path, folder: Path, until: str = "2011-08-20", end: str = "2011-09-09") -> Path:
    """A calibration plan that names the log by its hash."""
    plan = folder / "plan.yaml"
    plan.write_text(
        "schema_version: 1\nname: x\ntitle: x\ntitle_zh: x\nmapping: boston311\n"
        f"sha256: {hashlib.sha256(log.read_bytes()).hexdigest()}\ntraining: {{until: {until}}}\nheld_out: {{until: {end}}}\n"
        "budget: {runs: 1}\nworlds: 2\nutilisations: [0.5]\n", encoding="utf-8",
    )  # fmt: skip
    return plan


@pytest.mark.parametrize("kind", {**UNREADABLE, **NOT_FITTED})
def test_calibrate_refuses_what_fit_refuses(kind: str, base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = spoilt(base, kind, tmp_path)
    words = ["calibrate", str(plan_for(log, tmp_path)), "--log", str(log), "--out", str(tmp_path / "out")]
    refused(words, {**UNREADABLE, **NOT_FITTED}[kind], capsys)
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def fitted(base: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of a fitted scenario."""
    folder = tmp_path_factory.mktemp("fitted")
    words = ["fit", str(spoilt(base, "", folder)), "--mapping", "boston311", "--name", "x", "--until", "2011-08-20"]
    assert run.main([*words, "--out", str(folder)]) == 0
    demands = (folder / "x_demands.csv").read_text(encoding="utf-8")
    return json.dumps({path.name: path.read_text(encoding="utf-8") for path in folder.glob("x*")} | {"x_demands.csv": demands})


@pytest.mark.parametrize("kind", {**UNREADABLE, **NOT_FITTED})
def test_infer_refuses_what_fit_refuses(
    kind: str, base: pd.DataFrame, fitted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the scenario names the spoilt log as its own."""
    log = spoilt(base, kind, tmp_path)
    sha = hashlib.sha256(log.read_bytes()).hexdigest()
    for name, text in json.loads(fitted).items():
        mine = text.splitlines()
        mine = [f"  sha256: {sha}" if line.strip().startswith("sha256:") else line for line in mine]
        (tmp_path / name).write_text("\n".join(mine) + "\n", encoding="utf-8")
    words = ["infer", str(tmp_path / "x.yaml"), "--log", str(log), "--out", str(tmp_path / "out")]
    refused(words, {**UNREADABLE, **NOT_FITTED}[kind], capsys)
    assert not (tmp_path / "out").exists()


# -- what can be fitted, with a word of warning -------------------------------------------------------------------------

WARNED = {"wrong zone": "its clock is put 9 h back; check the zone America/New_York", "closed export": "not one case is open at the cut",
          "no category": "", "right zone": ""}  # fmt: skip


@pytest.mark.parametrize("kind", WARNED)
def test_a_fit_says_what_is_odd_about_its_log(kind: str, base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clock of another zone; an export of closed cases only, of which some close after the training period."""
    log = str(spoilt(base, kind, tmp_path))
    assert run.main(["fit", log, "--mapping", "boston311", "--name", "x", "--until", "2011-08-20", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().err
    assert WARNED[kind] in shown
    if not WARNED[kind]:
        assert "zone" not in shown
        assert "not one case is open" not in shown


def test_calibrate_and_adequacy_warn_of_the_zone(base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = spoilt(base, "wrong zone", tmp_path)
    assert run.main(["adequacy", str(log), "--mapping", "boston311", "--out", str(tmp_path / "adequacy")]) == 0
    assert WARNED["wrong zone"] in capsys.readouterr().out
    words = ["calibrate", str(plan_for(log, tmp_path)), "--log", str(log), "--out", str(tmp_path / "out")]
    assert run.main(words) == 0
    assert WARNED["wrong zone"] in capsys.readouterr().err
    assert WARNED["wrong zone"] in (tmp_path / "out" / "calibration_x" / "report.html").read_text(encoding="utf-8")


def test_dates_that_have_not_come_yet_are_spoken_of(base: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = str(spoilt(base, "next decade", tmp_path))
    words = ["--mapping", "boston311", "--start", "2031-07-01", "--until", "2031-09-19"]
    assert run.main(["adequacy", log, *words, "--out", str(tmp_path / "adequacy")]) == 0
    assert "ends on 2031-09-19 00:00, which has not come yet" in capsys.readouterr().out
