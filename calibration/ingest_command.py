"""The command `ingest LOG --mapping NAME`: a raw export in, canonical records and a data-quality report out."""

from __future__ import annotations

import argparse
from pathlib import Path

from sim.messages import BadInput, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("log", type=Path, metavar="LOG", help=say("the export: CSV or XES, plain or .gz, .bz2, .zip"))
    parser.add_argument("--mapping", required=True, metavar="NAME", help=say("a mapping's name, or its YAML file"))
    parser.add_argument("--salt", help=say("secret text for hashing personal columns, at least 8 characters"))
    parser.add_argument("--start", metavar="DATE", help=say("date of second 0, instead of the mapping's"))
    parser.add_argument("--until", metavar="TIME", help=say("local time of the export, instead of the mapping's"))
    if not any("--out" in action.option_strings for action in parser._actions):
        parser.add_argument("--out", type=Path, metavar="DIR", help=say("folder to write (it must not exist)"))


def execute(args: argparse.Namespace) -> int:
    """Read the log, write the folder, print the report. Returns 0. Raises BadInput."""
    from calibration.canonical_folder import write_canonical
    from calibration.intake import ingest
    from calibration.mapping_file import read_mapping, with_window
    from calibration.quality_text import quality_text

    mapping = with_window(read_mapping(args.mapping), args.start, args.until)
    folder = Path(args.out) if args.out else default_folder(args.log, mapping.name)
    if folder.exists():
        raise BadInput(say("{folder}: exists already; remove it or choose another with --out", folder=folder))
    intake = ingest(args.log, mapping, args.salt)
    write_canonical(intake, folder)
    print(quality_text(intake.quality))
    print()
    print(say("Canonical records: {folder}", folder=folder))
    return 0


def default_folder(log: Path, mapping: str) -> Path:
    """results/intake_<log name without endings>_<mapping>."""
    return Path("results") / f"intake_{Path(log).name.split('.')[0]}_{mapping}"
