"""The small chapters of a mapping: repairs of words, status and on-time words, duplicates, rules about odd rows."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from sim.messages import say


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Headings = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
"""One heading, or several of which the first that the file has is taken (the same city, older and newer exports)."""


class Part(BaseModel):
    """A chapter of a mapping: frozen, and a key that is not declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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
    """Words of the status column that mean closed and open; any other is counted as unknown.

    `duplicate` and `void` are further words (each also under closed or open) that say why a case ended; only counted.
    """

    closed: Words
    open: Words
    duplicate: Words = ()
    void: Words = ()


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
