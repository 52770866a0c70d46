"""From a log file to text columns under canonical names: separator, header, quoted line breaks, misfits."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

import pandas as pd

from calibration.log_bytes import LogBytes
from calibration.mapping import Mapping
from calibration.totals import refuse_totals
from sim.messages import BadInput, say

SEPARATORS = (",", ";", "\t", "|")

ROWS_AT_ONCE = 50_000
"""Rows parsed before the columns nobody asked for are let go: bounds memory on wide exports."""


@dataclass(frozen=True)
class Header:
    """The first record of a log: its headings in order and the separator that splits it."""

    headings: tuple[str, ...]
    separator: str


def read_header(source: LogBytes, mapping: Mapping) -> Header:
    """The header under the separator that shows most of the mapped headings. Raises BadInput on an unusable header."""
    with source.text() as stream:
        lines = [line for line, _ in zip(_skip_blank(stream), range(20), strict=False)]
    if not lines:
        raise BadInput(say("{file}: the log is empty", file=source.path))
    tried = (mapping.separator,) if mapping.separator else SEPARATORS
    headers = [Header(_first_record(lines, separator), separator) for separator in tried]
    wanted = {_plain(heading) for headings in mapping.all_columns().values() for heading in headings}
    return max(headers, key=lambda h: (len(wanted & {_plain(x) for x in h.headings}), len(h.headings)))


def find_columns(header: Header, mapping: Mapping, source: LogBytes) -> dict[str, str]:
    """Canonical or kept name -> heading in this file. Raises BadInput listing every mapped column that is not there.

    A heading is found as written, else in any capitals and with spaces for underscores. A table of totals is refused.
    """
    found, missing = {}, []
    for name, accepted in mapping.all_columns().items():
        heading = next((h for wanted in accepted if (h := heading_of(wanted, header.headings))), None)
        if heading is None and name in mapping.may_lack:
            continue
        if heading is None:
            missing.append(_not_found(name, accepted, header.headings))
        else:
            found[name] = heading
    if missing:
        refuse_totals(header.headings, source.path)
        raise BadInput(
            say("{file}: mapping {mapping} wants columns that are not there: {missing}. Columns found: {found}",
                file=source.path, mapping=mapping.name, missing="; ".join(missing),
                found=", ".join(repr(h) for h in header.headings))
        )  # fmt: skip
    twice = sorted({h for h in found.values() if header.headings.count(h) > 1})
    if twice:
        names = ", ".join(twice)
        raise BadInput(say("{file}: columns stand twice in the header: {names}", file=source.path, names=names))
    return found


def read_columns(source: LogBytes, header: Header, columns: dict[str, str]) -> tuple[pd.DataFrame, int]:
    """The wanted columns as text, one line a record that fits the header, and how many records had too many fields.

    Raises BadInput when a quote is never closed. Short records have blanks at their end.
    """
    places = {name: header.headings.index(heading) for name, heading in columns.items()}
    with warnings.catch_warnings(record=True) as caught, source.text() as stream:
        warnings.simplefilter("always", pd.errors.ParserWarning)
        try:
            reader = pd.read_csv(
                stream, sep=header.separator, header=None, dtype=str, na_filter=False, on_bad_lines="warn",
                names=list(range(len(header.headings))), index_col=False, chunksize=ROWS_AT_ONCE,
                skip_blank_lines=True,
            )  # fmt: skip
            parts = [pd.DataFrame({name: chunk[place] for name, place in places.items()}) for chunk in reader]
        except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error) as error:
            why = " ".join(str(error).split())
            raise BadInput(say("{file}: cannot be split into columns: {why}", file=source.path, why=why)) from error
    too_long = sum(str(warning.message).count("Skipping line") for warning in caught)
    return pd.concat(parts).iloc[1:].reset_index(drop=True), too_long


def _skip_blank(lines: Iterable[str]) -> Iterable[str]:
    lines = iter(lines)
    first = next((line for line in lines if line.strip("\r\n")), None)
    return () if first is None else chain((first,), lines)


def _first_record(lines: list[str], separator: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader(lines, delimiter=separator)))
    except csv.Error:
        return ()


def _plain(heading: str) -> str:
    return re.sub(r"[\s_]+", " ", heading).strip().casefold()


def heading_of(wanted: str, headings: Sequence[str]) -> str | None:
    """The heading in a file that a mapping's heading means: as written, else in other capitals or with underscores."""
    if wanted in headings:
        return wanted
    return next((heading for heading in headings if _plain(heading) == _plain(wanted)), None)


def _not_found(name: str, accepted: Sequence[str], headings: Sequence[str]) -> str:
    near = get_close_matches(accepted[0], headings, n=1)
    wanted = " / ".join(repr(heading) for heading in accepted)
    return f"{name} = {wanted}" + (say(" (did you mean {near!r}?)", near=near[0]) if near else "")
