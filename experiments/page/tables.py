"""The tables of the page: headlines, where the days go, issues one by one, definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from experiments.comparison import BETTER, WORSE
from experiments.headlines import Headline, mean_steps
from experiments.page.rendering import Cell, Table
from experiments.quantities import (
    NONE,
    change_text,
    gain_text,
    interval_text,
    number,
    unit_text,
    value_text,
    verdict_text,
)
from experiments.summary import Summary
from sim.messages import say
from sim.metrics.indicator import Indicator

DIRECTIONS = {"lower": "lower is better", "higher": "higher is better", "none": "neither is better"}


def hover(indicator: Indicator) -> str:
    """What hovering over an indicator shows."""
    return say("{formula}. Counted over: {denominator}. Clock: {clock}. {direction}.",
               formula=say(indicator.formula), denominator=say(indicator.denominator), clock=say(indicator.clock),
               direction=say(DIRECTIONS[indicator.direction]))  # fmt: skip


def run_headlines(lines: Mapping[str, Sequence[Headline]]) -> Table:
    """Mean and interval of each headline indicator of one scenario."""
    head = [
        Cell(say("Indicator")),
        *(Cell(say(name), number=True) for name in ("Mean", "95 % interval")),
        Cell(say("Unit")),
    ]
    rows = []
    for (line,) in lines.values():
        unit = line.indicator.unit
        rows.append(
            [
                Cell(say(line.indicator.label), hover(line.indicator)),
                Cell(value_text(line.value, unit), number=True),
                Cell(interval_text(line.value, unit), number=True),
                Cell(unit_text(unit)),
            ]
        )
    return Table(say("Mean over the worlds."), head, rows)


def compared_headlines(lines: Mapping[str, Sequence[Headline]], names: Mapping[str, str]) -> Table:
    """For each indicator a row a scenario: value, difference, verdict, gain from pairing."""
    numbers = ("Mean", "95 % interval", "Difference", "95 % interval", "Pairing gain")
    head = [Cell(say("Indicator")), Cell(say("Scenario")), *(Cell(say(name), number=True) for name in numbers),
            Cell(say("Verdict"))]  # fmt: skip
    rows = [row for group in lines.values() for row in _compared(group, names)]
    return Table(
        say("Means over the worlds, and differences against the baseline in the same worlds."),
        head,
        rows,
        note=say(
            "Differences are taken world by world. Verdicts are corrected for the number of scenarios compared (Holm); "
            "the intervals are not. Pairing gain: how many times as many unpaired worlds the same interval would need."
        ),
    )


def _compared(group: Sequence[Headline], names: Mapping[str, str]) -> list[list[Cell]]:
    indicator = group[0].indicator
    first = Cell(f"{say(indicator.label)} ({unit_text(indicator.unit)})", hover(indicator), rows=len(group))
    return [([first] if line is group[0] else []) + _cells(line, names) for line in group]


def _cells(line: Headline, names: Mapping[str, str]) -> list[Cell]:
    unit, change = line.indicator.unit, line.change
    cells = [
        Cell(names[line.scenario]),
        Cell(value_text(line.value, unit), number=True),
        Cell(interval_text(line.value, unit), number=True),
    ]
    if change is None:
        return [*cells, *[Cell("", number=True)] * 3, Cell(say("baseline"), mark="note")]
    return [
        *cells,
        Cell(change_text(change.difference, unit), number=True),
        Cell(interval_text(change.difference, unit, sign=True), number=True),
        Cell(gain_text(change.pairing_gain), number=True),
        verdict_cell(change.verdict),
    ]


def verdict_cell(code: str) -> Cell:
    """A verdict, coloured only where it is one."""
    return Cell(verdict_text(code), mark=f"verdict {code}" if code in (BETTER, WORSE) else "verdict")


def steps_table(summary: Summary, caption: str, last: bool = True) -> Table:
    """Mean hours of a closed case by step and level, then by what they were spent on."""
    steps, parts = mean_steps(summary), mean_steps(summary, "part")
    head = [Cell(say("Step")), *(Cell(say(str(level)), number=True) for level in steps.columns)]
    rows = [
        [
            Cell(say(str(name)), mark="total" if name == "total" else ""),
            *(Cell(number(hours, 1), number=True) for hours in row),
        ]
        for table in (steps, parts)
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    note = say("Below the total: how much of it the case waited (for whom), was worked on, or was travelled to.")
    return Table(caption, head, rows, note if last else "")


def pairs_table(counted: pd.DataFrame, caption: str, first: str, names: Mapping[str, str]) -> Table:
    """Issues that became faster and slower, a row a value of the first column."""
    columns = {
        "issues": ("paired issues", 0), "faster": ("closed sooner", 0), "faster_median_h": ("half by at least, h", 1),
        "slower": ("closed later", 0), "slower_median_h": ("half by at least, h", 1), "same": ("same time", 0),
        "q05_h": ("5 % of changes below, h", 1), "q95_h": ("5 % above, h", 1), "mean_change_h": ("mean change, h", 1),
    }  # fmt: skip
    head = [Cell(say(first)), *(Cell(say(text), number=True) for text, _ in columns.values())]
    counted = counted.assign(faster_median_h=-counted["faster_median_h"])
    rows = [
        [Cell(names.get(str(row[counted.columns[0]]), str(row[counted.columns[0]]) or NONE)),
         *(Cell(number(row[name], places), number=True) for name, (_, places) in columns.items())]
        for _, row in counted.iterrows()
    ]  # fmt: skip
    return Table(caption, head, rows)


def missed_table(counted: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Issues that were missed or left open in one scenario only; a row a scenario."""
    kinds = {"never_found": "never found", "never_opened": "no case opened", "open": "case still open at the end"}
    head = [Cell(say("Scenario")), Cell(say("Issues")), *(Cell(say(text), number=True) for text in
            ("in the baseline only", "in the scenario only", "in both"))]  # fmt: skip
    rows = [
        [
            Cell(names[row["scenario"]]),
            Cell(say(text)),
            *(Cell(number(row[f"{kind}_{side}"], 0), number=True) for side in ("a_only", "b_only", "both")),
        ]
        for _, row in counted.iterrows()
        for kind, text in kinds.items()
    ]
    return Table(say("Issues that were missed, over all worlds."), head, rows)


def definitions(indicators: Sequence[Indicator]) -> Table:
    """What each shown indicator is."""
    head = [Cell(say(text)) for text in ("Indicator", "Formula", "Unit", "Better", "Counted over", "Clock")]
    rows = [
        [
            Cell(say(each.label)),
            Cell(say(each.formula)),
            Cell(unit_text(each.unit)),
            Cell(say(DIRECTIONS[each.direction])),
            Cell(say(each.denominator)),
            Cell(say(each.clock)),
        ]
        for each in indicators
    ]
    return Table(say("Every indicator shown, as it is computed."), head, rows)
