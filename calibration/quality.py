"""The data-quality report of a log: what was found in its rows, how many, and what was done with each.

Three lists. `fates` adds up to the rows read, `endings` to the rows kept; `noted` are findings that may overlap.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from calibration.canonical import Kept
from calibration.case_rows import CaseRows
from calibration.clock_times import Instants
from calibration.coverage import Coverage, coverage
from calibration.dispositions import ENDINGS, FATES, Window
from calibration.fixed_wait import fixed_wait
from calibration.holiday_country import country_of
from calibration.mapping import Mapping
from calibration.raw_log import RawLog
from calibration.word_variants import variants
from calibration.zone_check import ZoneCheck, check_zone
from sim.records import MISSING

LISTS = ("category", "department", "community", "subdistrict", "district", "channel")
"""Columns of words that are looked through for several spellings of one thing."""

@dataclass(frozen=True)
class FileFacts:
    """How the file was read, and the window it was read against (local time)."""

    log: str
    sha256: str
    compression: str
    encoding: str
    separator: str
    start: str
    until: str
    until_stated: bool
    quiet_days: int
    personal: dict[str, str]
    """personal column -> drop, hash or keep"""


@dataclass(frozen=True)
class Quality:
    """Counts of rows by code. `limits`: the judgements behind some of them, from the mapping."""

    mapping: str
    zone: str
    holidays: str
    """country whose public holidays count, or none"""
    file: FileFacts
    rows_read: int
    fates: dict[str, int]
    endings: dict[str, int]
    noted: dict[str, int]
    rewritten: dict[str, int]
    """column -> rows whose word the mapping repaired"""
    removed: dict[str, int]
    """column -> cells in which a person was named, blotted out"""
    variants: dict[str, list[tuple[str, ...]]]
    """column -> groups of words that seem to be one, written in several ways"""
    events: dict[str, int]
    """of an event log: what was found in its events"""
    zone_check: ZoneCheck
    coverage: Coverage
    far: int
    """times so far after all others that they were taken for wrong (only without a stated cut)"""
    limits: dict[str, int]
    duplicates_keep: str
    """which of conflicting rows is kept: first or last"""
    opened_first: str
    opened_last: str
    busiest_hour: int
    """hour of the day, local, with most openings: at night it points to a wrong zone"""

    @property
    def kept(self) -> int:
        """Rows that became cases."""
        return self.fates["kept"]

    @property
    def censored(self) -> int:
        """Kept cases that are open at the cut."""
        return sum(rows for code, rows in self.endings.items() if code.startswith("open"))

    def as_dict(self) -> dict[str, object]:
        """Plain values, for JSON."""
        return {**asdict(self), "kept": self.kept, "censored": self.censored}


def measure(
    rows: CaseRows, kept: Kept, fate: np.ndarray, window: Window, mapping: Mapping, file: FileFacts, raw: RawLog
) -> Quality:
    """Count everything. `fate` is one entry a row of `rows`; rows with too many fields are known by number only."""
    too_long = raw.too_long
    alike = {name: variants(rows.text[name], name) for name in LISTS + tuple(mapping.keep) if name in rows.text}
    by_fate = {code: int((fate == code).sum()) for code in FATES} | {"dropped_too_many_fields": too_long}
    opened = rows.opened.clock.iloc[kept.order]
    return Quality(
        mapping=mapping.name,
        zone=mapping.times.zone,
        holidays=country_of(mapping.times.zone, mapping.times.holidays),
        file=file,
        rows_read=len(rows) + too_long,
        fates=by_fate,
        endings={code: int((kept.ending == code).sum()) for code in ENDINGS},
        noted={code: int(np.sum(where)) for code, where in _noted(rows, kept, mapping).items()}
        | {"variant_word": _variant_rows(rows, kept, alike), "personal_value": sum(raw.removed.values())},
        rewritten=rows.rewritten,
        removed=raw.removed,
        variants={name: groups for name, groups in alike.items() if groups},
        events=raw.steps.notes if raw.steps else {},
        zone_check=zone_of(rows, kept),
        coverage=coverage(_wall_s(opened), _wall_cut(mapping)),
        far=window.far,
        limits={
            "batch": mapping.rules.batch_closings,
            "due_days": mapping.rules.due_beyond_days or 0,
            "done_s": mapping.rules.registered_when_done.at_most_s if mapping.rules.registered_when_done else 0,
        },
        duplicates_keep=mapping.duplicates.keep,
        opened_first=opened.min().isoformat(" ", "seconds"),
        opened_last=opened.max().isoformat(" ", "seconds"),
        busiest_hour=int(opened.dt.hour.value_counts().idxmax()),
    )


def _noted(rows: CaseRows, kept: Kept, mapping: Mapping) -> dict[str, np.ndarray]:
    at = kept.order
    opened, closed, due = kept.times["opened"], kept.times["closed"], kept.times["due"]
    three = (rows.opened, rows.closed, rows.due)
    is_closed = closed != MISSING
    return {
        "zero_duration": is_closed & (closed == opened),
        "negative_duration": kept.ending == "open_closed_before_opened",
        "opened_at_midnight": rows.opened.at_midnight[at],
        "closed_at_midnight": rows.closed.at_midnight[at] & is_closed,
        "closed_in_batch": _in_batch(kept, mapping.rules.batch_closings),
        "closed_after_fixed_wait": fixed_wait(_duration(opened, closed)),
        "step_misplaced": kept.misplaced,
        "other_format": np.logical_or.reduce([times.pattern[at] > 0 for times in three]),
        "offset_mixed": np.logical_or.reduce([_other_offset(times)[at] for times in three]),
        "opened_before_start": opened < 0,
        "ambiguous_time": np.logical_or.reduce([times.ambiguous[at] for times in three]),
        "nonexistent_time": np.logical_or.reduce([times.nonexistent[at] for times in three]),
        "without_due": due == MISSING,
        "due_unreadable": rows.due.unreadable[at],
        **kept.due_left_out,
        **_words_noted(rows, kept, mapping),
    }


def _words_noted(rows: CaseRows, kept: Kept, mapping: Mapping) -> dict[str, np.ndarray]:
    at = kept.order
    present = mapping.columns.wanted()
    blank = {
        f"blank_{name}": (rows.word(name).to_numpy()[at] == "") & (name in present)
        for name in ("id", "category", "department", "community", "channel")
    }
    strange = {f"unlisted_{name}": kept.strange[name] for name in ("category", "department", "channel")}
    return blank | strange | _status_noted(rows, kept, mapping) | _on_time_noted(rows, kept, mapping)


def _status_noted(rows: CaseRows, kept: Kept, mapping: Mapping) -> dict[str, np.ndarray]:
    words, status = rows.word("status").iloc[kept.order], mapping.status
    if status is None:
        return {}
    says_open = words.isin(status.open).to_numpy()
    return {
        "status_duplicate": words.isin(status.duplicate).to_numpy(),
        "status_void": words.isin(status.void).to_numpy(),
        "unlisted_status": ~words.isin([*status.open, *status.closed]).to_numpy(),
        "status_open_but_closed": says_open & (kept.times["closed"] != MISSING),
    }


def _on_time_noted(rows: CaseRows, kept: Kept, mapping: Mapping) -> dict[str, np.ndarray]:
    """Where the city's own flag and its times disagree: many of them mean that a clock is read wrongly."""
    if mapping.on_time is None:
        return {}
    words = rows.word("on_time").iloc[kept.order]
    flagged = words.isin([*mapping.on_time.late, *mapping.on_time.in_time]).to_numpy()
    closed, due = kept.times["closed"], kept.times["due"]
    late = (due != MISSING) & (closed > due)
    judged = flagged & (due != MISSING) & (closed != MISSING)
    differs = late != words.isin(mapping.on_time.late).to_numpy()
    return {"on_time_compared": judged, "on_time_disagrees": judged & differs}


def _in_batch(kept: Kept, least: int) -> np.ndarray:
    keys = pd.DataFrame({"department": kept.words["department"].to_numpy(), "closed": kept.times["closed"]})
    size = keys.groupby(["department", "closed"])["closed"].transform("size").to_numpy()
    return (size >= least) & (kept.times["closed"] != MISSING)


def zone_of(rows: CaseRows, kept: Kept) -> ZoneCheck:
    """The check of the openings or, where they say nothing, of the closings; midnights are left out (dates only)."""
    checks = []
    for instants, usable in ((rows.opened, True), (rows.closed, kept.times["closed"] != MISSING)):
        chosen = usable & instants.known[kept.order] & ~instants.at_midnight[kept.order]
        checks.append(check_zone(_wall_s(instants.clock.iloc[kept.order[chosen]])))
    return checks[0] if checks[0].shift_h is not None else checks[1] if checks[1].wrong else checks[0]


def _wall_s(clock: pd.Series) -> np.ndarray:
    return clock.to_numpy().astype("datetime64[s]").astype(np.int64)


def _wall_cut(mapping: Mapping) -> int | None:
    until = mapping.times.observed_until
    return None if until is None else int(np.datetime64(until, "s").astype(np.int64))


def _other_offset(times: Instants) -> np.ndarray:
    """Rows that carry an offset where most do not, or none where most do."""
    carried, known = times.with_offset, times.known
    usual = carried.sum() * 2 > known.sum()
    return known & (carried != usual)


def _duration(opened: np.ndarray, closed: np.ndarray) -> np.ndarray:
    """Seconds from opening to closing; 0 for open cases."""
    return np.where(closed == MISSING, 0, np.where(closed == MISSING, 0, closed) - opened)


def _variant_rows(rows: CaseRows, kept: Kept, alike: dict[str, list[tuple[str, ...]]]) -> int:
    """Kept rows with a word that is another spelling of a commoner one."""
    rarer = {name: [word for group in groups for word in group[1:]] for name, groups in alike.items()}
    found = [rows.text[name].iloc[kept.order].isin(words).to_numpy() for name, words in rarer.items() if words]
    return int(np.logical_or.reduce(found).sum()) if found else 0
