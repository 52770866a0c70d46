"""Indicators against values worked out by hand on the log of tests/hand_logs.py, and Kaplan-Meier against its laws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.messages import BadInput
from sim.metrics.equity import fifths, gini
from sim.metrics.rates import repeats_of_issue
from sim.metrics.steps import STEPS, days_by_step, wait_split
from sim.metrics.survival import Durations, survival
from sim.metrics.table import measure, measure_by
from sim.records import Frame, RunRecords, table
from tests.hand_logs import HOUR, hand_log

NAN = float("nan")

BY_HAND = {
    # speed: closed after 8, 9 and 30 h; open for 50 and 70 h; the window without warm-up is 90 h
    "report_to_closure_median": 30.0,
    "report_to_closure_p90": NAN,
    "report_to_closure_mean": 8 + 0.8 + 21 * 0.6 + 60 * 0.4,
    "closed_within_4h": 0.0,
    "closed_within_24h": 0.4,
    "closed_within_72h": NAN,
    "establishment_to_closure_median": 30.0,
    "report_to_establishment_median": 1.0,
    "report_to_first_response_median": 20.0,
    "report_to_arrival_median": 20.0,
    "establishment_to_handled_median": 24.0,
    "emergencies_answered_within_15min": 0.5,
    "discovery_delay_median": 5.0,
    "discovery_delay_mean": 1 + 4 * 4 / 6 + 85 / 6,
    "onset_to_fix_median": NAN,
    "onset_to_fix_mean": 6 + 5 / 6 + 83 * 4 / 6,
    # counts
    "cases_judged": 8.0,
    "cases_left_out": 2.0,
    "issues_judged": 6.0,
    "open_share": 2 / 8,
    # rates
    "establishment_rate": 5 / 6,
    "on_time_verification_rate": 1.0,
    "on_time_establishment_rate": 3 / 5,
    "on_time_dispatch_rate": 3 / 4,
    "correct_dispatch_rate": 3 / 4,
    "handling_rate": 3 / 4,
    "on_time_handling_rate": 2 / 4,
    "on_time_handling_rate_raw": 1 / 4,
    "overdue_backlog_rate": 1 / 4,
    "on_time_check_rate": 2 / 3,
    "closure_rate": 3 / 4,
    "on_time_closure_rate": 2 / 4,
    "rework_rate": 1 / 4,
    "forced_closure_rate": 1 / 3,
    "extension_rate": 1 / 4,
    "deferral_rate": 1 / 4,
    "supervision_rate": 1 / 5,
    "return_rate": 1 / 5,
    "referral_rate": 1 / 5,
    "valid_report_rate": 1 / 2,
    "missed_report_rate": 3 / 5,
    "self_handled_rate": 1 / 6,
    "repeat_complaint_rate": 1 / 4,
    "repeat_place_rate": 2 / 4,
    "true_fix_share": 1 / 3,
    # hotline: two answered of three called
    "hotline_response_rate": 1.0,
    "hotline_resolution_rate": 1 / 2,
    "hotline_satisfaction_rate": 1 / 2,
    "callback_coverage": 1.0,
    "callback_answer_rate": 2 / 3,
    "satisfaction_mean": 60.0,
    "trust_mean": 0.6,
    # discovery: five of six found
    "proactive_share": 2 / 5,
    "found_by_resident_share": 3 / 5,
    "found_by_patrol_share": 2 / 5,
    "found_by_sensor_share": 0.0,
    "never_found_share": 1 / 6,
    "channel_share_hotline": 2 / 7,
    "channel_share_patrol": 3 / 7,
    "false_alarms_per_worker_day": 1 / 3,
    "exposure_hours_per_1000": 528.0,
    "exposure_hours_mean": 44.0,
    # staff: 24 hours of shift, one of overtime
    "utilisation": 19 / 25,
    "case_work_share": 11 / 25,
    "paperwork_share": 1 / 25,
    "idle_share": 6 / 25,
    "overtime_hours_per_worker_week": 1 / (2 * 2 / 7),
    "patrol_hours_per_worker_day": 3.5,
    "patrol_floor_kept": 6 / 7,
    "cases_per_worker_day": 7 / 3,
    # equity: three grids are too few for fifths
    "equity_fix_gap": NAN,
    "exposure_gini": 160 / (3 * 264),
    # money
    "cost_total": 1500.0,
    "cost_per_case": 375.0,
    "cost_per_resident": 3.0,
    "work_cost_per_case": 20.0,
    # waiting, mean of the three closed cases
    "wait_capacity_mean": 1 / 3,
    "wait_other_mean": 1.0,
    "work_mean": 8 / 3,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_indicator_equals_its_value_by_hand(name: str) -> None:
    assert measure(hand_log(), [name])[name] == pytest.approx(BY_HAND[name], nan_ok=True)


def test_without_censoring_mean_and_quantiles_are_the_plain_ones() -> None:
    seconds = np.array([5, 1, 9, 3, 7, 2, 8, 4, 6, 10])
    found = survival(Durations(seconds, np.ones(10, dtype=bool)))
    assert found.mean(1000) == pytest.approx(5.5)
    assert [found.quantile(p) for p in (0.5, 0.9, 0.95)] == [5, 9, 10]
    assert found.within(3) == pytest.approx(0.3)


def test_survival_of_freireich_1963() -> None:
    """Remission weeks of 21 patients (6-MP arm), the textbook Kaplan-Meier example: median 23, S(10) = 0.7529."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapse = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    found = survival(Durations(np.array(weeks), np.array(relapse, dtype=bool)))
    assert found.quantile(0.5) == 23
    assert 1 - found.within(10) == pytest.approx(0.7529, abs=5e-5)
    assert 1 - found.within(23) == pytest.approx(0.4482, abs=5e-5)


def test_nobody_followed_so_long_is_not_available() -> None:
    found = survival(Durations(np.array([1, 5]), np.array([True, False])))
    assert np.isnan(found.within(6))
    assert found.within(5) == 0.5
    assert np.isnan(survival(Durations(np.array([3]), np.array([False]))).mean(10))


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=40))
def test_mean_with_a_common_cut_is_the_mean_of_the_cut_times(rows: list[tuple[int, bool]]) -> None:
    seconds = np.array([second for second, _ in rows])
    cut = 25
    found = survival(Durations(np.minimum(seconds, cut), seconds < cut))
    expected = float(np.minimum(seconds, cut).mean()) if (seconds < cut).any() else NAN
    assert found.mean(cut) == pytest.approx(expected, nan_ok=True)


def test_steps_add_up_to_the_total() -> None:
    days = days_by_step(hand_log())
    assert list(days.index) == ["community", "grid", "all"]
    assert days[list(STEPS)].sum(axis=1).to_numpy() == pytest.approx(days["total"].to_numpy())
    # cases 100 (11 h to 21 h), 201 (15 h to 68 h) at the community, 200 (15 h to 50 h) in the grid
    assert days["total"].to_dict() == pytest.approx({"community": 31.5, "grid": 35.0, "all": 98 / 3})
    assert days.loc["grid", "dispatched to handling started"] == pytest.approx(19)


def test_waiting_is_split_by_its_reason() -> None:
    split = wait_split(hand_log())
    assert split.loc["grid", "waiting for others"] == pytest.approx(3.0)
    assert split.loc["community", "work"] == pytest.approx(2.0)


def test_groups_are_measured_apart() -> None:
    by_grid = measure_by(hand_log(), "report_to_closure_median", "grid")
    assert by_grid == pytest.approx({"g1": 9.0, "g2": NAN, "g3": NAN}, nan_ok=True)
    assert measure_by(hand_log(), "cases_judged", "category") == {"A": 5, "B": 2, "C": 1}
    assert measure_by(hand_log(), "found_by_patrol_share", "level") == {"grid": 2 / 3, "community": 1 / 4}
    assert np.isnan(measure_by(hand_log(), "utilisation", "grid")["g1"])


def test_unknown_names_are_refused() -> None:
    with pytest.raises(BadInput, match="nonsense"):
        measure(hand_log(), ["nonsense"])
    with pytest.raises(BadInput, match="colour"):
        measure_by(hand_log(), "cases_judged", "colour")


def test_fifths_of_grids() -> None:
    reported = np.zeros(10, dtype=np.int64)
    cases = table("cases", {
        "case_id": np.arange(10), "outcome": ["closed"] * 10, "grid": [f"g{n}" for n in range(10)],
        "reported_at": reported, "established_at": reported, "closed_at": HOUR * np.arange(1, 11),
    })  # fmt: skip
    records = RunRecords(Frame("2025-01-06", "Asia/Shanghai", 100 * HOUR), 0, {"cases": cases})
    found = measure(records, ["equity_closure_gap", "equity_closure_ratio"])
    assert found == pytest.approx({"equity_closure_gap": 8.0, "equity_closure_ratio": 9.5 / 1.5})
    assert np.isnan(fifths(pd.Series([1.0, 2.0, 3.0, 4.0]))[0])


def test_gini_is_zero_when_equal_and_large_when_one_has_all() -> None:
    assert gini(np.array([3.0, 3.0, 3.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    assert np.isnan(gini(np.zeros(3)))


def test_a_case_registered_as_done_is_not_its_own_repeat() -> None:
    cases = table("cases", {
        "case_id": [1, 2], "issue_id": [10**17, 10**17 + 1], "outcome": ["closed"] * 2, "channel": ["app"] * 2,
        "grid": ["g1", "g2"], "reported_at": [50, 60], "established_at": [50, 60], "closed_at": [50, 60],
    })  # fmt: skip
    records = RunRecords(Frame("2025-01-06", "Asia/Shanghai", 1000), 0, {"cases": cases})
    found = measure(records, ["repeat_place_rate"])
    assert found == {"repeat_place_rate": 0.0}
    assert not repeats_of_issue(records["cases"]).any()


def test_warm_up_and_arrivals_end_bound_who_is_judged() -> None:
    records = hand_log()
    records.frame = replace(records.frame, warm_up_s=0, arrivals_end_s=None)
    found = measure(records, ["cases_judged", "cases_left_out", "issues_judged"])
    assert found == {"cases_judged": 10, "cases_left_out": 0, "issues_judged": 8}
