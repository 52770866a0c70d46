"""One measurement: our model and plain SimPy on the same amount of work, in turn, in CPU seconds without imports."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass

import simpy

from sim.scenario import Scenario
from sim.simulate import simulate
from tests.speed.plain import Amount, PlainModel


@dataclass(frozen=True)
class Measurement:
    """CPU seconds and timed events of both, and cases."""

    ours: float
    plain: float
    ours_events: int
    plain_events: int
    cases: int

    @property
    def ratio(self) -> float:
        """Our CPU time over plain SimPy's, for the same number of timed events."""
        return (self.ours / self.ours_events) / (self.plain / self.plain_events)


def amount_of(scenario: Scenario, seed: int) -> Amount:
    """What happens in a run of ours, counted by the kind of its scheduled events."""
    counts = {"completion": 0, "shift": 0, "arrival": 0, "limit": 0, "pause": 0}
    step = simpy.Environment.step
    from sim.instant import ARRIVAL, CASE, COMPLETION, STATION

    def counted(env: simpy.Environment) -> None:
        key = env._queue[0][1] if env._queue else 0
        if key > 1:
            kind, owner = key >> 54, key >> 51 & 7
            name = {COMPLETION: "completion" if owner == STATION else "pause", ARRIVAL: "arrival"}.get(kind, "shift")
            counts[name if owner != CASE or kind != COMPLETION else "pause"] += 1
        step(env)

    simpy.Environment.step = counted  # type: ignore[method-assign]
    try:
        records = simulate(scenario, seed)
    finally:
        simpy.Environment.step = step  # type: ignore[method-assign]
    issues, cases = len(records["issues"]), len(records["cases"])
    ticks = counts["shift"]
    staff = records["staff"]
    return Amount(
        scenario.time.horizon.seconds, issues, max(0, counts["arrival"] - issues), ticks, cases, counts["completion"], counts["pause"],
        int(staff["station"].nunique()), int(staff["worker"].nunique()),
    )  # fmt: skip


def measure(scenario: Scenario, rounds: int = 3) -> Measurement:
    """Both models in turn, `rounds` times; the median pair by ratio."""
    pairs = []
    simulate(scenario, 100)
    for seed in range(rounds):
        amount = amount_of(scenario, seed)
        gc.collect()
        begun = time.process_time()
        records = simulate(scenario, seed)
        ours = time.process_time() - begun
        model = PlainModel(amount, seed)
        gc.collect()
        begun = time.process_time()
        model.run()
        plain = time.process_time() - begun
        pairs.append(Measurement(ours, plain, amount.timed_events, model.timed, len(records["cases"])))
    return sorted(pairs, key=lambda each: each.ratio)[len(pairs) // 2]
