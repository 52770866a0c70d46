"""`surge`: what a surge cost in other cases' hours, and which of three policies would have cleared it soonest."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calibration.intake import Intake
    from calibration.surge_arms import Surge
    from sim.scenario import Scenario


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from sim.messages import say

    parser.add_argument("scenario", metavar="SCENARIO", help=say("a calibrated scenario that was learnt before the surge"))
    parser.add_argument("--log", type=Path, required=True, metavar="FILE", help=say("the log"))
    parser.add_argument("--types", required=True, help=say("types of the surge's cases, separated by semicolons"))
    parser.add_argument("--since", type=date.fromisoformat, required=True, metavar="DATE", help=say("first day of the surge"))
    parser.add_argument("--until", type=date.fromisoformat, required=True, metavar="DATE", help=say("day after its last"))
    parser.add_argument("--department", required=True, help=say("department that meets it"))
    parser.add_argument("--end", type=date.fromisoformat, required=True, metavar="DATE", help=say("last day that is simulated, left out"))
    parser.add_argument("--worlds", type=int, default=10, help=say("worlds, the same for every policy"))
    parser.add_argument("--workers", type=int, default=1, help=say("processes that simulate"))
    parser.add_argument("--out", type=Path, default=Path("results"), metavar="DIR", help=say("folder to write to"))


def execute(args: argparse.Namespace) -> int:
    """Simulate every arm in the same worlds, print the answer, write surge.json. Raises BadInput."""
    from calibration.calibration_folder import CalibrationFolder
    from calibration.surge_answer import answer, answer_text
    from calibration.surge_arms import AS_IS, POLICIES, WITHOUT, Meeting, Surge, meet
    from experiments.execution import run_many
    from experiments.progress import Progress
    from sim.messages import BadInput, say

    if args.worlds < 2:
        raise BadInput(say("--worlds {value}: must be at least 2", value=args.worlds))
    surge = Surge(tuple(each.strip() for each in args.types.split(";")), args.since, args.until, args.department)
    scenario, arrivals, cases = _prepared(args, surge)
    worlds = _worlds(args, scenario, surge.department)
    tasks = [Meeting(arm, seed, each, arrivals, cases, surge.department)
             for seed, each in enumerate(worlds, 1) for arm in (AS_IS, WITHOUT, *POLICIES)]  # fmt: skip
    with Progress(say("simulating"), len(tasks), 4.0 * len(tasks) / args.workers, workers=args.workers) as progress:
        rows = run_many(meet, tasks, args.workers, lambda done: progress.step())
    faults = [row.error for row in rows if row.error]
    if faults:
        raise BadInput(faults[0])
    facts = answer([row.value for row in rows if row.value is not None], len(cases), surge)
    facts["drawn"] = any(each is not scenario for each in worlds)
    print(answer_text(facts))
    folder = CalibrationFolder(args.out / f"surge_{scenario.name}")
    print(say("Scores: {file}", file=folder.write("surge.json", json.dumps(facts, indent=1, ensure_ascii=False) + "\n")))
    return 0


def _worlds(args: argparse.Namespace, scenario: Scenario, department: str) -> list[Scenario]:
    """The scenario of each world: under a draw of the department that meets the surge, where draws lie beside the scenario.

    Other departments stay as they are: what they lend must be crews that they have, not crews that are never short.
    """
    from calibration.doubt_folder import posterior_beside
    from calibration.later_export import calibrated_file
    from experiments.posterior import check_posterior, drawn, of_departments, read_posterior

    file = posterior_beside(calibrated_file(args.scenario, args.out))
    if file is None:
        return [scenario] * args.worlds
    check_posterior(scenario, file)
    draws = of_departments(read_posterior(file), {department})
    return [drawn(scenario, draws, number) for number in range(args.worlds)]


def _prepared(args: argparse.Namespace, surge: Surge) -> tuple[Scenario, Intake, frozenset[int]]:
    """The scenario from the end of its training on, the log as it was known then but for its arrivals, and the surge."""
    from calibration.held_out import held_out_of
    from calibration.intake import ingest
    from calibration.later_export import calibrated
    from calibration.mapping_file import read_mapping, with_window
    from calibration.period_world import from_then, known_names
    from sim.messages import BadInput, say

    scenario: Any = calibrated(args.scenario, args.out)
    since = date.fromisoformat(scenario.replay.trained_until)
    if not since <= surge.since < surge.until <= args.end:
        raise BadInput(say("{name} was learnt from cases until {trained}; the surge must lie after that and before --end",
                           name=scenario.name, trained=since))  # fmt: skip
    known = [unit.name for unit in scenario.staffing.departments]
    if surge.department not in known:
        raise BadInput(say("--department {name}: {scenario} has no such department; it has {known}",
                           name=surge.department, scenario=scenario.name, known=", ".join(known)))  # fmt: skip
    intake = ingest(args.log, with_window(read_mapping(scenario.replay.mapping), None, f"{args.end} 00:00"))
    held_out = held_out_of(intake, since, args.end, args.log)
    civil = held_out.period.civil
    cases = intake.records["cases"]
    rows = surge.rows(cases, civil.seconds_at(surge.since), civil.seconds_at(surge.until))
    if rows.sum() < 30:
        raise BadInput(say("{log}: only {count} cases are of the types {types} in that time; name the types as the log does",
                           log=args.log, count=int(rows.sum()), types="; ".join(surge.types)))  # fmt: skip
    chosen = frozenset(int(each) for each in cases["case_id"].to_numpy()[rows])
    return from_then(scenario, held_out.period), known_names(scenario, held_out.arrivals), chosen
