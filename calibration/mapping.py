"""A mapping says how one kind of export is read: its columns, clock, words, personal columns and rules.

It is data (YAML in `calibration/mappings/`), frozen once read, and the only thing that differs between two cities. The
keys below are all there is; a key that is not known is an error, never ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from sim.messages import say

CHANNELS = ("hotline", "app", "grid_worker", "community_desk", "council", "box", "patrol", "sensor", "log")
"""Channel codes of the reports table; `log` stands for a channel that the log does not tell or that fits no other."""

ISO = "ISO8601"
"""The time format that stands for ISO 8601 with or without an offset; every other one is a strptime pattern."""


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Headings = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
"""One heading, or several of which the first that the file has is taken (the same city, older and newer exports)."""

Secret = Literal["refuse", "drop", "hash", "keep"]
"""What becomes of a column whose heading sounds personal; `keep` states that it is not (an agency's name)."""


class Part(BaseModel):
    """A chapter of a mapping: frozen, and a key that is not declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Columns(Part):
    """Canonical name -> heading in the export. One row of the export is one case."""

    id: Headings
    opened: Headings
    category: Headings
    closed: Headings | None = None
    due: Headings | None = None
    status: Headings | None = None
    on_time: Headings | None = None
    department: Headings | None = None
    community: Headings | None = None
    subdistrict: Headings | None = None
    district: Headings | None = None
    channel: Headings | None = None

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """The canonical columns that this mapping names, each with its accepted headings."""
        return {name: headings for name, headings in self if headings is not None}


class Times(Part):
    """How times are written, where their clock hung, and the window that the export covers (local time)."""

    formats: Words = Field(min_length=1)
    zone: str
    start: date | None = None
    observed_from: datetime | None = None
    observed_until: datetime | None = None

    @field_validator("formats")
    @classmethod
    def _each_format_has_a_pattern(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for text in formats:
            if text != ISO and "%" not in text:
                raise ValueError(
                    say(
                        "time format {text!r} is neither {iso} nor a pattern like {example}",
                        text=text,
                        iso=ISO,
                        example="%Y-%m-%d %H:%M",
                    )
                )
        return formats

    @field_validator("zone")
    @classmethod
    def _zone_is_known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                say("zone {zone!r} is not an IANA zone like America/New_York or Asia/Shanghai", zone=zone)
            ) from error
        return zone

    @field_validator("observed_from", "observed_until")
    @classmethod
    def _window_is_local(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is not None:
            raise ValueError(say("write the window in local time, without an offset: the zone is given once"))
        return moment

    @model_validator(mode="after")
    def _window_is_not_empty(self) -> Times:
        if self.observed_from and self.observed_until and self.observed_from >= self.observed_until:
            raise ValueError(say("observed_from must lie before observed_until"))
        return self


class Cleaning(Part):
    """Repairs of a text column, in this order: blank words, one pattern (a full match is rewritten), single values."""

    blank: Words = ()
    pattern: str | None = None
    to: str = ""
    values: dict[str, str] = {}

    @field_validator("pattern")
    @classmethod
    def _pattern_compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(
                say("pattern {pattern!r} is not a regular expression: {why}", pattern=pattern, why=error)
            ) from error
        return pattern


class Status(Part):
    """Words of the status column that mean closed and open; any other is counted as unknown."""

    closed: Words
    open: Words


class OnTime(Part):
    """Words of the on-time column; it is only compared with the times, as a check that the clock is read rightly."""

    late: Words
    in_time: Words


class RegisteredWhenDone(Part):
    """Cases entered when the work was already done: their duration says nothing about work or waiting."""

    at_most_s: int = Field(default=0, ge=0)
    channels: Words = ()
    """as the export writes them, after cleaning; empty: any"""


class Duplicates(Part):
    """Rows with equal keys are one case: identical rows merge, of conflicting ones the last (or first) is kept."""

    key: Words = ("id",)
    keep: Literal["first", "last"] = "last"


class Rules(Part):
    """Judgements about rows that cannot be taken as they are. Whatever is chosen is counted in the report."""

    closed_before_opened: Literal["open", "drop"] = "open"
    closed_without_time: Literal["open", "drop"] = "open"
    due_beyond_days: int | None = Field(default=None, ge=1)
    limit_type: Literal["urgent_hour", "natural_day", "work_hour", "work_day", "none"] = "natural_day"
    batch_closings: int = Field(default=20, ge=2)
    registered_when_done: RegisteredWhenDone | None = None


class Mapping(Part):
    """The whole of a mapping. `kind` and `schema_version` leave room for event logs and later forms."""

    schema_version: Literal[1]
    name: str = Field(min_length=1)
    title: str = ""
    kind: Literal["cases"] = "cases"
    encoding: str | None = None
    separator: Literal[",", ";", "\t", "|"] | None = None
    columns: Columns
    times: Times
    keep: dict[str, Headings] = {}
    category_levels: tuple[str, ...] = ()
    clean: dict[str, Cleaning] = {}
    categories: dict[str, str] = {}
    departments: dict[str, str] = {}
    channels: dict[str, str] = {}
    status: Status | None = None
    on_time: OnTime | None = None
    duplicates: Duplicates = Duplicates()
    rules: Rules = Rules()
    personal: dict[str, Secret] = {}

    def text_columns(self) -> dict[str, tuple[str, ...]]:
        """Every column that is read, canonical or kept, with its accepted headings."""
        return self.columns.wanted() | self.keep

    @model_validator(mode="after")
    def _names_refer_to_columns(self) -> Mapping:
        both = set(self.keep) & set(Columns.model_fields) | set(self.keep) & {"case_id", "row", "log_id"}
        if both:
            raise ValueError(say("keep: {names} are names of canonical columns; choose others", names=_list(both)))
        known = set(self.text_columns())
        for chapter, names in (("clean", self.clean), ("duplicates.key", self.duplicates.key)):
            if wrong := set(names) - known:
                raise ValueError(
                    say(
                        "{chapter}: {names} are not among the columns {known}",
                        chapter=chapter,
                        names=_list(wrong),
                        known=_list(known),
                    )
                )
        if wrong := set(self.category_levels) - set(self.keep):
            raise ValueError(say("category_levels: {names} are not under keep", names=_list(wrong)))
        return self

    @model_validator(mode="after")
    def _words_have_their_column(self) -> Mapping:
        for chapter, words, column in (
            ("status", self.status, self.columns.status),
            ("on_time", self.on_time, self.columns.on_time),
            ("departments", self.departments, self.columns.department),
            ("channels", self.channels, self.columns.channel),
        ):
            if words and column is None:
                raise ValueError(say("{chapter}: given, but columns names no such column", chapter=chapter))
        if wrong := {code for code in self.channels.values() if code not in CHANNELS}:
            raise ValueError(
                say(
                    "channels: {names} are not channels; allowed: {known}",
                    names=_list(wrong),
                    known=", ".join(CHANNELS),
                )
            )
        return self
