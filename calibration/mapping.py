"""A mapping says how one kind of export is read: its columns, clock, words, personal columns and rules.

It is data (YAML in `calibration/mappings/`), frozen once read, and the only thing that differs between two cities. The
keys below are all there is; a key that is not known is an error, never ignored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from calibration.mapping_columns import Columns, Events
from calibration.mapping_parts import Cleaning, Duplicates, Headings, OnTime, Part, Rules, Status, Words
from sim.messages import say
from sim.scenario.times import Country

CHANNELS = ("hotline", "app", "grid_worker", "community_desk", "council", "box", "patrol", "sensor", "log")
"""Channel codes of the reports table; `log` stands for a channel that the log does not tell or that fits no other."""

NEEDED = ("id", "opened", "category")
"""Columns without which a table of cases cannot be read."""

LIMIT_TYPES = ("urgent_hour", "natural_day", "work_hour", "work_day", "none")

ISO = "ISO8601"
"""The time format that stands for ISO 8601 with or without an offset; every other one is a strptime pattern."""


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


Secret = Literal["refuse", "drop", "hash", "keep"]
"""What becomes of a column whose heading sounds personal; `keep` states that it is not (an agency's name)."""


class Times(Part):
    """How times are written, where their clock hung, and the window that the export covers (local time)."""

    formats: Words = Field(min_length=1)
    zone: str
    start: date | None = None
    observed_from: datetime | None = None
    observed_until: datetime | None = None
    holidays: Country | None = None
    """whose public holidays the log keeps; none stated: those of the country in which the zone lies"""

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


class Mapping(Part):
    """The whole of a mapping. `kind`: one row a case, or one row (or XES element) an event."""

    schema_version: Literal[1]
    name: str = Field(min_length=1)
    title: str = ""
    kind: Literal["cases", "events"] = "cases"
    encoding: str | None = None
    separator: Literal[",", ";", "\t", "|"] | None = None
    columns: Columns = Columns()
    events: Events | None = None
    times: Times
    may_lack: Words = ()
    """columns that some exports of this kind do not have; any other mapped column must be there"""
    keep: dict[str, Headings] = Field(default_factory=dict)
    category_levels: tuple[str, ...] = ()
    clean: dict[str, Cleaning] = Field(default_factory=dict)
    categories: dict[str, str] = Field(default_factory=dict)
    departments: dict[str, str] = Field(default_factory=dict)
    channels: dict[str, str] = Field(default_factory=dict)
    limit_types: dict[str, str] = Field(default_factory=dict)
    status: Status | None = None
    on_time: OnTime | None = None
    duplicates: Duplicates = Duplicates()
    rules: Rules = Rules()
    personal: dict[str, Secret] = Field(default_factory=dict)

    def text_columns(self) -> dict[str, tuple[str, ...]]:
        """Every column that is read, canonical or kept, with its accepted headings."""
        return self.columns.wanted() | self.keep

    def all_columns(self) -> dict[str, tuple[str, ...]]:
        """The same and, of an event log, the columns of an event under their name with an @ before it."""
        events = self.events.wanted() if self.events else {}
        return self.text_columns() | {f"@{name}": headings for name, headings in events.items()}

    @model_validator(mode="after")
    def _kind_has_its_columns(self) -> Mapping:
        if self.kind == "events":
            if self.events is None:
                raise ValueError(say("kind events: the chapter events is missing"))
            if both := set(self.events.steps) & set(self.columns.wanted()):
                raise ValueError(say("events.steps: {names} are also under columns; say it once", names=_list(both)))
            return self
        if self.events is not None:
            raise ValueError(say("events: given, but kind is cases; write kind: events"))
        if missing := set(NEEDED) - set(self.columns.wanted()):
            raise ValueError(say("columns: {names} must be named", names=_list(missing)))
        return self

    @model_validator(mode="after")
    def _names_refer_to_columns(self) -> Mapping:
        both = set(self.keep) & set(Columns.model_fields) | set(self.keep) & {"case_id", "row", "log_id"}
        if both:
            raise ValueError(say("keep: {names} are names of canonical columns; choose others", names=_list(both)))
        known = set(self.all_columns()) | ({"id"} if self.kind == "events" else set())
        chapters = (("clean", self.clean), ("duplicates.key", self.duplicates.key), ("may_lack", self.may_lack))
        for chapter, names in chapters:
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
            ("limit_types", self.limit_types, self.columns.limit_type),
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
        if wrong := set(self.limit_types.values()) - set(LIMIT_TYPES):
            raise ValueError(
                say("limit_types: {names} are not kinds of limit; allowed: {known}",
                    names=_list(wrong), known=", ".join(LIMIT_TYPES))
            )  # fmt: skip
        return self
