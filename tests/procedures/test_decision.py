"""From uncertainty to a decision: P(better), regret by hand, and the value of learning where it is known exactly."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from experiments.procedures.learning import value_of_learning
from experiments.procedures.regret import expected_regret, probability_better
from tests.procedures.trials import trials

HAND = np.array([[1.0, 2.0, 9.0], [5.0, 3.0, 9.0], [4.0, 4.0, 9.0], [2.0, 6.0, 9.0]])


def test_regret_by_hand() -> None:
    found = expected_regret(("a", "b", "c"), HAND).set_index("policy")
    assert found["mean"].to_dict() == {"a": 3.0, "b": 3.75, "c": 9.0}
    assert found["regret"].to_dict() == {"a": 0.5, "b": 1.25, "c": 6.5}  # (0+2+0+0)/4, (1+0+0+4)/4, (8+6+5+7)/4
    assert found["worst_regret"].to_dict() == {"a": 2.0, "b": 4.0, "c": 8.0}
    assert found["p_best"].to_dict() == {"a": 0.625, "b": 0.375, "c": 0.0}
    assert list(found.index) == ["a", "b", "c"]
    turned = expected_regret(("a", "b", "c"), -HAND, direction="higher").set_index("policy")
    assert turned["regret"].to_dict() == found["regret"].to_dict()


def test_draws_with_a_failed_run_are_left_out() -> None:
    holed = np.vstack([HAND, [[np.nan, 1.0, 1.0]]])
    found = expected_regret(("a", "b", "c"), holed)
    assert found["draws"].tolist() == [4, 4, 4]
    assert found["mean"].tolist() == [3.0, 3.75, 9.0]
    with pytest.raises(ValueError, match="no draw"):
        expected_regret(("a",), np.full((3, 1), np.nan))


def test_probability_better_by_hand_and_its_coverage() -> None:
    found = probability_better(HAND[:, 0], HAND[:, 1])
    assert (found.share, found.n) == (0.625, 4)  # better, worse, tie, better
    assert probability_better(HAND[:, 0], HAND[:, 1], direction="higher").share == 0.375
    assert probability_better(np.zeros(20), np.ones(20)).low == pytest.approx(20 / (20 + 1.959964**2))
    count, held = trials(1000, 20_000), 0
    for seed in range(count):
        a = np.random.default_rng(seed).standard_normal(100)
        chance = probability_better(a, np.full(100, 0.5))
        held += chance.low <= stats.norm.cdf(0.5) <= chance.high
    assert 0.93 <= held / count <= 0.97
    with pytest.raises(ValueError, match="no draw"):
        probability_better(np.array([np.nan]), np.array([1.0]))


def known_case(luck: np.random.Generator, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Policy 1 beats policy 0 by 0.3 + x + 0.5 y + 0 z + noise; x, y, z standard normal."""
    unknown = luck.standard_normal((draws, 3))
    gain = 0.3 + unknown[:, 0] + 0.5 * unknown[:, 1] + 0.3 * luck.standard_normal(draws)
    common = 10 * luck.standard_normal(draws)
    return unknown, np.column_stack([common, common + gain])


def worth(mean: float, spread: float) -> float:
    """E max(0, D) - max(0, mean) for a normal D."""
    return float(spread * stats.norm.pdf(mean / spread) + mean * stats.norm.cdf(mean / spread) - max(0.0, mean))


def test_value_of_learning_where_it_is_known() -> None:
    draws, values = known_case(np.random.default_rng(1), 4000)
    found = value_of_learning(("x", "y", "z"), draws, values, direction="higher").set_index("unknown")
    assert found.loc["x", "worth"] == pytest.approx(worth(0.3, 1.0), abs=0.03)
    assert found.loc["y", "worth"] == pytest.approx(worth(0.3, 0.5), abs=0.02)
    assert found.loc["x", "low"] < worth(0.3, 1.0) < found.loc["x", "high"]
    assert found.loc["z", "worth"] < 0.005
    assert found["shown"].to_dict() == {"x": True, "y": True, "z": False}
    everything = worth(0.3, np.sqrt(1 + 0.25 + 0.09))
    assert found.loc["x", "share_of_all"] == pytest.approx(worth(0.3, 1.0) / everything, abs=0.05)
    least = expected_regret(("a", "b"), values, direction="higher")["regret"].min()
    assert least == pytest.approx(everything, abs=0.03)


def test_an_unknown_of_two_values_and_one_that_bends() -> None:
    luck = np.random.default_rng(2)
    coin, bent = luck.integers(0, 2, 2000), luck.uniform(-1, 1, 2000)
    values = np.column_stack([np.zeros(2000), np.where(coin == 1, -1.0, 1.0) + 0 * bent])
    found = value_of_learning(("coin", "bent"), np.column_stack([coin, bent]), values).set_index("unknown")
    assert found.loc["coin", "worth"] == pytest.approx(0.5, abs=0.03)
    assert not found.loc["bent", "shown"]
    values = np.column_stack([np.zeros(2000), bent**2 - 1 / 3])
    found = value_of_learning(("coin", "bent"), np.column_stack([coin, bent]), values).set_index("unknown")
    assert found.loc["bent", "worth"] == pytest.approx(2 / (9 * np.sqrt(3)), abs=0.01)  # E max(0, 1/3 - x^2)
    assert not found.loc["coin", "shown"]


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="30 draws"):
        value_of_learning(("x",), np.ones((29, 1)), np.ones((29, 2)))
