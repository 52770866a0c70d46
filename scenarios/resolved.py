"""A scenario written out in full, as YAML that reads back to an equal scenario with equal sources."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.scalars import scalar
from scenarios.sources import Source, numbers
from scenarios.values import RESERVED
from sim.scenario import Scenario

_PLAIN = re.compile(r"[A-Za-z0-9_\u4e00-\u9fff](?:[A-Za-z0-9_\u4e00-\u9fff ./-]*[A-Za-z0-9_\u4e00-\u9fff])?")


def resolved_text(scenario: Scenario, sources: Mapping[str, Source]) -> str:
    """The whole scenario, defaults included. A source stands once, over all the numbers that share it."""
    stated = {path: sources.get(path) for path in numbers(scenario)}
    return "\n".join(_Writer(stated).mapping(scenario.model_dump(mode="json"), "", None, 0)) + "\n"


class _Writer:
    def __init__(self, stated: Mapping[str, Source | None]) -> None:
        self._stated = stated
        self._below: dict[str, Counter[Source | None]] = {}
        for path, source in stated.items():
            steps = path.split(".")
            for end in range(len(steps) + 1):
                self._below.setdefault(".".join(steps[:end]), Counter())[source] += 1

    def mapping(self, value: dict[str, Any], path: str, inherited: Source | None, depth: int) -> Iterator[str]:
        own = self._usual(path)
        # A lone key `value` beside a source would read as a value with its source.
        if own is not None and own != inherited and not set(value) <= {"value", *RESERVED}:
            yield f"{'  ' * depth}source: {_word(own.text)}"
            inherited = own
        for key, child in value.items():
            yield from self._entry(f"{_word(key)}:", child, _under(path, key), inherited, depth)

    def _entry(self, lead: str, value: Any, path: str, inherited: Source | None, depth: int) -> Iterator[str]:
        blank = "  " * depth
        if isinstance(value, dict) and value:
            yield blank + lead
            yield from self.mapping(value, path, inherited, depth + 1)
        elif isinstance(value, list) and value and not self._on_one_line(value, path):
            yield blank + lead
            for index, row in enumerate(value):
                yield from self._row(row, _under(path, index), inherited, depth + 1)
        else:
            yield f"{blank}{lead} {self._flow(value, path, inherited)}"

    def _row(self, value: Any, path: str, inherited: Source | None, depth: int) -> Iterator[str]:
        lines = list(self._entry("", value, path, inherited, depth))
        if isinstance(value, dict) and value:
            # The row's first key follows the dash.
            lines = lines[1:]
            blank = "  " * (depth + 1)
            yield f"{'  ' * depth}- {lines[0].removeprefix(blank)}"
            yield from lines[1:]
        elif isinstance(value, list) and value and not self._on_one_line(value, path):
            yield f"{'  ' * depth}-"
            yield from lines[1:]
        else:
            yield f"{'  ' * depth}- {lines[0].strip()}"

    def _usual(self, path: str) -> Source | None:
        """The source of most numbers below a path; None when some have none, which a shared one would hide."""
        below = self._below.get(path, Counter())
        return None if None in below or not below else below.most_common(1)[0][0]

    def _common(self, path: str) -> Source | None:
        """The one source of all numbers below a path; None when they differ, or some have none."""
        below = self._below.get(path, Counter())
        return next(iter(below)) if len(below) == 1 else None

    def _on_one_line(self, value: list[Any], path: str) -> bool:
        bare = not any(isinstance(row, dict | list) for row in value)
        return bare and len(self._below.get(path, [None])) == 1

    def _flow(self, value: Any, path: str, inherited: Source | None) -> str:
        text = f"[{', '.join(_word(row) for row in value)}]" if isinstance(value, list) else _word(value)
        own = self._common(path)
        return f"{{value: {text}, source: {_word(own.text)}}}" if own is not None and own != inherited else text


def _under(path: str, step: object) -> str:
    return f"{path}.{step}" if path else str(step)


def _word(value: Any) -> str:
    if isinstance(value, dict):
        return "{}"
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and scalar(value) == value and isinstance(scalar(value), str):
        return value
    # A JSON string is a YAML string, but for letters that YAML wants escaped.
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in json.dumps(value, ensure_ascii=False))
