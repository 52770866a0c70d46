"""Measures of a score, on a few cases whose numbers are computed by hand, to 1e-9."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from calibration import score_measures as by_day
from calibration.score_card import block_weights, noise_floor, score_card
from calibration.score_coverage import closings, coverage
from calibration.score_outlook import MODEL, Outlook, case_errors
from calibration.score_period import Period, groups_of
from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.units import DAY, HOUR

PERIOD = Period(7 * DAY, 14 * DAY, CivilTime(dt.date(2024, 1, 1), "UTC"))
"""The second week of a log that begins on a Monday."""
ONE = np.ones((1, 7))


def exactly(value: float) -> object:
    return pytest.approx(value, abs=1e-9)


def cases(rows: list[tuple[str, float, float | None, float | None]]) -> pd.DataFrame:
    """One case a row: department, hours since the period began at which it was opened, closed, due (None: never)."""
    at = [[MISSING if row[k] is None else 7 * DAY + round(float(row[k]) * HOUR) for row in rows] for k in (1, 2, 3)]  # type: ignore[arg-type]
    return pd.DataFrame({
        "case_id": np.arange(1, len(rows) + 1, dtype=np.int64), "department": [row[0] for row in rows], "category": "lamp",
        "reported_at": at[0], "closed_at": at[1], "handling_due": at[2], "outcome": "resolved",
    })  # fmt: skip


MEASURED = cases([
    ("works", 1, 3, 2),          # 2 h, late
    ("works", 30, 37, 40),       # 7 h, in time
    ("works", 50, None, 60),     # open at the cut after 118 h, late
    ("works", 166, None, None),  # opened 2 h before the cut: nobody knows its 4 h
    ("parks", 10, 10.5, 200),    # half an hour; due after the cut
    ("parks", -30, 20, None),    # opened before the period
])  # fmt: skip
WORLDS = [
    cases([("works", 1, 6, 2), ("works", 30, 31, 40), ("works", 50, 52, 60), ("works", 166, 167, None), ("parks", 10, 11, 200),
           ("parks", -30, 44, None)]),
    cases([("works", 1, 2, 2), ("works", 30, 200, 40), ("works", 50, None, 60), ("works", 166, None, None), ("parks", 10, 60, 200),
           ("parks", -30, None, None)]),
]  # fmt: skip
UNITS = groups_of(MEASURED, "department", PERIOD, least=1)


def test_groups_gather_the_small() -> None:
    assert UNITS.names[:2] == ("parks", "works")
    assert UNITS.sizes.tolist() == [1.0, 4.0, 0.0]
    assert groups_of(MEASURED, "department", PERIOD, least=2).sizes.tolist() == [4.0, 1.0]


def test_shares_closed_in_time() -> None:
    base, hits = by_day.counts_within(MEASURED, PERIOD, UNITS)
    assert base.sum(axis=0)[:2].tolist() == [[1, 1, 1, 0], [3, 3, 3, 0]]
    assert hits.sum(axis=0)[:2].tolist() == [[1, 1, 1, 0], [1, 2, 2, 0]]
    assert base[:, 1, 0].tolist() == [1, 1, 1, 0, 0, 0, 0]


def test_distance_of_shares() -> None:
    """Works: measured 1/3, 2/3, 2/3; worlds 3/6 (5 h, 1 h, 2 h; 1 h, open, open), 4/6, 4/6. Parks: 1, 1, 1 against 1/2, 1/2, 1."""
    pairs = [by_day.counts_within(world, PERIOD, UNITS) for world in WORLDS]
    predicted = by_day.mean_counts([base for base, _ in pairs]), by_day.mean_counts([hits for _, hits in pairs])
    distance = by_day.share_distance(by_day.counts_within(MEASURED, PERIOD, UNITS), predicted, UNITS.sizes)
    works, parks = (abs(1 / 3 - 3 / 6) + 0 + 0), (1 / 2 + 1 / 2 + 0)
    assert distance(ONE)[0] == exactly((4 * works + 1 * parks) / (3 * 4 + 3 * 1))
    first_day = np.array([[1.0, 0, 0, 0, 0, 0, 0]])
    # On the first day works has one case (measured 1, worlds 1/2, 1, 1), parks one.
    assert distance(first_day)[0] == exactly((4 * 0.5 + 1 * 1.0) / 15)


def test_late_share() -> None:
    due, late = by_day.counts_late(MEASURED, PERIOD, UNITS)
    assert due.sum(axis=0)[:, 0].tolist() == [0, 3, 0]
    assert late.sum(axis=0)[:, 0].tolist() == [0, 2, 0]
    pairs = [by_day.counts_late(world, PERIOD, UNITS) for world in WORLDS]
    # The first world is late once of three, the second twice.
    predicted = by_day.mean_counts([base for base, _ in pairs]), by_day.mean_counts([hits for _, hits in pairs])
    assert by_day.share_distance((due, late), predicted, UNITS.sizes)(ONE)[0] == exactly(abs(2 / 3 - 3 / 6))


def test_log_of_hours() -> None:
    """One case of 1 h against one of 10 h: as many bins apart as lie between them; open ones count until the cut."""
    width = by_day.BINS[1] - by_day.BINS[0]
    truth, other = cases([("works", 1, 2, None)]), cases([("works", 1, 11, None)])
    groups = groups_of(truth, "department", PERIOD, least=1)
    tables = [by_day.counts_log_time(each, PERIOD, groups) for each in (truth, other)]
    bins = np.floor((np.array([0.0, 1.0]) + 2) / width)
    assert by_day.log_time_distance(tables[0], tables[1], groups.sizes)(ONE)[0] == exactly((bins[1] - bins[0]) * width)
    assert (bins[1] - bins[0]) * width == pytest.approx(1.0, abs=width)
    still = by_day.counts_log_time(cases([("works", 68, None, None)]), PERIOD, groups)
    assert int(still.sum(axis=(0, 1)).argmax()) == int((np.log10(100) + 2) // width)


def test_backlog_curve() -> None:
    """Open at each midnight: by hand."""
    works, parks = by_day.open_cases(MEASURED, PERIOD, UNITS)[:, 1], by_day.open_cases(MEASURED, PERIOD, UNITS)[:, 0]
    assert works.tolist() == [0, 0, 1, 1, 1, 1, 2]
    assert parks.tolist() == [0, 0, 0, 0, 0, 0, 0]
    early = by_day.open_cases(cases([("parks", -30, 20, None), ("parks", -5, 30, None)]), PERIOD, UNITS)[:, 0]
    assert early.tolist() == [1, 0, 0, 0, 0, 0, 0]
    predicted = by_day.mean_counts([by_day.open_cases(world, PERIOD, UNITS) for world in WORLDS])
    assert predicted[:, 1].tolist() == [0, 0.5, 1, 1, 1, 1, 1.5]  # the first world has none, the second 0 1 2 2 2 2 3
    assert predicted[:, 0].tolist() == [1.5, 1, 0.5, 0.5, 0.5, 0.5, 0.5]
    apart = (0 + 0.5 + 0 + 0 + 0 + 0 + 0.5) + (1.5 + 1 + 5 * 0.5)
    distance = by_day.backlog_distance(by_day.open_cases(MEASURED, PERIOD, UNITS), predicted)
    assert distance(ONE)[0] == exactly(apart / (0 + 0 + 1 + 1 + 1 + 1 + 2))


def test_hour_of_the_week() -> None:
    """Measured closings at hours 3, 37, 10, 20 of the week; the first world's at 6, 31, 52, 167, 11, 44, the second's 2, 60: none in common."""
    tables = [by_day.counts_by_hour(each, PERIOD, "closed_at") for each in (MEASURED, *WORLDS)]
    assert np.flatnonzero(tables[0].sum(axis=0)).tolist() == [3, 10, 20, 37]
    assert np.flatnonzero(tables[1].sum(axis=0)).tolist() == [6, 11, 31, 44, 52, 167]
    assert by_day.hour_distance(tables[0], tables[1])(ONE)[0] == exactly(1.0)
    half = np.where(np.arange(168) == 3, 2.0, np.where(np.arange(168) == 4, 2.0, 0.0))[None, :].repeat(7, axis=0)
    assert by_day.hour_distance(tables[0], half)(ONE)[0] == exactly(0.75)


def test_an_eight_hour_slip_is_seen_in_the_hours_only() -> None:
    """Everything eight hours later: no share moves, every hour of the week does."""
    names = ("reported_at", "closed_at")
    later = MEASURED.assign(**{name: np.where(MEASURED[name] == MISSING, MISSING, MEASURED[name] + 8 * HOUR) for name in names})
    tables = [by_day.counts_by_hour(each, PERIOD, "closed_at") for each in (MEASURED, later)]
    assert by_day.hour_distance(*tables)(ONE)[0] == exactly(1.0)
    inside = [by_day.counts_within(each.iloc[:2], PERIOD, UNITS) for each in (MEASURED, later)]
    assert by_day.share_distance(*inside, UNITS.sizes)(ONE)[0] == exactly(0.0)


def test_each_case_against_itself() -> None:
    """1 h in truth: worlds of 1, 10 and 100 h cost mean(0, 1, 2) - half of mean(1, 2, 1) = 1/3 in log10 hours; one world |x - y|."""
    truth = cases([("works", 1, 2, None)])
    worlds = [cases([("works", 1, 1 + hours, None)]) for hours in (1, 100, 10)]
    error, day = case_errors(truth, Outlook(MODEL, worlds), PERIOD)
    assert (error[0], day.tolist()) == (exactly(1 / 3), [0])
    assert case_errors(truth, Outlook(MODEL, worlds[1:2]), PERIOD)[0][0] == exactly(2.0)
    assert case_errors(truth, Outlook(MODEL, [truth, truth]), PERIOD)[0][0] == exactly(0.0)


def test_an_old_case_counts_from_the_start_of_the_period() -> None:
    """Opened 30 h before, closed 20 h after: 20 h against 40 h; what was closed before the period is left out."""
    truth = cases([("parks", -30, 20, None), ("parks", -40, -1, None)])
    world = cases([("parks", -30, 40, None), ("parks", -40, -1, None)])
    error, day = case_errors(truth, Outlook(MODEL, [world]), PERIOD)
    assert error.tolist() == [exactly(np.log10(2))]
    assert day.tolist() == [0]


def test_coverage_counts_cells() -> None:
    """Nine worlds foretell 6 to 14 closings a day; measured 9 on six days, 20 on the last: six of seven inside, 8/10 nominal."""
    def days(counts: list[int]) -> pd.DataFrame:
        return cases([("works", 24 * day + 1, 24 * day + 2, None) for day, count in enumerate(counts) for _ in range(count)])

    truth, worlds = days([9] * 6 + [20]), [days([count] * 7) for count in range(6, 15)]
    groups = groups_of(truth, "department", PERIOD)
    assert closings(truth, PERIOD, groups)[:, 0].tolist() == [9, 9, 9, 9, 9, 9, 20]
    table = coverage(truth, Outlook(MODEL, worlds), PERIOD).set_index("quantity")
    assert table.loc["closings_a_day", "cells"] == 7
    assert table.loc["closings_a_day", "covered"] == exactly(6 / 7)
    assert table["nominal"].tolist() == [exactly(0.8)] * 3
    # 74 in all were closed within every limit; the worlds foretell 42 to 98. Nothing is open at the end.
    assert table.loc["closed_within", "covered"] == exactly(1.0)
    assert table.loc["open_at_end", "cells"] == 0
    far = coverage(days([30] * 7), Outlook(MODEL, worlds), PERIOD).set_index("quantity")
    assert far.loc["closings_a_day", "covered"] == exactly(0.0)


def test_a_perfect_model_leads_by_what_the_other_is_off() -> None:
    card = score_card(MEASURED, [Outlook(MODEL, [MEASURED, MEASURED]), Outlook("other", WORLDS)], PERIOD)
    values = card.values.set_index(["forecast", "measure"])["value"]
    assert values[MODEL].to_numpy() == pytest.approx(0.0, abs=1e-9)
    leads = card.leads.set_index("measure")
    assert leads["difference"].to_numpy() == pytest.approx(-values["other"].reindex(leads.index).to_numpy(), abs=1e-9)
    assert values["other", "backlog_department"] > 0.5
    assert (leads["low"] <= leads["high"]).all()
    assert (leads["high"] <= 1e-9).all()


def test_the_noise_floor_of_worlds_alike_is_nothing() -> None:
    assert all(value == exactly(0.0) for value in noise_floor(Outlook(MODEL, [MEASURED] * 3), PERIOD).values())
    assert noise_floor(Outlook(MODEL, [MEASURED]), PERIOD) == {}
    assert noise_floor(Outlook(MODEL, WORLDS), PERIOD)["backlog_department"] > 0.5


def test_resamples_keep_whole_weeks() -> None:
    """Two weeks in blocks of seven days, round the end: every resample draws as many days as there are, neighbours together."""
    weights = block_weights(14, 3, 500)
    assert weights.sum(axis=1).tolist() == [14.0] * 500
    assert weights.mean(axis=0) == pytest.approx(np.ones(14), abs=0.15)
    turns = (np.diff(np.column_stack([weights, weights[:, :1]]), axis=1) != 0).sum(axis=1)
    assert turns.max() <= 4
    assert np.array_equal(weights, block_weights(14, 3, 500))
