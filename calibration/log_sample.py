"""The first rows of an unknown log, all columns as text: enough to guess what they are. Nothing of it is stored."""

from __future__ import annotations

import csv
import warnings
from dataclasses import dataclass

import pandas as pd

from calibration.log_bytes import LogBytes
from calibration.reading_log import SEPARATORS
from calibration.xes_traces import read_traces
from sim.messages import BadInput, say

ROWS = 20_000


@dataclass(frozen=True)
class Sample:
    """`table`: one column a heading, cells tidied; `separator` is empty for XES."""

    table: pd.DataFrame
    separator: str


def sample_of(source: LogBytes) -> Sample:
    """The first rows. Raises BadInput when there is none or it is no table."""
    if source.is_xml:
        table, separator = read_traces(source, None, ROWS).events, ""
    else:
        separator = _separator(source)
        table = _table(source, separator)
    if table.empty:
        raise BadInput(say("{file}: has a header but no rows", file=source.path))
    tidy = {str(name): table[name].str.split().str.join(" ") for name in table.columns}
    return Sample(pd.DataFrame(tidy).fillna(""), separator)


def _separator(source: LogBytes) -> str:
    with source.text() as stream:
        lines = [line for line, _ in zip((text for text in stream if text.strip()), range(20), strict=False)]
    counts = {}
    for separator in SEPARATORS:
        try:
            counts[separator] = len(next(csv.reader(lines, delimiter=separator)))
        except (csv.Error, StopIteration):
            counts[separator] = 0
    best = max(counts, key=lambda separator: counts[separator])
    if counts[best] < 2:
        raise BadInput(say("{file}: no table: its first line has no separator ({tried})", file=source.path,
                           tried=" ".join(repr(separator) for separator in SEPARATORS)))  # fmt: skip
    return best


def _table(source: LogBytes, separator: str) -> pd.DataFrame:
    with warnings.catch_warnings(), source.text() as stream:
        warnings.simplefilter("ignore", pd.errors.ParserWarning)
        try:
            table = pd.read_csv(stream, sep=separator, dtype=str, na_filter=False, nrows=ROWS, on_bad_lines="skip", index_col=False)
        except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error) as error:
            why = " ".join(str(error).split())
            raise BadInput(say("{file}: cannot be split into columns: {why}", file=source.path, why=why)) from error
    return table.rename(columns=lambda name: str(name).strip())
