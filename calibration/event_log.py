"""An event log -> one row a case, as if the export had been a table of cases, and beside it every step with its times.

A case is opened by its first event and closed by its last one, unless the mapping names other columns or endings.
"""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAssignmentType=false, reportAttributeAccessIssue=false
# pyright: reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.clock_times import read_instants
from calibration.fixed_wait import fixed_wait
from calibration.mapping import Mapping
from calibration.mapping_columns import Events
from sim.records import MISSING

EVENT_NOTES = (
    "events_read", "events_without_case", "events_left_out", "events_other_lifecycle", "starts_without_end",
    "ends_without_start", "event_time_unreadable", "end_before_start", "last_after_fixed_wait",
    "verified_after_handling",
)  # fmt: skip
"""What is counted of events."""

VERIFY, HANDLE, CHECK = ("核实", "verify"), ("处置", "处理", "handle"), ("核查", "check")
"""Words for the step before establishment, the work, and the step after it; some systems swap first and last."""

_FIRST = ("verified", "established", "dispatched", "handling_started")
"""Steps that the first of several such activities marks; of the others it is the last."""


@dataclass(frozen=True)
class Steps:
    """One row a piece of work: case (row in the table of cases), activity, resource, group, started, completed (seconds
    since 1970 or MISSING), and how many events of which kind there were."""

    frame: pd.DataFrame
    notes: dict[str, int]


def cases_of(events: pd.DataFrame, mapping: Mapping) -> tuple[pd.DataFrame, Steps]:
    """Text columns by canonical name, one row a case in the order of the file, and the steps.

    `events`: text columns of which those of an event have an @ before their name.
    """
    assert mapping.events is not None
    notes = dict.fromkeys(EVENT_NOTES, 0) | {"events_read": len(events)}
    named = events[(events["@case"] != "").to_numpy()]
    notes["events_without_case"] = len(events) - len(named)
    codes, ids = pd.factorize(named["@case"])
    work = _paired(named, codes, mapping.events, notes)
    frame = _timed(work, mapping, notes)
    text = pd.DataFrame({"id": pd.Series(ids, dtype=object)})
    for name in mapping.text_columns():
        if name in named and name != "id":
            text[name] = _first_given(named[name], codes, len(ids))
    for name, cells in _times(frame, mapping, len(ids)).items():
        if name not in text:
            text[name] = cells
    notes["verified_after_handling"] = _swapped(frame)
    notes["last_after_fixed_wait"] = _last_gaps_fixed(frame)
    frame = frame[frame["reached"] != MISSING]
    return text, Steps(frame[["case", "activity", "resource", "group", "started", "completed"]], notes)


def _first_given(cells: pd.Series, codes: np.ndarray, cases: int) -> pd.Series:
    given = (cells != "").to_numpy()
    firsts = pd.Series(cells.to_numpy()[given]).groupby(codes[given]).first()
    return firsts.reindex(range(cases), fill_value="").astype(object)


def _paired(events: pd.DataFrame, codes: np.ndarray, chapter: Events, notes: dict[str, int]) -> pd.DataFrame:
    """One row a piece of work, with the text of its start and end; starts and ends are paired in their order."""
    blank = pd.Series(np.full(len(events), "", dtype=object), index=events.index)
    names = ["activity", "completed", *(("lifecycle",) if "@lifecycle" in events else ())]
    found = {name: events[f"@{name}"] for name in names}
    found |= {name: events.get(f"@{name}", blank) for name in ("resource", "group", "started")}
    events = pd.DataFrame({"case": codes} | found)
    keep = ~events["activity"].isin(chapter.leave_out).to_numpy()
    notes["events_left_out"] = int((~keep).sum())
    columns = ["case", "activity", "resource", "group", "started", "completed"]
    events = events[keep]
    if "lifecycle" not in events:
        return events[columns].reset_index(drop=True)
    stage = events["lifecycle"].str.casefold()
    starts, ends = events[(stage == "start").to_numpy()], events[stage.isin(["complete", ""]).to_numpy()]
    notes["events_other_lifecycle"] = len(events) - len(starts) - len(ends)
    key = ["case", "activity", "turn"]
    starts = starts.assign(turn=starts.groupby(["case", "activity"]).cumcount(), started=starts["completed"])
    ends = ends.assign(turn=ends.groupby(["case", "activity"]).cumcount())
    both = ends[[*columns[:4], "completed", "turn"]].merge(
        starts[[*columns[:4], "started", "turn"]], on=key, how="outer", suffixes=("", "_start"), sort=False
    )
    for name in ("resource", "group"):
        both[name] = both[name].fillna(both[f"{name}_start"])
    both = both.fillna({"started": "", "completed": ""})
    if len(starts):
        notes["starts_without_end"] = int((both["completed"] == "").sum())
        notes["ends_without_start"] = int((both["started"] == "").sum())
    return both[columns]


def _timed(work: pd.DataFrame, mapping: Mapping, notes: dict[str, int]) -> pd.DataFrame:
    """The same in order of time, with `started`, `completed` and `reached` (the end, else the start) in seconds."""
    frame = work.rename(columns={"started": "started_text", "completed": "completed_text"})
    for name in ("started", "completed"):
        instants = read_instants(frame[f"{name}_text"].str.strip(), mapping.times.formats, mapping.times.zone)
        frame[name] = instants.epoch
        notes["event_time_unreadable"] += int(instants.unreadable.sum())
    both = (frame["started"] != MISSING) & (frame["completed"] != MISSING)
    wrong = (both & (frame["completed"] < frame["started"])).to_numpy()
    notes["end_before_start"] = int(wrong.sum())
    frame.loc[wrong, "started"] = MISSING  # the end is what the system stamped; a start after it cannot be right
    frame["reached"] = np.where(frame["completed"] != MISSING, frame["completed"], frame["started"])
    return frame.sort_values(["case", "reached"], kind="stable").reset_index(drop=True)


def _times(frame: pd.DataFrame, mapping: Mapping, cases: int) -> dict[str, pd.Series]:
    """Opening, closing and the mapped steps as the text that the file has for them."""
    assert mapping.events is not None
    known = frame[frame["reached"] != MISSING]
    found = {"opened": _text_at(known, _earliest(known), cases), "closed": _closings(known, mapping, cases)}
    for step, activities in mapping.events.steps.items():
        rows = known[known["activity"].isin(activities) & (known["completed"] != MISSING)]
        rows = rows.drop_duplicates("case", keep="first" if step in _FIRST else "last")
        found[step] = _text_at(rows, rows["completed_text"], cases)
    return found


def _earliest(known: pd.DataFrame) -> pd.Series:
    first = np.where(known["started"] != MISSING, known["started"], known["completed"])
    order = known.assign(first=first).sort_values(["case", "first"], kind="stable").drop_duplicates("case")
    return order["started_text"].where(order["started"] != MISSING, order["completed_text"])


def _closings(known: pd.DataFrame, mapping: Mapping, cases: int) -> pd.Series:
    chapter = mapping.events
    assert chapter is not None
    ends = known[known["completed"] != MISSING]
    if chapter.ends_with:
        ends = ends[ends["activity"].isin(chapter.ends_with)]
    last = ends.drop_duplicates("case", keep="last")
    return _text_at(last, last["completed_text"], cases)


def _text_at(rows: pd.DataFrame, texts: pd.Series, cases: int) -> pd.Series:
    found = np.full(cases, "", dtype=object)
    found[rows.loc[texts.index, "case"].to_numpy()] = texts.to_numpy()
    return pd.Series(found, dtype=object)


def _last_gaps_fixed(frame: pd.DataFrame) -> int:
    """Cases whose last event follows the one before it after one and the same wait: closed by the system."""
    reached = frame.loc[frame["reached"] != MISSING, ["case", "reached"]]
    gap = reached.groupby("case")["reached"].diff()[~reached["case"].duplicated(keep="last")].dropna()
    return int(fixed_wait(gap.to_numpy().astype(np.int64)).sum())


def _swapped(frame: pd.DataFrame) -> int:
    """Cases in which a step called verification comes after the work, or one called check before all work."""
    name = frame["activity"].str.casefold()
    kind = {"v": VERIFY, "h": HANDLE, "c": CHECK}
    at = {
        key: frame[name.map(lambda word, words=words: any(part in word for part in words)).to_numpy()]
        for key, words in kind.items()
    }
    first_work, last_check = at["h"].groupby("case")["reached"].min(), at["c"].groupby("case")["reached"].max()
    late = at["v"].groupby("case")["reached"].min().gt(first_work).loc[lambda found: found].index
    early = last_check.lt(first_work).loc[lambda found: found].index
    return len(late.union(early))
