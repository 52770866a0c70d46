"""The room emergencies: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.emergencies.command import Command
from sim.mechanisms.emergencies.drills import Drilling
from sim.mechanisms.emergencies.evacuation import EvacuationOfHomes
from sim.mechanisms.emergencies.learning import Reviews
from sim.mechanisms.emergencies.mode import EmergencyMode
from sim.mechanisms.emergencies.neighbours import NeighboursWarn
from sim.mechanisms.emergencies.pool import ReservePool
from sim.mechanisms.emergencies.stock import MapOfStores, NormForStores, StockAndDelivery
from sim.mechanisms.emergencies.volunteers import VolunteersInEmergencies
from sim.mechanisms.emergencies.works import WorksOnTheGround
from sim.mechanisms.mechanism import Mechanism

ROOM: dict[str, type[Mechanism]] = {
    "emergencies.command": Command,
    "emergencies.works": WorksOnTheGround,
    "emergencies.mode_switch": EmergencyMode,
    "emergencies.pool": ReservePool,
    "emergencies.drills": Drilling,
    "emergencies.learning": Reviews,
    "emergencies.neighbours": NeighboursWarn,
    "emergencies.reserve": NormForStores,
    "emergencies.resource_map": MapOfStores,
    "emergencies.stock": StockAndDelivery,
    "emergencies.evacuation": EvacuationOfHomes,
    "emergencies.volunteers": VolunteersInEmergencies,
}
"""The mechanisms of the room. All but the first need `emergencies.command`."""
