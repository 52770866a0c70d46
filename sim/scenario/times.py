"""Chapter `time` and `calendars`: the window of a run and the hours at which anybody works."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, Name, entry
from sim.units import DAY, Span

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_LONGEST_QUOTE = 60
_HOURS = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)$")


def _zone(value: object) -> object:
    if not isinstance(value, str) or value not in zoneinfo.available_timezones():
        raise ValueError(say("{value} is not an IANA time zone; write one like Asia/Shanghai", value=_quoted(value)))
    return value


def _quoted(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}..."


def _hours(value: object) -> object:
    if not isinstance(value, str) or not _HOURS.match(value) or (value.endswith(":00") is False and "24:" in value):
        raise ValueError(
            say("{value} is not a span of the day; write it like '08:00-12:00' (24:00 ends the day)",
                value=_quoted(value))
        )  # fmt: skip
    return value


Country = Literal["none", "CN", "US", "JP", "DE", "NL", "IT", "GB", "FR", "CA", "KR"]
"""Countries whose public holidays a scenario can name."""
Zone = Annotated[str, BeforeValidator(_zone)]
Hours = Annotated[str, BeforeValidator(_hours)]


class Time(Chapter):
    """The window of a run. Issues begin in [0, arrivals_end); the run covers [0, horizon)."""

    start: datetime.date = entry("civil date of second 0", "date")
    zone: Zone = entry("IANA time zone of the city")
    horizon: Span = entry("length of the run", "duration")
    warm_up: Span = entry("cases established before this are left out of indicators", "duration")
    arrivals_end: Span | None = entry("no issue begins after this; none: up to the horizon", "duration", None)
    holidays: Country = entry(
        "public holidays and make-up working days of this country"
    )
    limit_calendar: Name = entry("calendar on which work hours and workdays of limits are counted")
    replications: int = entry(
        "worlds that a run or a comparison uses unless told otherwise", "worlds", 5, ge=1, le=100000
    )

    @model_validator(mode="after")
    def _window(self) -> Time:
        if not DAY <= self.horizon.seconds <= 40 * 365 * DAY:
            raise ValueError(
                say("horizon {value} must lie between 1 d and 40 years (14600 d)", value=self.horizon.text())
            )
        end = self.horizon if self.arrivals_end is None else self.arrivals_end
        if end.seconds > self.horizon.seconds:
            raise ValueError(
                say("arrivals_end {end} lies after the horizon {horizon}", end=end.text(), horizon=self.horizon.text())
            )
        if self.warm_up.seconds >= end.seconds:
            raise ValueError(
                say("warm_up {value} leaves nothing to judge before {end}; write a shorter one", value=self.warm_up.text(), end=end.text())
            )
        return self


class WorkCalendar(Chapter):
    """Hours at which a unit works."""

    days: tuple[Weekday, ...] = entry("weekdays that it works", min_length=1)
    hours: tuple[Hours, ...] = entry("spans of those days", "HH:MM-HH:MM", min_length=1)
    holidays: Literal["closed", "open"] = entry(
        "whether public holidays close it (make-up days then open it)", default="closed"
    )

    def weekday_hours(self) -> dict[int, list[tuple[int, int]]]:
        """Weekday number (0 Monday) to spans in seconds of the day; a span that ends at or before its start crosses midnight."""
        spans = [tuple(_second(part) for part in span.split("-")) for span in self.hours]
        return {WEEKDAYS.index(day): [(a, b) for a, b in spans] for day in self.days}


def _second(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 3600 + int(minute) * 60
