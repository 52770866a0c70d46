"""Where a number comes from: a published claim, the literature, a log, an assumption, or a derivation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from sim.messages import say
from sim.units import Duration

KINDS = ("published", "literature", "assumed", "log", "derived")
SOURCE_PATTERN = r"^(published C[0-9]{4}(, ?C[0-9]{4})*(: .+)?|assumed(: .+)?|(literature|log|derived): .+)$"
_SOURCE = re.compile(SOURCE_PATTERN, re.DOTALL)
_OF_NO_MODEL = ("schema_version",)


@dataclass(frozen=True)
class Source:
    """The kind (one of KINDS) and what it names: claim ids, a citation, a reason."""

    kind: str
    detail: str = ""

    @property
    def text(self) -> str:
        """As it stands in a scenario; `parse_source` reads it back."""
        gap = " " if self.kind == "published" else ": "
        return f"{self.kind}{gap}{self.detail}" if self.detail else self.kind


def parse_source(text: object) -> Source:
    """Read a source. Raises ValueError, in words for the user, for anything but the five forms."""
    plain = " ".join(text.split()) if isinstance(text, str) else ""
    if not _SOURCE.match(plain):
        raise ValueError(
            say(
                "{value} is not a source; write one of: published C0123 (claim ids, comma between), literature: text, "
                "log: text, derived: text, assumed, assumed: reason",
                value=repr(text),
            )
        )
    kind, detail = re.match(r"([a-z]+):? ?(.*)", plain, re.DOTALL).groups()  # type: ignore[union-attr]
    return Source(kind, detail)


def numbers(value: object, path: str = "") -> Iterator[str]:
    """Paths of every number and duration below a chapter, with the defaults that nobody wrote."""
    if isinstance(value, BaseModel):
        rows = [(name, getattr(value, name)) for name in type(value).model_fields]
    elif isinstance(value, Mapping):
        rows = list(value.items())
    elif isinstance(value, tuple | list):
        rows = list(enumerate(value))
    else:
        if isinstance(value, int | float | Duration) and not isinstance(value, bool) and path not in _OF_NO_MODEL:
            yield path
        return
    for name, child in rows:
        yield from numbers(child, f"{path}.{name}" if path else str(name))


def unsourced(file: object) -> list[str]:
    """Paths of the numbers of a ScenarioFile that name no source; a default that nobody wrote has none."""
    return [path for path in numbers(file.scenario) if path not in file.sources]  # type: ignore[attr-defined]
