"""The only door into the model: a scenario and a seed in, records out."""

from __future__ import annotations

import gc

from sim.agents.mesa_agents import release
from sim.ledger import tables
from sim.model import GovernanceModel
from sim.projection import projected_world
from sim.records import Frame, RunRecords
from sim.scenario import Scenario
from sim.world import World, draw_world


def simulate(scenario: Scenario, seed: int, world: World | None = None) -> RunRecords:
    """Run a scenario in the world of a seed (or in a given world) and return its records.

    The same scenario and seed give the same tables in any process. Raises BadInput if a policy of the scenario cannot be
    built. The model is let go of before this returns; a hundred runs in one process need no more memory than one.
    """
    if world is None:
        world = draw_world(scenario, seed) if scenario.replay is None else projected_world(scenario, seed)
    model = GovernanceModel(scenario, world)
    collecting = gc.isenabled()
    gc.disable()  # everything that a run keeps lives until its end: collecting in between costs time and frees nothing
    try:
        model.run()
        return RunRecords(frame_of(scenario, world), seed, tables(model), dict(model.journal.notes))
    finally:
        if collecting:
            gc.enable()
        release(model)


def frame_of(scenario: Scenario, world: World) -> Frame:
    """The frame against which the records of a scenario are read."""
    time = scenario.time
    return Frame(
        start=time.start.isoformat(),
        zone=time.zone,
        horizon_s=time.horizon.seconds,
        warm_up_s=time.warm_up.seconds,
        arrivals_end_s=None if time.arrivals_end is None else time.arrivals_end.seconds,
        population=0.0 if world.measured is not None else float(scenario.places.population),
        source="simulated" if world.measured is None else "replayed",
    )
