"""Cities whose truth is known: both ways of living it, the closed form of a department, and every kind of dirt."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.department_queue import serve
from calibration.intake import ingest
from calibration.known_truth import DISCIPLINES, CityTruth, DepartmentTruth, calendar_of, small_city, utilisation
from calibration.known_truth_dirt import KINDS, dirtied
from calibration.known_truth_export import text_log, write_city
from calibration.known_truth_model import lived_by_model
from calibration.known_truth_queue import lived_by_queue
from calibration.mapping_file import read_mapping
from calibration.survival import closed_within, kaplan_meier
from sim.records import MISSING
from sim.units import DAY, HOUR


def rank_of(cases: pd.DataFrame, discipline: str) -> np.ndarray | None:
    """The order in which the model serves a queue, as a number a case."""
    if discipline == "first_come":
        return None
    order = np.lexsort((cases["id"], cases["opened"], cases["due"], 2 - cases["important"].astype(int)))
    rank = np.empty(len(cases))
    rank[order] = np.arange(len(cases))
    return rank


@pytest.mark.parametrize(("discipline", "load"), [("first_come", 0.6), ("first_come", 1.05), ("priority", 0.9)])
def test_closed_form_of_a_department_equals_the_model(discipline: str, load: float) -> None:
    """The same closings, to the second, over nights, weekends, a change of the clock, queues and an overload."""
    truth = replace(small_city(3, load), discipline=discipline, days=40)
    lived = lived_by_model(truth, 1)
    for unit in truth.departments:
        cases = lived[lived["unit"] == unit.name]
        columns = [cases[name].to_numpy() for name in ("opened", "wait_s", "work_s")]
        served = serve(calendar_of(truth, unit), unit.crews, *columns, truth.lived_s, rank_of(cases, discipline))
        assert len(cases) > 100
        assert (served.closed == cases["closed"].to_numpy()).all()
        assert (served.started == cases["started"].to_numpy()).all()


def test_utilisation_of_a_truth_is_what_its_crews_work() -> None:
    truth = small_city(5, 0.7)
    assert utilisation(truth, "roads") == pytest.approx(0.7)
    cases = lived_by_model(replace(truth, days=400, daily_cv=0.0), 2)
    mine = cases[cases["unit"] == "roads"]
    unit, longer = truth.departments[0], replace(truth, days=400)
    can = unit.crews * calendar_of(longer, unit).open_seconds
    assert mine["work_s"].sum() / can == pytest.approx(0.7, rel=0.06)


@pytest.mark.parametrize("discipline", DISCIPLINES)
def test_plain_queue_respects_its_crews(discipline: str) -> None:
    """Never more cases in hand than crews, work begins in open hours only, nothing closes before it was begun."""
    truth = replace(small_city(2, 0.9), discipline=discipline)
    cases = lived_by_queue(truth, 1)
    for unit in truth.departments:
        mine = cases[(cases["unit"] == unit.name) & (cases["closed"] != MISSING)]
        edges = np.concatenate([mine["started"] + 1, mine["closed"]])
        steps = np.concatenate([np.ones(len(mine)), -np.ones(len(mine))])
        in_hand = np.cumsum(steps[np.lexsort((steps, edges))])
        assert in_hand.max() <= unit.crews
        calendar = calendar_of(truth, unit)
        assert all(calendar.is_open(int(at)) for at in mine["started"])
        assert (mine["closed"] >= mine["started"] + 1).all()


def test_plain_queue_counts_referral_and_rework() -> None:
    unit = DepartmentTruth("roads", 20.0, 6, 0.5 * HOUR, referral=0.2, rework=0.15)
    cases = lived_by_queue(CityTruth((unit,)), 4)
    closed = cases[cases["closed"] != MISSING]
    assert (closed["returns"] > 0).mean() == pytest.approx(0.2, abs=0.03)
    # A geometric number of reworks: p / (1 - p) on average.
    assert closed["reworks"].mean() == pytest.approx(0.15 / 0.85, abs=0.03)
    with pytest.raises(ValueError, match="plain queue"):
        lived_by_model(CityTruth((unit,)), 4)


def test_every_kind_of_dirt_is_planted_and_found(tmp_path: Path) -> None:
    """One kind at a time: the rows that it touched are what the intake counts."""
    truth = replace(small_city(1, 0.7), days=56)
    clean = text_log(truth, lived_by_model(truth, 1))
    found_as = {
        "closed_before_opened": ("endings", "open_closed_before_opened"), "closed_in_2100": ("endings", "open_closed_after_cut"),
        "closing_unreadable": ("endings", "open_closing_unreadable"), "opening_missing": ("fates", "dropped_no_opening_time"),
        "opening_unreadable": ("fates", "dropped_opening_unreadable"), "zero_duration": ("endings", "closed_zero"),
        "unknown_department": ("noted", "unlisted_department"), "unknown_channel": ("noted", "unlisted_channel"),
        "blank_category": ("noted", "blank_category"), "blank_id": ("noted", "blank_id"),
        "due_before_opening": ("noted", "due_before_opening"), "duplicate_rows": ("fates", "merged_identical"),
        "conflicting_rows": ("fates", "merged_conflicting"), "closed_in_1900": ("endings", "open_closing_unreadable"),
        "closed_at_midnight": ("noted", "closed_at_midnight"), "text_variant": ("rewritten", "community"),
    }  # fmt: skip
    write_city(truth, tmp_path, 1)
    mapping = read_mapping(tmp_path / "mapping.yaml")
    for kind, (where, code) in found_as.items():
        log, counts = dirtied(clean, [kind], 0.02, 7)
        file = tmp_path / f"{kind}.csv"
        file.write_text(log.to_csv(index=False), encoding="utf-8")
        found = getattr(ingest(file, mapping).quality, where)
        assert counts[kind] > 5, kind
        assert found[code] == counts[kind], kind


def test_all_dirt_at_once_can_be_read(tmp_path: Path) -> None:
    log = write_city(small_city(1), tmp_path, 1, by="queue", dirt=KINDS, share=0.01, with_starts=True)
    told = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert set(told["dirt"]) == set(KINDS)
    intake = ingest(log, read_mapping(tmp_path / "mapping.yaml"))
    assert 0.9 * intake.quality.rows_read < intake.quality.kept < intake.quality.rows_read
    with pytest.raises(ValueError, match="unknown dirt"):
        dirtied(pd.DataFrame(), ["moth"], 0.1, 1)


def test_log_is_cut_and_truncated_as_an_export_is() -> None:
    truth = small_city(4, 0.9)
    cases = lived_by_model(truth, 1)
    log = text_log(truth, cases)
    assert log["Opened"].min() >= truth.start
    late = cases[(cases["opened"] < truth.logged_from) & ((cases["closed"] == MISSING) | (cases["closed"] > truth.logged_from))]
    assert len(late) > 0, "nothing is left-truncated"
    assert (log["Closed"] == "").mean() > 0.02


def test_naive_closed_only_estimate_fails_and_kaplan_meier_does_not() -> None:
    """Of cases that wait long, a cut log shows the quick ones: leaving out the open ones reads the time too short."""
    unit = DepartmentTruth("roads", 30.0, 40, 0.5 * HOUR, waiting_for_others=1.0, wait_s=90 * HOUR, wait_cv=1.0, kinds={"a": 1.0})
    truth = CityTruth((unit,), days=28, before_days=0)
    cases = lived_by_model(truth, 3)
    whole = lived_by_model(replace(truth, days=400), 3)
    whole = whole[whole["opened"] < truth.lived_s]
    true = float(((whole["closed"] - whole["opened"]) <= 14 * DAY).mean())
    closed = (cases["closed"] != MISSING).to_numpy()
    spent = np.where(closed, cases["closed"], truth.lived_s) - cases["opened"].to_numpy()
    naive = float((spent[closed] <= 14 * DAY).mean())
    honest = closed_within(spent, closed, np.array([14 * DAY]))[0]
    assert naive - true > 0.1
    assert honest == pytest.approx(true, abs=0.05)
    assert np.mean(spent[closed]) < 0.75 * np.mean(whole["closed"] - whole["opened"])
    assert kaplan_meier(spent, closed).quantile(0.5) == pytest.approx(float((whole["closed"] - whole["opened"]).median()), rel=0.2)
