"""The command `adequacy LOG --mapping NAME`: what a log can tell, in both languages and as JSON, before anything is fitted."""

from __future__ import annotations

import argparse
from pathlib import Path

from sim.messages import BadInput, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: the same as `ingest`."""
    from calibration.ingest_command import add_arguments

    add_arguments(parser)


def execute(args: argparse.Namespace) -> int:
    """Read the log, judge it, print the report; with --out also write it. Returns 0. Raises BadInput."""
    from calibration.adequacy import assess
    from calibration.adequacy_text import adequacy_text
    from calibration.intake import ingest
    from calibration.mapping_file import read_mapping, with_window

    folder = Path(args.out) if args.out else None
    if folder is not None and folder.exists():
        raise BadInput(say("{folder}: exists already; remove it or choose another with --out", folder=folder))
    mapping = with_window(read_mapping(args.mapping), args.start, args.until)
    found = assess(ingest(args.log, mapping, args.salt), mapping)
    print(adequacy_text(found))
    if folder is not None:
        from calibration.adequacy_folder import write_adequacy

        write_adequacy(found, folder)
        print(say("Written: {folder}", folder=folder))
    return 0
