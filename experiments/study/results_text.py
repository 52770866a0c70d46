"""What is printed of a study: for each outcome a row a choice, best first where they are many."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from experiments.analysis.grids import Grid
from experiments.intervals import LEVEL, Interval
from experiments.quantities import change_text, gain_text, interval_text, number, unit_text, value_text, verdict_text
from experiments.study.design_kinds import Morris, Saltelli, Search
from experiments.study.results import direction_of
from experiments.study.spec import Outcome, Study
from sim.messages import LANGUAGES, language, say, speak
from sim.metrics.table import INDICATORS

MOST_ROWS = 24
RULES = ("half_width",)
"""Stopping rules that state intervals of their own."""


def results_text(study: Study, table: pd.DataFrame) -> str:
    """The question and a table for each outcome; of a design whose points are no choices the question only."""
    return "\n\n".join([study.shown_question(language()), *(grid.text() for grid in outcome_grids(study, table))])


def texts_of_results(study: Study, table: pd.DataFrame, found: Callable[[], Sequence[str]]) -> dict[str, str]:
    """The same by language, with what analyses have found (`found` speaks the language in force)."""
    before, texts = language(), {}
    try:
        for tongue in LANGUAGES:
            speak(tongue)
            texts[tongue] = "\n\n".join([results_text(study, table), *found()]) + "\n"
    finally:
        speak(before)
    return texts


def outcome_grids(study: Study, table: pd.DataFrame) -> list[Grid]:
    """A table for each outcome; none where points are samples of a design for sensitivity, or of a search."""
    if isinstance(study.design, Morris | Saltelli | Search):
        return []
    return [_grid(outcome, table, study) for outcome in study.outcomes]


def _grid(outcome: Outcome, table: pd.DataFrame, study: Study) -> Grid:
    rows = table[(table["indicator"] == outcome.indicator) & (table["group"] == outcome.group)]
    shown, more = _chosen(rows, outcome), max(0, len(rows) - MOST_ROWS)
    unit = INDICATORS[outcome.indicator].unit
    title = say("{label}, {unit}", label=say(INDICATORS[outcome.indicator].label), unit=unit_text(unit))
    title += "" if outcome.group == "all" else f" ({outcome.group})"
    reach = outcome.threshold is not None
    drawn = getattr(study.design, "uncertainties", None) is not None
    heads = [say("Choice"), say("Mean"), say("95 % interval"), say("Difference"), level_text(rows), say("Pairing gain"),
             say("Draws") if drawn else say("Worlds"), say("Verdict")]  # fmt: skip
    heads += [say("reach {threshold:g}", threshold=outcome.threshold)] if reach else []
    lines = [_line(row, unit, reach) for row in shown.to_dict("records")]
    return Grid(title, heads, lines, note="\n".join(_notes(rows, unit, more)))


def _notes(rows: pd.DataFrame, unit: str, more: int) -> Iterator[str]:
    if more:
        yield say("and {count} more choices, all of them in {file}", count=more, file="results.csv")
    stated = rows[rows["interval_by"].isin(RULES)]
    if len(stated):
        yield say("Intervals of the differences are those that the stopping rule states, and verdicts follow them.")


def level_text(rows: pd.DataFrame) -> str:
    """The heading of the intervals of differences."""
    level = rows["level"].max()
    return say("95 % interval") if np.isnan(level) or level == LEVEL else say("{percent} % interval", percent=f"{100 * level:g}")


def _chosen(rows: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """All rows in their order; of many the baseline and the best ones."""
    if len(rows) <= MOST_ROWS:
        return rows
    others = rows[rows["choice"] != 0]
    if direction_of(outcome) != "none":
        others = others.sort_values("mean", ascending=direction_of(outcome) == "lower", kind="stable")
    return pd.concat([rows[rows["choice"] == 0], others.head(MOST_ROWS - 1)])


def _line(row: dict, unit: str, reach: bool) -> tuple[str, ...]:
    level = Interval(row["mean"], row["low"], row["high"], int(row["n"]), np.nan)
    change = Interval(row["difference"], row["difference_low"], row["difference_high"], int(row["n"]), np.nan)
    name = say("baseline") if row["choice"] == 0 else row["name"]
    head = (name, value_text(level, unit), interval_text(level, unit))
    if row["choice"] == 0:
        middle = ("", "", "", str(level.n), say("baseline"))
    else:
        middle = (change_text(change, unit), interval_text(change, unit, sign=True), gain_text(row["pairing_gain"]),
                  str(level.n), verdict_text(row["verdict"]))  # fmt: skip
    return (*head, *middle, *([f"{number(100 * row['share_reaching'], 0)} %"] if reach else []))
