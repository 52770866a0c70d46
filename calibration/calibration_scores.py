"""Everything that is scored of a calibration, as plain facts: the card, log distances, coverage, cells, backlog curves."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from calibration import score_measures as by_day
from calibration.foretelling import foretell
from calibration.held_out import HeldOut
from calibration.intake import Intake
from calibration.log_distances import (
    absolute_event_distance,
    circadian_event_distance,
    cycle_time_distance,
    relative_event_distance,
)
from calibration.naive_forecasts import random_durations, shifted_traces
from calibration.score_card import noise_floor, score_card
from calibration.score_coverage import coverage
from calibration.score_outlook import Outlook
from calibration.score_period import Period, ends, groups_of, opened_inside
from calibration.small_groups import SMALLEST, blurred
from sim.records import MISSING
from sim.scenario import Scenario

FEWEST_SHOWN = SMALLEST
"""A share over fewer cases is not shown (k-anonymity of small cells)."""
DISTANCES = {
    "aed": absolute_event_distance,
    "ced": circadian_event_distance,
    "red": relative_event_distance,
    "ctd": cycle_time_distance,
}


@dataclass(frozen=True)
class Scores:
    """The scores of a scenario on a period, as they stand in scores.json."""

    facts: dict[str, Any]

    @classmethod
    def from_text(cls, text: str) -> Scores:
        """From the text of scores.json."""
        return cls(json.loads(text))

    def csv(self) -> str:
        """One row a measure and forecast, leads of the model beside."""
        values = pd.DataFrame(self.facts["values"])
        leads = pd.DataFrame(self.facts["leads"]).rename(columns={"against": "forecast"})
        return values.merge(leads, on=["measure", "forecast"], how="left").to_csv(index=False, lineterminator="\n")


def scored(
    scenario: Scenario, training: Intake, held_out: HeldOut, seeds: Sequence[int], worlds: Path, workers: int,
    posterior: Path | None = None,
) -> Scores:  # fmt: skip
    """Foretell with the model (each world under a draw of the posterior) and the naive forecasts, and score all of them."""
    period, measured = held_out.period, held_out.measured
    model = foretell(scenario, held_out, seeds, worlds, workers, posterior)
    known = training.records["cases"]
    naive = [shifted_traces(known, period), random_durations(known, held_out.arrivals.records["cases"], period, len(seeds))]
    outlooks = [model, *naive]
    card = score_card(measured, outlooks, period)
    return Scores(
        {
            "scenario": scenario.name, "digest": scenario.digest(), "period": period.text(), "worlds": len(seeds),
            "drawn": posterior is not None,
            "cases": len(opened_inside(measured, period)),
            "values": _plain(card.values), "leads": _plain(card.leads),
            "noise_floor": noise_floor(model, period),
            "distances": _distances(measured, outlooks, period),
            "coverage": _plain(coverage(measured, model, period)),
            "departments": _shares(measured, outlooks, period, "department"),
            "categories": _shares(measured, outlooks, period, "category"),
            "backlog": _curves(measured, outlooks, period),
            "closing_hours": _hours(measured, outlooks, period),
        }
    )  # fmt: skip


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(table.to_json(orient="records", double_precision=12))


def _distances(measured: pd.DataFrame, outlooks: Sequence[Outlook], period: Period) -> list[dict[str, Any]]:
    """AED, CED, RED, CTD of the cases opened and closed in the period (first world of each forecast), in hours."""
    logs = {each.name: event_log(each.worlds[0], period) for each in outlooks}
    truth = event_log(measured, period)
    return [
        {"measure": code, "forecast": name, "value": distance(truth, log)}
        for code, distance in DISTANCES.items() for name, log in logs.items() if len(log) and len(truth)
    ]  # fmt: skip


def event_log(cases: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Cases opened and closed in the period as events of one activity each, in local time."""
    inside = opened_inside(cases, period)
    end, closed = ends(inside, period)
    rows = inside[closed]
    local = [period.civil.local_columns(each) for each in (rows["reported_at"].to_numpy(), end[closed])]
    return pd.DataFrame({"case": rows["case_id"].astype(str).to_numpy(), "activity": rows["category"].astype(str).to_numpy(),
                         "start": local[0], "end": local[1]})  # fmt: skip


def _shares(measured: pd.DataFrame, outlooks: Sequence[Outlook], period: Period, column: str) -> list[dict[str, Any]]:
    """Shares closed in time and late, measured and foretold, a row a group; None over fewer than FEWEST_SHOWN cases."""
    groups = groups_of(measured, column, period)
    sides = {"measured": [measured], **{each.name: each.worlds for each in outlooks}}
    tables = {name: [_share_row(world, period, groups) for world in worlds] for name, worlds in sides.items()}
    rows = []
    for place, group in enumerate(groups.names):
        row: dict[str, Any] = {"group": group, "cases": int(groups.sizes[place])}
        for name, found in tables.items():
            base, hits = (np.mean([each[part] for each in found], axis=0)[place] for part in (0, 1))
            row[name] = [round(float(h / n), 5) if n >= FEWEST_SHOWN else None for h, n in zip(hits, base, strict=True)]
        if row["cases"] >= FEWEST_SHOWN:
            rows.append(row)
    return rows


def _share_row(cases: pd.DataFrame, period: Period, groups: Any) -> tuple[np.ndarray, np.ndarray]:
    within, late = by_day.counts_within(cases, period, groups), by_day.counts_late(cases, period, groups)
    return tuple(np.concatenate([a.sum(axis=0), b.sum(axis=0)], axis=1) for a, b in zip(within, late, strict=True))  # type: ignore[return-value]


def _curves(measured: pd.DataFrame, outlooks: Sequence[Outlook], period: Period) -> dict[str, Any]:
    """Open cases at the end of each day, by department: measured, mean and range of the worlds."""
    groups = groups_of(measured, "department", period)
    seen = blurred(by_day.open_cases(measured, period, groups))
    found: dict[str, Any] = {"groups": list(groups.names), "measured": seen.tolist()}
    for each in outlooks:
        worlds = np.stack([by_day.open_cases(world, period, groups) for world in each.worlds])
        city = worlds.sum(axis=2)
        mean = blurred(worlds[0]) if len(worlds) == 1 else worlds.mean(axis=0).round(2)
        found[each.name] = {"mean": mean.tolist(), "low": city.min(axis=0).tolist(),
                            "high": city.max(axis=0).tolist()}  # fmt: skip
    return found


def _hours(measured: pd.DataFrame, outlooks: Sequence[Outlook], period: Period) -> dict[str, list[float]]:
    """Closings of each hour of the week; what one table of real cases holds is blurred."""
    sides = {"measured": [measured], **{each.name: each.worlds for each in outlooks}}
    found = {name: [by_day.counts_by_hour(world, period, "closed_at").sum(axis=0) for world in worlds] for name, worlds in sides.items()}
    return {name: (blurred(each[0]) if len(each) == 1 else np.mean(each, axis=0)).round(2).tolist() for name, each in found.items()}


def never_closed(cases: pd.DataFrame) -> int:
    """Cases without a closing."""
    return int((cases["closed_at"] == MISSING).sum())
