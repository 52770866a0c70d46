"""Chapter `replay`: a world taken from a measured log instead of drawn."""

from __future__ import annotations

from typing import Literal

from sim.distributions import AnyDistribution
from sim.scenario.arrivals import ArrivalModel
from sim.scenario.chapter import Chapter, entry, portion
from sim.scenario.closing import Closing, Pace, Rhythm


class Demand(Chapter):
    """Work content and waiting for others of the cases of one department and category, fitted on the training period."""

    department: str = entry("department, as the mapping names it")
    category: str = entry("category, or * for all others of the department")
    work: AnyDistribution = entry("hands-on work")
    wait: AnyDistribution = entry("waiting for others before the work")
    never: float = portion("share whose waiting for others outlasts the log", 0.0)
    closing: Closing | None = entry("times to close in the rhythm of closings; given, a replay draws from it, not from wait", default=None)


Verdict = Literal["pinned", "partly", "trades", "prior"]


class Informed(Chapter):
    """What the log tells of one parameter of one department: written by the fit, read by every later what-if."""

    department: str = entry("department, as the mapping names it")
    parameter: Literal["crews", "work_s", "work_cv", "utilisation", "queueing", "pace"] = entry("parameter of the department")
    verdict: Verdict = entry("whether the log pins it down, partly, only together with another, or not at all")
    against: str = entry("parameter that it trades off against; empty: none", default="")
    contraction: float = entry("1 - spread after the fit over spread before, of logarithms", "1", ge=-10, le=1)
    centre: float = entry("value in this scenario", ge=0)
    low: float = entry("lower end of the 95 % interval", ge=0)
    high: float = entry("upper end of the 95 % interval", ge=0)


class Replay(Chapter):
    """Which log, and what is not in it. The measured time to close is never used as work content."""

    mapping: str = entry("mapping that reads the log: one of calibration/mappings, or a file", min_length=1)
    sha256: str = entry("expected hash of the log file", pattern=r"^[0-9a-f]{64}$")
    trained_until: str = entry("fits used cases opened before this local date", "date")
    work_share: float = portion("declared share of the typical measured time that is hands-on work")
    work_measured: Literal["no", "steps", "cases"] = entry(
        "hands-on work: declared by work_share (no), measured in timed steps, or in cases from start to end of handling", default="no"
    )
    demands: tuple[Demand, ...] = entry("fitted content", default=())
    arrivals: ArrivalModel | None = entry("how cases come beyond the log; none: only those of the log come", default=None)
    informed: tuple[Informed, ...] = entry("what the log tells of each parameter; empty: nothing was inferred", default=())
    rhythms: tuple[Rhythm, ...] = entry("rhythms of closings over the week", default=())
    paces: tuple[Pace, ...] = entry("measured paces of closing, of which each world draws weeks; empty: always as fitted", default=())
