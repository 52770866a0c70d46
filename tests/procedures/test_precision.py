"""Stopping on the half-width: coverage of what it reports, its steps, and an honest end of the budget."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.intervals import t_interval
from experiments.procedures.precision import precision
from tests.procedures.trials import at_least, trials


def worlds(luck: np.random.Generator, count: int, gap: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Two rows with a common part that pairing takes out; the difference has a standard deviation of 2."""
    common = 10 * luck.standard_normal(count)
    return common, common + gap + 2 * luck.standard_normal(count)


def stopped(luck: np.random.Generator, wanted: float, most: int = 2000) -> tuple[bool, bool, bool, int]:
    """Run until the rule stops: resolved? does the stated interval hold the truth? does Student's? worlds spent."""
    base, other = worlds(luck, most)
    n = 0
    while True:
        found = precision(base[:n], other[:n], wanted, first=10, most=most)
        if not found.further:
            students, stated = found.difference, found.stated
            return found.resolved, stated.low <= 1.0 <= stated.high, students.low <= 1.0 <= students.high, n
        n += found.further


@pytest.mark.parametrize("wanted", [0.6, 1.0])
def test_what_is_stated_after_stopping_covers_as_often_as_it_says(wanted: float) -> None:
    count = trials(400, 5_000)
    luck = np.random.default_rng(1)
    found = [stopped(luck, wanted) for _ in range(count)]
    assert all(resolved for resolved, *_ in found)
    assert at_least(sum(held for _, held, _, _ in found), count, 0.95)
    assert at_least(sum(held for _, _, held, _ in found), count, 0.93)  # what looking often costs
    needed = (1.96 * 2 / wanted) ** 2  # by who knows the variance
    assert needed < np.mean([n for *_, n in found]) < 1.5 * needed


@pytest.mark.parametrize("n", [2, 5, 30])
def test_paired_interval_of_a_fixed_number_of_worlds_has_its_nominal_coverage(n: int) -> None:
    count = trials(2000, 20_000)
    luck = np.random.default_rng(n)
    held = 0
    for _ in range(count):
        base, other = worlds(luck, n)
        found = t_interval(other - base)
        held += found.low <= 1.0 <= found.high
    assert abs(held / count - 0.95) < 4 * np.sqrt(0.95 * 0.05 / count)


def test_first_worlds_come_first_and_a_step_at_most_doubles() -> None:
    base, other = worlds(np.random.default_rng(2), 1000)
    assert precision(base[:0], other[:0], 0.01, first=10, most=100).further == 10
    assert precision(base[:4], other[:4], 100.0, first=10, most=100).further == 6
    found = precision(base[:10], other[:10], 0.01, first=10, most=100)
    assert (found.further, found.resolved) == (10, False)


def test_end_of_the_budget_is_an_answer() -> None:
    base, other = worlds(np.random.default_rng(3), 100)
    found = precision(base, other, 0.01, first=10, most=100)
    assert (found.further, found.resolved) == (0, False)
    assert found.text().startswith("not resolved within 100 worlds")
    nearly = precision(base, other, 0.95 * found.difference.half_width, first=10, most=100)
    assert (nearly.further, nearly.resolved) == (0, False), "a little too wide is too wide"
    assert nearly.stated == nearly.difference
    assert precision(base, other, 5.0, first=10, most=100).text().startswith("difference 1.")
    assert precision(base[:20], other[:20], 0.01, first=10, most=100).text().startswith("not yet resolved after 20")


def test_a_longer_baseline_is_not_used_and_missing_worlds_are_spent() -> None:
    base, other = worlds(np.random.default_rng(4), 40)
    other[5] = np.nan
    found = precision(np.append(base, 1e9), other, 0.1, first=10, most=100)
    assert (found.spent, found.difference.n) == (40, 39)


def test_no_value_at_all_ends_with_the_budget() -> None:
    nothing = np.full(10, np.nan)
    assert precision(nothing, nothing, 0.1, first=10, most=15).further == 5
    assert precision(np.full(15, np.nan), np.full(15, np.nan), 0.1, first=10, most=15).further == 0
