"""Arrivals of a log: fitted pieces come back, shocks are found, and new cases are the same on the same date."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.arrival_days import JUDGED_DAYS, Days, fit_days
from calibration.arrival_fit import Arrivals, best_kind, fit_arrivals
from calibration.arrival_score import crps, lag, ratio, score_arrivals
from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping, with_window
from sim.civil_time import CivilTime
from sim.messages import BadInput
from sim.units import DAY, HOUR
from tests.synthetic_log import mapping, write_log

BOSTON = Path(
    os.environ.get("WANGGE_BOSTON_LOG")
    or Path(__file__).parents[2] / "shared/data/boston/boston311_2011-07_to_10.csv.gz"
)
needs_boston = pytest.mark.skipif(not BOSTON.exists(), reason="the real Boston log is not here (set WANGGE_BOSTON_LOG)")
START = dt.date(2022, 8, 1)  # a Monday
WEEK = np.array([1.4, 1.2, 1.2, 1.1, 1.1, 0.6, 0.4])


def daily(days: int, level: float, cv: float, seed: int, trend: float = 0.0) -> np.ndarray:
    draw = np.random.default_rng(seed)
    factor = draw.gamma(cv**-2, cv**2, days) if cv else np.ones(days)
    return draw.poisson(level * WEEK[np.arange(days) % 7] * factor * np.exp(trend * np.arange(days)))


def log_of(counts: dict[str, np.ndarray], folder: Path, seed: int = 1) -> Intake:
    """A log with these daily counts by department; cases come between 8 and 18 o'clock and take about two days."""
    draw = np.random.default_rng(seed)
    frames = []
    for unit, row in counts.items():
        wall = np.repeat(np.arange(len(row)), row) * DAY + draw.integers(8 * HOUR, 18 * HOUR, row.sum())
        opened = pd.Timestamp(START) + pd.to_timedelta(wall, "s")
        closed = opened + pd.to_timedelta(draw.exponential(2 * DAY, row.sum()).astype(int) + 60, "s")
        frames.append(pd.DataFrame({
            "Opened": opened.strftime("%Y-%m-%d %H:%M:%S"), "Closed": closed.strftime("%Y-%m-%d %H:%M:%S"), "Unit": unit,
            "Kind": draw.choice(["pothole", "tree", "lamp"], row.sum(), p=[0.6, 0.3, 0.1]),
            "Area": draw.choice(["Area 1", "Area 2"], row.sum(), p=[0.8, 0.2]),
        }))  # fmt: skip
    log = pd.concat(frames, ignore_index=True)
    log = log.assign(Via="phone", Late="", Status="Closed", Due="", Group="street")
    log["Case No"] = [f"C{k:06d}" for k in range(len(log))]
    path = write_log(log, folder / "log.csv")
    return ingest(path, mapping(times={"formats": ["%Y-%m-%d %H:%M:%S"], "zone": "America/New_York", "start": START.isoformat(),
                                       "observed_until": str(pd.Timestamp(START) + pd.Timedelta(days=len(row)))}))  # fmt: skip


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Arrivals:
    """Eight weeks of two departments; day 30 of roads is ten times as busy."""
    roads = daily(56, 60.0, 0.2, 1)
    roads[30] = 900
    return fit_arrivals(log_of({"ROAD": roads, "PARK": daily(56, 20.0, 0.0, 2)}, tmp_path_factory.mktemp("log")))


def test_level_weekdays_and_scatter_come_back(fitted: Arrivals) -> None:
    roads = next(each for each in fitted.model.streams if each.department == "roads")
    assert roads.level == pytest.approx(60, rel=0.1)
    assert np.array(roads.week) == pytest.approx(WEEK / WEEK.mean(), abs=0.3)
    assert roads.cv == pytest.approx(0.2, abs=0.08)
    assert sum(roads.hours[:24][8:18]) > 0.85


def test_shocks_are_found_and_left_out(fitted: Arrivals) -> None:
    assert fitted.shocks["date"].tolist() == [START + dt.timedelta(days=30)]
    assert fitted.shocks["count"].tolist() == [900]
    assert fitted.model.shocks[0].factor == pytest.approx(900 / (60 * WEEK[2]), rel=0.2)


def test_the_mix_comes_back(fitted: Arrivals) -> None:
    cases = fitted.draw(dt.date(2023, 1, 1), 100, 1)
    assert cases["category"].value_counts(normalize=True)["pothole"] == pytest.approx(0.6, abs=0.03)
    assert (cases["community"] == "Area 1").mean() == pytest.approx(0.8, abs=0.03)
    assert (cases["channel"] == "hotline").all()


def test_a_date_has_the_same_cases_whatever_the_start_and_horizon(fitted: Arrivals) -> None:
    long, short = fitted.draw(dt.date(2023, 1, 1), 30, 5), fitted.draw(dt.date(2023, 1, 11), 5, 5)
    inside = long[(long["reported_at"] >= 10 * DAY) & (long["reported_at"] < 15 * DAY)]
    assert len(short) > 100
    pd.testing.assert_frame_equal(inside.assign(reported_at=inside["reported_at"] - 10 * DAY).reset_index(drop=True), short)
    assert not long["reported_at"].equals(fitted.draw(dt.date(2023, 1, 1), 30, 6)["reported_at"])


def test_hours_follow_the_wall_clock_over_a_clock_change(fitted: Arrivals) -> None:
    """New York puts its clocks on at 2023-03-12 02:00; cases come from 8 o'clock on before and after."""
    cases, civil = fitted.draw(dt.date(2023, 3, 10), 6, 1), CivilTime(dt.date(2023, 3, 10), "America/New_York")
    hours = civil.wall(cases["reported_at"].to_numpy()) // HOUR
    busy = (hours % 24 >= 8) & (hours % 24 < 18)
    assert busy[hours < 48].mean() == pytest.approx(busy[hours >= 72].mean(), abs=0.06)
    assert busy.mean() > 0.85


def test_shocks_come_again_when_asked(fitted: Arrivals) -> None:
    again = fitted.model.model_copy(update={"shock_on": "2023-02-01"})
    usual, stormy = (Arrivals(**{**fitted.__dict__, "model": model}).draw(dt.date(2023, 1, 30), 7, 3) for model in (fitted.model, again))
    day = [(each["reported_at"] // DAY == 2).sum() for each in (usual, stormy)]
    assert day[1] > 5 * day[0]
    assert (usual["reported_at"] // DAY != 2).sum() == (stormy["reported_at"] // DAY != 2).sum()


def test_trend_is_found_where_there_is_one() -> None:
    days = Days(tuple(START + dt.timedelta(days=k) for k in range(120)), np.zeros(120, dtype=bool))
    fit = fit_days(daily(120, 50.0, 0.0, 3, trend=0.008), days, "trend")
    assert fit.trend == pytest.approx(0.008, abs=0.001)
    assert fit.level == pytest.approx(50 * np.exp(0.008 * 119), rel=0.05)


def test_a_level_that_fell_is_that_of_recent_days_and_its_months_are_those_of_the_years() -> None:
    """Three years with twice as many cases in July, then a fall to a quarter 60 days before the end: not taken for a season."""
    days = Days(tuple(START + dt.timedelta(days=k) for k in range(1095)), np.zeros(1095, dtype=bool))
    season = np.where(np.array([date.month for date in days.dates]) == 7, 2.0, 1.0)
    truth = 20.0 * season * np.where(np.arange(1095) < 1035, 1.0, 0.25)  # the last day is 30 July
    counts = np.random.default_rng(6).poisson(truth)
    assert best_kind(counts, days) == "recent"
    fit = fit_days(counts, days, "recent")
    assert fit.months[6] / np.median(fit.months) == pytest.approx(2.0, rel=0.25)
    assert fit.level * fit.months[6] == pytest.approx(20 * 2 * 0.25, rel=0.35)
    assert not fit.shocks[:-JUDGED_DAYS].any()


def test_scores_by_hand() -> None:
    assert crps(np.array([[1.0], [3.0]]), np.array([2.0])) == pytest.approx(0.5)
    assert crps(np.array([[2.0], [2.0]]), np.array([5.0])) == pytest.approx(3.0)
    assert ratio(np.array([1.0, 3.0])) == pytest.approx(1.0)
    assert lag(np.tile([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], 4), 7) == pytest.approx(1.0)


def test_the_model_foretells_better_than_past_weeks(tmp_path: Path) -> None:
    """Weeks of a flat level with chance only: eight past days of the same weekday know less than the model."""
    counts = daily(112, 60.0, 0.1, 4)
    (tmp_path / "train").mkdir()
    arrivals = fit_arrivals(log_of({"ROAD": counts[:84], "PARK": daily(84, 20.0, 0.0, 2)}, tmp_path / "train"))
    whole = log_of({"ROAD": counts, "PARK": daily(112, 20.0, 0.0, 2)}, tmp_path)
    table = score_arrivals(arrivals, whole, START + dt.timedelta(days=84), 28).set_index("department")
    assert table.loc["*", "cases"] == counts[84:].sum() + daily(112, 20.0, 0.0, 2)[84:].sum()
    assert table.loc["*", "crps"] < table.loc["*", "naive_crps"]
    assert table.loc["roads", "model_ratio"] == pytest.approx(table.loc["roads", "ratio"], rel=0.4)
    assert table.loc["*", "circadian_h"] < 0.6


def test_short_logs_say_what_they_cannot_tell(tmp_path: Path) -> None:
    one_day = fit_arrivals(log_of({"ROAD": np.array([50])}, tmp_path))
    assert {"no_weekdays", "no_scatter", "no_season"} <= set(one_day.notes)
    assert one_day.model.streams[0].level == pytest.approx(50, abs=1)


def test_a_log_of_one_second_is_refused(tmp_path: Path) -> None:
    intake = log_of({"ROAD": np.array([30])}, tmp_path)
    intake.records["cases"]["reported_at"] = 40_000
    with pytest.raises(BadInput, match="one second"):
        fit_arrivals(intake)


@needs_boston
def test_boston_finds_the_hurricane_and_foretells_october() -> None:
    boston = read_mapping("boston311")
    arrivals = fit_arrivals(ingest(BOSTON, with_window(boston, None, "2011-10-01 00:00")), "US")
    found = set(zip(arrivals.shocks["date"], arrivals.shocks["department"], strict=True))
    assert {(dt.date(2011, 8, 28), "PARK"), (dt.date(2011, 8, 29), "PARK")} <= found
    table = score_arrivals(arrivals, ingest(BOSTON, boston), dt.date(2011, 10, 1), 31).set_index("department")
    assert table.loc["*", "crps"] < table.loc["*", "naive_crps"]
    assert table.loc["*", "model_ratio"] == pytest.approx(table.loc["*", "ratio"], rel=0.3)
