"""Chapter `costs`: what people and devices cost."""

from __future__ import annotations

from sim.scenario.chapter import Chapter, entry


class Costs(Chapter):
    """Money."""

    worker_year: float = entry("full cost of a grid worker", "yuan/year", ge=0)
    crew_year: float = entry("full cost of a crew", "yuan/year", ge=0)
    desk_year: float = entry("full cost of a person at a desk", "yuan/year", ge=0)
    overtime_hour: float = entry("overtime pay", "yuan/h", ge=0)
    device: float = entry("price of a device", "yuan", ge=0)
    device_life: float = entry("life of a device", "years", gt=0)
    device_upkeep: float = entry("upkeep a year over the price", "share/year", ge=0, le=1)
