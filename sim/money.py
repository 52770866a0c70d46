"""What a run costs, month by month: pay, overtime, devices and their upkeep, and what mechanisms spend."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportOperatorIssue=false

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.agents.grid_workers import GridWorker
from sim.records import table
from sim.server import Server
from sim.units import DAY, HOUR

if TYPE_CHECKING:
    from sim.model import GovernanceModel

DAYS_PER_MONTH = 30
Rows = list[tuple[str, str, np.ndarray]]
"""Kind, unit, and the amount of each month."""


def money_table(model: GovernanceModel, staff: pd.DataFrame) -> pd.DataFrame:
    """One row a kind, unit and month of 30 days. Pay runs whether or not there is work."""
    days = model.hours.days
    months = -(-days // DAYS_PER_MONTH)
    length = np.array([min(DAYS_PER_MONTH, days - month * DAYS_PER_MONTH) for month in range(months)]) / 365
    rows = [*_pay(model, length), *_overtime(model, staff, months), *_devices(model, length), *_spent(model, months)]
    return table("money", {
        "kind": np.repeat([kind for kind, _, _ in rows], months), "unit": np.repeat([unit for _, unit, _ in rows], months),
        "month": np.tile(np.arange(months), len(rows)), "amount": np.concatenate([amounts for _, _, amounts in rows]),
    })  # fmt: skip


def _pay(model: GovernanceModel, length: np.ndarray) -> Rows:
    rows: Rows = []
    for station in model.stations:
        servers = list({id(server): server for lane in station.lanes for server in lane}.values())
        usual = ("pay", len(servers) * _yearly(model, station.name, servers[0]))
        kind, yearly = model.governance.pays(station.name, len(servers)) or usual
        rows.append((kind, station.name, yearly * length))
    return rows


def _yearly(model: GovernanceModel, station: str, server: Server) -> float:
    costs = model.scenario.costs
    if isinstance(server, GridWorker):
        return costs.worker_year
    return costs.desk_year if station.startswith("desk_") else costs.crew_year


def _overtime(model: GovernanceModel, staff: pd.DataFrame, months: int) -> Rows:
    if not len(staff):
        return []
    rows: Rows = []
    month = np.minimum(staff["day"] // DAYS_PER_MONTH, months - 1)
    hours = staff["overtime_s"].groupby([staff["station"], month], observed=True).sum() / HOUR
    for (name, at), value in hours[hours > 0].items():  # type: ignore[misc]
        amounts = np.zeros(months)
        amounts[at] = value * model.scenario.costs.overtime_hour
        rows.append(("overtime", str(name), amounts))
    return rows


def _devices(model: GovernanceModel, length: np.ndarray) -> Rows:
    costs, count = model.scenario.costs, len(model.sensors)
    if not count:
        return []
    return [
        ("devices", "sensing", count * costs.device / costs.device_life * length),
        ("upkeep", "sensing", count * costs.device * costs.device_upkeep * length),
    ]


def _spent(model: GovernanceModel, months: int) -> Rows:
    """What mechanisms booked while they acted, kind by kind and unit by unit."""
    sums: dict[tuple[str, str], np.ndarray] = {}
    for at, kind, unit, amount in model.journal.spending:
        month = min(at // (DAYS_PER_MONTH * DAY), months - 1)
        sums.setdefault((kind, unit), np.zeros(months))[month] += amount
    return [(kind, unit, amounts) for (kind, unit), amounts in sorted(sums.items())]
