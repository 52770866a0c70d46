"""Chapter `emergencies`: what may strike, the chain of command, and what a district has prepared for it.

Everything here is optional and off unless a scenario names it.
"""

from __future__ import annotations

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, Name, entry
from sim.scenario.emergencies.command import Command, Learning, ModeSwitch, Pool, Works
from sim.scenario.emergencies.hazards import Hazard
from sim.scenario.emergencies.people import Drills, EmergencyVolunteers, Evacuation, Neighbours
from sim.scenario.emergencies.stock import Reserve, ResourceMap, Stock, Tiers

__all__ = ["Emergencies"]


class Emergencies(Chapter):
    """Plans, warning chain, mobilisation, materials, evacuation."""

    hazards: dict[Name, Hazard] = entry("emergencies that may come, by name", default={})
    command: Command | None = entry("the chain of command; needed by all the rest", default=None)
    evacuation: Evacuation | None = entry("how homes are left; none: nobody leaves", default=None)
    stock: Stock | None = entry("goods in store; none: goods are left out", default=None)
    tiers: Tiers | None = entry("stores above the communities; none: there are none", default=None)
    reserve: Reserve | None = entry("norm for the stores of communities; none: they hold what they hold", default=None)
    resource_map: ResourceMap | None = entry("map of the stores; none: what the last check wrote down", default=None)
    drills: Drills | None = entry("drills; none: none", default=None)
    mode_switch: ModeSwitch | None = entry("emergency mode; none: routine goes on", default=None)
    pool: Pool | None = entry("spare people; none: none", default=None)
    volunteers: EmergencyVolunteers | None = entry("residents who come to help; none: nobody", default=None)
    neighbours: Neighbours | None = entry("neighbours who warn each other; none: nobody", default=None)
    learning: Learning | None = entry("reviews after emergencies; none: the same is found out again", default=None)
    works: Works | None = entry("works on the ground; none: none", default=None)

    @model_validator(mode="after")
    def _commanded(self) -> Emergencies:
        asked = sorted(name for name in type(self).model_fields if name != "command" and getattr(self, name))
        if self.command is None and asked:
            raise ValueError(say("{name} needs a chain of command; give command as well", name=asked[0]))
        if self.stock is None and (self.resource_map or self.reserve or self.tiers):
            raise ValueError(say("resource_map, reserve and tiers are about stores; give stock as well"))
        if self.stock is not None:
            self._in_stock(sorted(self.stock.kinds), self.stock.held)
        return self

    def _in_stock(self, known: list[str], held: tuple[str, ...]) -> None:
        named = {f"hazards.{name}.needs": hazard.needs for name, hazard in self.hazards.items()}
        named |= {"stock.held": held, "reserve.kinds": self.reserve.kinds if self.reserve else ()}
        named["tiers.held"] = self.tiers.held if self.tiers else ()
        for path, kinds in named.items():
            unknown = [kind for kind in kinds if kind not in known]
            if unknown:
                raise ValueError(
                    say("{path}: {kind} is not among the kinds of goods {known}",
                        path=path, kind=unknown[0], known=", ".join(known))
                )  # fmt: skip
