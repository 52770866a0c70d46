"""Working time of grid workers: how much of it goes into forms and quotas, and what gives some of it back."""

from __future__ import annotations

from sim.distributions import AnyDistribution
from sim.scenario.chapter import entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Burden(Option):
    """Forms and inspections are abolished; then new ones come, worker by worker, month by month, up to what there was."""

    paperwork: float = portion("share of the shift owed to paperwork when it comes into force")
    comes_back: float = portion("probability that a worker is given another form in a month of 30 days")
    form: float = portion("share of the shift that another form takes")


class NegativeList(Option):
    """A list of what may not be asked for. Audits look for it; what they find is withdrawn."""

    norm: float = portion("share of the shift that paperwork may take")
    every: Span = entry("time between audits", "duration")
    detection: float = portion("probability that an audit sees what a worker has to write beyond the norm")


class Quotas(Option):
    """Workers are judged by the number of their reports. Who falls short of it may fill up with reports on nothing."""

    reports: int = entry("reports asked of a worker in a month of 30 days", "reports", ge=1, le=10_000)
    fills_up: float = portion("share of workers who fill up")
    last: Span = entry("time at the end of the month in which they do", "duration")


class Terminal(Option):
    """A mobile terminal: who has one writes the report where it stands."""

    share: float = portion("share of workers who have one and can use it")
    report: AnyDistribution = entry("effort to report a finding with it")
