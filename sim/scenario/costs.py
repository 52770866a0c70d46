"""Chapter `costs`: what people and devices cost, and where the money comes from."""

from __future__ import annotations

from sim.scenario.chapter import Chapter, entry, portion
from sim.scenario.option import Option
from sim.units import Span


class Prices(Option):
    """What else costs money: meetings, training, materials."""

    meeting: float = entry("cost of a meeting (room, papers, time of those who come)", "yuan", 0.0, ge=0)
    hearing: float = entry("cost of a hearing of mediators besides their pay", "yuan", 0.0, ge=0)
    training_hour: float = entry("cost of an hour of training of one person, besides pay", "yuan/h", 0.0, ge=0)
    goods: float = entry("cost of a person-day of emergency goods that is bought or renewed", "yuan", 0.0, ge=0)


class Budget(Option):
    """Funding norm (经费标准): a community can hire and spend what its budget pays."""

    workers: float | None = entry(
        "money for the first team of grid workers; seats beyond it stay empty, the last ones first; none: all are paid",
        "yuan/community/year", None, ge=0,
    )  # fmt: skip
    running: float = entry("money for the work of cases; without it approved work waits", "yuan/community/year", ge=0)
    instalment: Span = entry("time between two instalments", "duration")


class Fund(Option):
    """Community fund (社区发展基金): donors and residents pay for projects besides public money."""

    donors: float = entry("donations", "yuan/year", ge=0)
    crowd: float = entry("what one supporter gives for a project", "yuan", ge=0)
    supporters: float = portion("share of the residents of the grid who support its project")


class Assets(Option):
    """Operating assets of the community (经营性资产)."""

    income: float = entry("income from rent and parking", "yuan/year", ge=0)
    returned: float = portion("share of it that is given to projects")


class Partners(Option):
    """Private partners (PPP): they pay a part of a project, and may withdraw."""

    interested: float = portion("probability that a partner is found for a project")
    pays: float = portion("share of the price that a partner pays")
    withdraws: float = portion("probability that a partner withdraws: the project waits until public money pays its part, too")


class Costs(Chapter):
    """Money."""

    worker_year: float = entry("full cost of a grid worker", "yuan/year", ge=0)
    crew_year: float = entry("full cost of a crew", "yuan/year", ge=0)
    desk_year: float = entry("full cost of a person at a desk", "yuan/year", ge=0)
    overtime_hour: float = entry("overtime pay", "yuan/h", ge=0)
    device: float = entry("price of a device", "yuan", ge=0)
    device_life: float = entry("life of a device", "years", gt=0)
    device_upkeep: float = entry("upkeep a year over the price", "share/year", ge=0, le=1)
    prices: Prices | None = entry("prices of meetings, training and materials; none: they cost nothing", default=None)
    budget: Budget | None = entry("budget of a community; none: money is there", default=None)
    fund: Fund | None = entry("community fund; none: public money only", default=None)
    assets: Assets | None = entry("operating assets of the community; none: none", default=None)
    partners: Partners | None = entry("private partners; none: none", default=None)
