"""The page of a comparison."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from experiments.comparison import BETTER, WORSE
from experiments.contrast import Contrast, different_worlds, findings, pair_counts
from experiments.figures.drawing import Drawn
from experiments.figures.labels import Labels
from experiments.headlines import Headline, headlines
from experiments.page.rendering import Table, inline_figures, render
from experiments.page.tables import compared_headlines, definitions, hover, missed_table, pairs_table, steps_table
from experiments.page.trust import list_names, trust_facts
from experiments.plan import Arm, Plan
from experiments.quantities import change_text, interval_text, value_text, verdict_text, with_unit
from experiments.sentences import answer, primary
from experiments.summary import FEWEST_REAL
from sim.messages import language, say
from sim.scenario import Scenario

TILES = 4
MOST_BROKEN_DOWN = 3
"""With more scenarios than this, pairs of issues are not shown by category and department."""
BY = {"category": "Category", "department": "Department"}


def comparison_page(plan: Plan, found: Contrast, drawn: Sequence[Drawn]) -> str:
    """The whole page as HTML."""
    lines = headlines(found.arms, found.table)
    names = list(found.names.values())
    return render(
        "page.html.j2",
        {
            "title": say("{others} against {baseline}", others=list_names(names[1:]), baseline=names[0]),
            "subtitle": say(
                "Comparison of {count} scenarios in the same {worlds} worlds",
                count=len(names),
                worlds=plan.replications,
            ),
            "answer": answer(found.table, found.names),
            "tiles": [_tile(group, found.names) for group in _tiled(lines, found)],
            "findings": {found.names[name]: said for name, said in findings(found).items()},
            "warning": "" if found.same_worlds else different_worlds(),
            "scenarios": [(found.names[arm.name], _title(arm)) for arm in plan.arms],
            "headlines": compared_headlines(lines, found.names),
            "figures": inline_figures(drawn),
            "steps": [
                steps_table(found.arms[name], found.names[name], last=name == [*found.arms][-1]) for name in found.arms
            ],
            "pairs": _pairs(found, plan.arms[0].file.scenario) if found.pairs is not None else [],
            "definitions": definitions([group[0].indicator for group in lines.values()]),
            "trust": trust_facts(plan, found.same_worlds),
            "command": plan.command,
        },
    )


def _title(arm: Arm) -> str:
    scenario = arm.file.scenario
    return scenario.title_zh if language() == "zh" else scenario.title


def _tiled(lines: Mapping[str, Sequence[Headline]], found: Contrast) -> list[Sequence[Headline]]:
    """The indicator of the answer first, then the next headlines."""
    main = primary(found.table)
    order = sorted(lines, key=lambda name: (name != main, list(lines).index(name)))
    return [lines[name] for name in order[:TILES]]


def _tile(group: Sequence[Headline], names: Mapping[str, str]) -> dict[str, Any]:
    baseline, *others = group
    unit = baseline.indicator.unit
    return {
        "what": say(baseline.indicator.label), "hover": hover(baseline.indicator),
        "value": with_unit(value_text(baseline.value, unit), unit),
        "more": [{"text": say("baseline"), "mark": "note"}, *(_line(line, names) for line in others)],
    }  # fmt: skip


def _line(line: Headline, names: Mapping[str, str]) -> dict[str, str]:
    assert line.change is not None
    unit, change = line.indicator.unit, line.change
    text = say(
        "{scenario}: {change} ({interval}), {verdict}",
        scenario=names[line.scenario],
        change=with_unit(change_text(change.difference, unit), unit, difference=True),
        interval=interval_text(change.difference, unit, sign=True),
        verdict=verdict_text(change.verdict),
    )
    return {"text": text, "mark": change.verdict if change.verdict in (BETTER, WORSE) else ""}


def _pairs(found: Contrast, scenario: Scenario) -> list[Table]:
    labels = Labels(scenario)
    others = [name for name in found.arms if name != found.baseline]
    whole = pd.concat([pair_counts(found, name).assign(scenario=name) for name in others], ignore_index=True)
    whole = whole[["scenario", *(column for column in whole.columns if column != "scenario")]]
    caption = say(
        "Each issue under both scenarios: hours from onset until a case about it was first closed (or until the end "
        "of follow-up), over all worlds."
    )
    tables = [pairs_table(whole, caption, "Scenario", found.names)]
    for name in others if len(others) <= MOST_BROKEN_DOWN else []:
        for column, heading in BY.items():
            counted = pair_counts(found, name, column)
            if scenario.replay is not None:
                counted = counted[counted["issues"] >= FEWEST_REAL * len(found.arms[name].values())]
            known = {str(code): labels.code(column, str(code)) for code in counted[column]}
            if 1 < len(counted) <= 60:
                tables.append(pairs_table(counted, found.names[name], heading, {**known, "": say("no case")}))
    return [*tables, missed_table(whole, found.names)]
