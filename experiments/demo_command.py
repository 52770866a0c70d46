"""The command `demo`: the three questions of the README, answered on one community within about a minute."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.options import RESULTS, SEED, whole
from sim.messages import language, say

if TYPE_CHECKING:
    from experiments.contrast import Contrast
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
COST = "cost_per_resident"
ANSWERING = ("experiments.page.comparison_page",)
"""What a worker imports to answer a question."""
FOLDERS = ("demo_grid_size", "demo_staffing", "demo_route")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Size of the demonstration."""
    parser.add_argument("--replications", type=whole(1), default=4, metavar="N", help=say("worlds for each scenario"))
    parser.add_argument("--days", type=whole(1), default=60, metavar="N", help=say("length of each run"))
    parser.add_argument(
        "--workers", type=whole(1), default=None, metavar="N", help=say("processes (default: as many as pay)")
    )
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help=say("folder for results"))


@dataclass(frozen=True)
class Family:
    """One question, and what there is to answer it from. It is answered in a worker."""

    question: str
    plan: Plan
    """of its scenarios only, the baseline first"""
    results: list[ArmResult]
    folder: Path
    """to be filled: tables, figures, page, manifest"""


def execute(args: argparse.Namespace) -> int:
    """Run all families in the same worlds, print an answer for each question, write a page for each. Returns 0, or 1
    if a replication or an answer failed."""
    from experiments.execution import begin_early, run_many
    from experiments.plan import FailedRuns, run_plan
    from experiments.staging import Staging

    begin_early(args.workers, ANSWERING)
    plan = _plan(args)
    with Staging(args.out) as staging:
        try:
            results = run_plan(plan, staging, plan.estimate().seconds)
        except FailedRuns as failure:
            print(failure, file=sys.stderr)
            return 1
        families = _families(plan, {result.arm.name: _published(plan, result, staging) for result in results}, staging)
        answers = run_many(answered, families, plan.workers)
        print("\n" + say("Judged first by onset to true fix: the time from when a problem arises until it is truly right again, "
                         "whoever found it; one that nobody finds counts for as long as the run follows it."))  # fmt: skip
        for done, folder in zip(answers, FOLDERS, strict=True):
            if done.value is None:
                print(f"{say(done.task.question)} {done.error}", file=sys.stderr)
                return 1
            print("\n" + done.value)
            print(say("Figures and page: {folder}", folder=staging.publish(folder)))
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


def _published(plan: Plan, result: ArmResult, staging: Staging) -> ArmResult:
    """Publish one scenario's folder; its figures are those of the comparisons."""
    from experiments.manifest import write_manifest
    from experiments.plan import arm_manifest

    write_manifest(arm_manifest(plan, result), result.folder)
    return replace(result, folder=staging.publish(result.arm.name))


def _families(plan: Plan, results: Mapping[str, ArmResult], staging: Staging) -> list[Family]:
    families = []
    for (question, names), folder in zip(FAMILIES.items(), FOLDERS, strict=True):
        mine = [results[name] for name in ("baseline", *names)]
        own = replace(plan, arms=tuple(result.arm for result in mine))
        families.append(Family(question, own, mine, staging.folder(folder)))
    return families


def answered(family: Family) -> str:
    """Fill the folder of a family; returns what is to be printed."""
    from experiments.contrast import contrast
    from experiments.folder import finish_comparison, write_comparison_manifest

    found = contrast(family.results)
    finish_comparison(family.plan, found, family.folder)
    folders = [result.folder for result in family.results]
    write_comparison_manifest(family.plan, family.results, folders, family.folder)
    return _answer_text(family, found)


def _answer_text(family: Family, found: Contrast) -> str:
    from experiments.contrast import findings
    from experiments.sentences import answer

    titles, found = found.names, _short_names(found)
    time = family.plan.arms[0].file.scenario.time
    days = (time.horizon.seconds - time.warm_up.seconds) // 86400
    lines = [say("{question} {scenarios} scenarios, {worlds} paired worlds of {days} days each",
                 question=say(family.question), scenarios=len(family.results), worlds=family.plan.replications,
                 days=days),
             say("Each is compared with: {baseline}", baseline=_title(family.results[0]))]  # fmt: skip
    for name, said in findings(found).items():
        lines += [f"  {titles[name]}", *(f"    {line}" for line in said[:-1])]
    return "\n".join([*lines, say("Answer: {answer}", answer=answer(found.table, found.names)), *_price(found)])


def _title(result: ArmResult) -> str:
    scenario = result.arm.file.scenario
    return scenario.title_zh if language() == "zh" else scenario.title


def _short_names(found: Contrast) -> Contrast:
    """Names as sentences bear them: titles hold commas, and the baseline stands in every line."""
    names = {name: title if language() == "zh" else f'"{title}"' for name, title in found.names.items()}
    return replace(found, names={**names, found.baseline: say("the baseline")})


def _price(found: Contrast) -> list[str]:
    """What the scenario that does best costs against the baseline; nothing where nobody knows."""
    from experiments.comparison import BETTER, NOT_SHOWN, of_all
    from experiments.quantities import change_text, interval_text, with_unit
    from experiments.sentences import interval_of, primary
    from sim.metrics.table import INDICATORS

    shown = of_all(found.table, primary(found.table))
    shown = shown[shown["verdict"] == BETTER].sort_values("difference")
    best = "" if shown.empty else shown.iloc[0]["scenario"]
    rows, unit = of_all(found.table, COST), INDICATORS[COST].unit
    rows = rows[(rows["scenario"] == best) & (rows["n"] > 1)]
    return [
        say("No difference in its cost is shown.") if row["verdict"] == NOT_SHOWN else
        say("Its cost against the baseline: {change} a resident over the run, 95 % interval {interval}.",
            change=with_unit(change_text(interval_of(row), unit), unit, difference=True),
            interval=interval_text(interval_of(row), unit, sign=True))
        for _, row in rows.iterrows()
    ]  # fmt: skip
