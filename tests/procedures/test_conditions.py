"""Planted conditions of failure are found again by boxes and by the tree, and said in plain words in both languages."""

from __future__ import annotations

import re

import numpy as np
import pytest

from experiments.procedures import boxes
from experiments.procedures.boxes import boxes_text, failure_boxes
from experiments.procedures.conditions import Column, Limits, Meaning, box_text, inside, limits_text
from experiments.procedures.failure_tree import failure_tree
from sim.messages import language, speak
from tests.procedures.trials import at_most, trials

MEANINGS = {
    "paperwork": Meaning("paperwork", "文书时间占比", unit="%", times=100),
    "workers": Meaning("workers a grid", "每网格人员", counted=True),
    "levels": Meaning("levels", "层级数", counted=True, whole=True),
    "rule": Meaning("the rule", "派单规则", categories={"fifo": ("first come first served", "先到先办")}),
}


def rows(count: int = 2000, seed: int = 1) -> dict[str, Column]:
    """Runs spread over four factors."""
    luck = np.random.default_rng(seed)
    return {
        "paperwork": luck.uniform(0.1, 0.5, count),
        "workers": luck.uniform(0.5, 3.0, count),
        "levels": luck.integers(1, 6, count),
        "rule": np.array(["fifo", "urgent", "short"])[luck.integers(0, 3, count)],
    }


def planted(columns: dict[str, Column], noise: float = 0.0, seed: int = 2) -> np.ndarray:
    """Fails when more than 35 % paperwork and fewer than 1.2 workers a grid; with `noise`, that share is turned."""
    fails = (columns["paperwork"] > 0.35) & (columns["workers"] < 1.2)
    return fails ^ (np.random.default_rng(seed).random(len(fails)) < noise)


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_planted_box_is_found(noise: float) -> None:
    columns = rows()
    found = failure_boxes(columns, planted(columns, noise), most=1)[0]
    assert set(found.limits) == {"paperwork", "workers"}
    assert found.limits["paperwork"].low == pytest.approx(0.35, abs=0.02)
    assert found.limits["workers"].high == pytest.approx(1.2, abs=0.1)
    truth = planted(columns)
    box = inside(found.limits, columns)
    assert (box & truth).sum() / (box | truth).sum() > 0.85
    assert found.density > 0.9 - noise
    assert found.density == pytest.approx(planted(columns, noise)[box].mean())
    assert found.support == pytest.approx(box.mean())


def test_two_boxes_and_a_category() -> None:
    columns = rows(4000)
    fails = planted(columns) | ((columns["rule"] == "fifo") & (columns["levels"] >= 4) & (columns["paperwork"] < 0.3))
    found = failure_boxes(columns, fails, most=3)
    assert len(found) >= 2
    with_rule = next(box for box in found if "rule" in box.limits)
    assert with_rule.limits["rule"].among == frozenset({"fifo"})
    assert with_rule.limits["levels"].low == 3.5
    assert any({"paperwork", "workers"} <= set(box.limits) and "rule" not in box.limits for box in found)
    held = np.zeros(4000, dtype=bool)
    for box in found:
        held |= inside(box.limits, columns)
    assert (held & fails).sum() / fails.sum() > 0.85


def test_pure_noise_gives_no_box_and_no_question() -> None:
    count, wrong = trials(40, 400), 0
    for seed in range(count):
        fails = np.random.default_rng([seed, 9]).random(400) < 0.3
        wrong += bool(failure_boxes(rows(400, seed), fails))
    assert at_most(wrong, count, 0.06)
    columns = rows(2000, 77)
    fails = np.random.default_rng(5).random(2000) < 0.3
    assert len(failure_tree(columns, fails)) == 1
    assert failure_boxes(columns, np.zeros(2000, dtype=bool)) == []
    assert failure_boxes(columns, np.ones(2000, dtype=bool)) == []
    assert boxes_text([], MEANINGS) == ["no conditions were found under which it fails more than usual"]


@pytest.mark.parametrize("switched_off", ["_without_luck", "_holds_up"])
def test_either_guard_alone_keeps_noise_out(switched_off: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without both a box is told of three noises in four."""
    idle = {"_without_luck": lambda box, *_: dict(box), "_holds_up": lambda *_: True}
    monkeypatch.setattr(boxes, switched_off, idle[switched_off])
    count = trials(30, 300)
    wrong = sum(bool(failure_boxes(rows(400, seed), np.random.default_rng([seed, 9]).random(400) < 0.3)) for seed in range(count))
    assert at_most(wrong, count, 0.05)


def test_factors_that_mean_nothing_are_left_out_of_the_box() -> None:
    columns = rows() | {f"nothing {i}": np.random.default_rng([3, i]).random(2000) for i in range(6)}
    found = failure_boxes(columns, planted(columns, 0.05), most=1)[0]
    assert set(found.limits) == {"paperwork", "workers"}


def test_no_leaf_is_tiny() -> None:
    """Ten rows of 400 fail, at one end: a question that told them alone would speak of a twentieth or less."""
    place = np.arange(400.0)
    leaves = failure_tree({"place": place}, place >= 390)
    assert len(leaves) > 1
    assert min(leaf.count for leaf in leaves) >= 20
    assert leaves[0].failures == 10


def test_tree_finds_the_planted_conditions() -> None:
    columns = rows()
    fails = planted(columns)
    leaves = failure_tree(columns, fails)
    worst = leaves[0]
    assert worst.share > 0.97
    assert worst.limits["paperwork"].low == pytest.approx(0.35, abs=0.005)
    assert worst.limits["workers"].high == pytest.approx(1.2, abs=0.05)
    assert sum(leaf.count for leaf in leaves) == 2000
    assert sum(leaf.failures for leaf in leaves) == fails.sum()
    held = sum(inside(leaf.limits, columns).astype(int) for leaf in leaves)
    assert (held == 1).all()


def test_tree_splits_categories() -> None:
    columns = rows()
    leaves = failure_tree({"rule": columns["rule"]}, columns["rule"] == "short")
    assert [(leaf.limits["rule"].among, leaf.share) for leaf in leaves] == [
        (frozenset({"short"}), 1.0),
        (frozenset({"fifo", "urgent"}), 0.0),
    ]


def test_plain_words_in_english() -> None:
    columns = rows()
    box = {"paperwork": Limits(low=0.35), "workers": Limits(high=1.2)}
    assert box_text(box, MEANINGS) == "more than 35 % paperwork and fewer than 1.2 workers a grid"
    assert box_text({}, MEANINGS) == "in all cases"
    assert limits_text(Limits(low=0.2, high=0.4), MEANINGS["paperwork"]) == "between 20 % and 40 % paperwork"
    assert limits_text(Limits(high=0.4), MEANINGS["paperwork"]) == "less than 40 % paperwork"
    assert limits_text(Limits(low=2.5), MEANINGS["levels"]) == "at least 3 levels"
    assert limits_text(Limits(high=2.5), MEANINGS["levels"]) == "at most 2 levels"
    assert limits_text(Limits(low=1.5, high=4.5), MEANINGS["levels"]) == "between 2 and 4 levels"
    both = Limits(among=frozenset({"urgent", "fifo"}))
    assert limits_text(both, MEANINGS["rule"]) == "the rule is first come first served or urgent"
    assert box_text({"x": Limits(low=1234567.0)}, {}) == "more than 1,234,567 x"
    text = failure_boxes(columns, planted(columns))[0].text(MEANINGS)
    assert re.match(r"fails when more than 3[45](\.\d)? % paperwork and fewer than 1\.2\d? workers a grid \(", text)
    leaf = failure_tree(columns, planted(columns))[0]
    assert leaf.text(MEANINGS).startswith("when ")


def test_plain_words_in_chinese() -> None:
    before = language()
    try:
        speak("zh")
        box = {"paperwork": Limits(low=0.35), "workers": Limits(high=1.2)}
        assert box_text(box, MEANINGS) == "文书时间占比高于 35 %，且每网格人员少于 1.2"
        assert limits_text(Limits(among=frozenset({"fifo"})), MEANINGS["rule"]) == "派单规则为先到先办"
        assert limits_text(Limits(low=2.5), MEANINGS["levels"]) == "层级数至少为 3"
        columns = rows()
        text = failure_boxes(columns, planted(columns))[0].text(MEANINGS)
        assert re.match(r"失效条件：文书时间占比高于 3[45](\.\d)? %，且每网格人员少于 1\.2\d? \(", text)
    finally:
        speak(before)
