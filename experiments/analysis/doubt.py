"""From what is not known to a decision: P(better than the baseline), expected regret, and which unknown is worth learning."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Analysis, Picture, pictures_of
from experiments.analysis.evidence import Evidence, directed, keyed, outcome_label, stacked
from experiments.analysis.grids import Grid
from experiments.figures import regret as figure
from experiments.figures.panels import sheets
from experiments.intervals import Interval
from experiments.procedures.conditions import is_number
from experiments.procedures.learning import LEAST, value_of_learning
from experiments.procedures.regret import expected_regret, probability_better
from experiments.quantities import interval_text, number, scaled, unit_text, value_text, with_unit
from experiments.study.points import Point
from experiments.study.spec import Outcome
from sim.messages import say
from sim.metrics.indicator import Direction
from sim.metrics.table import INDICATORS

MOST_POLICIES = 24


class Doubt(Analysis):
    """Every outcome that has a better side, over the draws of the uncertainties that all choices meet."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._regret: dict[str, pd.DataFrame] = {}
        self._learning: dict[str, pd.DataFrame] = {}
        for outcome, side in directed(evidence.study):
            choices = list(evidence.cubes[outcome.key])
            values = np.array([evidence.values(outcome, choice) for choice in choices]).T
            try:
                self._regret[outcome.key] = _judged(choices, values, side)
                self._learning[outcome.key] = self._worth(values, side)
            except ValueError:
                continue  # no draw, or fewer than LEAST, have a value of every choice

    def _worth(self, values: np.ndarray, side: Direction) -> pd.DataFrame:
        draws: list[Point] = [point for point in self._evidence.program.points if point.choice == 0]
        columns = self._evidence.columns(draws, self._evidence.drawing)
        coded = [column if is_number(column) else np.unique(column, return_inverse=True)[1] for column in columns.values()]
        return value_of_learning(list(columns), np.array(coded, dtype=float).T, values, direction=side)

    def frames(self) -> dict[str, pd.DataFrame]:
        """regret: a row an outcome and choice; learning: a row an outcome and unknown."""
        outcomes = {outcome.key: outcome for outcome, _ in directed(self._evidence.study)}
        parts = {"regret": self._regret, "learning": self._learning}
        return {
            name: stacked({key: keyed(outcomes[key], table) for key, table in tables.items()})
            for name, tables in parts.items()
            if tables
        }

    def title(self) -> str:
        """Heading."""
        return say("The decision, given what is not known")

    def sentences(self) -> list[str]:
        """For each outcome: the choice with the least regret, how surely it is better, and what is worth learning."""
        return [text for outcome, _ in self._outcomes for text in self._said(outcome)]

    def grids(self) -> list[Grid]:
        """Regret and value of learning of each outcome."""
        return [grid for outcome, _ in self._outcomes for grid in self._tables(outcome)]

    def pictures(self) -> list[Picture]:
        """P(better) and expected regret of every choice, and the value of learning; a row of panels an outcome."""
        rows = [
            figure.Row(outcome_label(outcome), INDICATORS[outcome.indicator].unit, self._named(outcome), self._unknowns(outcome))
            for outcome, _ in self._outcomes
        ]
        caption = say(
            "Left: share of the draws in which a choice is better than the baseline. Middle: how much worse it is than the best "
            "choice of each draw, on average. Right: what learning an unknown before choosing would bring; grey bars are not "
            "told from chance. Lines: 95 % intervals."
        )
        return pictures_of("decision", caption, sheets(rows, lambda row: row.inches), figure.draw)

    @property
    def _outcomes(self) -> list[tuple[Outcome, Direction]]:
        return [(outcome, side) for outcome, side in directed(self._evidence.study) if outcome.key in self._regret]

    def _named(self, outcome: Outcome) -> pd.DataFrame:
        table = self._regret[outcome.key].head(MOST_POLICIES)
        return table.assign(policy=[self._evidence.choice_name(int(choice)) for choice in table["choice"]])

    def _unknowns(self, outcome: Outcome) -> pd.DataFrame:
        table = self._learning.get(outcome.key, pd.DataFrame(columns=["unknown"]))
        known = self._evidence.meanings
        return table.assign(unknown=[known[name].name if name in known else name for name in table["unknown"]])

    def _said(self, outcome: Outcome) -> list[str]:
        unit, table = INDICATORS[outcome.indicator].unit, self._named(outcome)
        best = table.iloc[0]
        text = say("{label}: {policy} has the least expected regret, {regret}; it is the best choice in {percent} % of the draws.",
                   label=outcome_label(outcome), policy=best["policy"], percent=number(100 * best["p_best"], 0),
                   regret=with_unit(value_text(_regret(best), unit), unit, True))  # fmt: skip
        if best["choice"]:
            text += say(" It is better than the baseline in {percent} % ({low} to {high} %).", percent=number(100 * best["p_better"], 0),
                        low=number(100 * best["p_better_low"], 0), high=number(100 * best["p_better_high"], 0))  # fmt: skip
        unknowns = self._unknowns(outcome)
        if not len(unknowns):
            return [text, say("{label}: the value of learning an unknown needs {least} draws.", label=outcome_label(outcome), least=LEAST)]
        return [text, self._learnt(outcome, unknowns.iloc[0])]

    def _learnt(self, outcome: Outcome, top: pd.Series) -> str:
        unit = INDICATORS[outcome.indicator].unit
        if not top["shown"]:
            return say("{label}: no unknown is worth learning before choosing, as far as {draws} draws can tell.",
                       label=outcome_label(outcome), draws=int(top["draws"]))  # fmt: skip
        return say("{label}: the unknown most worth learning is {unknown}; knowing it before choosing would bring {worth}.",
                   label=outcome_label(outcome), unknown=top["unknown"],
                   worth=with_unit(value_text(_worth_interval(top), unit), unit, True))  # fmt: skip

    def _tables(self, outcome: Outcome) -> list[Grid]:
        unit, table = INDICATORS[outcome.indicator].unit, self._named(outcome)
        caption = say("{label}: regret, {unit}", label=outcome_label(outcome), unit=unit_text(unit, True))
        head = [say("Choice"), say("Mean"), say("P(better than the baseline)"), say("95 % interval"), say("P(best)"),
                say("Expected regret"), say("95 % interval"), say("Largest regret")]  # fmt: skip
        found = [Grid(caption, head, [_regret_row(row, unit) for _, row in table.iterrows()])]
        unknowns = self._unknowns(outcome)
        if len(unknowns):
            caption = say("{label}: value of learning an unknown before choosing, {unit}", label=outcome_label(outcome),
                          unit=unit_text(unit, True))  # fmt: skip
            head = [say("Unknown"), say("Worth"), say("95 % interval"), say("by chance"), say("share of knowing all"), say("worth it")]
            found.append(Grid(caption, head, [_worth_row(row, unit) for _, row in unknowns.iterrows()]))
        return found


def _judged(choices: list[int], values: np.ndarray, side: Direction) -> pd.DataFrame:
    """Expected regret of every choice, with its number and its chance to be better than the baseline."""
    table = expected_regret([str(choice) for choice in choices], values, direction=side)
    table = table.assign(choice=table["policy"].astype(int)).drop(columns="policy")
    chances = [
        probability_better(values[:, choices.index(choice)], values[:, choices.index(0)], direction=side)
        for choice in table["choice"]
    ]
    usual = [choice == 0 for choice in table["choice"]]
    for name, part in (("p_better", "share"), ("p_better_low", "low"), ("p_better_high", "high")):
        table[name] = [np.nan if skip else getattr(each, part) for skip, each in zip(usual, chances, strict=True)]
    return table[["choice", *[name for name in table.columns if name != "choice"]]]


def _regret(row: pd.Series) -> Interval:
    return Interval(row["regret"], row["regret_low"], row["regret_high"], int(row["draws"]), np.nan)


def _worth_interval(row: pd.Series) -> Interval:
    return Interval(row["worth"], row["low"], row["high"], int(row["draws"]), np.nan)


def _regret_row(row: pd.Series, unit: str) -> list[str]:
    found = _regret(row)
    share = [number(100 * row[name], 0) for name in ("p_better", "p_better_low", "p_better_high", "p_best")]
    usual = np.isnan(row["p_better"])
    mean = value_text(Interval(row["mean"], np.nan, np.nan, 1, np.nan), unit)
    return [row["policy"], mean, "-" if usual else f"{share[0]} %", "-" if usual else say("{low} to {high}", low=share[1], high=share[2]),
            f"{share[3]} %", value_text(found, unit), interval_text(found, unit), number(scaled(row["worst_regret"], unit), 1)]  # fmt: skip


def _worth_row(row: pd.Series, unit: str) -> list[str]:
    found = _worth_interval(row)
    places = len(value_text(found, unit).partition(".")[2])
    return [row["unknown"], value_text(found, unit), interval_text(found, unit), number(scaled(row["noise"], unit), places),
            f"{number(100 * row['share_of_all'], 0)} %", say("yes") if row["shown"] else "-"]  # fmt: skip
