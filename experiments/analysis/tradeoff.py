"""The frontier of a search, judged in fresh worlds: what cannot be bettered in all objectives at once."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportGeneralTypeIssues=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from experiments.analysis.analysis import Analysis, Picture
from experiments.analysis.evidence import Evidence, outcome_label, row_means
from experiments.analysis.grids import Grid
from experiments.figures import frontier as figure
from experiments.intervals import Interval, t_interval
from experiments.procedures.fresh_runs import Confirmed, NoCandidate
from experiments.procedures.frontier import world_means
from experiments.procedures.search import Found
from experiments.quantities import change_text, interval_text, number, unit_text, value_text, with_unit
from experiments.study.design_kinds import Search
from experiments.study.points import Point
from experiments.study.searching import confirmed, objectives
from sim.messages import language, say
from sim.metrics.table import INDICATORS

MOST_ROWS = 30


@dataclass(frozen=True)
class Judged:
    """The frontier's candidates, and which choices of the study they are."""

    fresh: Confirmed
    choices: list[int]


class Tradeoff(Analysis):
    """What a search found; empty where its time was over before the frontier was run again."""

    def __init__(self, evidence: Evidence, design: Search) -> None:
        self._evidence, self._design = evidence, design
        study = evidence.study
        self._outcomes = objectives(study)
        worlds = study.replications or 0
        self._searched = self._values(evidence.chosen, range(worlds))
        self._fresh = range(worlds, worlds + design.fresh)
        self._judged = self._confirm()

    def _confirm(self) -> Judged | None:
        evidence = self._evidence
        if not any(each.world in self._fresh for each in evidence.wanted):
            return None
        points = {point.choice: point for point in evidence.chosen}
        found = Found(tuple({"choice": choice} for choice in points), self._searched, 0)
        try:
            fresh = confirmed(found, lambda asked: self._values([points[each["choice"]] for each in asked], self._fresh), evidence.study)
        except NoCandidate:
            return None
        return Judged(fresh, [each["choice"] for each in fresh.points])

    @cached_property
    def _runs(self) -> dict[tuple[int, int], str]:
        return {(each.point.number, each.world): each.task.run_id for each in self._evidence.wanted}

    def _values(self, points: Sequence[Point], worlds: range) -> np.ndarray:
        """Points by objectives by worlds."""
        known = [self._evidence.by_run.get((each.indicator, each.group), {}) for each in self._outcomes]
        table = [[[by_run.get(self._runs.get((point.number, world), ""), np.nan) for world in worlds] for by_run in known]
                 for point in points]  # fmt: skip
        return np.array(table, dtype=float).reshape(len(points), len(known), len(worlds))

    def frames(self) -> dict[str, pd.DataFrame]:
        """frontier: a row a candidate, with its levers; a search can start from it."""
        return {"frontier": self._table} if self._judged is not None else {}

    @cached_property
    def _table(self) -> pd.DataFrame:
        assert self._judged is not None
        fresh, points = self._judged.fresh, {point.choice: point for point in self._evidence.chosen}
        rows = []
        for row, choice in enumerate(self._judged.choices):
            found: dict[str, object] = {"choice": choice}
            found |= {axis.name: self._evidence.shown(axis, points[choice]) for axis in self._evidence.axes}
            for place, outcome in enumerate(self._outcomes):
                level = fresh.interval(row, place)
                found |= {f"{outcome.key}": level.mean, f"{outcome.key}_low": level.low, f"{outcome.key}_high": level.high}
            found |= {"on_frontier": bool(fresh.on_frontier[row]), "surely": float(fresh.surely[row]),
                      "on_frontier_in_search": bool(fresh.was_member[row]), "knee": row == fresh.knee,
                      "reaches_thresholds": bool(fresh.good_enough[row]),
                      "worlds": self._design.fresh - int(fresh.lacking[row])}  # fmt: skip
            rows.append(found)
        return pd.DataFrame(rows).sort_values(self._outcomes[0].key, kind="stable", ignore_index=True)

    def title(self) -> str:
        """Heading."""
        return say("The frontier")

    def sentences(self) -> list[str]:
        """How many are on it, the knee, the thresholds, and by how much the search had flattered its members."""
        if self._judged is None:
            if len(self._searched) and np.isnan(world_means(self._searched)).any(axis=1).all():
                return [say("No combination has a value in every objective and world; failed runs are listed by: run.py query "
                            "\"select * from failures\"")]  # fmt: skip
            return [say("The search is not finished: its frontier has not been run in fresh worlds yet; the same command goes on.")]
        fresh = self._judged.fresh
        parts = [say("Of {tried} combinations tried, {members} are beaten by none in all of {objectives} at once (in {worlds} fresh "
                     "worlds).", tried=len(self._evidence.chosen), members=int(fresh.on_frontier.sum()), worlds=self._design.fresh,
                     objectives=_listed([outcome_label(each) for each in self._outcomes]))]  # fmt: skip
        if fresh.knee is not None:
            parts.append(say("A balanced one (the knee): {levers}, with {values}.", levers=self._levers(fresh.knee),
                             values=self._numbers(fresh.knee)))  # fmt: skip
        if any(outcome.threshold is not None for outcome in self._outcomes):
            parts.append(say("{count} of the {all} candidates reach every threshold.", count=int(fresh.good_enough.sum()),
                             all=len(fresh.points)))  # fmt: skip
        return [*parts, self._flattery(fresh), *self._left_out(fresh)]

    def _left_out(self, fresh: Confirmed) -> list[str]:
        """Candidates, and the baseline, that have no value in some fresh world."""
        assert self._judged is not None
        lost = [self._evidence.choice_name(choice) for choice, gaps in zip(self._judged.choices, fresh.lacking, strict=True) if gaps]
        found = [say("Left out, for want of a value in a fresh world: {names}.", names=_listed(lost))] if lost else []
        if np.isnan(self._baseline()).any():
            found.append(say("The baseline has no value in some fresh world: its row is a mean over the others."))
        return found

    def _levers(self, row: int) -> str:
        assert self._judged is not None
        point = next(point for point in self._evidence.chosen if self._judged and point.choice == self._judged.choices[row])
        return _listed([f"{self._evidence.meanings[axis.name].name} {self._evidence.said(axis, point)}" for axis in self._evidence.axes])

    def _numbers(self, row: int) -> str:
        assert self._judged is not None
        texts = []
        for place, outcome in enumerate(self._outcomes):
            unit, found = INDICATORS[outcome.indicator].unit, self._judged.fresh.interval(row, place)
            texts.append(f"{outcome_label(outcome)} {with_unit(value_text(found, unit), unit)} ({interval_text(found, unit)})")
        return _listed(texts)

    def _flattery(self, fresh: Confirmed) -> str:
        texts = []
        for outcome, found in zip(self._outcomes, fresh.flattered, strict=True):
            unit = INDICATORS[outcome.indicator].unit
            texts.append(f"{outcome_label(outcome)} {with_unit(change_text(found, unit), unit, True)}")
        return say("In fresh worlds the search's own frontier ({members} points) comes out different by: {changes}; the fresh values are "
                   "the ones told.", members=int(fresh.was_member.sum()), changes=_listed(texts))  # fmt: skip

    def grids(self) -> list[Grid]:
        """The frontier's members, and the baseline in the same worlds."""
        if self._judged is None:
            return []
        table = self._table[self._table["on_frontier"]]
        names = [self._evidence.meanings[axis.name].name for axis in self._evidence.axes]
        heads = [say("{label}, {unit}", label=outcome_label(each), unit=unit_text(INDICATORS[each.indicator].unit))
                 for each in self._outcomes]  # fmt: skip
        head = [*names, *(text for each in heads for text in (each, say("95 % interval"))), say("on the frontier"), ""]
        rows = [self._row(row) for _, row in table.head(MOST_ROWS).iterrows()]
        usual = [say("baseline"), *[""] * (len(names) - 1)]
        note = say("On the frontier: share of resampled fresh worlds in which a combination is beaten by none. All candidates: frontier.csv.")
        note += say(" Shown are the first {count} of {all}.", count=MOST_ROWS, all=len(table)) if len(table) > MOST_ROWS else ""
        return [Grid(say("Members of the frontier, in fresh worlds, by the first objective."), head, [*rows, [*usual, *self._usual(), "", ""]],
                     texts=len(names), note=note)]  # fmt: skip

    def _row(self, row: pd.Series) -> list[str]:
        points = {point.choice: point for point in self._evidence.chosen}
        cells = [self._evidence.said(axis, points[row["choice"]]) for axis in self._evidence.axes]
        for outcome in self._outcomes:
            unit = INDICATORS[outcome.indicator].unit
            found = Interval(row[outcome.key], row[f"{outcome.key}_low"], row[f"{outcome.key}_high"], self._design.fresh, np.nan)
            cells += [value_text(found, unit), interval_text(found, unit)]
        return [*cells, f"{number(100 * row['surely'], 0)} %", say("knee") if row["knee"] else ""]

    def _usual(self) -> list[str]:
        found = [(t_interval(row), outcome) for row, outcome in zip(self._baseline(), self._outcomes, strict=True)]
        return [text for level, outcome in found for text in
                (value_text(level, INDICATORS[outcome.indicator].unit), interval_text(level, INDICATORS[outcome.indicator].unit))]  # fmt: skip

    def _baseline(self) -> np.ndarray:
        return self._values(self._evidence.program.points[:1], self._fresh)[0]

    def pictures(self) -> list[Picture]:
        """Objectives against each other, with the noise of the fresh worlds."""
        if self._judged is None or len(self._outcomes) < 2:
            return []
        axes = [(each.key, outcome_label(each), INDICATORS[each.indicator].unit) for each in self._outcomes]
        table, searched = self._table, world_means(self._searched)
        usual = row_means(self._baseline())
        caption = say("Small dots: all combinations that the search tried, in its own worlds. Filled: on the frontier in fresh worlds, with "
                      "95 % intervals; open: no longer. Star: the knee. Cross: the baseline.")  # fmt: skip
        return [Picture("frontier", caption, lambda: figure.draw(table, searched, usual, axes))]


def _listed(texts: Sequence[str]) -> str:
    """In a row; what is listed may have commas inside."""
    return ("；" if language() == "zh" else "; ").join(texts)
