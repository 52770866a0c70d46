"""What a run and a comparison print: aligned plain text that a terminal, a pipe and a file show alike."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import pandas as pd

from experiments.headlines import Headline, headlines, mean_steps
from experiments.quantities import change_text, gain_text, interval_text, number, unit_text, value_text, verdict_text
from experiments.summary import Summary
from sim.messages import say


def aligned(rows: Sequence[Sequence[str]], numbers_from: int = 1) -> str:
    """A text table: the first columns to the left, from `numbers_from` on to the right. Wide letters count twice."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(_padded(text, widths[i], right=i >= numbers_from) for i, text in enumerate(row)).rstrip()
        for row in rows
    )


def _padded(text: str, size: int, right: bool) -> str:
    blank = " " * (size - width(text))
    return blank + text if right else text + blank


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def run_text(summary: Summary) -> str:
    """Headline indicators of one scenario with intervals, and where the days go."""
    rows = [(say("Indicator"), say("Mean"), say("95 % interval"), say("Unit"))]
    for (only,) in headlines({"": summary}).values():
        unit = only.indicator.unit
        rows.append(
            (say(only.indicator.label), value_text(only.value, unit), interval_text(only.value, unit), unit_text(unit))
        )
    return aligned(rows) + "\n\n" + steps_text(summary)


def steps_text(summary: Summary) -> str:
    """Mean hours of a closed case by step and level, then by what they were spent on."""
    table, parts = mean_steps(summary), mean_steps(summary, "part")
    lines = [(say("Where the days go, hours a closed case"), *(say(str(level)) for level in table.columns))]
    for rows in (table, parts):
        lines += [
            (say(str(name)), *(number(hours, 1) for hours in row))
            for name, row in zip(rows.index, rows.to_numpy(), strict=True)
        ]
    lines.insert(len(table) + 1, ("",) * len(lines[0]))
    return aligned(lines)


def comparison_text(arms: Mapping[str, Summary], comparison: pd.DataFrame) -> str:
    """Per headline indicator and scenario: value, interval, difference, interval, verdict, gain from pairing."""
    rows = [
        (
            say("Indicator"),
            say("Scenario"),
            say("Mean"),
            say("95 % interval"),
            say("Difference"),
            say("95 % interval"),
            say("Pairing gain"),
            say("Unit"),
            say("Verdict"),
        )
    ]
    for lines in headlines(arms, comparison).values():
        rows += [_compared(line, first=index == 0) for index, line in enumerate(lines)]
    return aligned(rows, numbers_from=2)


def _compared(line: Headline, first: bool) -> tuple[str, ...]:
    unit, change = line.indicator.unit, line.change
    head = (
        say(line.indicator.label) if first else "",
        line.scenario,
        value_text(line.value, unit),
        interval_text(line.value, unit),
    )
    if change is None:
        return (*head, "", "", "", unit_text(unit), say("baseline"))
    return (*head, change_text(change.difference, unit), interval_text(change.difference, unit, sign=True),
            gain_text(change.pairing_gain), unit_text(unit), verdict_text(change.verdict))  # fmt: skip
