"""The page of one scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.figures.drawing import Drawn
from experiments.headlines import Headline, headlines
from experiments.page.rendering import inline_figures, render
from experiments.page.tables import definitions, hover, run_headlines, steps_table
from experiments.page.trust import trust_facts
from experiments.plan import ArmResult, Plan
from experiments.quantities import NONE, interval_text, value_text, with_unit
from sim.messages import language, say

TILES = 4


def run_page(plan: Plan, result: ArmResult, drawn: Sequence[Drawn]) -> str:
    """The whole page as HTML."""
    scenario = result.arm.file.scenario
    lines = headlines({result.arm.name: result.summary})
    return render("page.html.j2", {
        "title": scenario.title_zh if language() == "zh" else scenario.title,
        "subtitle": say("Simulation of the scenario {name}", name=scenario.name),
        "answer": run_answer([group[0] for group in lines.values()], plan),
        "tiles": [_tile(group[0]) for group in list(lines.values())[:TILES]],
        "findings": {},
        "warning": "",
        "scenarios": [],
        "headlines": run_headlines(lines),
        "figures": inline_figures(drawn),
        "steps": [steps_table(result.summary, say("Mean hours of a closed case, by the level that owned it last."))],
        "pairs": [],
        "definitions": definitions([group[0].indicator for group in lines.values()]),
        "trust": trust_facts(plan),
        "command": plan.command,
    })  # fmt: skip


def run_answer(lines: Sequence[Headline], plan: Plan) -> str:
    """One sentence: the first two headline numbers, how sure they are, over how many worlds."""
    parts = [_spoken(line) for line in lines[:2]]
    if not parts:
        return say("No case fell into the judged window; there is nothing to tell.")
    joined = ("；" if language() == "zh" else "; ").join(parts)
    if plan.replications == 1:
        return say("{parts}. One world only: no interval, so nothing is known of chance.", parts=joined)
    return say("{parts}. Intervals: 95 %, over {n} worlds.", parts=joined, n=plan.replications)


def _spoken(line: Headline) -> str:
    unit = line.indicator.unit
    text = f"{say(line.indicator.label)}: {with_unit(value_text(line.value, unit), unit)}"
    interval = interval_text(line.value, unit)
    return text if interval == NONE else f"{text} ({interval})"


def _tile(line: Headline) -> dict[str, Any]:
    unit = line.indicator.unit
    interval = interval_text(line.value, unit)
    more = [] if interval == NONE else [{"text": say("95 % interval {interval}", interval=interval), "mark": ""}]
    return {"what": say(line.indicator.label), "hover": hover(line.indicator),
            "value": with_unit(value_text(line.value, unit), unit), "more": more}  # fmt: skip
