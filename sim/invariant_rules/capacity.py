"""Servers: none does two things at once, none idles beside work that it may do."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.invariant_rules.breach import breach
from sim.messages import say
from sim.records import MISSING, RunRecords

SINGLE_CALENDAR = "single_calendar:"
"""`records.notes["single_calendar:<station>"] = n`: its n servers keep the same hours, are never on call outside them,
and may start any of its work at any moment inside them."""


def one_thing_at_a_time(records: RunRecords) -> list[str]:
    """The spells of one server (a name within its station) do not overlap."""
    services = records["services"]
    spells = services[(services["started_at"] != MISSING) & (services["server"].astype(str) != "")]
    owner = spells.groupby(["station", "server"], observed=True, sort=False).ngroup()
    spells = spells.assign(owner=owner).sort_values(["owner", "started_at", "ended_at"], kind="stable")
    busy_until = spells.groupby("owner", sort=False)["ended_at"].cummax().shift()
    overlap = (spells["owner"].diff() == 0) & (spells["started_at"] < busy_until)
    names = spells["station"].astype(str) + " " + spells["server"].astype(str)
    return breach(names, overlap, say("spells that begin before their server is free"))


def nobody_idle_beside_work(records: RunRecords) -> list[str]:
    """Whenever a server of a station begins something and work still waits, all servers of the station are busy.

    Only stations named in `records.notes` under SINGLE_CALENDAR are judged: elsewhere the records do not say who was
    on duty and might have done it. What goes on after a pre-emption or suspension is bound to its server: it does not
    wait for others. Between two beginnings nothing can be seen, because a closed station looks the same.
    """
    services, lines = records["services"], []
    for note, servers in records.notes.items():
        if note.startswith(SINGLE_CALENDAR):
            station = note.removeprefix(SINGLE_CALENDAR)
            lines += _idle(station, services[services["station"] == station], int(servers))
    return lines


def _idle(station: str, spells: pd.DataFrame, servers: int) -> list[str]:
    spells = spells.sort_values(["case_id", "attempt", "activity", "queued_at", "ended_at"], kind="stable")
    same = (spells[["case_id", "attempt"]].diff() == 0).all(axis=1) & (spells["activity"] == spells["activity"].shift())
    bound = same & spells["outcome"].shift().isin(["pre-empted", "suspended"])
    served = spells["started_at"] != MISSING
    at = np.unique(spells["started_at"][served])
    left = spells["started_at"].where(served, spells["ended_at"])
    waiting = _present(spells["queued_at"][~bound], left[~bound], at)
    busy = _present(spells["started_at"][served], spells["ended_at"][served], at)
    idle = (waiting > 0) & (busy < servers)
    return breach(at, idle, say("moments with work waiting and a server idle at {station}", station=station))


def _present(come: pd.Series, gone: pd.Series, at: np.ndarray) -> np.ndarray:
    """How many are there just after each moment of `at`: come at or before, not gone yet."""
    return np.searchsorted(np.sort(come), at, side="right") - np.searchsorted(np.sort(gone), at, side="right")
