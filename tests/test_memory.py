"""A finished run is let go of: a hundred runs in one process need no more memory than one."""

from __future__ import annotations

import gc
import os
import tracemalloc
import weakref

import psutil
import pytest

from sim import simulate as door
from sim.agents.residents import Population
from sim.agents.ties import Ties
from sim.model import GovernanceModel
from sim.places import build_city
from sim.simulate import simulate
from tests.small_town import town

TINY = (
    "places.households_per_community=400",
    "places.households_per_grid=200",
    "time.horizon=12 d",
    "time.warm_up=2 d",
)
FULL = bool(os.environ.get("WANGGE_FULL"))
RUNS = 20
MOST_GROWTH = 12 * 2**20
"""Bytes that the process may grow over the later runs; one kept model would be some 3 MB each, 60 MB in all."""


def test_finished_models_die(monkeypatch: pytest.MonkeyPatch) -> None:
    born: list[weakref.ref[GovernanceModel]] = []
    usual = door.GovernanceModel

    def watched(*arguments: object) -> GovernanceModel:
        model = usual(*arguments)  # type: ignore[arg-type]
        born.append(weakref.ref(model))
        return model

    monkeypatch.setattr(door, "GovernanceModel", watched)
    kept = [simulate(town(*TINY), seed) for seed in range(3)]  # the records live, the models do not
    gc.collect()
    assert len(born) == len(kept) == 3
    assert [model() for model in born] == [None] * 3


def test_garbage_collection_is_on_again_after_a_run() -> None:
    assert gc.isenabled()
    simulate(town(*TINY), 1)
    assert gc.isenabled()


def test_many_runs_in_one_process_do_not_grow() -> None:
    process = psutil.Process()
    for seed in range(5):
        simulate(town(*TINY), seed)
    gc.collect()
    before = process.memory_info().rss
    for seed in range(RUNS):
        simulate(town(*TINY), seed)
    gc.collect()
    assert process.memory_info().rss - before < MOST_GROWTH


def test_residents_and_ties_of_a_million_fit_into_a_gigabyte() -> None:
    """Measured on a tenth of them: columns and a sparse graph grow with the number of residents."""
    communities, most = (100, 10**9) if FULL else (10, 10**8)
    scenario = town(f"places.communities_per_subdistrict={communities}", "places.households_per_community=4000")
    city = build_city(scenario.places)
    tracemalloc.start()
    population = Population(scenario, city)
    ties = Ties(population, city, 4, 3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert population.lives_here.sum() > communities * 10_000
    assert ties.degrees().sum() > 10 * population.lives_here.sum()
    assert peak < most
