"""The room scoring: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.scoring.appraisal import Appraisal
from sim.mechanisms.scoring.figures import Beautifying, FixedRecords, ThirdParty
from sim.mechanisms.scoring.tricks import Bouncing, CherryPicking, ForcedClosing

ROOM: dict[str, type[Mechanism]] = {
    "scoring.appraisal": Appraisal,
    "scoring.forced_closing": ForcedClosing,
    "scoring.bouncing": Bouncing,
    "scoring.cherry_picking": CherryPicking,
    "scoring.fixed_records": FixedRecords,
    "scoring.beautifying": Beautifying,
    "scoring.third_party": ThirdParty,
}
"""The mechanisms of the room. Scores come first: what a period ends with is there when the others look at it."""
