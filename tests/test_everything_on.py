"""Everything that can be switched on together is: 148 options in one run, and every rule of a run holds (Little's law among them)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from scenarios.reading import read_scenario
from scenarios.stacking import option_names, option_path
from sim.invariants import check_records
from sim.messages import BadInput
from sim.records import RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate

ON = Path(__file__).with_name("everything_on.txt").read_text(encoding="utf-8").split()
SETTINGS = ("time.horizon=60 d", "time.warm_up=20 d")
LEFT_OUT = sorted(set(option_names()) - set(ON))
SOME = LEFT_OUT if os.environ.get("WANGGE_FULL") else LEFT_OUT[::9]


def everything(*more: str) -> Scenario:
    return read_scenario("baseline", SETTINGS, [option_path(name) for name in (*ON, *more)]).scenario


@cache
def lived(seed: int) -> RunRecords:
    return simulate(everything(), seed)


def test_all_rules_of_a_run_hold_and_it_comes_out_the_same_again() -> None:
    assert check_records(lived(4)) == []
    again = simulate(everything(), 4)
    for name, table in lived(4).tables.items():
        pd.testing.assert_frame_equal(table, again[name])


def test_each_chapter_of_the_records_is_lived_in() -> None:
    records = lived(4)
    assert min(len(records[name]) for name in ("issues", "cases", "governance", "emergencies", "money", "units")) > 0
    bare = simulate(read_scenario("baseline", SETTINGS).scenario, 4)
    assert len(bare["governance"]) == 0
    assert len(set(records["governance"]["mechanism"])) > 40


@pytest.mark.parametrize("name", SOME)
def test_what_is_left_out_says_what_it_cannot_stand_beside(name: str) -> None:
    with pytest.raises(BadInput, match=r"drop one of them|needs"):
        everything(name)
