"""Chapter `workflow`: the seven steps, who does them, their effort and their limits."""

from __future__ import annotations

from typing import Literal

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Chapter, entry, portion
from sim.units import Limit

DeskLevel = Literal["community", "subdistrict", "district"]


class Verification(Chapter):
    """核实: a grid worker looks at a public report before it is established."""

    share: float = portion("share of public reports that are verified on site")
    work: AnyDistribution = entry("effort on site")
    limit: Limit = entry("limit from report to verification", "duration")


class Establishment(Chapter):
    """立案: the desk accepts, rejects or merges."""

    level: DeskLevel = entry("level whose desk establishes")
    work: AnyDistribution = entry("effort at the desk")
    limit: Limit = entry("limit from (verified) report to establishment", "duration")
    recognition: float = portion("probability that a further report of an open case is recognised")


class Dispatch(Chapter):
    """派遣: the desk sends the case to a level and an owner."""

    level: DeskLevel = entry("level whose desk dispatches")
    work: AnyDistribution = entry("effort at the desk")
    limit: Limit = entry("limit from establishment to dispatch", "duration")
    accuracy: float = portion("probability that a case is classified to the right department")
    return_review: AnyDistribution = entry("time until a misrouted case comes back (回退)")


class Handling(Chapter):
    """处置: the owner works on the case."""

    clock_from: Literal["establishment", "report"] = entry("where the handling clock starts", default="establishment")
    extension: float = portion("probability that an owner who would be late asks for and gets an extension (延期)")
    most_extensions: int = entry("extensions granted at most", "times", ge=0, le=10)
    pause_external: bool = entry("waiting for others pauses the clocks (缓办)", default=False)


class Feedback(Chapter):
    """反馈: the owner passes the result back."""

    delay: AnyDistribution = entry("time from done to passed back, counted in the owner's open hours")


class Check(Chapter):
    """核查: somebody looks on site whether it was done."""

    share: float = portion("share of handled cases that are checked on site")
    work: AnyDistribution = entry("effort on site")
    limit: Limit = entry("limit from feedback to check", "duration")
    detection: float = portion("probability that a check sees that the issue is not fixed")
    most_reworks: int = entry("failed checks after which the case is closed by force (强制结案)", "times", ge=0, le=20)
    rework_to: Literal["tail", "head"] = entry("where rework joins the queue", default="tail")


class Workflow(Chapter):
    """The seven steps; evaluation has its own chapter."""

    verification: Verification = entry("step 1b")
    establishment: Establishment = entry("step 2")
    dispatch: Dispatch = entry("step 3")
    handling: Handling = entry("step 4")
    feedback: Feedback = entry("step 5")
    check: Check = entry("step 6")
    closure_allowance: Limit = entry("closure limit beyond the handling limit", "duration")
