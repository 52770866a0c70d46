"""The room adaptation: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism

ROOM: dict[str, type[Mechanism]] = {}
