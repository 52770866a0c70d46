"""`infer`: crews and work of a fitted replay from its log, as draws with verdicts, and the scenario in their middle."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sim.messages import BadInput, say

if TYPE_CHECKING:
    from calibration.latent_fit import LatentPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("scenario", metavar="SCENARIO", help=say("fitted replay scenario, by name or file"))
    parser.add_argument("--log", required=True, metavar="FILE", help=say("the log"))
    parser.add_argument("--out", required=True, metavar="DIR", help=say("folder to write to; started again, it goes on from there"))
    parser.add_argument("--crews", action="append", default=[], metavar="DEPARTMENT=LOW-HIGH",
                        help=say("how many crews a department is known to have (may be repeated)"))  # fmt: skip
    parser.add_argument("--minutes", type=float, metavar="M", help=say("minutes a department, after which it takes what it has"))
    parser.add_argument("--draws", type=int, default=100, metavar="N", help=say("draws to write (default 100)"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=say("seed of the runs"))
    parser.add_argument("--workers", type=int, default=1, metavar="N", help=say("processes (default 1)"))


def execute(args: argparse.Namespace) -> int:
    """Infer, write posterior.parquet, informed.csv and a scenario, print the verdicts; returns 0. Raises BadInput."""
    from pathlib import Path

    from calibration.cautions import warn
    from calibration.identifiability import table, words
    from calibration.inferred_folder import write_inferred
    from calibration.latent_fit import fit_departments
    from calibration.opening_calendars import training_and_calendars
    from scenarios.reading import read_scenario

    plan = _plan(args)
    if Path(args.out).is_file():
        raise BadInput(say("{file}: is a file; name a folder with --out", file=args.out))
    file = read_scenario(args.scenario)
    training, calendars = training_and_calendars(file.scenario, Path(args.log))
    warn(training.quality)
    if unknown := sorted(set(plan.bounds) - set(calendars)):
        raise BadInput(say("--crews {name}: the log has no such department; it has {known}",
                           name=unknown[0], known=", ".join(sorted(calendars))))  # fmt: skip
    folder = Path(args.out)
    fits = fit_departments(training.records, calendars, plan, folder / "runs", args.workers,
                           lambda name: print(say("inferred: {department}", department=name), flush=True))  # fmt: skip
    written = write_inferred(fits, file, args.scenario, folder)
    department = ""
    for row in table(fits):
        if row.department != department:
            department, fit = row.department, fits[row.department]
            print("\n" + say("{department}: {cases} cases, {runs} runs", department=department, cases=fit.cases, runs=fit.runs))
            for part in fit.misfits:
                print("  " + say("caution: the model does not bring out the {part} of this department; trust its intervals less",
                                 part=say(part)))  # fmt: skip
        print(f"  {words(row)}")
    print("\n" + say("written: {files}", files=", ".join(map(str, written))))
    return 0


def _plan(args: argparse.Namespace) -> LatentPlan:
    from calibration.latent_fit import LatentPlan
    from calibration.synthetic_likelihood import Settings

    if args.draws < 2 or args.workers < 1 or (args.minutes is not None and not args.minutes >= 0):
        raise BadInput(say("--draws needs 2 at least, --workers 1, --minutes 0"))
    bounds = {}
    for text in args.crews:
        name, _, span = text.rpartition("=")
        low, _, high = span.partition("-")
        if not name or not low.isdecimal() or (high and not high.isdecimal()) or not 0 < int(low) <= int(high or low):
            raise BadInput(say("--crews {text}: write DEPARTMENT=LOW-HIGH, such as ISD=20-30 or ISD=25", text=repr(text)))
        bounds[name] = {"crews": (float(low), float(high or low))}
    return LatentPlan(Settings(draws=args.draws), seed=args.seed, bounds=bounds, minutes=args.minutes)
