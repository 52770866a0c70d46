"""The one list of mechanisms: path of the option in the scenario, class. A new mechanism is a class in its room and a line there."""

from __future__ import annotations

from sim.mechanisms import (
    adaptation,
    emergencies,
    escalation,
    forums,
    money,
    papers,
    participation,
    residents,
    scoring,
    sensing,
    staff,
)
from sim.mechanisms.mechanism import Mechanism

ROOMS = (residents, participation, sensing, papers, forums, escalation, staff, emergencies, scoring, adaptation, money)
"""The rooms, in the order in which they are asked."""

MECHANISMS: dict[str, type[Mechanism]] = {path: cls for room in ROOMS for path, cls in room.ROOM.items()}
"""Path of the option to its class."""
