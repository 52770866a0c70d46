"""What becomes of each row: kept, merged or dropped with a reason; and how each kept case ended."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from calibration.case_rows import CaseRows
from calibration.clock_times import epoch_of
from calibration.mapping import Mapping
from sim.records import MISSING
from sim.units import DAY

FATES = (
    "kept", "merged_identical", "merged_conflicting", "dropped_too_many_fields", "dropped_no_opening_time",
    "dropped_opening_unreadable", "dropped_opened_before_window", "dropped_opened_after_cut",
    "dropped_closed_before_opened", "dropped_closed_without_time",
)  # fmt: skip
"""Every row read has exactly one of these."""

ENDINGS = (
    "closed", "closed_zero", "registered_when_done", "open", "open_closed_after_cut", "open_closing_unreadable",
    "open_closed_before_opened", "open_closed_without_time",
)  # fmt: skip
"""Every kept row has exactly one of these; the ones in `open` are censored at the cut."""


FAR_GAP_S, FAR_SHARE = 180 * DAY, 0.01
"""Without a stated cut, times after a gap of half a year are wrong if they are one in a hundred at most (judgement)."""


@dataclass(frozen=True)
class Window:
    """What the export covers, in seconds since 1970; `stated` is False when the cut is only the last time seen."""

    first: int
    cut: int
    stated: bool
    far: int = 0
    """times that lie so far after all others that the cut was set before them"""
    quiet_days: int = 0
    """days before the last time seen at which the cut was set, since only a silence so long tells that a case is through"""


def window_of(rows: CaseRows, mapping: Mapping, events: np.ndarray | None = None) -> Window:
    """The mapping's window; without a stated cut it ends one second after the last opening, closing or event in the log.

    Where a case counts as through once nothing happened for `quiet_days`, nothing is known of the endings of the last so many
    days: the cut lies so many days before the last event. Were those cases taken as open until the end, quick closings
    of the last weeks would be missing and slow ones not.
    """
    times = mapping.times
    first = MISSING if times.observed_from is None else _epoch(times.observed_from, mapping)
    given = (rows.opened.epoch, rows.closed.epoch, np.empty(0, dtype=np.int64) if events is None else events)
    seen = np.sort(np.concatenate(given))
    seen = seen[seen != MISSING]
    last = _before_the_gap(seen)
    end = int(seen[last]) + 1 if len(seen) else MISSING + 1
    quiet = (mapping.events.quiet_days or 0) if mapping.events is not None else 0
    if times.observed_until is not None:
        stated = _epoch(times.observed_until, mapping)
        cut = min(stated, max(stated, end) - quiet * DAY)
        return Window(first, cut, True, quiet_days=quiet if cut < stated else 0)
    return Window(first, end - quiet * DAY, False, len(seen) - 1 - last, quiet)


def _before_the_gap(seen: np.ndarray) -> int:
    """Place of the last time before a gap that only a few times lie beyond (closings in 2100); else the last place."""
    few = np.arange(len(seen)) >= len(seen) - int(FAR_SHARE * len(seen))
    gaps = np.flatnonzero((np.diff(seen, prepend=seen[:1]) > FAR_GAP_S) & few)
    return int(gaps[0]) - 1 if len(gaps) else len(seen) - 1


def _epoch(moment: datetime, mapping: Mapping) -> int:
    return epoch_of(moment, mapping.times.zone)


def endings(rows: CaseRows, mapping: Mapping, window: Window) -> np.ndarray:
    """One of ENDINGS a row, whatever becomes of the row."""
    opened, closed = rows.opened.epoch, rows.closed.epoch
    ending = np.full(len(rows), "open", dtype=object)
    ending[rows.closed.unreadable] = "open_closing_unreadable"
    if mapping.status is not None:
        says_closed = rows.word("status").isin(mapping.status.closed).to_numpy()
        ending[says_closed & ~rows.closed.given] = "open_closed_without_time"
    known = rows.closed.known
    ending[known & (closed > opened)] = "closed"
    ending[known & (closed == opened)] = "closed_zero"
    ending[known & _registered(rows, mapping)] = "registered_when_done"
    ending[known & (closed < opened)] = "open_closed_before_opened"
    ending[known & (closed >= window.cut)] = "open_closed_after_cut"
    return ending


def _registered(rows: CaseRows, mapping: Mapping) -> np.ndarray:
    rule = mapping.rules.registered_when_done
    if rule is None:
        return np.zeros(len(rows), bool)
    both = rows.opened.known & rows.closed.known
    took = np.where(both, rows.closed.epoch, 0) - np.where(both, rows.opened.epoch, 0)
    by_whom = rows.word("channel").isin(rule.channels).to_numpy() if rule.channels else True
    return both & (took >= 0) & (took <= rule.at_most_s) & by_whom


def fates(rows: CaseRows, mapping: Mapping, window: Window, ending: np.ndarray) -> np.ndarray:
    """One of FATES a row. Unusable rows go first, so that a broken row never displaces its good duplicate."""
    opened, rules = rows.opened, mapping.rules
    drop_untimed, drop_negative = rules.closed_without_time == "drop", rules.closed_before_opened == "drop"
    fate = np.full(len(rows), "kept", dtype=object)
    for code, rows_of_it in (
        ("dropped_closed_without_time", (ending == "open_closed_without_time") & drop_untimed),
        ("dropped_closed_before_opened", (ending == "open_closed_before_opened") & drop_negative),
        ("dropped_opened_after_cut", opened.epoch >= window.cut),
        ("dropped_opened_before_window", opened.epoch < window.first),
        ("dropped_opening_unreadable", opened.unreadable),
        ("dropped_no_opening_time", ~opened.given),
    ):
        fate[rows_of_it] = code
    _merge(rows.text, mapping, fate)
    return fate


def _merge(text: pd.DataFrame, mapping: Mapping, fate: np.ndarray) -> None:
    key, keep = list(mapping.duplicates.key), mapping.duplicates.keep
    pool = text[(fate == "kept") & (text[key] != "").all(axis=1).to_numpy()]
    pool = pool[pool.duplicated(key, keep=False)]
    same = pool.duplicated(keep=keep)
    fate[pool.index[same]] = "merged_identical"
    rest = pool[~same]
    fate[rest.index[rest.duplicated(key, keep=keep)]] = "merged_conflicting"
