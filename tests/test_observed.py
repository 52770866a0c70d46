"""What the steps and starts of a log show: logs whose truth is known must give it back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.intake import Intake, ingest
from calibration.known_truth import DISCIPLINES, CityTruth, DepartmentTruth, small_city, utilisation
from calibration.known_truth_export import write_city
from calibration.known_truth_queue import lived_by_queue
from calibration.mapping import Mapping
from calibration.mapping_file import read_mapping
from calibration.observed import Observed, observed_of
from calibration.observed_order import Order, order_of
from calibration.observed_people_text import DAYS, HALVES
from calibration.observed_queue import waits_of
from calibration.observed_returns import returns_of, seen
from calibration.observed_rows import observed_csv
from calibration.observed_text import RULES, SHARES, observed_text
from sim.messages import chinese, speak
from sim.records import MISSING
from sim.units import HOUR
from tests.sample_exports import event_table, new_york, save

SHARED = Path(__file__).parents[2] / "shared/data/event_logs"
OBSERVED_AS = {
    ("first_come", "queue"): ("first_come", ""), ("priority", "queue"): ("class", "class"), ("due", "queue"): ("due", ""),
    ("shortest", "queue"): ("shortest", ""), ("first_come", "model"): ("first_come", ""),
    # The model serves one class by due time, not by coming.
    ("priority", "model"): ("class_due", "class"), ("due", "model"): ("due", ""), ("shortest", "model"): ("shortest", ""),
}  # fmt: skip


def _log(truth: CityTruth, folder: Path, by: str, seed: int = 1) -> tuple[Intake, Mapping]:
    log = write_city(truth, folder, seed, by=by, with_starts=True)
    mapping = read_mapping(folder / "mapping.yaml")
    return ingest(log, mapping), mapping


def _order(truth: CityTruth, folder: Path, by: str, seed: int = 1) -> Order:
    waits = waits_of(*_log(truth, folder, by, seed))
    assert waits is not None
    return order_of(waits)


def _waiting_for_crews_only(truth: CityTruth) -> CityTruth:
    return replace(truth, departments=tuple(replace(unit, waiting_for_others=0.0) for unit in truth.departments))


@pytest.mark.parametrize(("discipline", "by"), OBSERVED_AS)
def test_the_rule_that_was_lived_is_found(discipline: str, by: str, tmp_path: Path) -> None:
    truth = _waiting_for_crews_only(replace(small_city(2, 0.9), discipline=discipline))
    order = _order(truth, tmp_path, by)
    best = order.best
    assert best is not None
    assert (order.reading, order.verdict) == ("busy", "clear")
    assert (best.rule, best.column) == OBSERVED_AS[discipline, by]
    assert best.choices > 500
    assert order.elsewhere < 0.02, "nobody waited for others"
    if best.rule != "shortest" or by == "queue":
        assert best.share == 1
        assert best.rank < 1e-4
    if best.column:
        assert best.first == "important"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_order_is_called_no_rule(seed: int, tmp_path: Path) -> None:
    truth = _waiting_for_crews_only(replace(small_city(2, 0.9), discipline="random"))
    order = _order(truth, tmp_path, "queue", seed)
    assert order.verdict == "none"
    for each in order.held:
        assert abs(each.skill) < 0.08
        if each.rule == "first_come":
            assert each.rank_low - 0.02 < 0.5 < each.rank_high + 0.02


@pytest.mark.parametrize("discipline", DISCIPLINES)
def test_waiting_for_others_never_makes_a_wrong_rule(discipline: str, tmp_path: Path) -> None:
    """40 and 80 % of the cases of the two departments wait for others: the rule may stay unsaid, not be another one."""
    truth = replace(small_city(2, 0.9), discipline=discipline)
    for by in ("queue", "model"):
        order = _order(truth, tmp_path / by, by)
        assert order.elsewhere > 0.3
        if order.verdict in ("clear", "tied"):
            assert order.best is not None
            assert (order.best.rule, order.best.column) == OBSERVED_AS[discipline, by]
        else:
            assert order.verdict == "untold"


def _event_rows(truth: CityTruth, seed: int) -> pd.DataFrame:
    """One row a piece of work, done by the first crew that is free; opened by a step that takes no time."""
    cases = lived_by_queue(truth, seed)
    seen_rows = (cases["closed"] != MISSING) & (cases["opened"] >= truth.logged_from)
    cases = pd.DataFrame(cases[seen_rows.to_numpy()]).sort_values("started")
    rows, free = [], {unit.name: [0] * unit.crews for unit in truth.departments}
    for number, unit, opened, started, closed in cases[["id", "unit", "opened", "started", "closed"]].itertuples(index=False, name=None):
        crew = next(place for place, at in enumerate(free[unit]) if at <= started)
        free[unit][crew] = closed
        rows.append((number, "Register", "", unit, opened, opened))
        rows.append((number, "Handle", f"{unit} {crew}", unit, started, closed))
    table = pd.DataFrame(rows, columns=["case_id", "activity", "resource", "unit", "start_time", "end_time"])
    for name in ("start_time", "end_time"):
        local = truth.civil.local_columns(table[name].to_numpy(dtype=np.int64))
        table[name] = pd.DatetimeIndex(local).strftime("%Y-%m-%d %H:%M:%S")
    return table


def _event_mapping(truth: CityTruth) -> Mapping:
    return Mapping.model_validate({
        "schema_version": 1, "name": "known_events", "kind": "events",
        "events": {"case": "case_id", "activity": "activity", "started": "start_time", "completed": "end_time", "resource": "resource"},
        "columns": {"department": "unit"}, "personal": {"resource": "keep"},
        "times": {"formats": ["%Y-%m-%d %H:%M:%S"], "zone": truth.zone},
    })  # fmt: skip


def _busy_city() -> CityTruth:
    units = (
        DepartmentTruth("roads", 24.0, 6, 1.5 * HOUR, work_cv=0.6, waiting_for_others=0.0),
        DepartmentTruth("parks", 6.0, 8, 2.0 * HOUR, work_cv=0.6, waiting_for_others=0.0),
    )
    return CityTruth(units, days=112, daily_cv=0.0)


def test_crews_work_and_hours_of_an_event_log_are_those_that_were_lived(tmp_path: Path) -> None:
    truth = _busy_city()
    mapping = _event_mapping(truth)
    intake = ingest(save(_event_rows(truth, 3), tmp_path / "log.csv"), mapping)
    found = observed_of(intake, mapping)
    crews = {each.unit: each for each in found.crews}
    roads = crews["roads"]
    assert roads.resources == 6
    assert roads.at_once is not None
    assert roads.at_once.mean == pytest.approx(6, abs=1.2)
    assert roads.at_once.low < roads.at_once.mean < roads.at_once.high
    assert roads.used is not None
    assert roads.used.mean == pytest.approx(utilisation(truth, "roads"), abs=0.1)
    assert roads.weekdays == (0, 1, 2, 3, 4)
    assert roads.hours[0] == 8
    assert crews["parks"].a_day.median < 8, "half idle crews are not all seen on a day"
    assert found.work is not None
    for unit in truth.departments:
        seen_work = found.work.of(unit.name, "any")
        assert seen_work is not None
        assert seen_work.unit == unit.name
        assert seen_work.low * 0.97 < unit.work_s < seen_work.high * 1.03
        assert seen_work.cv == pytest.approx(0.6, abs=0.1)
    assert found.shifts is not None
    assert found.shifts.outside < 0.05
    assert found.shifts.patterns[0].half == "across"
    assert found.shifts.patterns[0].share > 0.85
    assert not any(each.weekend for each in found.shifts.patterns)


def test_work_and_crews_of_a_table_with_starts(tmp_path: Path) -> None:
    truth = _busy_city()
    found = observed_of(*_log(truth, tmp_path, "model"))
    assert found.work is not None
    assert found.work.source == "cases"
    peaks = {each.unit: each.peak for each in found.in_hand}
    assert peaks["roads"].p90 == 6
    assert peaks["parks"].p90 <= 8
    for unit in truth.departments:
        seen_work = found.work.of(unit.name, "")
        assert seen_work is not None
        assert seen_work.mean == pytest.approx(unit.work_s, rel=0.06)
    assert "it holds interruptions" in _both(found)[0]
    assert not found.crews


def test_a_machine_is_no_crew_and_a_night_is_no_work(tmp_path: Path) -> None:
    """A step left open overnight counts until the last touch of the day and from the first one of the next."""
    rows = []
    for day in range(60):
        date = pd.Timestamp("2024-01-01") + pd.Timedelta(days=day)
        for person in range(6):
            case = f"{day}-{person}"
            rows.append((case, "Handle", f"P{person}", date + pd.Timedelta(hours=8), date + pd.Timedelta(hours=9)))
            rows.append((case, "Wait", f"P{person}", date + pd.Timedelta(hours=11), date + pd.Timedelta(days=1, hours=9)))
            rows.append((case, "Note", f"P{person}", date + pd.Timedelta(hours=12), date + pd.Timedelta(hours=12)))
        rows.append((f"{day}-0", "Sync", "BATCH", date, date + pd.Timedelta(hours=23)))
    log = pd.DataFrame(rows, columns=["case_id", "activity", "resource", "start_time", "end_time"])
    for name in ("start_time", "end_time"):
        log[name] = log[name].dt.strftime("%Y-%m-%d %H:%M:%S")
    mapping = read_mapping("two_timestamps_csv")
    found = observed_of(ingest(save(log, tmp_path / "log.csv"), mapping), mapping)
    assert found.machines == 1
    assert found.crews[0].resources == 6
    assert found.work is not None
    # 08-09 and 11-12 on the day; 08-09 of the next day is shared with the next case's first step.
    assert found.work.rows[0].mean / HOUR == pytest.approx(2.0, abs=0.1)


def test_referral_and_rework_are_found_within_their_intervals(tmp_path: Path) -> None:
    units = (
        DepartmentTruth("roads", 20.0, 6, 0.5 * HOUR, referral=0.2, rework=0.15),
        DepartmentTruth("parks", 20.0, 6, 0.5 * HOUR, referral=0.05, rework=0.4),
    )
    found = {(each.what, each.unit): each for each in returns_of(*_log(CityTruth(units), tmp_path, "queue", 4))}
    for unit in units:
        for what, true in (("returned", unit.referral), ("redone", unit.rework), ("reworked", unit.rework)):
            each = found[what, unit.name]
            assert each.share is not None
            assert each.low is not None
            assert each.high is not None
            # Cases done again are closed later, and so are not all seen: a little room below.
            assert each.low - 0.01 < true < each.high + 0.02, (what, unit.name)
            assert each.high - each.low < 0.06


def test_wilson_is_the_published_interval() -> None:
    """10 of 100: 0.0552 to 0.1744 (Newcombe 1998, Table I, method 3 rounds alike); under five are hidden."""
    each = seen("returned", "", 100, 10, 100)
    assert each.low == pytest.approx(0.0552, abs=1e-4)
    assert each.high == pytest.approx(0.1744, abs=1e-4)
    assert seen("returned", "", 100, 4, 100).share is None
    assert seen("returned", "", 100, 97, 100).share is None
    assert seen("returned", "", 100, 0, 100).share == 0


def _both(found: Observed) -> tuple[str, str]:
    english = "\n".join(observed_text(found))
    speak("zh")
    try:
        return english, "\n".join(observed_text(found))
    finally:
        speak("en")


def test_words_in_both_languages_and_the_table(tmp_path: Path) -> None:
    assert {*RULES.values(), *SHARES.values(), *HALVES.values(), *DAYS} - set(chinese()) == set()
    intake, mapping = _log(_waiting_for_crews_only(small_city(2, 0.9)), tmp_path, "queue")
    found = observed_of(intake, mapping)
    english, zh = _both(found)
    assert "“first come, first served” holds in 100% [100%, 100%] of the choices between two or more" in english
    assert "先来先办" in zh
    assert len(english.splitlines()) == len(zh.splitlines())
    rows = list(csv.DictReader(io.StringIO(observed_csv(found))))
    assert {row["chapter"] for row in rows} >= {"order", "returns"}
    shares = [float(row["value"]) for row in rows if row["unit"] == "share" and row["value"]]
    assert all(0 <= share <= 1 for share in shares)


def test_a_log_that_shows_none_of_it_says_so_in_one_line(tmp_path: Path) -> None:
    mapping = read_mapping("nyc311")
    found = observed_of(ingest(save(new_york(300), tmp_path / "log.csv"), mapping), mapping)
    assert found.empty
    assert _both(found)[0].splitlines()[-1] == "Starts of work, steps, returns and reworks: not in this log."
    assert len(observed_csv(found).splitlines()) == 1


def test_steps_that_follow_at_a_fixed_distance_come_in_order_whatever_they_wait_for(tmp_path: Path) -> None:
    mapping = read_mapping("two_timestamps_csv")
    found = observed_of(ingest(save(event_table(300), tmp_path / "log.csv"), mapping), mapping)
    assert found.order is not None
    assert found.order.reading == "all"
    assert found.order.verdict == "clear"
    assert found.order.best is not None
    assert found.order.best.rule == "first_come"
    assert "whatever it waited for" in _both(found)[0]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real logs are not here")
def test_real_logs_say_what_they_can() -> None:
    for name, file, order, shares in (
        ("bpic15_1", "BPIC15_1_two_timestamps.xes.gz", "dates", {"repeated"}),
        ("receipt_wabo", "receipt_WABO_CoSeLoG.xes.gz", None, {"group_changed", "group_again", "repeated"}),
    ):
        mapping = read_mapping(name)
        found = observed_of(ingest(SHARED / file, mapping), mapping)
        assert (None if found.order is None else found.order.verdict) == order
        assert {each.what for each in found.returns} == shares
