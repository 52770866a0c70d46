"""Working lives of grid workers: who stays, who comes, what they learn, what they can, and what a new rule costs them."""

from __future__ import annotations

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, adds_up, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Turnover(Option):
    """Workers quit: sooner the less they earn and the more they have to do. The seat is empty until somebody is found."""

    per_year: float = entry("quits of a worker at usual pay and load", "1/year", gt=0, le=20)
    usual_pay: float = entry("pay over the local mean, which everybody has before a reform", "1", gt=0, le=10)
    pay_power: float = entry("how strongly quits fall with pay: rate x (usual / pay) ** power", "1", ge=0, le=20)
    usual_load: float = entry("share of the shift on cases, overtime and paperwork at which the rate holds", "share", gt=0, le=3)
    load_power: float = entry("how strongly quits rise with load: rate x (load / usual) ** power", "1", ge=0, le=20)
    vacancy: AnyDistribution = entry("time until the seat is filled")


class PayReform(Option):
    """From its start pay goes by grade; without skill grades everybody is a middle worker."""

    pay: tuple[float, float, float] = entry("pay over the local mean of junior, middle and senior workers", "1")

    @model_validator(mode="after")
    def _paid(self) -> PayReform:
        if min(self.pay) <= 0:
            raise ValueError(say("every grade must earn something; give pay above 0"))
        return self


class Hiring(Option):
    """Whom an empty seat is given to: a diploma is asked for, and experience goes first."""

    vacancy: AnyDistribution = entry("time until the seat is filled under this rule")
    experienced: float = portion("share of the hired who have done such work before")
    head_start: int = entry("tasks that they count as having done", "tasks", ge=0, le=1_000_000)


class Learning(Option):
    """Learning by doing: who is new in a seat needs longer, the less so the more tasks are done. The first staff is not new."""

    extra: float = entry("extra work on the first task of a new worker, as a share", "share", ge=0, le=10)
    halves: int = entry("tasks until half of the extra is gone", "tasks", ge=1, le=1_000_000)


class Grades(Option):
    """Skill grades, junior, middle and senior; with a ladder, a worker rises by serving."""

    shares: tuple[float, float, float] = entry("shares of junior, middle and senior workers at the start", "share")
    work: tuple[float, float, float] = entry("work content of a task for each grade, over that of the scenario", "1")
    misses: tuple[float, float, float] = entry("failed attempts of each grade, over those of the scenario", "1")
    serves: Span | None = entry("time in a grade after which a worker rises; none: nobody ever does", "duration", None)

    @model_validator(mode="after")
    def _possible(self) -> Grades:
        adds_up(self.shares, say("shares of the grades"))
        if min(*self.work, *self.misses) <= 0 or min(self.shares) < 0:
            raise ValueError(say("work and misses of a grade must be above 0, its share at least 0"))
        return self


class Know(Chapter):
    """A probability for those without and for those with training."""

    untrained: float = portion("of workers without training")
    trained: float = portion("of workers with training")


class KnowHow(Option):
    """What workers without training lack: complete reports, and the procedure of a major case."""

    complete: Know = entry("probability that a finder's report is complete")
    asks_back: AnyDistribution = entry("work at the desk to get what is missing in a report")
    procedure: Know = entry("probability that a worker knows the procedure of a major case")
    looks_up: AnyDistribution = entry("time lost in a major case by who does not know the procedure")


class Training(Option):
    """Courses in working time; who has been to one counts as trained."""

    coverage: float = portion("probability that a worker goes to a course")
    every: Span = entry("time between the courses of a worker", "duration")
    hours: Span = entry("working time that a course takes", "duration")

    @model_validator(mode="after")
    def _gaps(self) -> Training:
        if self.every.seconds <= self.hours.seconds:
            raise ValueError(say("a course ({hours}) must be shorter than the time between courses ({every})",
                                 hours=self.hours.text(), every=self.every.text()))  # fmt: skip
        return self


class Transition(Option):
    """A rule has changed: everybody looks it up until it is known; while the buffer lasts the old one is valid as well."""

    looks_up: AnyDistribution = entry("extra work on a task by who does not know the new rule yet")
    times: int = entry("tasks after which a worker or a desk knows it", "tasks", ge=1, le=100_000)
    buffer: Span = entry("time in which the old rule is valid as well", "duration")
    both: AnyDistribution = entry("extra work at the desk, in that time, to see which rule a case falls under")
