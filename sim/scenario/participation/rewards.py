"""Chapter `participation`, rewards: points, hours owed, honours."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.chapter import entry, portion
from sim.scenario.option import Option


class Points(Option):
    """Points for meetings, volunteering and reports; goods for points, until there are none."""

    meeting: float = entry("points for coming to a meeting", "points", ge=0, le=1e6)
    hour: float = entry("points for an hour of volunteering", "points", ge=0, le=1e6)
    report: float = entry("points for a report", "points", ge=0, le=1e6)
    recorded: float = portion("share of deeds that are recorded", 1.0)
    price: float = entry("points that one good costs", "points", gt=0, le=1e9)
    goods: float = entry("goods that come in every 30 days per 1000 residents", "goods/1000 residents", ge=0, le=1e6)
    values: float = portion("share of residents to whom such goods mean something")
    comes: float = portion("added to the probability of coming while goods can be had")
    reports: float = portion("added to the readiness to report while goods can be had")

    moves_reports: ClassVar[bool] = True


class CreditLedger(Option):
    """A ledger that nobody can lose or change (社区链): deeds that were not recorded are now."""

    recorded: float = portion("share of deeds that are recorded on it")


class TimeBank(Option):
    """Hours given now are owed later: who has given hours may draw them when in need, if others give."""

    most: float = entry("hours that one may have in store", "h", gt=0, le=100_000)
    needs: float = portion("probability that somebody needs help in 30 days")
    draws: float = entry("hours that somebody in need draws", "h", gt=0, le=1000)
    across: bool = entry("hours can be drawn in any community", default=False)


class Stars(Option):
    """Honour levels for volunteers: who reaches the next one takes new heart."""

    hours: tuple[float, ...] = entry("hours at which each level is reached, rising", "h", min_length=1)
    honour: float = portion("share of volunteers to whom the honour means something")
