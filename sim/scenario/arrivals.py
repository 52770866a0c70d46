"""Chapter `replay.arrivals`: how cases come, fitted on a log, so that days beyond it can be drawn."""

from __future__ import annotations

import datetime

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, adds_up, entry, portion
from sim.units import Span


class ArrivalStream(Chapter):
    """Arrivals of one department: how many a day, and when in the week."""

    department: str = entry("department, as the mapping names it")
    level: float = entry("cases a day at the end of the training period", "cases/day", ge=0)
    week: tuple[float, ...] = entry("factor of each weekday, Monday first", min_length=7, max_length=7)
    holiday: float = entry("factor of a holiday, times Sunday's", default=1.0, ge=0)
    cv: float = entry("coefficient of variation of its own level from day to day", default=0.0, ge=0, le=20)
    hours: tuple[float, ...] = entry("weight of each hour of the week by the wall clock, from Monday 0:00",
                                     min_length=168, max_length=168)  # fmt: skip

    @model_validator(mode="after")
    def _weights(self) -> ArrivalStream:
        days = [self.hours[24 * day : 24 * day + 24] for day in range(7)]
        if min(self.week) < 0 or min(self.hours) < 0 or not all(any(day) for day in days):
            raise ValueError(say("weights of weekdays and hours must not be negative, and no weekday without any hour"))
        return self


class CaseKind(Chapter):
    """Cases of one department and category: how many of the department's, where, by which channel, with which limit."""

    department: str = entry("department, as the mapping names it")
    category: str = entry("category, as the mapping names it")
    share: float = portion("share of the department's cases")
    zones: tuple[float, ...] = entry("weight of each zone, in the order of places.zones")
    channels: dict[str, float] = entry("weight of each channel")
    registered: float = portion("share that is registered when done", 0.0)
    limited: float = portion("share that has a limit", 0.0)
    limits: tuple[Span, ...] = entry("limits at even steps of probability, rising", default=())

    @model_validator(mode="after")
    def _weights(self) -> CaseKind:
        for name, weights in (("zones", self.zones), ("channels", tuple(self.channels.values()))):
            if not weights or min(weights) < 0 or not sum(weights):
                raise ValueError(say("{name}: weights must not be negative, and not all zero", name=name))
        if self.limited and not self.limits:
            raise ValueError(say("limits: a share of cases has a limit, so give one or more"))
        return self


class ShockDay(Chapter):
    """A day far out in the log: factor on a department's usual arrivals."""

    date: str = entry("local date in the log", "date", pattern=r"^\d{4}-\d{2}-\d{2}$")
    department: str = entry("department, as the mapping names it")
    factor: float = entry("arrivals over those expected", ge=0)


class ArrivalModel(Chapter):
    """Arrivals by department and day: level x trend x month x weekday x a common and an own day factor, then Poisson."""

    since: str = entry("local date to which the levels belong", "date", pattern=r"^\d{4}-\d{2}-\d{2}$")
    trend: float = entry("change of the log level a day", "1/day", default=0.0, ge=-0.1, le=0.1)
    damping: float = entry("factor on the trend from day to day", default=0.98, ge=0, lt=1)
    months: tuple[float, ...] = entry("factor of each month; none: no season known", default=(), max_length=12)
    shared_cv: float = entry("coefficient of variation of the level that all departments share", default=0.0, ge=0, le=5)
    memory: float = entry("correlation of that level from one day to the next", default=0.0, ge=0, lt=1)
    streams: tuple[ArrivalStream, ...] = entry("arrivals by department", min_length=1)
    kinds: tuple[CaseKind, ...] = entry("mix of categories", min_length=1)
    shocks: tuple[ShockDay, ...] = entry("days far out, left out of the levels", default=())
    shock_on: str = entry("local date on which the first of them comes again; none: none comes", "date", default="none",
                          pattern=r"^(none|\d{4}-\d{2}-\d{2})$")  # fmt: skip

    @model_validator(mode="after")
    def _whole(self) -> ArrivalModel:
        if self.months and len(self.months) != 12:
            raise ValueError(say("months: give twelve factors or none"))
        for text in (self.since, self.shock_on, *(shock.date for shock in self.shocks)):
            if text != "none":
                datetime.date.fromisoformat(text)
        for stream in self.streams:
            shares = tuple(kind.share for kind in self.kinds if kind.department == stream.department)
            adds_up((round(sum(shares), 5),), say("shares of the categories of {department}", department=stream.department))
        return self
