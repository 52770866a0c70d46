"""Distances of logs, on logs small enough to work out by hand, to 1e-9."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calibration.log_distances import (
    absolute_event_distance,
    cell_distance,
    circadian_event_distance,
    cycle_time_distance,
    hour_of_week_cells,
    n_gram_distance,
    relative_event_distance,
    wasserstein,
)

EXACT = {"rel": 0, "abs": 1e-9}


def log(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """case, activity, start, end; times in January 2025 as `day hour:minute` (the 6th is a Monday)."""
    frame = pd.DataFrame(rows, columns=["case", "activity", "start", "end"])
    for name in ("start", "end"):
        frame[name] = pd.to_datetime("2025-01-" + frame[name])
    return frame


A = log(("1", "open", "06 08:10", "06 09:50"), ("1", "close", "06 10:00", "06 12:59"), ("2", "open", "07 09:00", "07 11:05"))
B = log(("1", "open", "06 09:40", "06 09:59"), ("1", "check", "06 11:00", "06 15:00"), ("2", "open", "07 09:30", "07 10:00"))


def test_absolute_event_distance_by_hand() -> None:
    # Hours since Monday 08:00. A: 0 1 2 4 25 27; B: 1 1 3 7 25 26. Sorted side by side they differ by 1 0 1 3 0 1.
    assert absolute_event_distance(A, B) == pytest.approx(6 / 6, **EXACT)


def test_absolute_event_distance_counts_from_the_full_hour() -> None:
    # From 08:00 on, not from 08:10: an event at 09:05 is in hour 1, not in hour 0. A: 0 1; B: 0 0.
    a, b = log(("1", "x", "06 08:10", "06 09:05")), log(("1", "x", "06 08:10", "06 08:59"))
    assert absolute_event_distance(a, b) == pytest.approx(0.5, **EXACT)


def test_circadian_event_distance_by_hand() -> None:
    # Monday, A: 8 9 10 12, B: 9 9 11 15 -> (1 + 0 + 1 + 3) / 4. Tuesday, A: 9 11, B: 9 10 -> 1/2. Others empty: 0.
    assert circadian_event_distance(A, B) == pytest.approx((5 / 4 + 1 / 2) / 7, **EXACT)


def test_circadian_event_distance_of_a_weekday_that_one_log_lacks() -> None:
    only_monday = log(("1", "open", "06 08:10", "06 09:50"))
    tuesday_too = log(("1", "open", "06 08:10", "06 09:50"), ("2", "open", "07 09:00", "07 09:00"))
    assert circadian_event_distance(only_monday, tuesday_too) == pytest.approx(23 / 7, **EXACT)


def test_relative_event_distance_by_hand() -> None:
    # A, case 1 from 08:10: starts 0, 1 (1 h 50), ends 1 (1 h 40), 4 (4 h 49); case 2: 0, 2. Sorted: 0 0 1 1 2 4.
    # B, case 1 from 09:40: starts 0, 1 (1 h 20), ends 0, 5 (5 h 20); case 2: 0, 0. Sorted: 0 0 0 0 1 5.
    assert relative_event_distance(A, B) == pytest.approx((0 + 0 + 1 + 1 + 1 + 1) / 6, **EXACT)


def test_cycle_time_distance_by_hand() -> None:
    # A: 4 h 49, 2 h 05; B: 5 h 20, 0 h 30. Shortest 0 h 30; above it: 4 h 19, 1 h 35 and 4 h 50, 0 -> hours 1 4 and 0 4.
    assert cycle_time_distance(A, B) == pytest.approx(1 / 2, **EXACT)


def test_unequal_numbers_of_cases() -> None:
    # Hours 0 2 against 1: half the mass moves one hour up, half one hour down.
    one = log(("1", "x", "06 08:00", "06 09:00"))
    two = log(("1", "x", "06 08:00", "06 08:00"), ("2", "x", "06 08:00", "06 10:00"))
    assert cycle_time_distance(two, one) == pytest.approx(1.0, **EXACT)


def test_n_gram_distance_by_hand() -> None:
    # A, case 1: --o -oc oc- c-- ; case 2: --o -o- o--. B, case 1: --o -ok ok- k-- ; case 2: --o -o- o--.
    # Unlike: -oc oc- c-- against -ok ok- k--, six of 7 + 7.
    assert n_gram_distance(A, B) == pytest.approx(6 / 14, **EXACT)
    # Pairs. A: -o oc c- -o o- ; B: -o ok k- -o o- : four of 5 + 5.
    assert n_gram_distance(A, B, n=2) == pytest.approx(4 / 10, **EXACT)


def test_every_distance_of_a_log_to_itself_is_zero() -> None:
    for distance in (absolute_event_distance, circadian_event_distance, relative_event_distance, cycle_time_distance, n_gram_distance):
        assert distance(A, A.sample(frac=1, random_state=1)) == 0
        assert distance(A, B) == pytest.approx(distance(B, A), **EXACT)


def test_wasserstein_by_hand_and_of_nothing() -> None:
    assert wasserstein(np.array([0.0, 1, 3]), np.array([5.0, 6, 8])) == pytest.approx(5, **EXACT)
    assert np.isnan(wasserstein(np.array([]), np.array([1.0])))


def office_log(weeks: int, shift_hours: int, seed: int) -> pd.DataFrame:
    """Cases of office hours (Monday to Friday, 09 to 17) that take 1 to 20 days, all moved by so many hours."""
    draw = np.random.default_rng(seed)
    n = 120 * weeks
    day = draw.integers(0, weeks, n) * 7 + draw.integers(0, 5, n)
    start = pd.Timestamp("2025-01-06") + pd.to_timedelta(day * 24 + draw.integers(9, 17, n), "h")
    took = pd.to_timedelta(draw.integers(1, 20, n) * 24, "h")
    slip = pd.Timedelta(hours=shift_hours)
    return pd.DataFrame({"case": np.arange(n).astype(str), "activity": "x", "start": start + slip, "end": start + took + slip})


def test_a_zone_slip_of_eight_hours_shows_in_the_hours_of_the_week_and_not_in_the_durations() -> None:
    true, again, slipped = office_log(12, 0, 1), office_log(12, 0, 2), office_log(12, 8, 2)
    cells = [hour_of_week_cells(each["start"]) for each in (true, again, slipped)]
    by_chance = cell_distance(cells[0], cells[1])
    assert by_chance < 0.15
    assert cell_distance(cells[0], cells[2]) > 0.9
    assert cycle_time_distance(true, slipped) == pytest.approx(cycle_time_distance(true, again), **EXACT)
    assert relative_event_distance(true, slipped) == pytest.approx(relative_event_distance(true, again), **EXACT)


def test_hours_of_the_week_begin_on_monday_midnight() -> None:
    cells = hour_of_week_cells(pd.Series(pd.to_datetime(["2025-01-06 00:59", "2025-01-12 23:00", "2025-01-12 23:30", None])))
    assert cells[0] == pytest.approx(1 / 3)
    assert cells[167] == pytest.approx(2 / 3)
    assert cells.sum() == pytest.approx(1)
    assert hour_of_week_cells(pd.Series(pd.to_datetime([]))).sum() == 0
