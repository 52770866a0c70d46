"""What every indicator promises, whoever adds the next one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.messages import chinese
from sim.metrics.needs import NEEDS
from sim.metrics.table import FAMILIES, HEADLINES, INDICATORS, measure
from sim.records import Frame, RunRecords
from tests.hand_logs import hand_log, measured_log

ZERO_WHEN_EMPTY = {"cases_judged", "cases_left_out"}
"""Counts; every other indicator is not available in an empty log."""
UNMET_WHEN_MEASURED = {"discovery", "true_fix", "effort", "staff", "residents", "money"}


@pytest.mark.parametrize("name", INDICATORS)
def test_empty_log_has_nothing_to_say(name: str) -> None:
    value = measure(RunRecords(Frame("2025-01-06", "Asia/Shanghai", 86_400), 0), [name])[name]
    assert value == 0.0 if name in ZERO_WHEN_EMPTY else math.isnan(value)


@pytest.mark.parametrize("name", INDICATORS)
def test_row_order_does_not_matter(name: str) -> None:
    shuffled = hand_log()
    shuffled.tables = {key: rows.sample(frac=1.0, random_state=3) for key, rows in shuffled.tables.items()}
    assert measure(shuffled, [name])[name] == pytest.approx(measure(hand_log(), [name])[name], nan_ok=True)


@pytest.mark.parametrize("name", INDICATORS)
def test_measured_log_gives_what_it_can_and_no_more(name: str) -> None:
    indicator, value = INDICATORS[name], measure(measured_log(), [name])[name]
    if set(indicator.needs) & UNMET_WHEN_MEASURED:
        assert math.isnan(value)
    else:
        assert value == pytest.approx(measure(hand_log(), [name])[name], nan_ok=True)


@pytest.mark.parametrize("name", INDICATORS)
def test_records_are_left_as_they_were(name: str) -> None:
    records, before = hand_log(), hand_log()
    measure(records, [name])
    assert all(records[key].equals(before[key]) for key in before.tables)


def test_a_replay_of_a_log_has_no_discovery() -> None:
    replay = hand_log()
    replay.notes["without:discovery"] = 1.0
    found = measure(replay, ["proactive_share", "never_found_share", "report_to_closure_median"])
    assert np.isnan([found["proactive_share"], found["never_found_share"]]).all()
    assert found["report_to_closure_median"] == 30.0


def test_table_is_whole() -> None:
    assert len(INDICATORS) == sum(len(family) for family in FAMILIES.values())
    assert set(HEADLINES) <= set(INDICATORS)
    for name, indicator in INDICATORS.items():
        assert indicator.name == name
        assert indicator.direction in ("lower", "higher", "none")
        assert set(indicator.needs) <= set(NEEDS)
        for text in (indicator.label, indicator.formula, indicator.unit, indicator.denominator, indicator.clock):
            assert text in chinese(), f"{name}: no Chinese for {text!r}"
    labels = [indicator.label for indicator in INDICATORS.values()]
    assert len(set(labels)) == len(labels)
