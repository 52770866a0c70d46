"""`calibrate`: a plan and a log become a scenario with its account of fit; `--score` scores a scenario on a later export."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from sim.messages import say

    parser.add_argument("plan", metavar="PLAN", help=say("a calibration plan (YAML), or with --score a calibrated scenario"))
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--log", type=Path, metavar="FILE", help=say("the log"))
    asked.add_argument("--score", type=Path, metavar="FILE", help=say("a later export of the log, to score the scenario on"))
    asked.add_argument("--monitor", type=Path, metavar="FILE", help=say("a later export, to tell whether the scenario still fits"))
    parser.add_argument("--workers", type=int, default=1, help=say("processes that simulate"))
    parser.add_argument("--out", type=Path, default=Path("results"), metavar="DIR", help=say("folder to write to"))
    parser.add_argument("--resume", action="store_true", help=say("go on with a calibration that was broken off"))


def execute(args: argparse.Namespace) -> int:
    """Calibrate, or score. Returns 0, or 1 if a run failed. Raises BadInput."""
    from sim.messages import BadInput, say

    if args.workers < 1:
        raise BadInput(say("--workers {value}: must be at least 1", value=args.workers))
    from experiments.plan import FailedRuns

    try:
        if args.monitor is not None:
            return _monitor(args)
        return _score(args) if args.score is not None else _calibrate(args)
    except FailedRuns as failure:
        print(failure, file=sys.stderr)
        return 1


def _calibrate(args: argparse.Namespace) -> int:
    from calibration.calibration_folder import calibration_folder
    from calibration.calibration_plan_file import read_plan
    from calibration.calibration_report import card_text, write_report
    from calibration.calibration_stages import Job, fitted, scores_of, training_of
    from calibration.cautions import cautions, warn
    from sim.messages import BadInput, say

    file = read_plan(args.plan)
    training = training_of(file.plan, args.log)
    if training.sha256 != file.plan.sha256:
        raise BadInput(
            say("{plan}: sha256: the plan is for another log: {log} has {found}, the plan expects {wanted}; give that file, or "
                "write this hash into the plan", plan=file.path, log=args.log, found=training.sha256, wanted=file.plan.sha256)
        )  # fmt: skip
    warn(training.quality)
    folder = calibration_folder(args.out / f"calibration_{file.plan.name}", file.text, training.sha256, args.resume)
    job = Job(file.plan, args.log, folder, args.workers)
    scenario = fitted(job, training)
    print(say("calibrated scenario: {file}", file=folder.path / f"{file.plan.name}.yaml"))
    scores = scores_of(job, scenario, training)
    print("\n" + card_text(scores) + "\n")
    print(say("Report: {file}", file=write_report(job, scenario, scores, cautions(training.quality))))
    return 0


def _score(args: argparse.Namespace) -> int:
    from calibration.calibration_report import card_text
    from calibration.later_export import score_later
    from sim.messages import say

    folder, scores = score_later(args.plan, args.score, args.out, args.workers)
    print(card_text(scores) + "\n")
    print(say("Scores: {file}", file=folder / "scores.json"))
    return 0


def _monitor(args: argparse.Namespace) -> int:
    from calibration.drift_command import drift_text, monitored

    print(drift_text(monitored(args.plan, args.monitor, args.out)))
    return 0
