"""Intervals, Holm, paired differences, verdicts, pairs of issues, and the sentences made of them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.case_pairs import counts, counts_by, pair_issues
from experiments.comparison import COLUMNS, compare, of_all, paired, verdict
from experiments.intervals import Interval, holm, t_interval, variance
from experiments.quantities import change_text, gain_text, interval_text, value_text
from experiments.sentences import about, answer
from experiments.summary import ALL, Summary, joined, summarise
from sim.messages import speak
from sim.records import MISSING, Frame, RunRecords, table
from tests.fake_runs import fake_run

NAN = float("nan")
HOUR = 3_600


def summary(**values: list[float]) -> Summary:
    """A summary whose indicators for everybody have the given value in each replication."""
    rows = [(r, name, ALL, value) for name, each in values.items() for r, value in enumerate(each)]
    none = pd.DataFrame()
    return Summary(pd.DataFrame(rows, columns=["replication", "indicator", "group", "value"]), none, none, none)


@pytest.fixture(scope="module")
def arms() -> dict[str, Summary]:
    return {
        name: joined({r: summarise(fake_run(r, slower)) for r in range(3)})
        for name, slower in (("usual", 1.0), ("quick", 0.6), ("slow", 1.3))
    }


def test_t_interval_is_that_of_scipy() -> None:
    values = np.array([3.0, 4.5, 2.25, 6.0, 5.5])
    found = t_interval(values)
    expected = stats.t.interval(0.95, 4, values.mean(), stats.sem(values))
    assert (found.low, found.high) == pytest.approx(expected)
    assert found.p == pytest.approx(stats.ttest_1samp(values, 0).pvalue)
    assert found.n == 5


def test_t_interval_covers_the_mean_as_often_as_it_says() -> None:
    samples = np.random.default_rng(7).normal(10, 3, (2000, 5))
    found = [t_interval(sample) for sample in samples]
    covered = np.mean([each.low <= 10 <= each.high for each in found])
    assert 0.935 < covered < 0.965


@pytest.mark.parametrize(("values", "n"), [([], 0), ([4.0], 1), ([NAN, 4.0], 1), ([NAN, NAN], 0)])
def test_fewer_than_two_values_have_no_interval(values: list[float], n: int) -> None:
    found = t_interval(values)
    assert found.n == n
    assert math.isnan(found.low)
    assert math.isnan(found.p)
    assert (found.mean == 4.0) if n else math.isnan(found.mean)


def test_values_that_are_alike_have_an_interval_without_width() -> None:
    third = [0.1 + 0.2, 0.3, 0.3]
    assert t_interval(third).low == t_interval(third).high
    assert t_interval(third).p == 0.0
    assert t_interval([0.0, 0.0]).p == 1.0
    assert variance(np.array(third)) == 0.0


def test_holm_on_a_worked_example_and_with_missing_members() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    adjusted = holm([0.04, NAN, 0.01])
    assert adjusted[0] == pytest.approx(0.04)
    assert math.isnan(adjusted[1])
    assert adjusted[2] == pytest.approx(0.02)
    assert holm([]) == []


def test_pairing_gain_counts_the_worlds_that_pairing_saves() -> None:
    a, b = np.array([1.0, 5.0, 9.0, 3.0]), np.array([2.0, 6.5, 9.5, 4.0])
    expected = (a.var(ddof=1) + b.var(ddof=1)) / (b - a).var(ddof=1)
    assert paired(a, b).pairing_gain == pytest.approx(expected)
    assert paired(a, a + 2).pairing_gain == math.inf
    assert math.isnan(paired(np.ones(3), np.ones(3)).pairing_gain)
    assert math.isnan(paired(a[:1], b[:1]).pairing_gain)


def test_a_world_without_a_value_in_either_is_left_out() -> None:
    found = paired(np.array([1.0, NAN, 3.0, 4.0]), np.array([2.0, 3.0, NAN, 5.5]))
    assert found.difference.n == 2
    assert found.difference.mean == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("mean", "n", "p", "direction", "code"),
    [
        (-1, 5, 0.01, "lower", "better"),
        (1, 5, 0.01, "lower", "worse"),
        (1, 5, 0.01, "higher", "better"),
        (-1, 5, 0.01, "higher", "worse"),
        (1, 5, 0.01, "none", "higher"),
        (-1, 5, 0.01, "none", "lower"),
        (-1, 5, 0.05, "lower", "no_difference_shown"),
        (-1, 1, NAN, "lower", "one_replication"),
        (NAN, 0, NAN, "lower", "not_available"),
    ],
)
def test_verdicts(mean: float, n: int, p: float, direction: str, code: str) -> None:
    assert verdict(Interval(mean, NAN, NAN, n, NAN), p, direction) == code  # type: ignore[arg-type]


def test_comparison_pairs_replications_by_number_and_not_by_place() -> None:
    usual, other = summary(rework_rate=[0.1, 0.2, 0.3]), summary(rework_rate=[0.1, 0.2, 0.3])
    other.indicators["replication"] = [1, 2, 3]
    row = compare({"a": usual, "b": other}).iloc[0]
    assert row["n"] == 2
    assert row["difference"] == pytest.approx(-0.1)


def test_holm_is_applied_over_scenarios_within_an_indicator() -> None:
    rng = np.random.default_rng(3)
    base = rng.normal(50, 5, 8)
    others = {name: summary(cost_per_case=list(base + rng.normal(1.0, 1.3, 8))) for name in "bcd"}
    found = of_all(compare({"a": summary(cost_per_case=list(base)), **others}), "cost_per_case")
    alone = [stats.ttest_1samp(others[name].values()["cost_per_case"] - base, 0).pvalue for name in "bcd"]
    assert list(found["p_holm"]) == pytest.approx(holm(alone))
    assert (found["p_holm"].to_numpy() >= np.array(alone)).all()


def test_comparison_of_runs_finds_what_was_built_in(arms: dict[str, Summary]) -> None:
    table_ = compare(arms)
    assert list(table_.columns) == list(COLUMNS)
    closure = of_all(table_, "report_to_closure_median").set_index("scenario")
    assert closure.loc["quick", "verdict"] == "better"
    assert closure.loc["slow", "verdict"] == "worse"
    assert closure.loc["quick", "pairing_gain"] > 1
    assert closure.loc["quick", "baseline_value"] + closure.loc["quick", "difference"] == pytest.approx(
        closure.loc["quick", "value"]
    )
    found = of_all(table_, "discovery_delay_median").set_index("scenario")
    assert (found["difference"] == 0).all()  # discovery comes before what was slowed
    assert set(found["verdict"]) == {"no_difference_shown"}
    assert {"level=grid", "category=noise", ALL} <= set(table_["group"])


def test_sentences_say_what_the_table_says(arms: dict[str, Summary]) -> None:
    table_, names = compare(arms), {name: name for name in arms}
    said = answer(table_, names)
    row = of_all(table_, "onset_to_fix_mean").set_index("scenario").loc["quick"]
    assert "quick is better than usual" in said
    assert f"{row['difference']:.1f} hours" in said
    assert any("Worse" in line and "Report to closure, median" in line for line in about(table_, "slow", arms, names))
    speak("zh")
    try:
        assert "“quick”优于“usual”" in answer(table_, names)
    finally:
        speak("en")


def test_one_world_says_that_it_shows_nothing() -> None:
    pair = {"a": summary(onset_to_fix_mean=[5.0]), "b": summary(onset_to_fix_mean=[4.0])}
    said = answer(compare(pair), {"a": "a", "b": "b"})
    assert "one world" in said
    assert "-1" in said
    assert "better" not in said


def test_numbers_show_the_digits_that_their_interval_bears() -> None:
    sure, unsure = Interval(0.41234, 0.41134, 0.41334, 9, NAN), Interval(0.41234, 0.31, 0.51, 9, NAN)
    assert value_text(sure, "share") == "41.2"
    assert value_text(unsure, "share") == "41"
    assert interval_text(unsure, "share") == "31 to 51"
    assert interval_text(Interval(0.98, 0.9, 1.06, 3, NAN), "share") == "90.0 to 100.0"
    assert interval_text(Interval(0.02, -0.06, 0.1, 3, NAN), "share", sign=True) == "-6.0 to +10.0"
    assert change_text(Interval(-1234.5, -1300, -1100, 5, NAN), "yuan") == "-1,234"
    assert value_text(Interval(NAN, NAN, NAN, 0, NAN), "hours") == "-"
    assert change_text(Interval(-0.00001, -0.1, 0.1, 5, NAN), "hours") == "0.00"
    assert gain_text(math.inf) == "> 1000×"


def world(fixed: list[int], closed: list[int], seen: list[int]) -> RunRecords:
    """Four issues that begin at 0, 1, 2, 3 h of a run of 100 h; times in hours, -1 for never."""
    at = [np.where(np.array(hours) < 0, MISSING, np.array(hours) * HOUR) for hours in (fixed, closed, seen)]
    onset = np.arange(4) * HOUR
    end = np.where(at[0] == MISSING, 100 * HOUR, at[0])
    issues = table("issues", {
        "issue_id": [10, 11, 12, 13], "onset": onset, "category": list("aabb"), "grid": ["g"] * 4,
        "community": ["c"] * 4, "fixed_at": at[0], "found_at": at[2], "exposure_s": end - onset,
    })  # fmt: skip
    opened = np.flatnonzero(np.array(seen) >= 0)
    cases = table("cases", {
        "case_id": opened * 100, "issue_id": opened + 10, "department": ["d"] * len(opened),
        "outcome": ["closed" if closed[number] >= 0 else "open" for number in opened], "closed_at": at[1][opened],
    })  # fmt: skip
    return RunRecords(Frame("2025-01-06", "Asia/Shanghai", 100 * HOUR), 1, {"issues": issues, "cases": cases})


def test_issues_are_paired_over_all_issues_and_cut_at_the_end_of_follow_up() -> None:
    a = world(fixed=[10, 20, -1, -1], closed=[12, 30, -1, -1], seen=[1, 2, 3, -1])
    b = world(fixed=[10, 15, 50, -1], closed=[14, 22, 60, -1], seen=[1, 2, 3, 9])
    found = pair_issues(a, b)
    pairs = found.pairs.set_index("issue_id")
    assert (found.only_a, found.only_b) == (0, 0)
    assert list(pairs["closure_change_h"]) == [2, -8, -(98 - 58), 0]
    assert list(pairs["fix_change_h"]) == [0, -5, -(98 - 48), 0]
    assert list(pairs["exposure_change_h"]) == [0, -5, -50, 0]
    whole = counts(found.pairs)
    assert [whole[name] for name in ("issues", "faster", "slower", "same")] == [4, 2, 1, 1]
    assert (whole["faster_median_h"], whole["slower_median_h"]) == (-24, 2)
    assert (whole["never_found_a_only"], whole["never_opened_a_only"], whole["never_found_b_only"]) == (1, 1, 0)
    assert (whole["open_a_only"], whole["open_b_only"], whole["open_both"]) == (1, 1, 0)
    by_category = counts_by(found.pairs, "category").set_index("category")
    assert list(by_category["issues"]) == [2, 2]
    assert by_category["faster"].sum() == whole["faster"]


def test_pairs_of_different_worlds_are_counted_apart() -> None:
    a, b = fake_run(1, issues=50), fake_run(1, issues=50)
    b.tables["issues"] = b["issues"].iloc[:40]
    assert pair_issues(a, b).only_a == 10
    assert len(pair_issues(a, b).pairs) < 40  # some begin in the warm-up
