"""The command `mapping LOG [--out FILE]`: guess a mapping from headings and values, for the user to correct."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sim.messages import BadInput, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("log", type=Path, metavar="LOG", help=say("the export: CSV or XES, plain or .gz, .bz2, .zip"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("YAML file to write (it must not exist); else it is printed"))


def execute(args: argparse.Namespace) -> int:
    """Guess, check that the guess is a valid mapping, print or write it. Returns 0. Raises BadInput."""
    from calibration.guess import guess_mapping
    from calibration.guess_text import guess_text

    if args.out is not None and Path(args.out).exists():
        raise BadInput(say("{file}: exists already; choose another --out, or remove it", file=args.out))
    text = guess_text(guess_mapping(args.log), args.log)
    if args.out is None:
        print(text, end="")
    else:
        _write(text, Path(args.out))
        print(say("Written: {folder}", folder=args.out))
    return 0


def _write(text: str, path: Path) -> None:
    """The file appears under its name only when it is whole and valid."""
    from calibration.mapping_file import read_mapping

    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        read_mapping(partial)
        partial.rename(path)
    except OSError as error:
        raise BadInput(say("{folder}: cannot be written: {why}", folder=path, why=error)) from error
    finally:
        partial.unlink(missing_ok=True)
