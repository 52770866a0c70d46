"""Morris and Sobol on Ishigami's function, tornado and interaction on hand-made numbers."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from experiments.procedures.interaction import interaction
from experiments.procedures.screening import screening
from experiments.procedures.sobol_indices import sobol_indices
from experiments.procedures.tornado import tornado
from tests.procedures.trials import ishigami, trials

NAMES = ("x1", "x2", "x3")
FIRST = {"x1": 0.3139, "x2": 0.4424, "x3": 0.0}
TOTAL = {"x1": 0.5576, "x2": 0.4424, "x3": 0.2437}


def saltelli(samples: int, seed: int) -> np.ndarray:
    """A, A with each column of B, B; row by row."""
    both = qmc.Sobol(6, rng=seed).random(samples)
    a, b = both[:, :3], both[:, 3:]
    mixed = [np.where(np.arange(3) == i, b, a) for i in range(3)]
    return np.stack([a, *mixed, b], axis=1).reshape(-1, 3)


def test_sobol_indices_of_ishigami() -> None:
    found = sobol_indices(NAMES, ishigami(saltelli(4096, 1))).set_index("factor")
    for name in NAMES:
        assert found.loc[name, "first"] == pytest.approx(FIRST[name], abs=0.02)
        assert found.loc[name, "total"] == pytest.approx(TOTAL[name], abs=0.02)
    assert list(found.index) == ["x1", "x2", "x3"]


def test_sobol_intervals_hold_the_truth() -> None:
    count, held = trials(25, 400), 0
    for seed in range(count):
        cube = np.random.default_rng(seed).random((256, 6))
        a, b = cube[:, :3], cube[:, 3:]
        mixed = [np.where(np.arange(3) == i, b, a) for i in range(3)]
        found = sobol_indices(NAMES, ishigami(np.stack([a, *mixed, b], axis=1).reshape(-1, 3))).set_index("factor")
        for name in NAMES:
            held += found.loc[name, "first_low"] <= FIRST[name] <= found.loc[name, "first_high"]
            held += found.loc[name, "total_low"] <= TOTAL[name] <= found.loc[name, "total_high"]
    assert 0.90 <= held / (6 * count) <= 0.99


def test_sobol_leaves_out_rows_with_failed_runs_and_knows_constants() -> None:
    values = ishigami(saltelli(1024, 2))
    values[7] = np.nan
    found = sobol_indices(NAMES, values)
    assert found["samples"].tolist() == [1023] * 3
    assert found.set_index("factor").loc["x2", "total"] == pytest.approx(TOTAL["x2"], abs=0.05)
    assert sobol_indices(NAMES, np.ones(50))["total"].isna().all()
    with pytest.raises(ValueError, match="whole blocks"):
        sobol_indices(NAMES, np.ones(51))


def effects_on_the_grid() -> pd.DataFrame:
    """Every elementary effect of Ishigami's function on Morris' grid of four levels, so the exact mu, mu* and sigma."""
    levels, step, rows = np.array([0, 1, 2, 3]) / 3, 2 / 3, []
    for place in itertools.product(levels, repeat=3):
        for factor in range(3):
            up = np.array(place)
            if up[factor] + step <= 1 + 1e-9:
                up[factor] += step
                values = ishigami(np.array([place, up]))
                rows.append((NAMES[factor], (values[1] - values[0]) / step))
    frame = pd.DataFrame(rows, columns=["factor", "effect"])
    return frame.groupby("factor")["effect"].agg(
        mu="mean", mu_star=lambda e: e.abs().mean(), sigma=lambda e: e.std(ddof=0)
    )


def test_morris_screening_of_ishigami() -> None:
    from SALib.sample.morris import sample

    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[0.0, 1.0]] * 3}
    cube = sample(problem, 400, num_levels=4, seed=1)
    found, exact = screening(NAMES, cube, ishigami(cube)).set_index("factor"), effects_on_the_grid()
    for name in NAMES:
        assert found.loc[name, "mu_star"] == pytest.approx(exact.loc[name, "mu_star"], rel=0.1, abs=0.01)
        assert found.loc[name, "sigma"] == pytest.approx(exact.loc[name, "sigma"], rel=0.1, abs=0.01)
        assert found.loc[name, "low"] - 0.01 <= exact.loc[name, "mu_star"] <= found.loc[name, "high"] + 0.01
    assert found.loc["x3", "mu"] == pytest.approx(exact.loc["x3", "mu"], abs=1.0)
    assert (found["trajectories"] == 400).all()


def test_morris_leaves_out_trajectories_with_failed_runs() -> None:
    from SALib.sample.morris import sample

    cube = sample({"num_vars": 2, "names": ["a", "b"], "bounds": [[0.0, 1.0]] * 2}, 10, num_levels=4, seed=1)
    values = 3 * cube[:, 0] - cube[:, 1]
    values[4] = np.nan
    found = screening(("a", "b"), cube, values).set_index("factor")
    assert found["trajectories"].tolist() == [9, 9]
    assert found.loc["a", "mu_star"] == pytest.approx(3.0)
    assert found.loc["b", "mu"] == pytest.approx(-1.0)
    assert found.loc["a", "sigma"] == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(ValueError, match="whole trajectories"):
        screening(("a", "b"), cube[:-1], values[:-1])
    with pytest.raises(ValueError, match="two whole"):
        screening(("a", "b"), cube, np.full(len(cube), np.nan))


def test_tornado_by_hand() -> None:
    worlds = np.array([0.0, 1.0, 2.0, 3.0])
    noise = np.array([0.1, -0.1, 0.1, -0.1])
    ends = {
        "nothing": (worlds + noise, worlds - noise),
        "one side": (worlds, worlds + 4 + noise),
        "both": (worlds - 3 + noise, worlds + 2),
    }
    found = tornado(worlds, ends)
    assert found["factor"].tolist() == ["both", "one side", "nothing"]
    assert found["low_change"].tolist() == pytest.approx([-3, 0, 0])
    assert found["high_change"].tolist() == pytest.approx([2, 4, 0])
    assert found["swing"].tolist() == pytest.approx([5, 4, 0])
    assert (found["p_holm"] < 0.05).tolist() == [True, True, False]
    assert found["swing_low"][0] < 5 < found["swing_high"][0]
    assert -3.3 < found["low_change_low"][0] < -3 < found["low_change_high"][0] < -2.7, "paired: the worlds differ by 3, the changes by 0.2"
    assert found[["high_change_low", "high_change_high"]].iloc[0].tolist() == pytest.approx([2, 2])


def test_interaction_by_hand() -> None:
    luck = np.random.default_rng(1).standard_normal((2, 3, 6))
    worlds = np.arange(6.0)
    alone = np.array([[0.0, 1.0, 2.0], [10.0, 11.0, 12.0]])
    found = interaction(alone[:, :, None] + worlds + 0 * luck)
    assert found.beyond == pytest.approx(np.zeros((2, 3)))
    assert (found.corners.mean, found.corners.half_width) == (0.0, 0.0)
    more = alone.copy()
    more[1, 2] += 6
    found = interaction(more[:, :, None] + worlds + 0.1 * luck)
    assert found.corners.low < 6 < found.corners.high
    assert found.beyond.sum(axis=0) == pytest.approx(np.zeros(3))
    assert found.beyond[1, 2] == pytest.approx(2.0, abs=0.2)  # 6 - 6/2 - 6/3 + 6/6
    with pytest.raises(ValueError, match="two levels"):
        interaction(np.ones((1, 3, 4)))
    with pytest.raises(ValueError, match="every cell"):
        interaction(np.full((2, 2, 3), np.nan))
