"""The drift monitor: quiet on a log whose weeks are alike, loud on one that has moved."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from calibration.drift_monitor import drift
from sim.civil_time import CivilTime
from sim.records import MISSING
from sim.units import DAY

CIVIL = CivilTime(date(2025, 1, 6), "Asia/Shanghai")
TRAINED, CUT = 84 * DAY, 126 * DAY
"""Twelve weeks that were learnt from, six new ones."""


def log(seed: int, slower: float = 1.0, more: float = 1.0) -> pd.DataFrame:
    """Two departments; after training one takes so many times as long and gets so many times the cases."""
    draw = np.random.default_rng(seed)
    rows = []
    for unit, rate in (("roads", 30.0), ("parks", 10.0)):
        for day in range(CUT // DAY):
            new = day * DAY >= TRAINED and unit == "roads"
            count = draw.poisson(rate * (more if new else 1.0))
            opened = day * DAY + draw.integers(0, DAY, count)
            spent = draw.lognormal(11.5, 1.2, count) * (slower if new else 1.0)
            rows += [(unit, int(at), int(at + took)) for at, took in zip(opened, spent, strict=True)]
    frame = pd.DataFrame(rows, columns=["department", "reported_at", "closed_at"])
    frame["closed_at"] = np.where(frame["closed_at"] < CUT, frame["closed_at"], MISSING)
    return frame.assign(outcome="closed")


def test_false_alarms_stay_near_five_per_cent() -> None:
    alarms = [drift(log(seed), CIVIL, TRAINED, CUT).alarm for seed in range(100)]
    assert np.mean(alarms) <= 0.09, np.mean(alarms)


def test_a_slower_department_is_an_alarm_and_named() -> None:
    found = [drift(log(seed, slower=1.6), CIVIL, TRAINED, CUT) for seed in range(10)]
    assert all(each.alarm for each in found)
    for each in found:
        assert set(each.table[each.table["alarm"]]["department"]) == {"roads"}
        assert each.weeks == 6


def test_more_cases_are_an_alarm() -> None:
    found = drift(log(1, more=1.3), CIVIL, TRAINED, CUT)
    assert found.alarm
    assert found.table.iloc[0]["measure"] == "cases a week"
    assert found.table.iloc[0]["new"] > found.table.iloc[0]["trained"] * 1.2


def test_too_few_weeks_tell_nothing() -> None:
    assert not len(drift(log(1), CIVIL, TRAINED, TRAINED + 14 * DAY).table)
