"""What a run costs, month by month: pay, overtime, devices and their upkeep."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportOperatorIssue=false

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.agents.grid_workers import GridWorker
from sim.records import table
from sim.units import HOUR

if TYPE_CHECKING:
    from sim.model import GovernanceModel

DAYS_PER_MONTH = 30


def money_table(model: GovernanceModel, staff: pd.DataFrame) -> pd.DataFrame:
    """One row a kind, unit and month of 30 days. Pay runs whether or not there is work."""
    costs, days = model.scenario.costs, model.hours.days
    months = -(-days // DAYS_PER_MONTH)
    length = np.array([min(DAYS_PER_MONTH, days - month * DAYS_PER_MONTH) for month in range(months)]) / 365
    rows: list[tuple[str, str, np.ndarray]] = []
    for station in model.stations:
        servers = list({id(server): server for lane in station.lanes for server in lane}.values())
        yearly = _yearly(model, station.name, servers[0])
        rows.append(("pay", station.name, len(servers) * yearly * length))
    if len(staff):
        month = np.minimum(staff["day"] // DAYS_PER_MONTH, months - 1)
        hours = staff["overtime_s"].groupby([staff["station"], month], observed=True).sum() / HOUR
        for (name, at), value in hours[hours > 0].items():  # type: ignore[misc]
            amounts = np.zeros(months)
            amounts[at] = value * costs.overtime_hour
            rows.append(("overtime", str(name), amounts))
    count = len(model.sensors)
    if count:
        rows.append(("devices", "sensing", count * costs.device / costs.device_life * length))
        rows.append(("upkeep", "sensing", count * costs.device * costs.device_upkeep * length))
    return table("money", {
        "kind": np.repeat([kind for kind, _, _ in rows], months), "unit": np.repeat([unit for _, unit, _ in rows], months),
        "month": np.tile(np.arange(months), len(rows)), "amount": np.concatenate([amounts for _, _, amounts in rows]),
    })  # fmt: skip


def _yearly(model: GovernanceModel, station: str, server: object) -> float:
    costs = model.scenario.costs
    if isinstance(server, GridWorker):
        return costs.worker_year
    return costs.desk_year if station.startswith("desk_") else costs.crew_year
