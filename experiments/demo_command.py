"""The command `demo`: the three questions of the README, answered on one community within about a minute."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.options import RESULTS, SEED
from sim.messages import say

if TYPE_CHECKING:
    from experiments.plan import ArmResult, Plan
    from experiments.staging import Staging

FAMILIES: dict[str, tuple[str, ...]] = {
    "How large should a grid be?": (
        "grids_0150_same_staff", "grids_0300_same_staff", "grids_0600_same_staff", "grids_1000_same_staff",
        "grids_0150_per_grid", "grids_0300_per_grid", "grids_0600_per_grid", "grids_1000_per_grid",
    ),
    "How many grid workers does a grid need?": (
        "workers_050_per_grid", "workers_100_per_grid", "workers_200_per_grid", "workers_300_per_grid",
    ),
    "Layered through four levels, or direct?": ("direct",),
}  # fmt: skip
"""The three families of scenarios; each is compared with the baseline."""
FOLDERS = ("demo_grid_size", "demo_staffing", "demo_route")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Size of the demonstration."""
    parser.add_argument("--replications", type=int, default=4, metavar="N", help=say("worlds for each scenario"))
    parser.add_argument("--days", type=int, default=60, metavar="N", help=say("length of each run"))
    parser.add_argument(
        "--workers", type=int, default=None, metavar="N", help=say("processes (default: as many as pay)")
    )
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help=say("folder for results"))


def execute(args: argparse.Namespace) -> int:
    """Run all families in the same worlds, print an answer for each question, write a page for each. Returns 0."""
    from experiments.plan import FailedRuns, run_plan
    from experiments.staging import Staging

    plan = _plan(args)
    with Staging(args.out) as staging:
        try:
            results = run_plan(plan, staging, plan.estimate().seconds)
        except FailedRuns as failure:
            print(failure, file=sys.stderr)
            return 1
        by_name = {result.arm.name: result for result in results}
        published = [staging.publish(result.arm.name) for result in results if _finished(plan, result)]
        moved = {folder_result.arm.name: folder for folder_result, folder in zip(results, published, strict=True)}
        for (question, names), folder in zip(FAMILIES.items(), FOLDERS, strict=True):
            _answer(plan, [by_name["baseline"], *(by_name[name] for name in names)], moved, question, staging, folder)
    return 0


def _plan(args: argparse.Namespace) -> Plan:
    from experiments.plan import Plan, arms_of, chosen_workers
    from scenarios.reading import read_scenario

    settings = [f"time.horizon={args.days + 20} d", "time.warm_up=20 d"]
    names = ["baseline", *(name for family in FAMILIES.values() for name in family)]
    arms = arms_of([read_scenario(name, settings) for name in names])
    workers = chosen_workers(args.workers, arms, args.replications, None)
    command = f"python run.py demo --replications {args.replications} --days {args.days}"
    return Plan(arms, SEED, args.replications, workers, "cases", command)


def _finished(plan: Plan, result: ArmResult) -> bool:
    """Write the manifest of one scenario's folder; its figures are those of the comparisons."""
    from experiments.manifest import write_manifest
    from experiments.plan import arm_manifest

    write_manifest(arm_manifest(plan, result), result.folder)
    return True


def _answer(
    plan: Plan, results: list[ArmResult], moved: dict[str, Path], question: str, staging: Staging, folder: str
) -> None:
    from dataclasses import replace

    from experiments.contrast import contrast, findings
    from experiments.folder import finish_comparison, write_comparison_manifest
    from experiments.sentences import answer

    for result in results:
        result.folder = moved[result.arm.name]
    found = contrast(results)
    mine = replace(plan, arms=tuple(result.arm for result in results))
    days = (plan.arms[0].file.scenario.time.horizon.seconds - plan.arms[0].file.scenario.time.warm_up.seconds) // 86400
    print("\n" + say("{question} {scenarios} scenarios, {worlds} paired worlds of {days} days each",
                     question=say(question), scenarios=len(results), worlds=plan.replications, days=days))  # fmt: skip
    for name, lines in findings(found).items():
        print(f"  {found.names[name]}")
        print("\n".join(f"    {line}" for line in lines[:-1]))
    print(say("Answer: {answer}", answer=answer(found.table, found.names)))
    finish_comparison(mine, found, staging.folder(folder))
    write_comparison_manifest(mine, results, [result.folder for result in results], staging.folder(folder))
    print(say("Figures and page: {folder}", folder=staging.publish(folder)))
