"""The command `run SCENARIO`: one scenario in several worlds, its indicators with intervals, and a result folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.options import add_common, command_line, settings_of
from sim.messages import say

if TYPE_CHECKING:
    from experiments.plan import Arm, ArmResult, Plan
    from experiments.replication import WorldOf
    from sim.scenario import Scenario

Beside = Callable[["Scenario", Path, Path], str]
"""What to print of a replay beside its log, from the scenario, the log and the result folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scenario and the options."""
    parser.add_argument("scenario", metavar="SCENARIO", help=say("name of a shipped scenario, or a scenario file"))
    add_common(parser, keep="all")
    parser.add_argument(
        "--export", choices=("csv", "xes"), default="", help=say("also write every replication's event log")
    )


def execute(args: argparse.Namespace, world_of: WorldOf | None = None, beside: Beside | None = None) -> int:
    """Run, print, write the folder. Returns 0, or 1 if a replication failed or broke a rule. Raises BadInput.

    `world_of(scenario, log, seed)` makes the world of a replay; it must be a function of a module. `beside` tells what
    was measured beside what was simulated.
    """
    from experiments.plan import FailedRuns, arms_of
    from experiments.staging import Staging
    from scenarios.stacked import read_stacked

    arms = arms_of([read_stacked(args.scenario, settings_of(args), args.stacked)])
    plan = planned("run", [args.scenario], args, arms, world_of)
    expected = announced(plan, args)
    with Staging(args.out) as staging:
        try:
            folder = _filled(plan, staging, expected)
        except FailedRuns as failure:
            print(failure, file=sys.stderr)
            return 1
    if folder is None:
        return 1
    if beside is not None and args.log is not None:
        print(beside(arms[0].file.scenario, args.log, folder) + "\n")
    tell_levers([arms[0].file.scenario], args.scenario)
    print(say("Result folder: {folder}", folder=folder))
    print(say("Report: {file}", file=folder / "report.html"))
    return 0


def tell_levers(scenarios: list[Scenario], name: str) -> None:
    """Print what the log tells of the levers that calibrated scenarios move; `name`: the scenario as it is shipped."""
    from experiments.informed import levers_text
    from scenarios.reading import read_scenario

    if any(scenario.replay is not None and scenario.replay.informed for scenario in scenarios):
        text = levers_text(scenarios, read_scenario(name.partition("+")[0] if not Path(name).exists() else name).scenario)
        print(text + "\n" if text else "", end="")


def planned(
    name: str, scenarios: list[str], args: argparse.Namespace, arms: tuple[Arm, ...], world_of: WorldOf | None
) -> Plan:
    """The plan that the arguments describe. Raises BadInput where log and scenarios do not fit."""
    from experiments.plan import Plan, chosen_workers
    from experiments.posterior import check_posterior
    from experiments.replay import check_log

    check_log([arm.file.scenario for arm in arms], args.log, world_of)
    if args.posterior is not None:
        for arm in arms:
            check_posterior(arm.file.scenario, args.posterior)
    replications = args.replications or arms[0].file.scenario.time.replications
    workers = chosen_workers(args.workers, arms, replications, args.log)
    command = command_line(name, scenarios, args, replications)
    return Plan(arms, args.seed, replications, workers, args.keep, command, args.check,
                getattr(args, "export", ""), args.log, world_of, args.posterior)  # fmt: skip


def announced(plan: Plan, args: argparse.Namespace) -> float:
    """Seconds that the plan will take; shows warnings, and the estimate if long. Raises BadInput if too large."""
    from experiments.plan import check_size
    from experiments.replay import data_texts

    for line in dict.fromkeys(line for arm in plan.arms for line in arm.file.warnings):
        print(say("warning: {text}", text=line), file=sys.stderr)
    for line in data_texts(None, [arm.file.scenario for arm in plan.arms]) if plan.log is None else []:
        print(say("note: {text}", text=line), file=sys.stderr)
    found = check_size(plan, args.yes)
    if found.is_long:
        print(say("expected: {estimate}", estimate=found.text()), file=sys.stderr)
    return found.seconds


def _filled(plan: Plan, staging, expected: float) -> Path | None:
    """Run, print, and publish the folder; None if a rule was broken."""
    from experiments.console import run_text
    from experiments.folder import finish_arm
    from experiments.plan import run_plan

    result = run_plan(plan, staging, expected)[0]
    scenario = plan.arms[0].file.scenario
    print(
        say(
            "{title} ({name}): {count} worlds, seeds {first} to {last}",
            title=say_title(scenario),
            name=scenario.name,
            count=plan.replications,
            first=plan.seeds[0],
            last=plan.seeds[-1],
        )
    )
    print("\n" + run_text(result.summary) + "\n")
    if not rules_hold(plan, [result]):
        return None
    finish_arm(plan, result)
    return staging.publish(plan.arms[0].name)


def say_title(scenario: Scenario) -> str:
    """The scenario's title in the language in force."""
    from sim.messages import language

    return scenario.title_zh if language() == "zh" else scenario.title


def rules_hold(plan: Plan, results: list[ArmResult]) -> bool:
    """With --check: print how many rules held in how many runs, or every violation."""
    if not plan.check:
        return True
    broken = [line for result in results for line in result.violations]
    for line in broken:
        print(say("broken rule: {line}", line=line), file=sys.stderr)
    if not broken:
        runs = sum(len(result.outcomes) for result in results)
        print(say("{rules} rules held in each of {runs} runs", rules=results[0].outcomes[0].rules, runs=runs) + "\n")
    return not broken
