"""OCBA: its shares by hand, its gain over equal shares, its stated confidence, and its edges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from experiments.procedures.allocation import allocate, allocation_shares, probability_correct
from tests.procedures.trials import at_least, trials


def test_shares_by_hand() -> None:
    # gaps 1 and 2, variances 1, 4, 4: N1 ~ 4, N2 ~ 1, N0 = sqrt(1 (4^2/4 + 1^2/4)) = sqrt(4.25)
    shares = allocation_shares(np.array([0.0, 1.0, 2.0]), np.array([1.0, 4.0, 4.0]))
    wanted = np.array([np.sqrt(4.25), 4.0, 1.0])
    assert shares == pytest.approx(wanted / wanted.sum())
    turned = allocation_shares(np.array([0.0, -1.0, -2.0]), np.array([1.0, 4.0, 4.0]), direction="higher")
    assert turned == pytest.approx(shares)


def spend(
    luck: np.random.Generator, means: np.ndarray, spread: np.ndarray, total: int, equal: bool
) -> tuple[int, float]:
    """Spend a budget in steps; returns the choice selected and the confidence stated."""
    rows = {i: luck.normal(mean, spread[i], 10) for i, mean in enumerate(means)}
    while (left := total - sum(map(len, rows.values()))) > 0:
        step = min(40, left)
        more = dict.fromkeys(rows, step // len(rows)) if equal else allocate(rows, step)
        assert sum(more.values()) == step
        for choice, count in more.items():
            rows[choice] = np.append(rows[choice], luck.normal(means[choice], spread[choice], count))
    return probability_correct(rows)


def test_it_finds_the_best_more_often_than_equal_shares() -> None:
    count, means = trials(60, 600), np.arange(10.0)
    spread = np.full(10, 6.0)
    right = {
        equal: np.mean([spend(np.random.default_rng([1, t]), means, spread, 500, equal)[0] == 0 for t in range(count)])
        for equal in (False, True)
    }
    assert right[False] > right[True] + 0.04


def test_stopping_at_a_stated_confidence_errs_no_more_often() -> None:
    count, wrong, said = trials(100, 1500), 0, 0
    for trial in range(count):
        luck = np.random.default_rng([2, trial])
        rows = {i: luck.normal(mean, 2.0, 15) for i, mean in enumerate((0.0, 1.0, 1.5, 3.0))}
        while sum(map(len, rows.values())) < 800:
            leader, sure = probability_correct(rows)
            if sure >= 0.95:
                said += 1
                wrong += leader != 0
                break
            for choice, more in allocate(rows, 8).items():
                rows[choice] = np.append(rows[choice], luck.normal((0.0, 1.0, 1.5, 3.0)[choice], 2.0, more))
    assert said > 0.9 * count
    assert at_least(said - wrong, said, 0.95)


def test_the_stated_confidence_by_hand() -> None:
    """1 minus the sum over the others of P(T > t), each by Student's t of its own paired differences."""
    luck = np.random.default_rng(8)
    rows = {0: luck.normal(0, 1, 20), 1: luck.normal(0.6, 1, 12), 2: luck.normal(0.7, 2, 20)}
    doubts = [stats.ttest_rel(row, rows[0][: len(row)], alternative="greater").pvalue for row in (rows[1], rows[2])]
    assert all(0.01 < doubt < 0.4 for doubt in doubts), "both count"
    assert probability_correct(rows) == (0, pytest.approx(1 - sum(doubts)))


def test_nobody_gives_worlds_back_and_sums_are_exact() -> None:
    luck = np.random.default_rng(3)
    rows = {0: luck.normal(0, 1, 10), 1: luck.normal(1, 1, 12), 2: luck.normal(9, 1, 500)}
    more = allocate(rows, 37)
    assert sum(more.values()) == 37
    assert 2 not in more
    assert min(more.values()) > 0


def test_ties_and_values_that_never_vary() -> None:
    constant = {0: np.ones(5), 1: np.ones(5), 2: np.full(5, 2.0)}
    assert sum(allocate(constant, 7).values()) == 7
    assert probability_correct({0: np.zeros(5), 1: np.ones(5)}) == (0, 1.0)
    assert probability_correct({0: np.zeros(5), 1: np.zeros(5)})[1] == 0.5
    tied = {0: np.array([0.0, 1.0]), 1: np.array([0.0, 1.0]), 2: np.array([5.0, 6.0])}
    assert allocate(tied, 100, indifference=5.0)[2] > 20
    with pytest.raises(ValueError, match="two values"):
        allocate({0: np.ones(1), 1: np.ones(3)}, 1)
