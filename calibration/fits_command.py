"""`fits`: arrivals and durations of any log, fitted on a part of it and scored on the rest, as tables."""

from __future__ import annotations

import argparse
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from sim.messages import say

    parser.add_argument("log", help=say("the log"))
    parser.add_argument("--mapping", required=True, help=say("mapping that reads the log"))
    parser.add_argument("--cut", type=date.fromisoformat, metavar="DATE",
                        help=say("first day that is foretold; else seven tenths of the time are learnt from"))  # fmt: skip


def execute(args: argparse.Namespace) -> int:
    """Fit, score, print; returns 0."""
    from pathlib import Path

    from calibration.fits_text import fits_text
    from calibration.intake import ingest
    from calibration.log_fits import fit_log
    from calibration.mapping_file import read_mapping

    print(fits_text(fit_log(ingest(Path(args.log), read_mapping(args.mapping)), args.cut), Path(args.log).name))
    return 0
