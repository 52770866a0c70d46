"""`run.py schema`: prints the JSON Schema of a scenario file."""

from __future__ import annotations

import argparse
import json

from sim.messages import BadInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has none of its own."""


def execute(args: argparse.Namespace) -> int:
    """Print the schema, with the shipped baseline's values as examples; 0."""
    from scenarios.reading import read_scenario
    from scenarios.schema import json_schema

    try:
        example = read_scenario("baseline").scenario
    except BadInput:
        # The schema helps to mend a broken baseline too.
        example = None
    print(json.dumps(json_schema(example), indent=2, ensure_ascii=False))
    return 0
