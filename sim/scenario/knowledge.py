"""Chapter `knowledge`: what is known about households and cases, and who shares it.

Everything here is optional and off unless a scenario names it.
"""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, entry, portion
from sim.scenario.option import Option


class Reentry(Option):
    """Repeated entry: every report is typed into the systems of several departments."""

    systems: int = entry("systems that want it", "systems", ge=1, le=50)
    entry: AnyDistribution = entry("effort to type it into one more system")
    parallel: float = portion("share of grid workers who report one finding to several departments")


class HouseholdData(Option):
    """Cases for which the handler must know something about the household."""

    share: float = portion("share of handled cases")
    sensitive: float = portion("share of what must be known that is held by police, civil affairs or health")
    sharing: float = portion("probability that a plain fact is shared")
    sensitive_sharing: float = portion("probability that a sensitive one is shared")
    stale: float = portion("probability that a shared fact is out of date: the way is made in vain")
    ask: AnyDistribution = entry("time until the department that holds it has answered")


class DataPool(Option):
    """Collected once, used by all: a pool of data that the departments share."""

    sharing: float = portion("probability that a plain fact is shared; and share of systems fed by the pool")
    sensitive_sharing: float = portion("probability that a sensitive fact is shared")
    stale: float = portion("probability that a shared fact is out of date")


class Planning(Option):
    """Some cases of departments need a plan before the work."""

    share: float = portion("share of cases of departments that need a plan")
    work: AnyDistribution = entry("effort of the department's crew to make a plan")


class Library(Option):
    """Plans that are kept (策略库): who finds one that fits need not make it."""

    kept: int = entry("plans in the library at the start", "plans", ge=0, le=1_000_000)
    situations: int = entry(
        "situations in which a plan may be needed, all equally likely", "situations", ge=1, le=1_000_000
    )
    find: AnyDistribution = entry("effort to find a plan and fit it to the case")
    adds: bool = entry("a plan that was made is kept", default=True)


class Knowledge(Chapter):
    """What is known about households and cases, and who shares it."""

    reentry: Reentry | None = entry("repeated entry; none: one entry a report", default=None)
    households: HouseholdData | None = entry("facts about households; none: the handler knows them", default=None)
    data_pool: DataPool | None = entry("pool of data; none: what departments share by themselves", default=None)
    planning: Planning | None = entry("plans for cases; none: no case needs one", default=None)
    library: Library | None = entry("kept plans; none: each is made anew", default=None)

    @model_validator(mode="after")
    def _about_something(self) -> Knowledge:
        if self.data_pool is not None and self.reentry is None and self.households is None:
            raise ValueError(say("data_pool does nothing without reentry or households; give one of them as well"))
        if self.library is not None and self.planning is None:
            raise ValueError(
                say("{name} does nothing without {need}; give {need} as well", name="library", need="planning")
            )
        return self
