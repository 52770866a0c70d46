"""`run.py validate FILE...`: says of each scenario whether it is in order, or every fault it has."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sim.messages import BadInput, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files and what to lay over them; `--set` is common to all commands (its values: `args.settings`)."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=say("scenario file, or name of a shipped scenario"))
    parser.add_argument(
        "--overlay", action="append", default=[], type=Path, metavar="FILE", help=say("file to lay over each scenario")
    )


def execute(args: argparse.Namespace) -> int:
    """Read every file; 0 when all are in order, 2 otherwise. Faults and warnings go to standard error."""
    wrong = [file for file in args.files if not _in_order(file, args)]
    return 2 if wrong else 0


def _in_order(file: str, args: argparse.Namespace) -> bool:
    from scenarios.reading import read_scenario, unsourced

    try:
        read = read_scenario(file, getattr(args, "settings", ()) or (), args.overlay)
    except BadInput as error:
        print(error, file=sys.stderr)
        return False
    for warning in read.warnings:
        print(say("warning: {text}", text=warning), file=sys.stderr)
    bare = unsourced(read)
    note = say("; {count} numbers name no source, the first is {path}", count=len(bare), path=bare[0]) if bare else ""
    print(say("{file}: OK ({numbers} numbers with a source{note})", file=file, numbers=len(read.sources), note=note))
    return True
