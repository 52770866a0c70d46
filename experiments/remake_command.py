"""The command `remake RECORD`: everything of a decision record simulated again, and compared byte by byte."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.messages import BadInput, say

if TYPE_CHECKING:
    from experiments.replication import WorldOf

_MOST_NAMED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, where it is made again, and how."""
    parser.add_argument("record", type=Path, metavar="RECORD", help=say("folder of a decision record"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("where it is made again (default: beside it)"))
    parser.add_argument("--workers", metavar="N", help=say("processes (default: as many as pay)"))
    parser.add_argument("--cluster", default="", metavar="WHERE",
                        help=say("Dask instead: local[:N], tcp://HOST:PORT of a scheduler, or slurm:FILE.yaml"))  # fmt: skip
    parser.add_argument("--log", type=Path, metavar="FILE", help=say("case log that a replay scenario replays"))


def execute(args: argparse.Namespace, world_of: WorldOf | None = None) -> int:
    """Make it again; returns 0 where every file is the same, else 1. Raises BadInput for what is no record."""
    from experiments.record.contents import digests, read_record
    from experiments.record.making import WORK, carried_out, taken
    from experiments.staging import Staging

    record = args.record.absolute()
    facts = read_record(record)
    _tell_changes(facts, args.log)
    name = f"{record.name}_remade"
    with Staging((args.out or record.parent).absolute()) as staging:
        work = staging.folder(WORK)
        taken(carried_out(record, work, _words(args), world_of, facts.get("language", "en")), staging.folder(name))
        target = staging.publish(name)
    return _compared(facts["made"], digests(target), target)


def _words(args: argparse.Namespace) -> list[str]:
    from experiments.cluster.target import from_anywhere

    stated = {"--workers": args.workers, "--cluster": from_anywhere(args.cluster), "--log": args.log and str(args.log.absolute())}
    return [word for option, value in stated.items() if value for word in (option, value)]


def _tell_changes(facts: Mapping[str, Any], log: Path | None) -> None:
    """Name what is not as it was; refuse another log."""
    from experiments.manifest import file_digest
    from experiments.study.identity import code_changes, code_in_force

    for line in code_changes(facts["model"], code_in_force()):
        print(say("changed since the last runs: {what}", what=line), file=sys.stderr)
    if log is not None and facts["log"] is not None and file_digest(log) != facts["log"]["sha256"]:
        raise BadInput(say("{file}: this is not the log that was recorded ({name})", file=log, name=facts["log"]["file"]))


def _compared(before: Mapping[str, str], now: Mapping[str, str], target: Path) -> int:
    other = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    if not other:
        print(say("the same, byte by byte: {files} files in {folder}", files=len(now), folder=target))
        return 0
    named = ", ".join(other[:_MOST_NAMED])
    print(say("{count} of {files} files are not the same: {names}; see {folder}",
              count=len(other), files=len({*before, *now}), names=named, folder=target))  # fmt: skip
    return 1
