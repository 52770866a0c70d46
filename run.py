"""Wangge (网格): simulate grid-based community governance, compare policies, replay a city's case log.

Each subcommand parses its arguments and calls one function. Exit codes: 0 done, 1 our fault, 2 bad input, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Any

from experiments.arguments import Arguments
from sim.messages import LANGUAGES, BadInput, say, speak

COMMANDS = {
    "run": ("experiments.run_command", "simulate a scenario and show its indicators"),
    "compare": ("experiments.compare_command", "compare scenarios on the same luck; the first is the baseline"),
    "study": ("experiments.study_command", "run a study file: designs, paired worlds, a store that survives anything"),
    "record": ("experiments.record_command", "put all that a study answered, and all that makes it again, into one folder"),
    "remake": ("experiments.remake_command", "make a decision record again and compare it byte by byte"),
    "query": ("experiments.query_command", "ask the runs of a study in SQL"),
    "validate": ("scenarios.validate_command", "check scenario files and show every fault"),
    "fit": ("calibration.fit_command", "fit a replay scenario on the training period of a case log"),
    "calibrate": ("calibration.calibrate_command", "learn a scenario from a case log and score it on a held-out period"),
    "infer": ("calibration.infer_command", "infer crews and work of a fitted replay, with what its log cannot tell"),
    "fits": ("calibration.fits_command", "fit arrivals and durations of any log and score them on its later part"),
    "surge": ("calibration.surge_command", "ask what a surge cost and which policy would have cleared it soonest"),
    "mapping": ("calibration.mapping_command", "guess from a log's headings and values how it is to be read"),
    "adequacy": ("calibration.adequacy_command", "tell what a case log can and cannot inform, before anything is fitted"),
    "ingest": ("calibration.ingest_command", "read a city's case log and report its quality"),
    "schema": ("scenarios.schema_command", "print the JSON Schema of a scenario for an editor"),
    "list": ("experiments.list_command", "list policies, indicators, formats, scenarios, options, systems or assumptions"),
    "coverage": ("experiments.coverage_command", "run the experiment behind rows of docs/coverage.csv again"),
    "assumptions": ("experiments.assumptions_command", "measure which indicators each assumed number moves"),
    "demo": ("experiments.demo_command", "answer the three questions of the README"),
}


def parser(only: str | None = None) -> Arguments:
    """The command line. Arguments of a subcommand are filled in only when it is the one that is asked for."""
    top = Arguments(
        prog="run.py", description=say("Wangge: simulate and compare grid-based community governance.")
    )
    commands = top.add_subparsers(dest="command", metavar=say("COMMAND"), required=True)
    for name, (module, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=say(purpose), description=say(purpose))
        command.add_argument("--lang", choices=LANGUAGES, default="en", help=say("language of what is shown"))
        if name == only:
            importlib.import_module(module).add_arguments(command)
    return top


def _language(words: Sequence[str]) -> str:
    for before, word in zip(["", *words], words, strict=False):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if before == "--lang":
            return word
    return "en"


def _hooks(arguments: argparse.Namespace) -> dict[str, Any]:
    """What commands need to replay a log: experiments never imports calibration, so it is handed in here."""
    if getattr(arguments, "log", None) is None or arguments.command not in ("run", "compare", "study", "record", "remake"):
        return {}
    from calibration.closing_world import world_of
    from calibration.replay_report import beside_text

    return {"world_of": world_of} | ({"beside": beside_text} if arguments.command == "run" else {})


def main(words: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    wanted = _language(words)
    speak(wanted if wanted in LANGUAGES else "en")
    only = next((word for word in words if word in COMMANDS), None)
    try:
        arguments = parser(only).read(words, only)
        return importlib.import_module(COMMANDS[arguments.command][0]).execute(arguments, **_hooks(arguments))
    except BadInput as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(say("interrupted; nothing partial was left behind"), file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
