"""Morris screening of a study: which factors move an outcome, beside what chance between worlds alone would seem to do."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Picture
from experiments.analysis.evidence import Evidence, outcome_label
from experiments.analysis.factor_tables import FactorTables
from experiments.analysis.grids import Grid
from experiments.figures import screening as figure
from experiments.intervals import Interval
from experiments.page.trust import list_names
from experiments.procedures.screening import screening
from experiments.quantities import interval_text, number, scaled, unit_text, value_text
from experiments.study.design_kinds import Morris
from experiments.study.spec import Outcome
from sim.messages import say
from sim.metrics.table import INDICATORS


class Screen(FactorTables):
    """Elementary effects of every outcome."""

    table_name = "screening"

    def __init__(self, evidence: Evidence, design: Morris) -> None:
        self._evidence = evidence
        names = [axis.name for axis in evidence.axes]
        cube = np.array([[point.cube[name] for name in names] for point in evidence.chosen])
        self._tables: dict[str, pd.DataFrame] = {}
        for outcome in evidence.study.outcomes:
            worlds = np.array([evidence.cubes[outcome.key][point.choice][0] for point in evidence.chosen])
            try:
                table = screening(names, cube, evidence.means(outcome, evidence.chosen), levels=design.levels)
            except ValueError:
                continue  # fewer than two whole trajectories have a value
            noise = noise_of(names, cube, worlds)
            table["noise"] = [noise[factor] for factor in table["factor"]]
            table["shown"] = table["low"] > table["noise"].fillna(0.0)
            self._tables[outcome.key] = table

    def title(self) -> str:
        """Heading."""
        return say("Screening: which factors matter (Morris)")

    def pictures(self) -> list[Picture]:
        """mu* beside sigma and chance, a panel an outcome."""
        caption = say(
            "Dot: mean size of a factor's effect over its whole range (mu*, with 95 % interval). Diamond: spread of its effects "
            "(sigma); near or beyond the dot, the effect depends on the other factors or bends. Tick: what chance between worlds "
            "alone would give."
        )
        return self._pictures(caption, figure.ROW, figure.draw)

    def _sentence(self, outcome: Outcome) -> str:
        table = self._named(outcome)
        moving = table[table["shown"]]
        if moving.empty:
            return say("{label}: no factor is told from chance.", label=outcome_label(outcome))
        top = moving.iloc[0]
        unit = INDICATORS[outcome.indicator].unit
        facts = {"label": outcome_label(outcome), "factors": list_names(list(moving["factor"])), "first": top["factor"],
                 "unit": unit_text(unit, True), "size": value_text(_interval(top), unit)}  # fmt: skip
        text = (
            say("{label}: {factors} matter, most of all {first} (by {size} {unit} over its range).", **facts)
            if len(moving) > 1
            else say("{label}: {first} matters (by {size} {unit} over its range).", **facts)
        )
        still = len(table) - len(moving)
        return text + (say(" {count} others are not told from chance.", count=still) if still else "")

    def _grid(self, outcome: Outcome) -> Grid:
        unit = INDICATORS[outcome.indicator].unit
        caption = say("{label}: effect of a factor's whole range, {unit}", label=outcome_label(outcome), unit=unit_text(unit, True))
        head = [say("Factor"), say("mu*"), say("95 % interval"), say("mu"), say("sigma"), say("by chance"), say("matters")]
        rows = [self._row(row, unit) for _, row in self._named(outcome).iterrows()]
        note = say("mu*: mean size of the effect; mu: mean effect with its sign; sigma: spread of the effects; by chance: the mu* "
                   "that worlds alone would give a factor without any effect.")  # fmt: skip
        return Grid(caption, head, rows, note=note)

    def _row(self, row: pd.Series, unit: str) -> list[str]:
        found = _interval(row)
        places = max(0, len(value_text(found, unit).partition(".")[2]))
        others = [number(scaled(row[name], unit), places, sign=name == "mu") for name in ("mu", "sigma", "noise")]
        return [row["factor"], value_text(found, unit), interval_text(found, unit), *others, say("yes") if row["shown"] else "-"]


def _interval(row: pd.Series) -> Interval:
    return Interval(row["mu_star"], row["low"], row["high"], int(row["trajectories"]), np.nan)


def noise_of(names: list[str], cube: np.ndarray, worlds: np.ndarray) -> dict[str, float]:
    """The mu* that a factor without any effect would seem to have, by chance between worlds; NaN with a single world.

    An elementary effect is a mean over worlds; its standard error s makes a mean size of s sqrt(2 / pi) of nothing.
    """
    length, found = len(names) + 1, {name: [] for name in names}
    for first in range(0, len(cube) - length + 1, length):
        for row in range(first, first + length - 1):
            step = cube[row + 1] - cube[row]
            moved = int(np.argmax(np.abs(step)))
            effect = (worlds[row + 1] - worlds[row]) / step[moved]
            effect = effect[~np.isnan(effect)]
            if len(effect) > 1:
                found[names[moved]].append(effect.var(ddof=1) / len(effect))
    return {name: float(np.sqrt(2 / np.pi * np.mean(each))) if each else float("nan") for name, each in found.items()}
