"""The command `compare BASELINE SCENARIO...`: several scenarios in the same worlds, differences world by world."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.options import add_common, settings_of
from experiments.run_command import announced, planned, rules_hold, tell_levers
from sim.messages import BadInput, say

if TYPE_CHECKING:
    from experiments.plan import Plan
    from experiments.replication import WorldOf
    from experiments.staging import Staging


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scenarios, the baseline first, and the options."""
    parser.add_argument("scenarios", nargs="+", metavar="SCENARIO",
                        help=say("scenarios to compare, names or files; the first is the baseline"))  # fmt: skip
    add_common(parser, keep="cases")


def execute(args: argparse.Namespace, world_of: WorldOf | None = None) -> int:
    """Run, compare, print, write the folders. Returns 0, or 1 if a replication failed or broke a rule.

    Raises BadInput. `world_of(scenario, log, seed)` makes the world of a replay; it must be a function of a module.
    """
    from experiments.plan import FailedRuns, arms_of
    from experiments.staging import Staging
    from scenarios.stacked import read_stacked

    if len(args.scenarios) < 2:
        raise BadInput(say("compare needs at least two scenarios; the first is the baseline"))
    settings = settings_of(args)
    arms = arms_of([read_stacked(name, settings, args.stacked) for name in args.scenarios])
    plan = planned("compare", args.scenarios, args, arms, world_of)
    expected = announced(plan, args)
    with Staging(args.out) as staging:
        try:
            folders = _filled(plan, staging, expected)
        except FailedRuns as failure:
            print(failure, file=sys.stderr)
            return 1
    if not folders:
        return 1
    tell_levers([arm.file.scenario for arm in arms], args.scenarios[0])
    print(say("Result folders: {folders}", folders=", ".join(map(str, folders[:-1]))))
    print(say("Comparison: {folder}", folder=folders[-1]))
    print(say("Report: {file}", file=folders[-1] / "report.html"))
    return 0


def _filled(plan: Plan, staging: Staging, expected: float) -> list[Path]:
    """Run, print, publish; the folders, the comparison's last. Empty if a rule was broken."""
    from experiments.contrast import contrast, contrast_text
    from experiments.folder import finish_arm, finish_comparison, write_comparison_manifest
    from experiments.plan import run_plan

    results = run_plan(plan, staging, expected)
    found = contrast(results)
    print(contrast_text(found) + "\n")
    if not rules_hold(plan, results):
        return []
    for result in results:
        finish_arm(plan, result)
    name = comparison_name(plan)
    finish_comparison(plan, found, staging.folder(name))
    folders = [staging.publish(arm.name) for arm in plan.arms]
    write_comparison_manifest(plan, results, folders, staging.folder(name))
    return [*folders, staging.publish(name)]


def comparison_name(plan: Plan) -> str:
    """compare_<baseline>_vs_<other>..., cut to what a file system bears."""
    first, *others = (arm.name for arm in plan.arms)
    return f"compare_{first}_vs_{'_'.join(others)}"[:150]
