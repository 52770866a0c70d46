"""Personal data that stands in the cells although the heading does not say so: numbers, names, addresses, free text.

A column with many of them is refused before anything is stored; a few stray cells are blotted out and counted.
"""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from collections.abc import Mapping as Table

import numpy as np
import pandas as pd

from calibration.mapping import Mapping
from calibration.mapping_columns import MEASURES, STEPS
from sim.messages import BadInput, say

REMOVED = "removed"
"""Stands in a cell that named a person."""

PATTERNS: dict[str, str] = {
    "phone numbers": (
        r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d{9}(?![\d.])|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"
        r"|(?<![\d.])(?:\+?1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])\d{3}[ .-]\d{4}(?![\d.])"
    ),
    "identity numbers": (
        r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
        r"|(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])"
    ),
    "e-mail addresses": r"[\w.+-]+@[\w-]+\.[\w.-]+",
    "number plates": r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·. ]?[A-HJ-NP-Z0-9]{5,6}",
    "names of persons": r"[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐|太太)|\b(?:Mr|Mrs|Ms)\b\.? [A-Z][a-z]+",
    "street addresses": (
        r"[路街巷弄道]\d+号|\d+(?:号楼|单元|弄\d+号)"
        r"|\b\d{1,5} (?:[A-Z][\w.']* ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Lane|Ln|Dr|Drive|Pl|Ct)\b"
    ),
}
"""What is looked for: its name in the messages, and the pattern. Patterns lie outside of longer digits on purpose."""

MANY_SHARE, MANY_ROWS = 0.01, 3
"""From so large a share and so many rows on, a column is a personal one (judgement); below, single cells are blotted."""

OF_IDS = 0.5
"""Case numbers may look like a phone number by chance; a column of them does not."""

SAMPLE_OF_IDS = 20_000

TEXT_LENGTH, TEXT_DISTINCT, TEXT_ROWS = 40, 0.5, 20
"""A column whose cells are as long on average (a Chinese sign counts twice) and mostly different is free text."""


def clear_values(raw: pd.DataFrame, columns: Table[str, str], stated: Collection[str], mapping: Mapping) -> dict[str, int]:
    """Blot stray personal cells out of the frame, in place; returns column -> cells blotted out.

    `stated`: columns that the mapping declares hashed or not personal. Raises BadInput for a column of personal data
    or of free text; the message never quotes a cell.
    """
    skip = {"opened", "closed", "due", "@completed", "@started", *STEPS, *MEASURES, *stated}
    removed = {}
    for name in raw.columns:
        if name not in skip:
            codes, known = pd.factorize(raw[name])
            rows = np.bincount(codes, minlength=len(known))
            _refuse_text(known, rows, name, columns, mapping)
            if blotted := _blot(raw, name, codes, known, rows, columns, mapping):
                removed[name] = blotted
    return removed


def _blot(
    raw: pd.DataFrame, name: str, codes: np.ndarray, known: pd.Index, rows: np.ndarray, columns: Table[str, str],
    mapping: Mapping,
) -> int:  # fmt: skip
    is_id = name in ("id", "@case")
    if is_id:
        known, rows = known[:SAMPLE_OF_IDS], rows[:SAMPLE_OF_IDS]
    given = int(rows[known != ""].sum())
    found = np.zeros(len(known), bool)
    for kind, pattern in PATTERNS.items():
        hit = _hits(known, pattern, is_id)
        least = OF_IDS * given if is_id else max(MANY_ROWS, MANY_SHARE * given)
        if hit.any() and (count := int(rows[hit].sum())) >= least and (not is_id or count >= MANY_ROWS):
            _refuse(name, count, given, say(kind), columns, mapping)
        found |= hit & (not is_id)
    if found.any():
        raw[name] = np.where(found[codes], REMOVED, raw[name].to_numpy())
    return int(rows[found].sum())


def _hits(known: pd.Index, pattern: str, whole: bool) -> np.ndarray:
    compiled = re.compile(pattern)
    look: Callable[[str], object] = compiled.fullmatch if whole else compiled.search
    return np.fromiter((look(cell) is not None for cell in known.tolist()), bool, len(known))


def _refuse(name: str, count: int, given: int, kind: str, columns: Table[str, str], mapping: Mapping) -> None:
    raise BadInput(
        say("column {heading!r} ({name}) holds what looks like {kind} in {count} of {given} rows. Nothing was stored. In "
            "mapping {mapping}, take it out, or list it under personal: as hash (needs --salt) or keep (not personal)",
            heading=columns.get(name, name), name=name, kind=kind, count=count, given=given, mapping=mapping.name)
    )  # fmt: skip


def _refuse_text(known: pd.Index, rows: np.ndarray, name: str, columns: Table[str, str], mapping: Mapping) -> None:
    given = int(rows[known != ""].sum())
    if given < TEXT_ROWS or name in ("id", "@case") or len(known) < TEXT_DISTINCT * given:
        return
    sample = known[:2000]
    length = sum(len(str(cell)) + sum(sign > "\u2e80" for sign in str(cell)) for cell in sample) / len(sample)
    if length >= TEXT_LENGTH:
        raise BadInput(
            say("column {heading!r} ({name}) is free text ({different} different cells in {given} rows), which is never "
                "stored. In mapping {mapping}, take it out or choose another column",
                heading=columns.get(name, name), name=name, different=len(known), given=given, mapping=mapping.name)
        )  # fmt: skip
