"""The book of emergencies: one row for each thing that happens, and the table that it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from sim.records import table

if TYPE_CHECKING:
    from sim.hazards import Emergency
    from sim.issue import Issue
    from sim.mechanisms.emergencies.site import Site
    from sim.model import GovernanceModel

COLUMNS = ("emergency", "kind", "unit", "event", "at", "amount", "detail")


class Line(NamedTuple):
    """One row of the table `emergencies`."""

    emergency: str
    kind: str
    unit: str
    event: str
    at: int
    amount: float
    detail: str


class Book:
    """Rows as they happen."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def write(self, site: Site, event: str, at: int, amount: float = 0.0, detail: str = "") -> None:
        """Write what happened at a site."""
        name = site.community.name
        self.lines.append(Line(site.emergency.name, site.hazard.kind, name, event, at, amount, detail))

    def of(self, emergency: Emergency, kind: str, event: str, issue: Issue) -> None:
        """Write what an emergency did or would have done with an issue; its number is the detail."""
        self.lines.append(Line(emergency.name, kind, "", event, issue.onset, 1.0, str(issue.number)))

    def note(self, unit: str, event: str, at: int, amount: float = 0.0, detail: str = "") -> None:
        """Write what happened without an emergency."""
        self.lines.append(Line("", "", unit, event, at, amount, detail))


def emergency_table(model: GovernanceModel) -> pd.DataFrame:
    """The table `emergencies` of a run, in order of time; without a chain of command it is empty."""
    books = [book for each in model.governance.mechanisms if (book := getattr(each, "own_book", None)) is not None]
    lines = sorted(line for book in books for line in book.lines)
    lines = sorted(lines, key=lambda line: line.at)
    columns = zip(*lines, strict=True) if lines else ([] for _ in COLUMNS)
    return table("emergencies", dict(zip(COLUMNS, map(list, columns), strict=True)))
