"""The room escalation: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.escalation.direct_line import DirectLine
from sim.mechanisms.mechanism import Mechanism

ROOM: dict[str, type[Mechanism]] = {"escalation.direct_line": DirectLine}
