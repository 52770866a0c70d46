"""Dirt as real exports have it, each kind switchable and counted: (log of text, generator, share of rows) -> rows touched.

The kinds follow the traps of published logs: Boston 311 (registered when done, batch closings, text variants), New York
311 (closings before creation, 1900 and 2100, dates without a time), hotline sheets (swapped columns, blank cells).
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

FORMAT = "%Y-%m-%d %H:%M:%S"
Kind = Callable[[pd.DataFrame, np.ndarray], None]
"""Dirties the given rows of a log of text, in place."""


def dirtied(log: pd.DataFrame, kinds: Iterable[str], share: float, seed: int) -> tuple[pd.DataFrame, dict[str, int]]:
    """A dirty copy of a log of text, and the rows that each kind touched: rows of its own for each kind.

    `share`: of the rows, for each kind. Raises ValueError for an unknown kind or too many of them.
    """
    chosen = list(dict.fromkeys(kinds))
    if unknown := sorted(set(chosen) - {*ROWS, *WHOLE}):
        raise ValueError(f"unknown dirt {unknown}; known: {sorted({*ROWS, *WHOLE})}")
    draw, log = np.random.default_rng([seed, 99]), log.copy()
    order, each = draw.permutation(len(log)), round(share * len(log))
    if each * len(chosen) > len(log):
        raise ValueError(f"{len(chosen)} kinds of dirt at {share:.0%} of the rows each do not fit")
    counts = {}
    for number, name in enumerate(kind for kind in chosen if kind in ROWS):
        rows = order[number * each : (number + 1) * each]
        if name in OF_CLOSED:
            rows = rows[(log["Closed"].to_numpy()[rows] != "")]
        ROWS[name](log, rows)
        counts[name] = len(rows)
    for name in (kind for kind in chosen if kind in WHOLE):
        log, counts[name] = WHOLE[name](log, draw, each)
    return log, counts


def _set(column: str, text: str) -> Kind:
    def put(log: pd.DataFrame, rows: np.ndarray) -> None:
        log.iloc[rows, log.columns.get_loc(column)] = text

    return put


def _change(column: str, how: Callable[[str], str]) -> Kind:
    def put(log: pd.DataFrame, rows: np.ndarray) -> None:
        place = log.columns.get_loc(column)
        log.iloc[rows, place] = [how(text) for text in log.iloc[rows, place]]

    return put


def _shifted(text: str, **by: float) -> str:
    return (pd.Timestamp(text) + pd.Timedelta(**by)).strftime(FORMAT) if text else text


def _closed_before(log: pd.DataFrame, rows: np.ndarray) -> None:
    log.iloc[rows, log.columns.get_loc("Closed")] = [_shifted(text, days=-2) for text in log["Opened"].iloc[rows]]


def _zero(log: pd.DataFrame, rows: np.ndarray) -> None:
    log.iloc[rows, log.columns.get_loc("Closed")] = log["Opened"].iloc[rows].to_numpy()


def _swapped(log: pd.DataFrame, rows: np.ndarray) -> None:
    for first, second in (("Opened", "Closed"), ("Kind", "Area")):
        places = [log.columns.get_loc(first), log.columns.get_loc(second)]
        log.iloc[rows, places] = log.iloc[rows, places[::-1]].to_numpy()


def _batch(log: pd.DataFrame, rows: np.ndarray) -> None:
    """All closed by one click: the evening of the last closing among them."""
    if len(rows):
        last = max(log["Closed"].iloc[rows])
        log.iloc[rows, log.columns.get_loc("Closed")] = last[:10] + " 17:30:00"


ROWS: dict[str, Kind] = {
    "zero_duration": _zero,
    "closed_at_midnight": _change("Closed", lambda text: _shifted(text, days=1)[:10] + " 00:00:00"),
    "opened_at_midnight": _change("Opened", lambda text: text[:10] + " 00:00:00"),
    "closed_in_batch": _batch,
    "closed_before_opened": _closed_before,
    "closed_in_1900": _set("Closed", "1900-01-01 00:00:00"),
    "closed_in_2100": _set("Closed", "2100-01-01 00:00:00"),
    "closing_unreadable": _set("Closed", "soon"),
    "opening_unreadable": _change("Opened", lambda text: f"{text[8:10]}.{text[5:7]}.{text[:4]}"),
    "opening_missing": _set("Opened", ""),
    "shifted_8_hours": _change("Opened", lambda text: _shifted(text, hours=-8)),
    "text_variant": _change("Area", lambda text: " " + text.upper().replace(" ", "  ")),
    "unknown_department": _set("Unit", "WATER"),
    "unknown_channel": _set("Via", "pigeon"),
    "blank_category": _set("Kind", ""),
    "blank_id": _set("Case No", ""),
    "due_before_opening": _set("Due", "2001-01-01 00:00:00"),
    "due_missing": _set("Due", ""),
    "status_disagrees": _change("Status", lambda text: "Open" if text == "Closed" else "Closed"),
    "swapped_columns": _swapped,
}
OF_CLOSED = {"closed_at_midnight", "closed_in_batch", "closed_before_opened", "closed_in_1900", "closed_in_2100",
             "closing_unreadable", "swapped_columns", "zero_duration"}  # fmt: skip
"""Kinds that need a closing to spoil."""


def _doubled(log: pd.DataFrame, draw: np.random.Generator, each: int) -> tuple[pd.DataFrame, int]:
    return pd.concat([log, log.iloc[draw.permutation(len(log))[:each]]], ignore_index=True), each


def _conflicting(log: pd.DataFrame, draw: np.random.Generator, each: int) -> tuple[pd.DataFrame, int]:
    again = log.iloc[draw.permutation(len(log))[:each]].assign(Kind="pothole (again)")
    return pd.concat([log, again], ignore_index=True), each


def _wrong_zone(log: pd.DataFrame, draw: np.random.Generator, each: int) -> tuple[pd.DataFrame, int]:
    """The whole export in another zone: every time eight hours on."""
    log = log.copy()
    for column in ("Opened", "Due", "Closed"):
        log[column] = [_shifted(text, hours=8) if text[4:5] == "-" else text for text in log[column]]
    return log, len(log)


WHOLE: dict[str, Callable[[pd.DataFrame, np.random.Generator, int], tuple[pd.DataFrame, int]]] = {
    "duplicate_rows": _doubled,
    "conflicting_rows": _conflicting,
    "wrong_zone": _wrong_zone,
}
KINDS = (*ROWS, *WHOLE)
"""Every kind of dirt, by name."""
