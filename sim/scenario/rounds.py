"""Where grid workers go: rounds led by a map of past cases, visits to a risk group, help next door, the nearest first."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import Chapter, Name, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class GuidedRounds(Option):
    """A map of past cases: the stretches of the round with most of them are walked a second time on every round."""

    sources: tuple[Name, ...] = entry("channels whose cases the map shows; none: all", default=())
    history: Span = entry("how far back the map looks", "duration")
    refresh: Span = entry("time between two maps", "duration")
    hot: float = portion("share of the round, at most, that is walked twice")
    accuracy: float = portion("probability that a case stands at its place on the map; else it stands anywhere in the grid")


class Visits(Option):
    """In the hours of a risk group patrols go from door to door: they see what is wrong there, and keep some of it from happening."""

    hours: Name = entry("calendar of the visits; they fall into the shift")
    bands: tuple[Name, ...] = entry("age bands of the risk group; its people live alone", min_length=1)
    visit: AnyDistribution = entry("time at a door")
    near: float = entry("distance from the home within which something concerns it", "m", ge=0, le=10_000)
    lasts: Span = entry("how long somebody stays warned by a visit", "duration")
    heeds: float = portion("probability that a warned person keeps it from happening")
    categories: tuple[Name, ...] = entry("what a visit can keep from happening", min_length=1)


class Revisits(Chapter):
    """After how long a home is visited again, by the risk that its file shows."""

    high: Span = entry("until the next visit at great risk: a home at a hot spot", "duration")
    middle: Span = entry("until the next visit at middle risk: somebody of the risk group lives there", "duration")
    low: Span = entry("until the next visit elsewhere", "duration")


class HouseholdFiles(Visits):
    """A file of each home shows its risk, right or wrong; in the hours of the visits, who is longest overdue is visited first."""

    coverage: float = portion("homes that have a file")
    accuracy: float = portion("probability that a file shows the true risk; else it shows one of the others")
    revisit: Revisits = entry("after how long a home is visited again")


class Pooling(Option):
    """Workers help in neighbouring grids of their community: a longer way, and they know nobody there."""

    reach: int = entry("neighbouring grids on either side in which a worker helps", "grids", ge=1, le=1000)


class NearestWorker(Option):
    """Work is pushed to the free worker who is nearest on the round, who goes there from where the round stands."""


class UnitKnowledge(Option):
    """Each of the handling people of a community knows so many of its homes; at others they must ask their way through."""

    known_per_crew: int = entry("households that one of them can know well", "households/crew", ge=1)
    unfamiliar_extra: float = entry("extra work, as a share, where they do not know the household", "share", ge=0, le=10)
