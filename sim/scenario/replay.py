"""Chapter `replay`: a world taken from a measured log instead of drawn."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.arrivals import ArrivalModel
from sim.scenario.chapter import Chapter, Name, entry, portion


class Demand(Chapter):
    """Work content and waiting for others of the cases of one department and category, fitted on the training period."""

    department: str = entry("department, as the mapping names it")
    category: str = entry("category, or * for all others of the department")
    work: AnyDistribution = entry("hands-on work")
    wait: AnyDistribution = entry("waiting for others before the work")
    never: float = portion("share whose waiting for others outlasts the log", 0.0)


class Replay(Chapter):
    """Which log, and what is not in it. The measured time to close is never used as work content."""

    mapping: Name = entry("mapping in calibration/mappings that reads the log")
    sha256: str = entry("expected hash of the log file", pattern=r"^[0-9a-f]{64}$")
    trained_until: str = entry("fits used cases opened before this local date", "date")
    work_share: float = portion("declared share of the typical measured time that is hands-on work")
    demands: tuple[Demand, ...] = entry("fitted content", default=())
    arrivals: ArrivalModel | None = entry("how cases come beyond the log; none: only those of the log come", default=None)
