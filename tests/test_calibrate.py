"""`calibrate`: a log becomes a scenario and an account of its fit; the held-out period is opened once, after the fit."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import run
from calibration.calibration_folder import CalibrationFolder
from calibration.calibration_plan_file import plan_names, read_plan
from calibration.doubt_folder import read_doubt
from calibration.held_out import open_held_out, openings_of
from calibration.intake import ingest
from calibration.known_log import known_at
from calibration.mapping_file import read_mapping
from calibration.naive_forecasts import SHIFTED
from experiments.informed import lever_lines
from experiments.posterior import check_posterior, drawn, read_posterior
from scenarios.reading import read_scenario
from sim.messages import BadInput
from sim.records import MISSING
from tests.contracts.test_imports import MODULES, own
from tests.test_replay import city_log

ROOT = Path(__file__).resolve().parent.parent
MAY_OPEN = {"calibration.calibration_stages", "calibration.foretelling", "calibration.calibration_scores",
            "calibration.calibration_report", "calibration.later_export", "calibration.surge_command",
            "calibration.drift_command"}  # fmt: skip
"""Modules that come after the fit, and the one that calls both."""


def plan_text(log: Path, **changed: str) -> str:
    """A plan for a log of `city_log`: 50 days of training, 20 held out."""
    keys = {
        "schema_version": "1", "name": "city", "title": "A city", "title_zh": "一座城市", "mapping": "boston311",
        "sha256": hashlib.sha256(log.read_bytes()).hexdigest(), "training": "{until: 2011-08-20}",
        "held_out": "{until: 2011-09-09}", "budget": "{runs: 2}", "worlds": "3",
    }  # fmt: skip
    return "".join(f"{key}: {value}\n" for key, value in {**keys, **changed}.items())


def rewritten(log: Path, change, name: str = "changed.csv.gz") -> Path:
    """The log with its table changed."""
    frame = pd.read_csv(log, dtype=str, keep_default_na=False)
    path = log.with_name(name)
    path.write_bytes(gzip.compress(change(frame).to_csv(index=False).encode(), mtime=0))
    return path


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A log, its plan, and the folder of results that `calibrate` made of them."""
    folder = tmp_path_factory.mktemp("calibrate")
    log, plan = city_log(folder / "city.csv.gz"), folder / "plan.yaml"
    plan.write_text(plan_text(log), encoding="utf-8")
    assert run.main(["calibrate", str(plan), "--log", str(log), "--out", str(folder / "out")]) == 0
    return log, plan, folder / "out" / "calibration_city"


def test_a_calibration_leaves_scenario_report_and_scores(city: tuple[Path, Path, Path]) -> None:
    folder = city[2]
    scenario = read_scenario(str(folder / "city.yaml"))
    assert scenario.scenario.replay is not None
    assert scenario.scenario.replay.trained_until == "2011-08-20"
    facts = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    assert facts["digest"] == scenario.scenario.digest()
    forecasts = {row["forecast"] for row in facts["values"]}
    assert forecasts == {"model", "last period, shifted", "random past durations"}
    assert all(row["value"] >= 0 for row in facts["values"] if row["measure"] != "per_case")
    table = pd.read_csv(folder / "scores.csv")
    assert set(table["measure"]) == {row["measure"] for row in facts["values"]}
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "no row of the log is in this page" in page
    assert page.count("<svg") == 4
    assert "What the log pins down" in page


def test_a_calibration_leaves_its_doubt_as_draws(city: tuple[Path, Path, Path]) -> None:
    """Every candidate with its weight, draws that `--posterior` reads, verdicts in the scenario, and the first draws stand for all."""
    folder = city[2]
    scenario = read_scenario(str(folder / "city.yaml")).scenario
    assert scenario.replay is not None
    doubts = {each.name: each for each in read_doubt(CalibrationFolder(folder))}
    for doubt in doubts.values():
        assert sum(doubt.weight) == pytest.approx(1)
        assert any(each.never_short for each in doubt.candidates)
        assert max(doubt.weight) == doubt.weight[int(np.argmin(doubt.loss))]
    told = {(row.department, row.parameter): row for row in scenario.replay.informed}
    assert {name for _, name in told} == {"crews", "work_s", "utilisation", "pace"}
    posterior = read_posterior(folder / "posterior.parquet")
    check_posterior(scenario, folder / "posterior.parquet")
    for unit in scenario.staffing.departments:
        kept = {each.crews for each, weight in zip(doubts[unit.name].candidates, doubts[unit.name].weight, strict=True) if weight > 0}
        seen = [row[unit.name, "*"].crews for row in posterior.draws]
        assert set(seen) == kept
        assert unit.crews in kept
        assert min(kept) <= told[unit.name, "crews"].low <= told[unit.name, "crews"].high <= max(kept)
        assert np.mean(np.log(seen[:8])) == pytest.approx(np.mean(np.log(seen)), abs=0.35 * np.std(np.log(seen)) + 1e-9)


def test_a_draw_changes_crews_work_queue_and_pace_together(city: tuple[Path, Path, Path]) -> None:
    scenario = read_scenario(str(city[2] / "city.yaml")).scenario
    posterior = read_posterior(city[2] / "posterior.parquet")
    for number in range(4):
        changed = drawn(scenario, posterior, number)
        assert changed.replay is not None
        rows = posterior.draws[number]
        assert {unit.name: unit.crews for unit in changed.staffing.departments} == {name: row.crews for (name, _), row in rows.items()}
        for demand in changed.replay.demands:
            row = rows[demand.department, "*"]
            assert demand.work.mean_seconds() == row.work_s
            assert demand.closing is not None
            assert demand.closing.queue == row.queue_s
        assert {each.department: each.level for each in changed.replay.paces} == {
            each.department: rows[each.department, "*"].pace for each in changed.replay.paces
        }


def test_the_draws_are_a_table_for_studies(city: tuple[Path, Path, Path]) -> None:
    """Each row, set path by path, is the scenario under that draw."""
    file, posterior = city[2] / "city.yaml", read_posterior(city[2] / "posterior.parquet")
    table = pd.read_csv(city[2] / "draws.csv", dtype=str)
    assert len(table) == len(posterior.draws)
    assert "staffing.departments.0.crews" in table.columns
    for number in (0, 5):
        stated = read_scenario(str(file), [f"{path}={value}" for path, value in table.iloc[number].items()]).scenario
        wanted = drawn(read_scenario(str(file)).scenario, posterior, number)
        assert stated.model_dump(mode="json") == wanted.model_dump(mode="json")


def test_compare_says_that_crews_which_the_log_leaves_open_are_not_informed(city: tuple[Path, Path, Path]) -> None:
    scenario = read_scenario(str(city[2] / "city.yaml")).scenario
    assert scenario.replay is not None
    verdict = {row.department: row.verdict for row in scenario.replay.informed if row.parameter == "crews"}
    units = scenario.staffing.departments
    for unit in units:
        more = tuple(each.model_copy(update={"crews": each.crews + 1}) if each.name == unit.name else each for each in units)
        moved = scenario.model_copy(update={"staffing": scenario.staffing.model_copy(update={"departments": more})})
        lines = [line for line in lever_lines(moved, scenario) if line.startswith(f"{unit.name}: crews {unit.crews} to {unit.crews + 1}")]
        assert len(lines) == 1
        assert ("this lever is not informed by your log" in lines[0]) == (verdict[unit.name] == "prior")


def test_the_report_speaks_chinese(city: tuple[Path, Path, Path], tmp_path: Path) -> None:
    log, plan, folder = city
    words = ["calibrate", str(plan), "--log", str(log), "--out", str(folder.parent), "--resume", "--lang", "zh"]
    assert run.main(words) == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "未结案件" in page
    assert "一座城市" in page
    assert len(openings_of(CalibrationFolder(folder))) == 1


def test_no_row_of_the_log_is_in_the_report_or_the_scores(city: tuple[Path, Path, Path]) -> None:
    for name in ("report.html", "scores.json", "scores.csv", "city.yaml", "city_demands.csv"):
        assert "10100000" not in (city[2] / name).read_text(encoding="utf-8")


# -- the held-out period ----------------------------------------------------------------------------------------------


def test_modules_that_fit_cannot_reach_the_held_out_period() -> None:
    above = {module: own(path) for module, path in MODULES.items()}
    importers = {"calibration.held_out"}
    while new := {module for module, below in above.items() if below & importers} - importers:
        importers |= new
    command = {"calibration.calibrate_command", "calibration.held_out", "run"}
    assert importers - command <= MAY_OPEN
    fitting = {f"calibration.{name}" for name in (
        "replay_fit", "fit_distance", "closing_rhythm", "closing_world", "doubtful_fit", "crew_trials", "crew_losses", "pace_fit",
        "survival", "replay", "fitted_scenario",
        "rolling_origins", "known_log", "arrival_fit", "duration_fits",
    )}  # fmt: skip
    assert fitting <= set(MODULES)
    assert not importers & fitting


def test_the_fit_does_not_see_what_comes_after_training(city: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Other rows after the training period, other closings of the rows in it: the same scenario but for the hash."""

    def later_changed(frame: pd.DataFrame) -> pd.DataFrame:
        late = frame["open_dt"] >= "2011-08-20"
        frame.loc[late, "type"] = "Rodents"
        frame.loc[late, "department"] = "ISD"
        closed_later = frame["closed_dt"] >= "2011-08-20"
        frame.loc[closed_later, "closed_dt"] = "2011-09-18 12:00:00"
        return frame.drop(frame.index[late][::3])

    log = rewritten(city[0], later_changed)
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan_text(log), encoding="utf-8")
    assert run.main(["calibrate", str(plan), "--log", str(log), "--out", str(tmp_path / "out")]) == 0
    folder = tmp_path / "out" / "calibration_city"
    assert (folder / "city_demands.csv").read_bytes() == (city[2] / "city_demands.csv").read_bytes()
    mine, theirs = [(each / "city.yaml").read_text().splitlines() for each in (folder, city[2])]
    assert [a for a, b in zip(mine, theirs, strict=True) if a != b] == [line for line in mine if "sha256" in line]


def test_what_is_known_at_a_time_holds_no_later_closing(city: tuple[Path, Path, Path]) -> None:
    intake = ingest(city[0], read_mapping("boston311"))
    now = 50 * 86400
    cases, known = intake.records["cases"], known_at(intake, now).records["cases"]
    assert (cases["closed_at"] >= now).sum() > 100
    assert ((known["closed_at"] == MISSING) | (known["closed_at"] < now)).all()
    assert (known["closed_at"][cases["closed_at"].between(0, now - 1)] == cases["closed_at"][cases["closed_at"].between(0, now - 1)]).all()
    for name in ("handled_at", "fed_back_at"):
        assert (known[name].max()) < now
    assert "ending" not in known_at(intake, now).attributes


def test_a_second_opening_for_another_fit_is_refused(city: tuple[Path, Path, Path], tmp_path: Path) -> None:
    from datetime import date

    log, folder, mapping = city[0], CalibrationFolder(tmp_path), read_mapping("boston311")
    since, until = date(2011, 8, 20), date(2011, 9, 9)
    first = open_held_out(log, mapping, since, until, folder, "a fit")
    assert first.period.days == 20
    open_held_out(log, mapping, since, until, folder, "a fit")
    assert [each["again"] for each in openings_of(folder)] == [False, True]
    with pytest.raises(BadInput, match="opened already, for another fit"):
        open_held_out(log, mapping, since, until, folder, "a better fit")
    assert len(openings_of(folder)) == 2


# -- killed and resumed -----------------------------------------------------------------------------------------------


def test_a_killed_calibration_goes_on_and_ends_the_same(city: tuple[Path, Path, Path], tmp_path: Path) -> None:
    log, plan, whole = city
    words = [sys.executable, str(ROOT / "run.py"), "calibrate", str(plan), "--log", str(log), "--out", str(tmp_path)]
    folder = tmp_path / "calibration_city"
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first = folder / "stages" / "crews_00.json"
    patience = time.monotonic() + 120
    while not first.exists() and time.monotonic() < patience:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert first.exists()
    assert not (folder / "report.html").exists()
    made = first.stat().st_mtime_ns
    assert run.main(words[2:]) == 2
    assert run.main([*words[2:], "--resume"]) == 0
    assert first.stat().st_mtime_ns == made
    for name in ("city.yaml", "city_demands.csv", "city_paces.csv", "posterior.parquet", "informed.csv", "scores.json", "scores.csv"):
        assert (folder / name).read_bytes() == (whole / name).read_bytes(), name


# -- plans and logs that cannot be used -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"held_out": "{since: 2011-08-01, until: 2011-09-09}"}, r"plan\.yaml:8:19: held_out\.since: 2011-08-01 lies inside the training"),
        ({"held_out": "{until: 2011-08-20}"}, r"plan\.yaml:8:19: held_out\.until: 2011-08-20 leaves no day"),
        ({"training": "{since: 2011-08-19, until: 2011-08-20}"}, r"plan\.yaml:7:38: training\.until: .* has 1 days"),
        ({"mapping": "boston31"}, r"plan\.yaml:5:10: mapping: there is no mapping boston31.*did you mean 'boston311'"),
        ({"budget": "{runs: 4, minutes: 2}"}, r"plan\.yaml:9:\d+: budget: .*runs or minutes"),
        ({"wolds": "3"}, r"plan\.yaml:11:1: wolds: unknown key.*did you mean 'worlds'"),
        ({"sha256": "abc"}, r"plan\.yaml:6:9: sha256"),
        ({"infer": "[hours]"}, r"plan\.yaml:11:9: infer\.0: 'hours' is not allowed here"),
        ({"utilisations": "[0.5, 0]"}, r"plan\.yaml:11:\d+: utilisations.*write shares above 0"),
        ({"infer": "[crews]\ncandidates: inferred"}, r"plan\.yaml:\d+:\d+: .*candidates: inferred: .*name both under infer"),
        ({"candidates": "guessed"}, r"plan\.yaml:11:13: candidates: 'guessed' is not allowed here"),
        ({"infer": "[crew]"}, r"plan\.yaml:11:9: infer\.0: .*did you mean 'crews'"),
    ],
)
def test_a_fault_of_a_plan_is_told_with_its_place(tmp_path: Path, change: dict[str, str], message: str) -> None:
    log, plan = city_log(tmp_path / "city.csv.gz", rows=50), tmp_path / "plan.yaml"
    plan.write_text(plan_text(log, **change), encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        read_plan(str(plan))


def refusal(log: Path, folder: Path, capsys: pytest.CaptureFixture[str], **changed: str) -> str:
    """What `calibrate` says of a log that it refuses; nothing may have been written."""
    plan = folder / "plan.yaml"
    plan.write_text(plan_text(log, **changed), encoding="utf-8")
    assert run.main(["calibrate", str(plan), "--log", str(log), "--out", str(folder / "out")]) == 2
    assert not (folder / "out").exists()
    return capsys.readouterr().err


def test_another_log_than_the_plan_names_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = city_log(tmp_path / "city.csv.gz", rows=300)
    assert "the plan is for another log" in refusal(log, tmp_path, capsys, sha256="ab" * 32)


def test_a_training_period_before_the_log_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = city_log(tmp_path / "city.csv.gz", rows=300)
    said = refusal(log, tmp_path, capsys, training="{until: 2011-06-01}", held_out="{until: 2011-09-09}")
    assert "city.csv.gz" in said
    assert "no row is left" in said


def test_a_log_of_open_cases_only_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = rewritten(city_log(tmp_path / "a.csv.gz", rows=300), lambda frame: frame.assign(closed_dt="", case_status="Open"))
    assert "none of them is closed" in refusal(log, tmp_path, capsys)


def test_a_log_of_closed_cases_only_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = rewritten(
        city_log(tmp_path / "a.csv.gz", rows=300),
        lambda frame: frame.assign(closed_dt=frame["open_dt"].str[:10] + " 23:59:59", case_status="Closed"),
    )
    assert "all of them are closed" in refusal(log, tmp_path, capsys)


def test_a_log_of_one_second_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def at_once(frame: pd.DataFrame) -> pd.DataFrame:
        closed = ["2011-07-06 10:00:00" if number % 2 else "" for number in range(len(frame))]
        return frame.assign(open_dt="2011-07-05 10:00:00", closed_dt=closed)

    log = rewritten(city_log(tmp_path / "a.csv.gz", rows=300), at_once)
    assert "cases of less than one day" in refusal(log, tmp_path, capsys)


def test_a_held_out_period_without_cases_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, plan = city_log(tmp_path / "city.csv.gz", rows=300, days=50), tmp_path / "plan.yaml"
    plan.write_text(plan_text(log, held_out="{since: 2011-08-25, until: 2011-09-09}", budget="{runs: 2}"), encoding="utf-8")
    assert run.main(["calibrate", str(plan), "--log", str(log), "--out", str(tmp_path)]) == 2
    assert "nothing to score" in capsys.readouterr().err


def test_training_may_begin_inside_the_log(tmp_path: Path) -> None:
    """Forecasts and what they are held against count from the same second, whenever training begins; no target, no lateness."""
    log, plan = city_log(tmp_path / "city.csv.gz"), tmp_path / "plan.yaml"
    bare = rewritten(log, lambda frame: frame.assign(target_dt="", sla_target_dt="") if "sla_target_dt" in frame else frame.assign(target_dt=""))
    plan.write_text(plan_text(bare, training="{since: 2011-07-11, until: 2011-08-20}"), encoding="utf-8")
    assert run.main(["calibrate", str(plan), "--log", str(bare), "--out", str(tmp_path)]) == 0
    facts = json.loads((tmp_path / "calibration_city" / "scores.json").read_text(encoding="utf-8"))
    values = {(row["measure"], row["forecast"]): row["value"] for row in facts["values"]}
    assert values["opening_hours", SHIFTED] < 0.45
    assert values["within_department", SHIFTED] < 0.4
    assert values["backlog_city", "model"] < 0.3
    assert "late_department" not in facts["noise_floor"]
    assert "NaN" not in (tmp_path / "calibration_city" / "scores.json").read_text(encoding="utf-8")


def test_shipped_plans_read() -> None:
    assert plan_names() == ["boston_2011", "boston_2011_irene", "bpic14"]
    for name in plan_names():
        plan = read_plan(name).plan
        assert plan.name == name
        assert plan.held_out_from == plan.training.until
    with pytest.raises(BadInput, match="did you mean 'boston_2011'"):
        read_plan("boston_201")


# -- a later export ---------------------------------------------------------------------------------------------------


def test_a_later_export_scores_a_calibrated_scenario(city: tuple[Path, Path, Path], tmp_path: Path) -> None:
    later = rewritten(city[0], lambda frame: frame.assign(queue="other"), "later.csv.gz")
    scenario = city[2] / "city.yaml"
    assert run.main(["calibrate", str(scenario), "--score", str(later), "--out", str(tmp_path)]) == 0
    facts = json.loads((tmp_path / "score_city" / "scores.json").read_text(encoding="utf-8"))
    assert facts["period"].startswith("2011-08-20")
    assert facts["log"]["sha256"] == hashlib.sha256(later.read_bytes()).hexdigest()
    assert facts["cases"] > 100


def test_an_export_that_ends_before_the_training_did_is_refused(
    city: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    early = rewritten(city[0], lambda frame: frame[frame["open_dt"] < "2011-08-01"].assign(closed_dt=""), "early.csv.gz")
    assert run.main(["calibrate", str(city[2] / "city.yaml"), "--score", str(early), "--out", str(tmp_path)]) == 2
    assert "nothing later to score" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda frame: frame[frame["open_dt"] >= "2011-08-20"], "holds no case from before 2011-08-20"),
        (lambda frame: frame.assign(department="BHA"), "is it the log of another city"),
        (lambda frame: frame.drop(columns="department"), "wants columns that are not there"),
    ],
)
def test_an_export_of_other_months_another_city_or_another_form_is_refused(
    change, says: str, city: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = rewritten(city[0], change, "other.csv.gz")
    assert run.main(["calibrate", str(city[2] / "city.yaml"), "--score", str(other), "--out", str(tmp_path)]) == 2
    shown = capsys.readouterr().err.strip()
    assert says in shown
    assert len(shown.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
