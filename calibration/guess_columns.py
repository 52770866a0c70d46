"""Which column of an unknown log is which field: every pair is scored by its heading and by what its cells look like."""

# The stubs of pandas say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from calibration.clock_times import read_instants
from calibration.guess_times import FORMATS, time_share
from calibration.guess_words import NUMBERS, TIMES, plain
from calibration.mapping import NEEDED
from calibration.personal_values import PATTERNS
from sim.messages import say

LEAST = 0.3
"""A pair with a lower score is no guess."""

PERSONAL = 0.01


@dataclass(frozen=True)
class Look:
    """What the cells of a column look like; shares are of the given (not blank) cells."""

    given: float
    times: float
    different: float
    words: int
    length: float
    personal: bool
    """holds phone numbers, names or addresses"""
    pseudonyms: bool
    """nearly every different cell has a figure in it"""


@dataclass(frozen=True)
class Guess:
    """One field: its heading, the confidence (0 to 1) and why."""

    heading: str
    confidence: float
    why: str


def look(cells: pd.Series) -> Look:
    """What a column looks like."""
    given = cells[cells != ""]
    if given.empty:
        return Look(0.0, 0.0, 0.0, 0, 0.0, False, False)
    known = given.unique().tolist()
    hits = sum(any(re.search(pattern, cell) for pattern in PATTERNS.values()) for cell in known[:1000])
    return Look(
        given=len(given) / len(cells),
        times=time_share(given.iloc[:2000].tolist()),
        different=len(known) / len(given),
        words=len(known),
        length=sum(map(len, known[:1000])) / min(len(known), 1000),
        personal=hits >= max(1, PERSONAL * min(len(known), 1000)),
        pseudonyms=sum(bool(re.search(r"\d", cell)) for cell in known[:1000]) >= 0.8 * min(len(known), 1000),
    )


def guess_fields(looks: Table[str, Look], fields: Table[str, tuple[str, ...]]) -> dict[str, Guess]:
    """Field -> its best column; no column serves two fields. Best scores are settled first, but a field without which
    no case can be read takes its column from one that can be missed (a sheet with one time only: that is the opening)."""
    pairs = [
        (score, field, heading, near)
        for field, names in fields.items()
        for heading, seen in looks.items()
        if (score := (near := _heading(heading, names)) * _fit(field, seen)) >= LEAST
    ]
    found: dict[str, Guess] = {}
    for score, field, heading, near in sorted(pairs, key=lambda pair: -pair[0]):
        if field not in found and heading not in {guess.heading for guess in found.values()}:
            found[field] = Guess(heading, min(score, 0.99), _why(near, looks[heading], field))
    for score, field, heading, near in sorted(pairs, key=lambda pair: -pair[0]):
        holder = next((name for name, guess in found.items() if guess.heading == heading), None)
        if field in NEEDED and field not in found and holder not in NEEDED:
            found.pop(str(holder), None)
            found[field] = Guess(heading, min(score, 0.99), _why(near, looks[heading], field))
    return {field: found[field] for field in fields if field in found}


def guess_by_values(table: pd.DataFrame, looks: Table[str, Look], found: dict[str, Guess]) -> dict[str, Guess]:
    """Fill in opened, closed, id and category from the cells alone where no heading told them; put swapped times right."""
    taken = {guess.heading for guess in found.values()}
    free = {heading: seen for heading, seen in looks.items() if heading not in taken and not seen.personal}
    more: dict[str, Guess] = {}
    times = sorted((heading for heading in free if free[heading].times > 0.9), key=lambda heading: -free[heading].given)
    if "opened" not in found and times:
        first = _earliest(table, [heading for heading in times if free[heading].given > 0.9]) or times[0]
        more["opened"] = Guess(first, 0.5, say("a column of times that come before the others"))
    numbers = [heading for heading in free if free[heading].different > 0.95 and free[heading].given > 0.95 and not free[heading].times]
    if "id" not in found and numbers:
        more["id"] = Guess(numbers[0], 0.4, say("every cell is different"))
    words = [h for h in free if 2 <= free[h].words <= 1000 and free[h].different < 0.3 and not free[h].times and free[h].length < 60]
    if "category" not in found and words:
        best = max(words, key=lambda heading: _entropy(table[heading]))
        more["category"] = Guess(best, 0.3, say("a list of words that says most about a row"))
    return _in_order(table, found | more)


def _heading(heading: str, names: tuple[str, ...]) -> float:
    mine = plain(heading)
    if mine in names:
        return 1.0 - 0.01 * names.index(mine)
    parts = set(mine.split())
    # One Chinese heading inside another, or all words of an English one: "incident open time" for "open time".
    within = [name for name in names if (set(name.split()) <= parts if name.isascii() else name in mine)]
    if within:
        return 0.6 - 0.01 * names.index(within[0]) - (0.1 if len(within[0].split()) == 1 and within[0].isascii() else 0.0)
    return 0.5 if any(SequenceMatcher(None, mine, name).ratio() > 0.87 for name in names if len(name) > 4) else 0.0


def _fit(field: str, seen: Look) -> float:
    if field in TIMES:
        return seen.times if seen.times > 0.5 or not seen.given else 0.0
    if seen.times > 0.5 or not seen.given:
        return 0.0
    if field in NUMBERS:
        return (seen.different if field == "id" else 1.0) * (0.0 if seen.personal or seen.length > 60 else seen.given)
    if seen.personal or seen.length > 60:
        return 0.0
    if field in ("resource", "activity", "lifecycle", "group"):
        return 1.0 if seen.different < 0.5 else 0.5
    return (1.0 if seen.words > 1 else 0.7) * (1.0 if seen.different < 0.3 or seen.words <= 20 else 0.3)


def _why(near: float, seen: Look, field: str) -> str:
    heading = say("heading known") if near > 0.7 else say("heading alike")
    if field in TIMES:
        return say("{heading}; {share:.0%} read as times", heading=heading, share=seen.times)
    return say("{heading}; {words} different in the sample", heading=heading, words=seen.words)


def _earliest(table: pd.DataFrame, times: list[str]) -> str | None:
    """The column of times whose median lies first."""
    medians = {}
    for heading in times:
        cells = table[heading]
        best = max((read_instants(cells[cells != ""][:500].reset_index(drop=True), [one], "UTC") for one in FORMATS),
                   key=lambda instants: int(instants.known.sum()))  # fmt: skip
        medians[heading] = float(np.median(best.epoch[best.known]))
    return min(medians, key=lambda heading: medians[heading]) if medians else None


def _in_order(table: pd.DataFrame, found: dict[str, Guess]) -> dict[str, Guess]:
    if "opened" not in found or "closed" not in found:
        return found
    pair = [found["opened"].heading, found["closed"].heading]
    both = table[(table[pair] != "").all(axis=1)].iloc[:2000]
    early, late = (read_instants(both[name].reset_index(drop=True), FORMATS, "UTC") for name in pair)
    known = early.known & late.known
    if known.sum() and (late.epoch < early.epoch)[known].mean() > 0.5:
        why = say("the heading says the other one, but its times come first")
        return found | {"opened": Guess(pair[1], 0.5, why), "closed": Guess(pair[0], 0.5, why)}
    return found


def _entropy(cells: pd.Series) -> float:
    shares = cells.value_counts(normalize=True).to_numpy()
    return float(-(shares * np.log(shares)).sum())
