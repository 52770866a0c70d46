"""A table of texts that a terminal and a page show alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.console import aligned
from experiments.page.rendering import Cell, Table


@dataclass(frozen=True)
class Grid:
    """Rows of texts; the first `texts` columns are words, the others numbers."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    note: str = ""

    def text(self) -> str:
        """For a terminal."""
        body = aligned([tuple(self.head), *(tuple(row) for row in self.rows)], numbers_from=self.texts)
        return "\n".join(part for part in (self.caption, body, self.note) if part)

    def table(self) -> Table:
        """For a page."""
        head = [Cell(text, number=place >= self.texts) for place, text in enumerate(self.head)]
        rows = [[Cell(text, number=place >= self.texts) for place, text in enumerate(row)] for row in self.rows]
        return Table(self.caption, head, rows, self.note)
