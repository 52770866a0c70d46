"""A known truth lived by the model itself, so that its parameters are the model's own."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from calibration.known_truth import DISCIPLINES, CityTruth, DepartmentTruth, arrivals, lognormal
from scenarios.reading import read_scenario
from sim.records import MISSING
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.units import DAY
from sim.world import Measured, World, nobody


def lived_by_model(truth: CityTruth, seed: int) -> pd.DataFrame:
    """One row a case in order of opening: id, unit, kind, area, important, due, opened, started, closed, work_s, wait_s, done.

    Seconds since the first day that is lived; MISSING for what did not happen before the cut. Raises ValueError for
    what only the plain queue can live (referral, rework).
    """
    if any(unit.referral or unit.rework for unit in truth.departments):
        raise ValueError("referral and rework are lived by the plain queue only")
    cases = drawn_cases(truth, seed)
    records = simulate(_scenario(truth), seed, _world(cases, seed))
    rows = records["cases"].set_index("issue_id").loc[np.arange(len(cases))]
    cases["started"] = rows["handling_started_at"].to_numpy()
    cases["closed"] = rows["closed_at"].to_numpy()
    return cases


def drawn_cases(truth: CityTruth, seed: int) -> pd.DataFrame:
    """The cases of a truth before anybody works on them."""
    parts = []
    for number, unit in enumerate(truth.departments):
        draw = np.random.default_rng([seed, number])
        opened = arrivals(truth, unit, draw)
        parts.append(_cases_of(truth, unit, opened, draw))
    cases = pd.concat(parts, ignore_index=True).sort_values(["opened", "unit"], kind="stable", ignore_index=True)
    cases.insert(0, "id", np.arange(1, len(cases) + 1))
    return cases


def _cases_of(truth: CityTruth, unit: DepartmentTruth, opened: np.ndarray, draw: np.random.Generator) -> pd.DataFrame:
    n = len(opened)
    kind = draw.choice(list(unit.kinds), n)
    factor = np.array([unit.kinds[name] for name in kind]) if n else np.zeros(0)
    waits = draw.random(n) < unit.waiting_for_others
    wait = np.where(waits, lognormal(draw, unit.wait_s * np.maximum(factor, 1e-9), unit.wait_cv, n), 0.0)
    return pd.DataFrame({
        "unit": unit.name, "kind": kind, "area": draw.integers(1, truth.areas + 1, n),
        "important": draw.random(n) < truth.important, "opened": opened,
        "due": opened + draw.choice(truth.due_days, n) * DAY,
        "work_s": np.maximum(1, np.rint(lognormal(draw, unit.work_s, unit.work_cv, n))).astype(np.int64),
        "wait_s": np.rint(wait).astype(np.int64), "done": draw.random(n) < truth.registered_when_done,
        "returns": 0, "reworks": 0,
    })  # fmt: skip


def _scenario(truth: CityTruth) -> Scenario:
    base: dict[str, Any] = read_scenario("replay_base").scenario.model_dump(mode="json")
    start = truth.civil.start.isoformat()
    base["name"] = "known_truth"
    base["time"] |= {"start": start, "zone": truth.zone, "horizon": f"{truth.lived_s} s", "warm_up": "0 s"}
    base["calendars"] |= {unit.name: {"days": unit.days, "hours": unit.hours} for unit in truth.departments}
    base["staffing"]["departments"] = [
        {"name": unit.name, "name_zh": unit.name, "crews": unit.crews, "calendar": unit.name, "travel": {"family": "none"}}
        for unit in truth.departments
    ]
    base["issues"]["categories"][0]["departments"] = [truth.departments[0].name]
    base["replay"] = {"mapping": "known_truth", "sha256": "0" * 64, "trained_until": start, "work_share": 0.5}
    params = {"params": {"inside_class": False}} if truth.discipline == "shortest" else {}
    base["policies"]["queueing"] = {"name": DISCIPLINES[truth.discipline], **params}
    return Scenario.model_validate(base)


def _world(cases: pd.DataFrame, seed: int) -> World:
    n = len(cases)
    zero, never = np.zeros(n, dtype=np.int64), np.full(n, MISSING, dtype=np.int64)
    unit, kind = (cases[name].to_numpy(dtype=object) for name in ("unit", "kind"))
    measured = Measured(
        unit, kind, np.full(n, "log", dtype=object), cases["due"].to_numpy(), cases["work_s"].to_numpy(),
        cases["wait_s"].to_numpy(), cases["done"].to_numpy(),
    )  # fmt: skip
    severity = 1 + cases["important"].to_numpy().astype(np.int64)
    x = np.zeros(n)
    onset = cases["opened"].to_numpy(dtype=np.int64)
    return World(
        seed, onset, cases["id"].to_numpy(dtype=np.int64), zero, zero, severity, x, x.copy(), never, never, nobody(n), measured
    )
