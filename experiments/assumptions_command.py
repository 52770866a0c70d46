"""The command `assumptions SCENARIO`: measure what each assumed number moves, and write docs/assumptions/SCENARIO.csv."""

from __future__ import annotations

import argparse

from sim.messages import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scenario."""
    parser.add_argument("scenario", metavar="SCENARIO", help=say("name of a shipped scenario, or a scenario file"))
    parser.add_argument("--workers", type=int, default=None, metavar="N", help=say("processes (default: as many as pay)"))


def execute(args: argparse.Namespace) -> int:
    """Measure and write; returns 0."""
    from experiments.assumptions import measure_assumptions
    from experiments.machine import cores

    print(say("written: {file}", file=measure_assumptions(args.scenario, args.workers or cores())))
    return 0
