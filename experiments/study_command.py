"""The command `study FILE`: a whole study, run to its end or as far as it comes, and gone on with later."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.options import RESULTS
from sim.messages import BadInput, say

if TYPE_CHECKING:
    from experiments.cluster.target import Target
    from experiments.replication import WorldOf
    from experiments.study.program import Program
    from experiments.study.reading import StudyFile
    from experiments.study.session import Session, Shard


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The study and how it is run."""
    parser.add_argument("study", metavar="FILE", help=say("name of a shipped study, or a study file"))
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR",
                        help=say("where the study's folder is made (default {folder})", folder=RESULTS))  # fmt: skip
    parser.add_argument("--workers", type=_workers, metavar="N", help=say("processes (default: as many as pay)"))
    parser.add_argument("--cluster", default="", metavar="WHERE",
                        help=say("Dask instead: local[:N], tcp://HOST:PORT of a scheduler, or slurm:FILE.yaml"))  # fmt: skip
    parser.add_argument("--resume", action="store_true",
                        help=say("go on although scenario or code have changed, and try failed runs again"))  # fmt: skip
    parser.add_argument("--yes", action="store_true", help=say("start although it has more than 10,000 runs"))
    parser.add_argument("--dry-run", action="store_true", help=say("say how many runs and how long; run nothing"))
    parser.add_argument("--no-report", action="store_true", help=say("tables only: no figures and no page"))
    parser.add_argument("--shard", type=_shard, metavar="I/N", help=say("run part I of N only (array jobs)"))
    parser.add_argument("--log", type=Path, metavar="FILE", help=say("case log that a replay scenario replays"))


def _workers(text: str) -> int:
    value = int(text) if text.isdecimal() else 0
    if not 1 <= value <= 10_000:
        raise argparse.ArgumentTypeError(
            say("{value} is not a whole number from {least} to {most}", value=repr(text), least=1, most=10_000)
        )
    return value


def _shard(text: str) -> Shard:
    from experiments.study.session import Shard

    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= 100_000):
        raise argparse.ArgumentTypeError(say("{value} is no part such as 3/40", value=repr(text)))
    return Shard(int(number), int(of))


def execute(args: argparse.Namespace, world_of: WorldOf | None = None) -> int:
    """Run the study; returns 0, or 1 if runs failed, or 130 if it was interrupted. Raises BadInput.

    `world_of(scenario, log, seed)` makes the world of a replay; it must be a function of a module.
    """
    from experiments.execution import begin_early
    from experiments.replay import check_log
    from experiments.study.program import refuse_if_too_many
    from experiments.study.reading import read_study

    target = _target(args)
    file = read_study(args.study)
    for line in dict.fromkeys(file.warnings):
        print(say("warning: {text}", text=line), file=sys.stderr)
    check_log([file.base], args.log, world_of)
    worlds = file.study.replications or getattr(file.study.stopping, "first", 1)
    runs = refuse_if_too_many(file, worlds, args.yes or args.dry_run)
    if args.dry_run:
        print(_announced(file, worlds, runs, target, args))
        return 0
    if not args.cluster:
        begin_early(args.workers, ["experiments.study.single_run"], file.study.budget.run is not None)
    return _carried_out(_program(file, args, world_of), target, args)


def _target(args: argparse.Namespace) -> Target | None:
    """The cluster that is asked for. Raises BadInput where it is none, or its library is missing."""
    if not args.cluster:
        return None
    from experiments.cluster.target import read_target
    from experiments.procedures.libraries import library

    if args.workers is not None:
        raise BadInput(say("--workers says how many processes of this machine; with --cluster write local:{count}", count=args.workers))
    target = read_target(args.cluster)
    library("distributed" if target.slurm is None else "dask_jobqueue")
    return target


def _program(file: StudyFile, args: argparse.Namespace, world_of: WorldOf | None) -> Program:
    from experiments.study.identity import code_in_force
    from experiments.study.program import Program

    points = tuple(file.layout.points(file.plain_base))
    folder = args.out.absolute() / file.study.name
    log = None if args.log is None else args.log.absolute()
    return Program(file, points, folder, code_in_force().digest, log, world_of)


def _announced(file: StudyFile, worlds: int, runs: int, target: Target | None, args: argparse.Namespace) -> str:
    """What the study would do."""
    from experiments.estimate import spoken_time
    from experiments.machine import cores
    from experiments.study.design_kinds import Search
    from experiments.study.program import MOST_WITHOUT_YES, Program, distinct

    choices, draws = file.layout.sizes()
    workers = args.workers or (cores() if target is None else target.workers)
    searching = isinstance(file.study.design, Search)
    if searching:
        program = _program(file, args, None)
        runs += (file.study.design.size + 1) * file.study.design.fresh  # type: ignore[attr-defined]
    elif runs <= MOST_WITHOUT_YES:
        program = _program(file, args, None)
        runs, choices = len(distinct(list(program.wanted(range(worlds))))), len(program.points) // draws
    else:
        program = Program(file, (), args.out, "")
    runs = -(-runs // args.shard.of) if args.shard else runs
    points = say("{choices:,} choices", choices=choices)
    points += say(" in {draws:,} draws of the uncertainties", draws=draws) if file.layout.is_crossed else ""
    text = say("{runs:,} runs: {points}, {worlds:,} worlds each; about {time} on {workers} processes",
               runs=runs, points=points, worlds=worlds, workers=workers,
               time=spoken_time(runs * program.seconds_a_run() / workers))  # fmt: skip
    if searching:
        return text + say("; a search: so many at most, and about so many again for a frontier in fresh worlds that is wide")
    if file.study.stopping is None:
        return text
    return text + say("; the stopping rule may ask for up to {most:,} worlds each", most=file.study.stopping.most)


def _carried_out(program: Program, target: Target | None, args: argparse.Namespace) -> int:
    from experiments.study.identity import code_in_force
    from experiments.study.session import Session

    begun = time.perf_counter()
    with Session(program, code_in_force(), args.workers, args.shard, target, args.resume) as session:
        try:
            wanted = session.work()
        except KeyboardInterrupt:
            print(say("interrupted; {done} runs of this start are kept in {folder}, and the same command goes on",
                      done=session.tally.done, folder=program.folder), file=sys.stderr)  # fmt: skip
            return 130
        if args.shard is not None:
            print(say("part {part}: {done:,} runs done, {failed:,} failed; without --shard the same command gathers all parts",
                      part=args.shard, done=len(session.done), failed=len(session.failed)))  # fmt: skip
        else:
            _concluded(session, wanted, args, time.perf_counter() - begun)
    return 1 if session.failed else 0


def _concluded(session: Session, wanted: list, args: argparse.Namespace, seconds: float) -> None:
    from experiments.analysis.analyses import analyses_of
    from experiments.analysis.conclusion import analysis_text, write_frames, write_report, write_texts
    from experiments.analysis.evidence import Evidence
    from experiments.study.results_text import results_text
    from experiments.study.study_manifest import write_study_manifest

    program = session.program
    table = session.conclude(wanted)
    write_study_manifest(session, wanted, seconds, args)
    evidence = Evidence(program, tuple(wanted), frozenset(session.done), table, lambda: session.told(wanted))
    analyses = analyses_of(evidence)
    write_frames(analyses, program.folder)
    write_texts(evidence, analyses)
    print(results_text(program.file.study, table) + "\n")
    for analysis in analyses:
        print(analysis_text(analysis) + "\n")
    if not args.no_report:
        write_report(evidence, analyses, str(args.study), len(session.failed))
    if session.failed:
        print(say("{failed:,} of {runs:,} runs failed; they are left out", failed=len(session.failed),
                  runs=len(session.failed) + len(session.done)))  # fmt: skip
    if session.spent:
        print(say("the time of budget.time is spent: {done:,} runs are done; the same command goes on", done=len(session.done)))
    elif not session.tally.done:
        print(say("nothing to do: all {runs:,} runs are there", runs=len(session.done) + len(session.failed)))
    print(say("Study folder: {folder}", folder=_near(program.folder)))


def _near(folder: Path) -> Path:
    """The folder as the user would write it."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder


def study_folder(name: str, out: Path) -> Path:
    """The folder of a study by its name or path. Raises BadInput where there is none."""
    for folder in (Path(name), out / name):
        if (folder / "design.parquet").is_file():
            return folder
    known = sorted(path.parent.name for path in out.glob("*/design.parquet"))
    raise BadInput(say("there is no study folder {name}; in {folder} are {known}",
                       name=repr(name), folder=out, known=", ".join(known) or say("none")))  # fmt: skip
