"""How an unknown export writes its times, and in which zone its clock may hang."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.clock_times import OFFSET, read_instants
from calibration.mapping import ISO
from sim.messages import say

FORMATS = (
    "%Y-%m-%d %H:%M:%S", ISO, "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H时%M分", "%Y年%m月%d日",
    "%Y%m%d%H%M%S", "%Y/%m/%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y",
)  # fmt: skip
"""Tried in this order; of equals the first is taken."""

LOOKS = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}|^20\d{12}$")
"""What a time has in it: figures parted by the signs of a date, or fourteen of them."""

TIMELY = 0.5
"""Share of readable cells from which a column is one of times."""

OFFSETS: dict[frozenset[str], str] = {
    frozenset(("+08:00",)): "Asia/Shanghai",
    frozenset(("+01:00", "+02:00")): "Europe/Paris",
    frozenset(("+02:00", "+03:00")): "Europe/Helsinki",
    frozenset(("+00:00", "+01:00")): "Europe/London",
    frozenset(("-05:00", "-04:00")): "America/New_York",
    frozenset(("-06:00", "-05:00")): "America/Chicago",
    frozenset(("-08:00", "-07:00")): "America/Los_Angeles",
}
"""Pairs of offsets (winter and summer) -> a zone that has them; others have them too."""


@dataclass(frozen=True)
class Clock:
    """Formats, most used first, the share of cells they read, and the zone with its confidence and why."""

    formats: tuple[str, ...]
    read: float
    day_or_month: bool
    """day and month could change places: both orders read every cell"""
    zone: str
    zone_confidence: float
    zone_why: str


def time_share(cells: Sequence[str]) -> float:
    """Share of the given cells that can be read as times in the one format that reads most."""
    given = [cell for cell in cells if cell][:500]
    if not given or sum(bool(LOOKS.search(cell)) for cell in given) < TIMELY * len(given):
        return 0.0
    return max(_reads(given, pattern).mean() for pattern in FORMATS)


def guess_clock(cells: Sequence[str], chinese: bool, like: str | None) -> Clock:
    """The clock behind the cells of all time columns. `like`: zone of a shipped mapping with the same headings."""
    given = [cell for cell in cells if cell][:20_000]
    left, formats, twin = np.ones(len(given), bool), [], False
    while left.any() and len(formats) < 4:
        rest = [cell for cell, yes in zip(given, left, strict=True) if yes]
        reads = {pattern: _reads(rest, pattern) for pattern in FORMATS if not (formats and pattern == _twin(formats[0]))}
        best = max(reads, key=lambda pattern: int(reads[pattern].sum()))
        if reads[best].sum() < max(1, 0.002 * len(given)):
            break
        if not formats:
            other = _twin(best)
            twin = other is not None and reads[other].sum() == reads[best].sum()
        formats.append(best)
        left[np.flatnonzero(left)[reads[best]]] = False
    zone, confidence, why = _zone(given, chinese, like)
    return Clock(tuple(formats or [ISO]), 1 - float(left.mean()) if len(left) else 0.0, twin, zone, confidence, why)


def _reads(cells: Sequence[str], pattern: str) -> np.ndarray:
    texts = pd.Series(list(cells), dtype=object)
    return read_instants(texts, [pattern], "UTC").known


def _twin(pattern: str) -> str | None:
    """The same format with day and month in the other order, where one can be taken for the other."""
    for one, other in (("%m/%d/", "%d/%m/"), ("%d/%m/", "%m/%d/")):
        if pattern.startswith(one) and pattern.replace(one, other) in FORMATS:
            return pattern.replace(one, other)
    return None


def _zone(given: Sequence[str], chinese: bool, like: str | None) -> tuple[str, float, str]:
    if like is not None:
        return like, 0.95, say("the zone of the mapping with the same headings")
    carried = (match[0] for cell in given if ":" in cell and (match := re.search(OFFSET, cell)))
    offsets = {offset.upper().replace("Z", "+00:00") for offset in carried}
    offsets = {offset if ":" in offset else f"{offset[:3]}:{offset[3:]}" for offset in offsets}
    for known, zone in OFFSETS.items():
        if offsets and offsets <= known and (len(offsets) > 1 or len(known) == 1):
            shown = ", ".join(sorted(offsets))
            return zone, 0.4, say("its offsets are those in the file ({offsets}); other zones have them too", offsets=shown)
    if chinese:
        return "Asia/Shanghai", 0.9, say("the headings are Chinese")
    return "UTC", 0.1, say("nothing in the file tells the zone: put in that of the city")
