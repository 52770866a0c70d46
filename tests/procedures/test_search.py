"""Frontiers by hand and on ZDT1, mixed levers, going on from a saved search, and the winner's curse undone."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from experiments.procedures.fresh_runs import confirm
from experiments.procedures.frontier import knee, lacking_worlds, membership, on_frontier, reaching, world_means
from experiments.procedures.levers import Pick, Point, Real, Whole
from experiments.procedures.search import Found, search
from sim.messages import BadInput
from tests.procedures.trials import FULL

LOWER = ("lower", "lower")
HAND = np.array([[1.0, 5.0], [2.0, 2.0], [5.0, 1.0], [3.0, 3.0], [2.0, 2.0], [0.0, np.nan]])


def test_frontier_knee_and_thresholds_by_hand() -> None:
    assert on_frontier(HAND, LOWER).tolist() == [True, True, True, False, True, False]
    assert on_frontier(HAND, ("lower", "higher")).tolist() == [True, False, False, False, False, False]
    assert knee(HAND, LOWER) == 1
    assert knee(HAND[-1:], LOWER) is None
    assert reaching(HAND, LOWER, (2.0, None)).tolist() == [True, True, False, False, True, False]
    assert reaching(HAND, ("lower", "higher"), (4.0, 3.0)).tolist() == [True, False, False, True, False, False]


def test_membership_tells_sure_members_from_doubtful_ones() -> None:
    luck = np.random.default_rng(1)
    centres = np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5], [0.5, 0.52], [2.0, 2.0]])
    values = centres[:, :, None] + 0.1 * luck.standard_normal((5, 2, 20))
    sure = membership(values, LOWER)
    assert (sure[:3] > 0.5).all()
    assert sure[3] < 1
    assert sure[4] == 0


def test_a_point_that_lacks_a_world_is_not_compared() -> None:
    """Its mean over the easier worlds would look best of all: worlds 1 and 2 are 10 harder than world 0."""
    hard = np.array([0.0, 10.0, 10.0])
    values = np.array([[[1.0], [2.0]], [[2.0], [1.0]], [[1.5], [1.5]]]) + hard
    assert on_frontier(world_means(values), LOWER).tolist() == [True, True, True]
    values[2, :, 1:] = np.nan
    assert np.nanmean(values[2], axis=1).max() < np.nanmean(values[:2], axis=2).min(), "over the worlds that it has it looks best"
    assert on_frontier(world_means(values), LOWER).tolist() == [True, True, False]
    assert lacking_worlds(values).tolist() == [0, 0, 2]
    assert membership(values, LOWER)[2] == 0
    fresh = confirm(Found(({"x": 0}, {"x": 1}, {"x": 2}), np.nan_to_num(values, nan=11.5), 1), lambda points: values[: len(points)], LOWER)
    assert fresh.on_frontier.tolist() == [True, True, False]
    assert fresh.knee != 2
    values[:, 0, 1] = np.nan  # a world in which nobody has a time says nothing of anybody
    assert lacking_worlds(values).tolist() == [0, 0, 1]
    assert not np.isnan(world_means(values)[:2]).any()


def test_a_search_leaves_points_behind_that_fail_in_one_world() -> None:
    """Half of all points fail in the hard world and would look better by far for it."""

    def uneven(points: Sequence[Point]) -> np.ndarray:
        values = town(points, worlds=2) + np.array([0.0, 100.0])
        values[[point["order"] == "fifo" for point in points], :, 1] = np.nan
        return values

    found = search(LEVERS, uneven, LOWER, size=20, generations=8, seed=1)
    assert {found.points[row]["order"] for row in found.members(LOWER)} == {"urgent"}
    later = found.points[len(found.points) // 2 :]
    assert np.mean([point["order"] == "fifo" for point in later]) < 0.2


def test_points_that_settle_alike_are_one() -> None:
    asked: list[float] = []

    def evaluate(points: Sequence[Point]) -> np.ndarray:
        asked.extend(point["share"] for point in points)
        return town(points)

    levers = [Whole("crews", 1, 2), Real("share", 0.0, 1.0), Pick("order", ("urgent",))]
    found = search(levers, evaluate, LOWER, size=10, generations=6, seed=1, settled=lambda point: {**point, "share": round(point["share"], 1)})
    keys = [(point["crews"], point["share"]) for point in found.points]
    assert len(keys) == len(set(keys)) == len(asked)
    assert set(asked) <= {round(tenth / 10, 1) for tenth in range(11)}


def zdt1(points: Sequence[Point]) -> np.ndarray:
    """ZDT1 with four levers (Zitzler, Deb and Thiele 2000); its frontier is f2 = 1 - sqrt(f1)."""
    x = np.array([[point[f"x{i}"] for i in range(4)] for point in points])
    g = 1 + 3 * x[:, 1:].mean(axis=1)
    return np.stack([x[:, 0], g * (1 - np.sqrt(x[:, 0] / g))], axis=1)[:, :, None]


def test_search_reaches_the_frontier_of_zdt1() -> None:
    levers = [Real(f"x{i}", 0.0, 1.0) for i in range(4)]
    found = search(levers, zdt1, LOWER, size=40, generations=60 if FULL else 40, seed=1)
    members = found.values[found.members(LOWER), :, 0]
    assert len(members) >= 20
    assert np.abs(members[:, 1] - (1 - np.sqrt(members[:, 0]))).max() < 0.2
    assert np.median(members[:, 1] - (1 - np.sqrt(members[:, 0]))) < 0.02
    assert members[:, 0].min() < 0.05
    assert members[:, 0].max() > 0.8
    x = np.sqrt(members[knee(members, LOWER) or 0, 0])  # least f1 + 1 - sqrt(f1): sqrt(f1) = 1/2
    assert x == pytest.approx(0.5, abs=0.15)


LEVERS = [Whole("crews", 1, 9), Real("share", 0.0, 1.0), Pick("order", ("fifo", "urgent", "short"))]


def town(points: Sequence[Point], seed: int = 1, worlds: int = 8, noise: float = 0.0) -> np.ndarray:
    """Time and money of a made-up town: crews cost and help, `urgent` is best, `share` should be 0.3."""
    found = []
    for point in points:
        late = (
            20 / point["crews"] + 5 * (point["share"] - 0.3) ** 2 + {"fifo": 2, "urgent": 0, "short": 1}[point["order"]]
        )
        spread = noise * np.random.default_rng([seed, len(found)]).standard_normal((2, worlds))
        found.append(np.array([[late], [float(point["crews"])]]) + spread)
    return np.array(found)


def test_mixed_levers() -> None:
    found = search(LEVERS, town, LOWER, size=30, generations=20, seed=1)
    best = [found.points[row] for row in found.members(LOWER)]
    assert {point["crews"] for point in best} == set(range(1, 10))
    assert {point["order"] for point in best} == {"urgent"}
    assert all(type(point["crews"]) is int and type(point["share"]) is float for point in found.points)
    assert max(abs(point["share"] - 0.3) for point in best) < 0.15
    asked = [json.dumps(point, sort_keys=True) for point in found.points]
    assert len(asked) == len(set(asked))


def test_same_seed_same_search_and_another_seed_another() -> None:
    first, again, other = (search(LEVERS, town, LOWER, size=10, generations=3, seed=seed) for seed in (1, 1, 2))
    assert first.points == again.points
    assert first.points != other.points


def test_it_goes_on_from_a_saved_search_and_evaluates_nothing_twice() -> None:
    saved: list[str] = []
    asked: list[str] = []

    def evaluate(points: Sequence[Point]) -> np.ndarray:
        asked.extend(json.dumps(point) for point in points)
        return town(points)

    first = search(LEVERS, evaluate, LOWER, size=12, generations=4, seed=1,
                   after=lambda found: saved.append(json.dumps(found.saved())))  # fmt: skip
    assert len(saved) == 4
    start = Found.restored(json.loads(saved[-1]))
    assert start.points == first.points
    second = search(LEVERS, evaluate, LOWER, size=12, generations=4, seed=1, start=start)
    assert second.points[: len(first.points)] == first.points
    assert len(second.points) > len(first.points)
    assert len(asked) == len(set(asked)) == len(second.points)
    assert second.generation == 8
    with pytest.raises(BadInput, match="crews = 9"):
        search([Whole("crews", 1, 3), *LEVERS[1:]], evaluate, LOWER, generations=1, start=_with_nine(start))
    with pytest.raises(BadInput, match="levers"):
        search(LEVERS[:2], evaluate, LOWER, generations=1, start=start)


def _with_nine(start: Found) -> Found:
    return Found(({**start.points[0], "crews": 9},), start.values[:1], 1)


def test_failed_runs_and_missed_thresholds_do_not_stop_it() -> None:
    def breaks(points: Sequence[Point]) -> np.ndarray:
        values = town(points)
        values[[point["crews"] > 6 for point in points]] = np.nan
        return values

    found = search(LEVERS, breaks, LOWER, size=20, generations=10, seed=1, thresholds=(8.0, None))
    restored = Found.restored(json.loads(json.dumps(found.saved())))
    assert np.array_equal(restored.values, found.values, equal_nan=True)
    members = [found.points[row]["crews"] for row in found.members(LOWER)]
    assert members
    assert max(members) <= 6
    good = reaching(found.values.mean(axis=2), LOWER, (8.0, None))
    later = good[len(good) // 2 :]
    assert later.mean() > good[: len(good) // 2].mean()


def test_few_combinations_end_the_search() -> None:
    found = search([Whole("crews", 1, 3), Pick("order", ("fifo",))], lambda points: town(
        [{**point, "share": 0.3} for point in points]), LOWER, size=6, generations=50, seed=1)  # fmt: skip
    assert sorted(point["crews"] for point in found.points) == [1, 2, 3]


def test_fresh_worlds_undo_the_winners_curse() -> None:
    """All points are equally good in truth: what the search praises is luck, and fresh worlds say so."""
    luck = {world: np.random.default_rng(world) for world in (1, 2)}

    def noise(world: int):
        return lambda points: luck[world].standard_normal((len(points), 2, 5))

    found = search(LEVERS, noise(1), LOWER, size=40, generations=5, seed=1)
    praised = found.values[found.members(LOWER)].mean(axis=(0, 2))
    assert (praised < -0.3).all()
    fresh = confirm(found, noise(2), LOWER)
    assert all(each.mean > 0.2 for each in fresh.flattered)
    assert np.abs(fresh.means[fresh.was_member].mean(axis=0)).max() < 0.4
    assert fresh.on_frontier.sum() < len(fresh.points)


def test_a_true_frontier_is_confirmed_with_its_knee_and_thresholds() -> None:
    found = search(LEVERS, lambda points: town(points, 1, noise=0.01), LOWER, size=30, generations=15, seed=1)
    fresh = confirm(found, lambda points: town(points, 2, noise=0.01), LOWER, thresholds=(7.0, None))
    assert fresh.was_member.any()
    assert all(abs(each.mean) < 0.05 for each in fresh.flattered)
    assert fresh.knee is not None
    assert fresh.good_enough[fresh.knee]
    assert fresh.points[fresh.knee]["crews"] in (4, 5)
    assert fresh.interval(fresh.knee, 1).low < fresh.points[fresh.knee]["crews"] < fresh.interval(fresh.knee, 1).high
    assert fresh.surely[fresh.on_frontier].min() > 0
    with pytest.raises(ValueError, match="no point"):
        confirm(Found(({"crews": 1},), np.full((1, 2, 3), np.nan), 1), town, LOWER)
