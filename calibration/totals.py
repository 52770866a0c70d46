"""Tables of totals (requests a month and type) are no case logs: they are told by their headings and refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sim.messages import BadInput, say

TOTALS = re.compile(
    r"(?:^|[^a-z])(?:total|avg|average|mean|median|sum|count|number of|num|pct|percent|share|p90|p95)(?:[^a-z]|$)"
    r"|合计|总数|总量|总件数|平均|中位|件数|占比|环比|同比|比率",
    re.IGNORECASE,
)
"""Headings of figures about many cases."""

PERIODS = re.compile(r"(?:^|[^a-z])(?:month|period|year|quarter|week)(?:[^a-z]|$)|月份|年份|季度|周次|统计期", re.IGNORECASE)

FEWEST = 2
"""Headings of totals beside one of a period that make a table of totals (judgement: one may be a case's own count)."""


def totals_among(headings: Sequence[str]) -> list[str]:
    """The headings that say totals, if the table is one of totals: two of them, and a column for the period."""
    spaced = {heading: heading.replace("_", " ") for heading in headings}
    totals = [heading for heading, text in spaced.items() if TOTALS.search(text)]
    has_period = any(PERIODS.search(text) for text in spaced.values())
    return totals if len(totals) >= FEWEST and has_period else []


def refuse_totals(headings: Sequence[str], path: Path) -> None:
    """Raises BadInput when the headings are those of a table of totals."""
    if totals := totals_among(headings):
        raise BadInput(
            say("{file}: is a table of totals, not a case log (columns {totals}): no single case can be told from it. "
                "Export one row a case, with opening and closing times",
                file=path, totals=", ".join(repr(heading) for heading in totals))
        )  # fmt: skip
