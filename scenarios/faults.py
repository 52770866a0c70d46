"""All faults of a scenario at once: `file:line:column: path: what is wrong; what is allowed; did you mean ...`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from scenarios.marks import Mark
from sim.messages import BadInput, say

MOST_SHOWN = 60
_LONGEST_TEXT = 900
_LONGEST_WORD = 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where, and what to do."""

    mark: Mark
    path: str
    text: str

    def __str__(self) -> str:
        text = self.text if len(self.text) <= _LONGEST_TEXT else f"{self.text[:_LONGEST_TEXT]}..."
        line = f"{self.mark}: {self.path}: {text}" if self.path else f"{self.mark}: {text}"
        # A key or a setting may hold a line break; a fault stays on one line.
        return line.replace("\n", "\\n").replace("\r", "\\r")


@dataclass
class Faults:
    """Collects faults, so that a user sees them together."""

    found: dict[Fault, None] = field(default_factory=dict)
    beyond: int = 0
    """Faults that were counted only."""

    def add(self, mark: Mark, path: str, text: str) -> None:
        """Note a fault; the same one counts once."""
        self.found[Fault(mark, path, text)] = None

    def finish(self) -> None:
        """Raise BadInput with every fault a line, in the order of the files; do nothing when there is none."""
        if not self.found:
            return
        files = list(dict.fromkeys(fault.mark.file for fault in self.found))
        rows = sorted(self.found, key=lambda fault: (files.index(fault.mark.file), fault.mark.line, fault.mark.column))
        lines = [str(fault) for fault in rows[:MOST_SHOWN]]
        if len(rows) + self.beyond > MOST_SHOWN:
            lines.append(say("... and {count} more faults", count=len(rows) + self.beyond - len(lines)))
        raise BadInput("\n".join(lines))


def refuse(mark: Mark, text: str) -> BadInput:
    """The error for a file that cannot be read any further; the caller raises it."""
    return BadInput(str(Fault(mark, "", text)))


def guess(word: str, known: Iterable[str]) -> str:
    """`; did you mean ...?` when something similar is known, else nothing."""
    if len(word) > _LONGEST_WORD:
        return ""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return say("; did you mean {guess}?", guess=repr(near[0])) if near else ""


def guess_file(name: str, there: Iterable[str]) -> str:
    """`; did you mean ...?` for a file name: files of one ending resemble each other, so only a near one will do."""
    near = difflib.get_close_matches(name, list(there), n=1, cutoff=0.8) if len(name) <= _LONGEST_WORD else []
    return say("; did you mean {guess}?", guess=repr(near[0])) if near else ""


def shown(value: object) -> str:
    """A value as a message quotes it: short."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
