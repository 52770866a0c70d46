"""docs/coverage.csv: 166 entries, each with an honest status; options exist, overlays load, rows can be made again."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from experiments.coverage import STATUSES, VERDICTS, Row, judged, read_rows, verdict, write_rows
from experiments.coverage_command import remade
from scenarios.faults import Faults
from scenarios.reading import read_scenario
from scenarios.schema import json_schema
from scenarios.stacking import Published, option_names, option_path, read_overlay
from sim.mechanisms.table import MECHANISMS
from sim.messages import BadInput
from sim.metrics.table import INDICATORS
from sim.scenario import Scenario

ROWS = read_rows()
FULL = os.environ.get("WANGGE_FULL") == "1"
KEYS = {name for chapter in json_schema(None)["$defs"].values() for name in chapter.get("properties", {})}
COUNTS = {"A": 12, "B": 8, "C": 16, "D": 16, "E": 8, "F": 24, "G": 12, "H": 16, "I": 11, "J": 14, "K": 16, "L": 6, "M": 7}


def test_every_entry_stands_once() -> None:
    entries = [row.entry for row in ROWS]
    assert entries == [f"{group}{number}" for group, count in COUNTS.items() for number in range(1, count + 1)]
    assert all(row.name_en and row.name_zh and row.system_id for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row.entry for row in ROWS])
def test_a_row_says_what_it_is(row: Row) -> None:
    assert row.status in STATUSES
    assert row.verdict in VERDICTS
    assert row.reason or row.status == "works" or row.status == "context"
    for word in re.findall(r"[a-z][a-z_.0-9]+", row.option):
        known = set(word.split(".")) & KEYS
        assert known, f"{word} is no path of a scenario"
    if row.status in ("works", "partly") and row.judged:
        assert row.indicator in INDICATORS
        assert option_path(row.overlay).exists()
        assert row.mediator
        assert int(row.replications) >= 2
        assert int(row.seeds) >= 0


@cache
def stacked(name: str) -> Scenario:
    """An option over its base, with what it needs."""
    overlay = read_overlay(option_path(name), Faults())
    return read_scenario(overlay.base, overlay.settings, [option_path(each) for each in (*overlay.needs, name)]).scenario


@pytest.mark.xdist_group("stacked options")  # reading them all takes half a minute: once is enough
def test_every_overlay_loads_over_its_base_with_what_it_needs() -> None:
    for name in option_names():
        overlay = read_overlay(option_path(name), Faults())
        assert stacked(name).name
        assert overlay.title_zh, name
        assert set(overlay.entries) <= {row.entry for row in ROWS}, name


@pytest.mark.xdist_group("stacked options")
def test_every_mechanism_has_an_overlay_that_switches_it_on() -> None:
    from sim.governance import chosen

    on: set[str] = set()
    for name in option_names():
        scenario = stacked(name)
        on |= {path for path in MECHANISMS if chosen(scenario, path) is not None}
    assert set(MECHANISMS) - on == set()


def test_verdicts() -> None:
    lower = Published(relative=-0.5)
    lower = replace(lower, direction="lower")
    assert verdict(-1.0, -2.0, 1.0, 10.0, lower) == "none shown"
    assert verdict(-5.0, -6.0, -4.0, 10.0, lower) == "as published"
    assert verdict(-2.0, -3.0, -1.0, 10.0, Published(direction="lower")) == "right direction"
    assert verdict(-2.0, -3.0, -1.0, 10.0, replace(lower, direction="lower")) == "right direction, weaker"
    assert verdict(-8.0, -9.0, -7.0, 10.0, replace(lower, direction="lower")) == "right direction, stronger"
    assert verdict(2.0, 1.0, 3.0, 10.0, replace(lower, direction="lower")) == "opposite"
    assert verdict(2.0, 1.0, 3.0, 10.0, Published()) == "nothing published to hold against"


def test_a_row_is_judged_on_paired_worlds() -> None:
    row = judged(ROWS[0], [10.0, 20.0, 30.0], [9.0, 18.9, 29.1], Published(direction="lower"))
    assert row.difference == "-1"
    assert float(row.low) < -1 < float(row.high) < 0
    assert row.verdict == "right direction"


def test_an_indicator_that_exists_only_with_the_option_shows_its_level() -> None:
    nan = float("nan")
    row = judged(ROWS[0], [nan, nan, nan], [0.4, 0.5, 0.6], Published(direction="higher"))
    assert (row.difference, row.verdict) == ("0.5", "exists only with it")
    assert float(row.low) < 0.5 < float(row.high)
    assert judged(ROWS[0], [nan, nan], [nan, nan], Published()).verdict == ""


def test_the_file_is_written_as_it_was_read(tmp_path) -> None:
    from experiments.coverage import FILE

    write_rows(ROWS, tmp_path / "coverage.csv")
    assert (tmp_path / "coverage.csv").read_bytes() == FILE.read_bytes()


def test_a_row_can_be_made_again() -> None:
    row = next(row for row in ROWS if row.entry == "C9")
    again = remade([row if FULL else replace(row, replications="2")], workers=1)[0]
    assert float(again.difference) < 0
    if FULL:
        assert (again.difference, again.low, again.high, again.verdict) == (row.difference, row.low, row.high, row.verdict)


def test_an_unknown_entry_is_one_line() -> None:
    import run

    assert run.main(["coverage", "Z9"]) == 2
    with pytest.raises(BadInput):
        option_path("no_such_option")


def test_the_readme_counts_the_file() -> None:
    counts = Counter(row.status for row in ROWS)
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
    assert f"Of the 166 published entries {counts['works']} act as options, {counts['partly']} do so in part" in readme
