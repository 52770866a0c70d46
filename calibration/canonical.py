"""Kept rows -> the tables of `sim.records`: one row is one issue with one case and one report, all at its opening time.

What a log of opened and closed times does not tell (onset, arrival, start of work, true fix) stays MISSING.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.case_rows import UNKNOWN, CaseRows, coded
from calibration.case_steps import measures, put_in_order
from calibration.mapping import LIMIT_TYPES, Mapping
from calibration.mapping_columns import STEPS
from sim.records import MISSING, table

FIRST_OPENING = 1
"""Opening number of an issue's first case: case_id = issue_id x 100 + opening number."""

OPEN_ENDINGS = "open"

_FOUND_BY = {"patrol": "patrol", "sensor": "sensor", "log": ""}

_DAY = 86400


@dataclass(frozen=True)
class Kept:
    """The kept rows in order of opening, then of id: times in seconds since the start, words under their codes."""

    order: np.ndarray
    """place of each in the log's rows"""
    times: dict[str, np.ndarray]
    words: dict[str, pd.Series]
    ending: np.ndarray
    strange: dict[str, np.ndarray]
    """column -> True where its word was not in the mapping's code table"""
    due_left_out: dict[str, np.ndarray]
    """why a target was not taken over -> True where"""
    misplaced: np.ndarray
    """True where a step before the opening, before an earlier step or after the closing was left out"""
    measures: dict[str, np.ndarray]
    """figures of a case: returns, reworks, extensions, supervised, forced_close, satisfaction"""

    def __len__(self) -> int:
        return len(self.order)


def keep_rows(rows: CaseRows, mapping: Mapping, fate: np.ndarray, ending: np.ndarray, origin: int) -> Kept:
    """The kept rows as columns. `origin`: second 0 of the scenario in seconds since 1970."""
    chosen = np.flatnonzero(fate == "kept")
    ids = rows.word("id").to_numpy()[chosen].astype(str)
    order = chosen[np.lexsort((ids, rows.opened.epoch[chosen]))]
    words, strange = _words(rows, mapping, order)
    times = {name: _since(getattr(rows, name).epoch[order], origin) for name in ("opened", "closed", "due")}
    times["closed"][np.char.startswith(ending[order].astype(str), OPEN_ENDINGS)] = MISSING
    left_out = _due_left_out(times, mapping)
    for where in left_out.values():
        times["due"][where] = MISSING
    steps = {name: _since(instants.epoch[order], origin) for name, instants in rows.steps.items()}
    misplaced = put_in_order(times["opened"], steps, times["closed"])
    found = measures(rows.text, order)
    return Kept(order, times | steps, words, ending[order], strange, left_out, misplaced, found)


def tables(kept: Kept, mapping: Mapping, horizon_s: int) -> dict[str, pd.DataFrame]:
    """The issues, cases and reports tables of the kept rows."""
    issue = np.arange(len(kept), dtype=np.int64)
    case = issue * 100 + FIRST_OPENING
    opened, words = kept.times["opened"], kept.words
    found_by = words["channel"].map(lambda channel: _FOUND_BY.get(channel, "resident"))
    return {
        "issues": table("issues", {
            "issue_id": issue, "community": words["community"], "category": words["category"], "onset": opened,
            "found_by": found_by, "found_at": opened, "case_ids": np.ones_like(issue), "reports": np.ones_like(issue),
        }),
        "cases": table("cases", {"case_id": case, "issue_id": issue, **_case_columns(kept, mapping, horizon_s)}),
        "reports": table("reports", {
            "report_id": issue, "issue_id": issue, "case_id": case, "channel": words["channel"], "at": opened,
        }),
    }  # fmt: skip


def attributes(rows: CaseRows, kept: Kept, mapping: Mapping, hashed: list[str]) -> pd.DataFrame:
    """What the log tells of a case beyond the canonical columns, one row a case, under the mapping's own names."""
    columns: dict[str, object] = {
        "case_id": np.arange(len(kept), dtype=np.int64) * 100 + FIRST_OPENING,
        "log_id": rows.word("id").to_numpy()[kept.order],
        "row": kept.order + 1,
        "ending": pd.Categorical(kept.ending),
        "channel_in_log": pd.Categorical(rows.word("channel").to_numpy()[kept.order]),
    }
    for name in (*mapping.keep, *hashed):
        columns[name] = pd.Categorical(rows.word(name).to_numpy()[kept.order])
    return pd.DataFrame(columns)


def _words(rows: CaseRows, mapping: Mapping, order: np.ndarray) -> tuple[dict[str, pd.Series], dict[str, np.ndarray]]:
    words, strange = {}, {}
    tables_of_codes = {
        "category": mapping.categories, "department": mapping.departments, "channel": mapping.channels,
        "limit_type": mapping.limit_types,
    }  # fmt: skip
    # A log without departments is one department, and a replay needs its name.
    present = set(mapping.columns.wanted()) | {"category", "department"}
    for name in ("category", "department", "channel", "community", "subdistrict", "district", "limit_type"):
        column = rows.word(name).iloc[order]
        column, strange[name] = coded(column, tables_of_codes.get(name, {}), "log" if name == "channel" else None)
        if name in present and name != "channel":
            column = column.where(column != "", UNKNOWN)
        words[name] = column.where(column != "", "log") if name == "channel" else column
    return words, strange


def _limit_types(kept: Kept, mapping: Mapping) -> np.ndarray:
    """The clock of each case's limit: as the log says where the mapping has a word for it, else the mapping's one."""
    words, otherwise = kept.words["limit_type"], mapping.rules.limit_type
    return words.where(words.isin(LIMIT_TYPES), otherwise).to_numpy(dtype=object)


def _since(epoch: np.ndarray, origin: int) -> np.ndarray:
    return np.where(epoch == MISSING, MISSING, epoch - np.where(epoch == MISSING, 0, origin))


def _due_left_out(times: dict[str, np.ndarray], mapping: Mapping) -> dict[str, np.ndarray]:
    known = times["due"] != MISSING
    ahead = np.where(known, times["due"], 0) - np.where(known, times["opened"], 0)
    longest = mapping.rules.due_beyond_days
    far = known & (ahead > longest * _DAY) if longest is not None else np.zeros_like(known)
    return {"due_before_opening": known & (ahead < 0), "due_too_far": far}


def _case_columns(kept: Kept, mapping: Mapping, horizon_s: int) -> dict[str, object]:
    opened, closed, due = (kept.times[name] for name in ("opened", "closed", "due"))
    # What an export does not time happens at once: accepted and sent when opened, done and passed back when closed.
    times = {f"{name}_at": opened for name in ("reported", "established", "dispatched")}
    times |= {f"{name}_at": closed for name in ("handled", "fed_back", "closed")}
    times |= {f"{name}_at": kept.times[name] for name in STEPS if name in kept.times}
    has_due = due != MISSING
    late = has_due & (np.where(closed == MISSING, horizon_s, closed) > due)
    outcome = np.where(closed == MISSING, "open", "closed").astype(object)
    outcome[kept.ending == "registered_when_done"] = "self_handled"
    places = {name: kept.words[name] for name in ("channel", "category", "community", "subdistrict", "district")}
    return places | {
        "outcome": outcome,
        "department": kept.words["department"],
        **times,
        **kept.measures,
        **dict.fromkeys(("handling_due", "closure_due"), due),
        "limit_type": np.where(has_due, _limit_types(kept, mapping), "none"),
        "overdue_raw": late,
        "overdue_assessed": late,
    }
