"""The rows of a log after reading: tidy words under canonical names, and their times as instants."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportReturnType=false

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from calibration.clock_times import YEARS, Instants, no_instants, read_instants, read_later
from calibration.mapping import Mapping
from calibration.mapping_columns import STEPS
from calibration.mapping_parts import Cleaning
from sim.messages import BadInput, say

UNKNOWN = "unknown"
"""Stands for a category, department or place that the log leaves blank, so that it is a group of its own in tables."""

TIMES = ("opened", "closed", "due")


@dataclass(frozen=True)
class CaseRows:
    """One entry a row in every part. `text`: tidy words by column; `rewritten`: column -> rows the mapping repaired."""

    text: pd.DataFrame
    opened: Instants
    closed: Instants
    due: Instants
    rewritten: dict[str, int] = field(default_factory=dict)
    steps: dict[str, Instants] = field(default_factory=dict)
    """step -> its times, for the steps that the log has a column for"""

    def __len__(self) -> int:
        return len(self.text)

    def word(self, column: str) -> pd.Series:
        """A text column as the log has it after tidying; blank throughout if the log has no such column."""
        if column in self.text:
            return self.text[column]
        return pd.Series(np.full(len(self.text), "", dtype=object), index=self.text.index)


def read_rows(raw: pd.DataFrame, mapping: Mapping) -> CaseRows:
    """Tidy words and instants from raw text columns. Raises BadInput when no opening time at all fits the formats."""
    text, rewritten = {}, {}
    for name in raw.columns:
        tidy = _rewrite(raw[name], lambda word: " ".join(word.split()))
        text[name] = tidy
        if name in mapping.clean:
            text[name] = _rewrite(tidy, _repair(mapping.clean[name]))
            rewritten[name] = int((text[name] != tidy).sum())
    frame = pd.DataFrame(text)
    steps = {name: _instants(frame, name, mapping) for name in STEPS if name in frame}
    rows = CaseRows(frame, *(_instants(frame, name, mapping) for name in TIMES), rewritten=rewritten, steps=steps)
    _check_format(rows, mapping)
    # Opened in the first and closed in the second pass of the hour that DST repeats looks like closed before opened.
    return replace(rows, closed=read_later(rows.closed, rows.closed.epoch < rows.opened.epoch, mapping.times.zone))


def coded(words: pd.Series, codes: dict[str, str], otherwise: str | None = None) -> tuple[pd.Series, np.ndarray]:
    """Words under a code table, and where a word was not in it; such a word stays, or becomes `otherwise`."""
    strange = ~words.isin(list(codes)) & (words != "") if codes else pd.Series(False, index=words.index)
    mapped = _rewrite(words, lambda word: codes.get(word, word if otherwise is None else otherwise))
    return mapped, strange.to_numpy()


def _rewrite(words: pd.Series, rule: Callable[[str], str]) -> pd.Series:
    codes, known = pd.factorize(words)
    new = np.array([rule(word) for word in known.tolist()], dtype=object)
    return pd.Series(new[codes] if len(known) else np.empty(0, dtype=object), index=words.index, dtype=object)


def _repair(cleaning: Cleaning) -> Callable[[str], str]:
    pattern = re.compile(cleaning.pattern) if cleaning.pattern is not None else None

    def rule(word: str) -> str:
        if word in cleaning.blank:
            return ""
        if pattern and (match := pattern.fullmatch(word)):
            word = match.expand(cleaning.to)
        return cleaning.values.get(word, word)

    return rule


def _instants(text: pd.DataFrame, name: str, mapping: Mapping) -> Instants:
    if name not in text:
        return no_instants(len(text))
    return read_instants(text[name], mapping.times.formats, mapping.times.zone)


def shown(cell: str) -> str:
    """A cell as an error may quote it: as it is when it looks like a time, else its shape only (a name stays unsaid)."""
    letters = sum(sign.isalpha() for sign in cell)
    if len(cell) <= 40 and letters * 3 <= len(cell) and any(sign in "-/:. 年T" for sign in cell):
        return cell
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", cell))[:40]


def _check_format(rows: CaseRows, mapping: Mapping) -> None:
    if len(rows) and not rows.opened.known.any() and rows.opened.given.any():
        example = shown(rows.word("opened")[rows.opened.given].iloc[0])
        raise BadInput(
            say("mapping {mapping}: no opening time can be read, for example {value!r}; times.formats are {formats}, years from "
                "{first} to {last}", mapping=mapping.name, value=example, formats=", ".join(mapping.times.formats),
                first=YEARS[0], last=YEARS[1])
        )  # fmt: skip
