"""KN: the right choice as often as promised, fewer worlds with pairing, and an honest end of the budget."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.procedures.selection import Selection, select_best
from tests.procedures.trials import at_least, trials


def carried_out(table: np.ndarray, indifference: float, most: int, first: int = 10, **how: object) -> Selection:
    """Ask for worlds round by round as a study does, out of a table of choices by worlds."""
    have = dict.fromkeys(range(len(table)), 0)
    while True:
        rows = {choice: table[choice, :n] for choice, n in have.items()}
        found = select_best(rows, indifference, first=first, most=most, **how)  # type: ignore[arg-type]
        if not found.further:
            return found
        for choice, more in found.further.items():
            have[choice] += more


def table(luck: np.random.Generator, means: np.ndarray, common: float, worlds: int = 3000) -> np.ndarray:
    """Normal values, variances 1 to 4, with a part common to all choices."""
    own = luck.standard_normal((len(means), worlds)) * np.linspace(1, 2, len(means))[:, None]
    return means[:, None] + own + common * luck.standard_normal(worlds)


@pytest.mark.parametrize("common", [0.0, 5.0])
def test_least_favourable_case_is_selected_rightly_as_often_as_promised(common: float) -> None:
    count, means = trials(60, 1000), np.array([1.0, 1.0, 0.0, 1.0, 1.0])  # the best by exactly the indifference
    luck = np.random.default_rng(1)
    found = [carried_out(table(luck, means, common), 1.0, 3000) for _ in range(count)]
    assert all(each.resolved for each in found)
    assert at_least(sum(each.leader == 2 for each in found), count, 0.95)


def test_a_choice_of_lower_number_is_compared_by_its_own_variance() -> None:
    """Two quiet choices that go together, and a noisy best one: in whichever order they stand, the best is found."""
    count, luck = trials(25, 300), np.random.default_rng(2)
    for best in range(3):
        right = 0
        for _ in range(count):
            quiet = luck.standard_normal(4000)
            rows = np.array([quiet + 0.05 * luck.standard_normal(4000) for _ in range(3)])
            rows[best] = 10 * luck.standard_normal(4000) + 2.0
            right += carried_out(rows, 2.0, 4000, direction="higher").leader == best
        assert at_least(right, count, 0.95)


def test_pairing_saves_worlds() -> None:
    luck, means = np.random.default_rng(3), np.array([0.0, 1.0, 1.0])
    spent = {}
    for paired in (True, False):
        totals = []
        for _ in range(10):
            values = table(luck, means, common=3.0)
            if not paired:
                values = np.array([luck.permutation(row) for row in values])
            totals.append(sum(carried_out(values, 1.0, 3000).spent.values()))
        spent[paired] = np.mean(totals)
    assert spent[True] < 0.5 * spent[False]


def test_what_is_eliminated_gets_no_more_worlds() -> None:
    luck = np.random.default_rng(4)
    found = carried_out(table(luck, np.array([0.0, 0.3, 20.0]), common=1.0), 0.3, 3000)
    assert found.resolved
    assert found.eliminated[2] == found.spent[2] == 10
    assert found.spent[0] > 50


def test_same_answer_in_steps_of_any_size() -> None:
    values = table(np.random.default_rng(5), np.array([0.0, 0.5, 1.0]), common=2.0)
    stepwise = carried_out(values, 0.5, 3000)
    at_once = select_best(dict(enumerate(values)), 0.5, first=10, most=3000)
    assert (stepwise.leader, stepwise.eliminated) == (at_once.leader, at_once.eliminated)


def test_end_of_the_budget_is_an_answer() -> None:
    values = table(np.random.default_rng(6), np.array([0.0, 0.0, 0.0]), common=0.0)
    found = carried_out(values, 0.01, 50)
    assert not found.resolved
    assert found.further == {}
    assert set(found.spent.values()) == {50}
    assert found.text({0: "a", 1: "b", 2: "c"}).startswith("not resolved within the budget (150 runs)")


def test_ties_end_and_one_choice_is_best_at_once() -> None:
    same = np.ones((3, 10))
    assert carried_out(same, 1.0, 100).resolved
    assert carried_out(np.array([[1.1] * 10, [1.0] * 10, [1.2] * 10]), 1.0, 100).leader == 1, "the last look keeps the best mean"
    assert carried_out(same[:1], 1.0, 100).text({0: "a"}).startswith("best: a")


def test_worlds_without_a_value_are_left_out_for_all() -> None:
    values = table(np.random.default_rng(7), np.array([0.0, 5.0]), common=0.0)
    holed = values.copy()
    holed[0, 3] = np.nan
    without = np.delete(values, 3, axis=1)
    first, second = carried_out(holed, 1.0, 3000), carried_out(without, 1.0, 3000)
    assert first.eliminated == second.eliminated
    assert sum(first.spent.values()) == sum(second.spent.values()) + 2
    assert not carried_out(np.full((2, 100), np.nan), 1.0, 40).resolved
