"""The command `query "select ..."`: SQL over all runs of a study."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.options import RESULTS
from sim.messages import BadInput, say

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 200
_WIDEST = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The query, the study, and how the answer is written."""
    parser.add_argument("query", metavar="SQL", nargs="?", default="",
                        help=say("a query such as \"select * from results\"; none: the tables and their columns"))  # fmt: skip
    parser.add_argument("--study", default="", metavar="DIR",
                        help=say("folder of the study, or its name in {folder} (default: the only one there)", folder=RESULTS))  # fmt: skip
    parser.add_argument("--csv", action="store_true", help=say("write the whole answer as CSV instead of a table"))


def execute(args: argparse.Namespace) -> int:
    """Print the answer; returns 0. Raises BadInput for a query that cannot be answered, or no study."""
    from experiments.study.queries import ask, open_study

    with open_study(_folder(args.study)) as database:
        query = args.query or (
            "SELECT table_name AS \"table\", string_agg(column_name, ', ' ORDER BY ordinal_position) AS columns "
            "FROM information_schema.columns WHERE table_name <> 'index_rows' GROUP BY 1 ORDER BY 1"
        )
        answer = ask(database, query)
    if args.csv:
        sys.stdout.write(answer.to_csv(index=False, lineterminator="\n"))
        return 0
    print(answer_text(answer, wide=not args.query))
    return 0


def answer_text(answer: pd.DataFrame, wide: bool = False) -> str:
    """An answer as aligned text: numbers to the right, texts cut, at most MOST_ROWS rows."""
    from experiments.console import aligned

    numbers = [kind.kind in "iuf" for kind in answer.dtypes]
    order = [*(i for i, number in enumerate(numbers) if not number), *(i for i, number in enumerate(numbers) if number)]
    if numbers != sorted(numbers):
        order = list(range(len(numbers)))
    rows = [tuple(str(answer.columns[i]) for i in order)]
    rows += [tuple(_cell(value, wide) for value in row) for row in answer.head(MOST_ROWS).itertuples(index=False, name=None)]
    texts = numbers.count(False) if numbers == sorted(numbers) else len(numbers)
    note = len(answer) - MOST_ROWS
    lines = [aligned(rows, numbers_from=texts), say("{count:,} rows", count=len(answer))]
    return "\n".join(lines + ([say("the first {most} are shown; --csv writes all", most=MOST_ROWS)] if note > 0 else []))


def _cell(value: object, wide: bool) -> str:
    if value is None or value != value:
        return "-"
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    text = str(value)
    return text if wide or len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."


def _folder(stated: str) -> Path:
    from experiments.study_command import study_folder

    if stated:
        return study_folder(stated, RESULTS)
    known = sorted(path.parent for path in RESULTS.glob("*/design.parquet"))
    if len(known) == 1:
        return known[0]
    if not known:
        raise BadInput(say("there is no study in {folder}; run one, or name its folder with --study", folder=RESULTS))
    raise BadInput(say("there are several studies in {folder}; name one with --study: {known}",
                       folder=RESULTS, known=", ".join(path.name for path in known)))  # fmt: skip
