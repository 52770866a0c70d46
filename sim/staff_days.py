"""What everybody did each day: service spells cut at midnight and read against the shift, plus rounds and paperwork."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportReturnType=false

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.agents.grid_workers import GridWorker
from sim.calendars import ALWAYS, Calendar
from sim.records import MISSING, table
from sim.server import Server
from sim.station import Station

if TYPE_CHECKING:
    from sim.model import GovernanceModel

Rows = np.ndarray
_KINDS = ("emergency_s", "handling_s", "checking_s", "travel_s")


def staff_table(model: GovernanceModel, services: Rows) -> pd.DataFrame:
    """One row a server and day of its shift or its work."""
    starts = model.hours.civil.day_starts(model.hours.days + 1)
    order = np.argsort(services["station"], kind="stable")
    sorted_rows = services[order]
    handle = model.journal.code("handle")
    frames = []
    for station in model.stations:
        code = model.journal.code(station.name)
        first, last = np.searchsorted(sorted_rows["station"], [code, code + 1])
        rows = sorted_rows[first:last]
        frames.append(_station_days(model, station, rows[rows["started_at"] != MISSING], starts, handle))
    frames = [frame for frame in frames if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else table("staff", {})


def _station_days(
    model: GovernanceModel, station: Station, rows: Rows, starts: np.ndarray, handle: int
) -> pd.DataFrame:
    servers = list({id(server): server for lane in station.lanes for server in lane}.values())
    number = {model.journal.code(server.name): index for index, server in enumerate(servers)}
    days = len(starts) - 1
    worked, overtime, cases = _spent(rows, number, station, starts, handle)
    calendars = {id(server.calendar): server.calendar for server in servers}  # most share one
    shifts = {each: _shift(calendar, starts) for each, calendar in calendars.items()}
    shift = np.array([shifts[id(server.calendar)] for server in servers])
    patrol, paper, floor = _round(servers, days)
    done = worked.sum(axis=0)
    idle = np.maximum(0, shift - (done - overtime) - patrol - paper)
    names = np.repeat(np.array([server.name for server in servers], dtype=object), days)
    columns = {name: worked[index].ravel() for index, name in enumerate(_KINDS)}
    frame = table("staff", {
        "worker": names, "station": np.full(len(names), station.name, dtype=object), "day": np.tile(np.arange(days), len(servers)),
        "shift_s": shift.ravel(), **columns, "paperwork_s": paper.ravel(), "patrol_s": patrol.ravel(), "idle_s": idle.ravel(),
        "overtime_s": overtime.ravel(), "cases": cases.ravel(), "floor_s": (floor * (shift > 0)).ravel(),
    })  # fmt: skip
    return frame[(frame["shift_s"] > 0) | (frame["overtime_s"] > 0)]


def _shift(calendar: Calendar, starts: np.ndarray) -> np.ndarray:
    if calendar is ALWAYS:
        return np.diff(starts)
    return calendar.work_between_many(starts[:-1], starts[1:])


def _round(servers: list[Server], days: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    patrol, paper = np.zeros((len(servers), days), dtype=np.int64), np.zeros((len(servers), days), dtype=np.int64)
    floor = np.zeros((len(servers), days), dtype=np.int64)
    for index, server in enumerate(servers):
        if isinstance(server, GridWorker):
            paper[index] = np.asarray(server.clock.paper_days)
            if server.patrols:
                patrol[index] = np.asarray(server.clock.patrol_days)
                floor[index] = server.clock.plan.floor
    return patrol, paper, floor


def _spent(
    rows: Rows, number: dict[int, int], station: Station, starts: np.ndarray, handle: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seconds by kind (4 x servers x days), overtime seconds and ended spells (servers x days)."""
    days, shape = len(starts) - 1, (len(number), len(starts) - 1)
    who = np.array([number[code] for code in rows["server"]], dtype=np.int64)
    spell, day, inside, outside = _pieces(rows, station, starts, _away(station, number, who))
    place = who[spell] * days + day
    worked = np.zeros((len(_KINDS), *shape), dtype=np.int64)
    share = np.divide(rows["travel_s"], rows["work_s"], out=np.zeros(len(rows)), where=rows["work_s"] > 0)[spell]
    seconds = inside + outside
    travel = np.rint(seconds * share).astype(np.int64)
    kind = np.where(rows["urgent"][spell], 0, np.where(rows["activity"][spell] == handle, 1, 2))
    for index in range(3):
        mine = kind == index
        worked[index] = np.bincount(place[mine], weights=(seconds - travel)[mine], minlength=shape[0] * days).reshape(
            shape
        )
    worked[3] = np.bincount(place, weights=travel, minlength=shape[0] * days).reshape(shape)
    overtime = np.bincount(place, weights=outside, minlength=shape[0] * days).reshape(shape).astype(np.int64)
    ended = np.clip(np.searchsorted(starts, rows["ended_at"], side="right") - 1, 0, days - 1)
    cases = np.bincount(who * days + ended, minlength=shape[0] * days).reshape(shape)
    return worked, overtime, cases


def _away(station: Station, number: dict[int, int], who: np.ndarray) -> list[tuple[np.ndarray, Calendar]]:
    """Rows of those who were away in the station's hours, with their own hours: what they finish meanwhile is overtime."""
    servers = {number[server.code]: server for lane in station.lanes for server in lane}
    return [(who == index, server.calendar) for index, server in servers.items() if isinstance(server, GridWorker) and server.away]


def _pieces(
    rows: Rows, station: Station, starts: np.ndarray, away: list[tuple[np.ndarray, Calendar]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Spells cut at midnight: number of the spell, day, seconds inside the shift, seconds outside it (overtime)."""
    days = len(starts) - 1
    first = np.clip(np.searchsorted(starts, rows["started_at"], side="right") - 1, 0, days - 1)
    last = np.clip(
        np.searchsorted(starts, np.maximum(rows["ended_at"] - 1, rows["started_at"]), side="right") - 1, 0, days - 1
    )
    spell = np.repeat(np.arange(len(rows)), last - first + 1)
    day = (
        np.arange(len(spell))
        - np.repeat(np.cumsum(last - first + 1) - (last - first + 1), last - first + 1)
        + first[spell]
    )
    begin = np.maximum(rows["started_at"][spell], starts[day])
    finish = np.minimum(rows["ended_at"][spell], starts[day + 1])
    elapsed = np.maximum(0, finish - begin)
    inside = (
        elapsed if station.calendar is ALWAYS else station.calendar.work_between_many(begin, np.maximum(begin, finish))
    )
    for mine, hours in away:
        own = mine[spell]
        inside[own] = hours.work_between_many(begin[own], np.maximum(begin, finish)[own])
    if station.rules.shift_end == "finish":
        return spell, day, inside, elapsed - inside
    beyond = rows["work_s"] - np.bincount(spell, weights=inside, minlength=len(rows)).astype(np.int64)
    first_piece = np.concatenate([[True], spell[1:] != spell[:-1]]) if len(spell) else np.zeros(0, dtype=bool)
    return spell, day, inside, np.where(first_piece, np.maximum(0, beyond)[spell], 0)
