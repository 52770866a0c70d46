"""Forecasts without a model, on logs made by hand whose answers are known."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from calibration.naive_forecasts import RANDOM, SHIFTED, random_durations, shifted_traces
from calibration.score_period import Period
from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.units import DAY, HOUR


def cases(rows: list[tuple[int, int, int]], department: str = "works", category: str = "lamp", first: int = 1) -> pd.DataFrame:
    """One case a row: opened, closed (MISSING: open), due; seconds since the start of the log."""
    return pd.DataFrame({
        "case_id": np.arange(first, first + len(rows), dtype=np.int64), "department": department, "category": category,
        "reported_at": [row[0] for row in rows], "closed_at": [row[1] for row in rows],
        "handling_due": [row[2] for row in rows], "outcome": "resolved",
    })  # fmt: skip


def period(start: dt.date, first: int, days: int, zone: str = "UTC") -> Period:
    civil = CivilTime(start, zone)
    begin, end = (civil.seconds_at(start + dt.timedelta(days=day)) for day in (first, first + days))
    return Period(begin, end, civil)


def test_the_last_week_comes_again_as_it_was_known() -> None:
    """A week of seven days before day 14: what was open on day 14 stays open, whatever became of it later."""
    ahead = period(dt.date(2024, 1, 1), 14, 7)
    log = cases([
        (8 * DAY, 8 * DAY + 2 * HOUR, 9 * DAY),      # closed in time
        (13 * DAY, 15 * DAY, MISSING),               # closed in the period: unknown then
        (13 * DAY, MISSING, 20 * DAY),               # never closed
        (3 * DAY, 4 * DAY, 5 * DAY),                 # the week before
        (14 * DAY + HOUR, 14 * DAY + 2 * HOUR, MISSING),  # opened in the period: not known
    ])  # fmt: skip
    found = shifted_traces(log, ahead)
    assert (found.name, found.same_cases, len(found.worlds)) == (SHIFTED, False, 1)
    table = found.worlds[0]
    assert table["reported_at"].tolist() == [15 * DAY, 20 * DAY, 20 * DAY, 10 * DAY]
    assert table["closed_at"].tolist() == [15 * DAY + 2 * HOUR, MISSING, MISSING, 11 * DAY]
    assert table["handling_due"].tolist() == [16 * DAY, MISSING, 27 * DAY, 12 * DAY]


def test_ten_days_are_foretold_by_the_last_fortnight() -> None:
    table = shifted_traces(cases([(DAY, 2 * DAY, MISSING)]), period(dt.date(2024, 1, 1), 28, 10)).worlds[0]
    assert table["reported_at"].tolist() == [15 * DAY]


def test_weeks_are_moved_on_the_wall_clock() -> None:
    """Clocks in New York went back on 6 November 2022: a week that begins on the 7th is an hour longer than seven days away."""
    ahead = period(dt.date(2022, 10, 24), 14, 7, "America/New_York")
    assert ahead.start == 14 * DAY + HOUR
    table = shifted_traces(cases([(7 * DAY + 9 * HOUR, MISSING, MISSING)]), ahead).worlds[0]
    opened = ahead.civil.local(int(table["reported_at"].iloc[0]))
    assert (opened.date(), opened.hour) == (dt.date(2022, 11, 7), 9)


def training(times_h: list[float], department: str, category: str, first: int = 1) -> pd.DataFrame:
    """Cases opened on day 0 that took so long."""
    return cases([(0, int(each * HOUR), MISSING) for each in times_h], department, category, first)


def drawn(log: pd.DataFrame, rows: pd.DataFrame, worlds: int = 2) -> list[np.ndarray]:
    """Hours from opening to the drawn end of each case (NaN: it does not end), by world."""
    found = random_durations(log, rows, period(dt.date(2024, 1, 1), 14, 7), worlds)
    assert (found.name, found.same_cases, len(found.worlds)) == (RANDOM, True, worlds)
    return [np.where(each["closed_at"] == MISSING, np.nan, (each["closed_at"] - each["reported_at"]) / HOUR) for each in found.worlds]


def test_durations_are_those_of_the_past_as_often_as_they_were() -> None:
    """A quarter of the lamps took 1 h, the rest 10 h; trees took 30 h; a type that is too thin shares its department's."""
    log = pd.concat([training([1.0] * 10 + [10.0] * 30, "works", "lamp"), training([30.0] * 40, "works", "tree", 100),
                     training([99.0] * 19, "works", "rare", 200)])  # fmt: skip
    new = [(14 * DAY, MISSING, MISSING)] * 2000
    lamps, others = drawn(log, cases(new))
    assert not np.array_equal(lamps, others)
    for world in (lamps, others):
        assert set(world.tolist()) == {1.0, 10.0}
        assert (world == 1.0).mean() == pytest.approx(0.25, abs=0.03)
    assert set(drawn(log, cases(new, category="tree"))[0].tolist()) == {30.0}
    thin = drawn(log, cases(new, category="rare"))[0]
    shares = [(thin == hours).mean() for hours in (1.0, 10.0, 30.0, 99.0)]
    assert shares == pytest.approx([10 / 99, 30 / 99, 40 / 99, 19 / 99], abs=0.03)
    assert (drawn(log, cases(new, department="unheard of"))[0] == 30.0).mean() == pytest.approx(40 / 99, abs=0.03)


def test_an_old_case_lasts_at_least_as_long_as_it_has() -> None:
    """Cases five hours old when the period begins: none takes 1 h, all take 10; one older than all of them has no known end."""
    log = training([1.0] * 30 + [10.0] * 30, "works", "lamp")
    five_old, all_old = [(14 * DAY - 5 * HOUR, MISSING, MISSING)] * 300, [(14 * DAY - 11 * HOUR, MISSING, MISSING)] * 5
    assert set(drawn(log, cases(five_old))[0].tolist()) == {10.0}
    assert np.isnan(drawn(log, cases(all_old))[0]).all()


def test_who_was_still_open_is_drawn_again_among_those_who_lasted_longer() -> None:
    """20 took 1 h; 20 were opened five hours before the cut and are open; 20 took 9 h: Kaplan-Meier says 1/3, then all 9 h."""
    cut = 14 * DAY
    log = pd.concat([training([1.0] * 20 + [9.0] * 20, "works", "lamp"),
                     cases([(cut - 5 * HOUR, MISSING, MISSING)] * 20, first=100)])  # fmt: skip
    hours = drawn(log, cases([(cut, MISSING, MISSING)] * 3000))[0]
    assert (hours == 1.0).mean() == pytest.approx(1 / 3, abs=0.03)
    assert (hours == 9.0).mean() == pytest.approx(2 / 3, abs=0.03)


def test_no_closing_of_the_period_is_seen_and_what_is_known_stays() -> None:
    log = pd.concat([training([2.0] * 20, "works", "lamp"), cases([(13 * DAY, 14 * DAY + HOUR, MISSING)] * 20, first=50)])
    known = cases([(DAY, 2 * DAY, MISSING), (14 * DAY, MISSING, MISSING)])
    done = cases([(14 * DAY, MISSING, MISSING)], first=9).assign(outcome="self_handled")
    world = random_durations(log, pd.concat([known, done]), period(dt.date(2024, 1, 1), 14, 7), 1).worlds[0]
    assert world["closed_at"].tolist()[0] == 2 * DAY
    assert world["closed_at"].tolist()[2] == MISSING
    # Half of the past is still open after 24 h; nothing is known of when it ends.
    many = drawn(log, cases([(14 * DAY, MISSING, MISSING)] * 2000))[0]
    assert np.isnan(many).mean() == pytest.approx(0.5, abs=0.03)
    assert set(many[~np.isnan(many)].tolist()) == {2.0}
