"""The room sensing: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.sensing.dependence import Dependence, Fallback
from sim.mechanisms.sensing.doors import AccessControl
from sim.mechanisms.sensing.dual_warning import DualWarning
from sim.mechanisms.sensing.platform import Platform
from sim.mechanisms.sensing.repairs import Foresight, GuidedRepair
from sim.mechanisms.sensing.upkeep import Build, Upkeep

ROOM: dict[str, type[Mechanism]] = {
    "sensing.build": Build,
    "sensing.upkeep": Upkeep,
    "sensing.platform": Platform,
    "sensing.dual_warning": DualWarning,
    "sensing.dependence": Dependence,
    "sensing.fallback": Fallback,
    "sensing.foresight": Foresight,
    "sensing.guided_repair": GuidedRepair,
    "sensing.access_control": AccessControl,
}
"""Fallback after dependence: on a day by hand it gives back what dependence has taken."""
