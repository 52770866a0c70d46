"""From the journal of a run to its tables."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.agents.residents import LAYERS
from sim.case import COUNTS, FLAGS, TIMES
from sim.days import backlog_by_day
from sim.mechanisms.emergencies.book import emergency_table
from sim.money import money_table
from sim.records import EVENT_NAMES, MISSING, TABLES, table
from sim.staff_days import staff_table

if TYPE_CHECKING:
    from sim.journal import Journal
    from sim.model import GovernanceModel

Rows = np.ndarray


def tables(model: GovernanceModel) -> dict[str, pd.DataFrame]:
    """All tables of a finished run."""
    rows = model.journal.rows()
    cases = _cases(model, rows["cases"])
    services = _services(model.journal, rows["services"])
    staff = staff_table(model, rows["services"])
    return {
        "issues": _issues(model),
        "reports": _reports(model.journal, rows["reports"]),
        "cases": cases,
        "events": _events(model.journal, rows["events"]),
        "services": services,
        "staff": staff,
        "units": _units(model, cases, services),
        "residents": _residents(model),
        "money": money_table(model, staff),
        "governance": _listed("governance", model.journal.happenings),
        "decisions": _listed("decisions", model.journal.decisions),
        "emergencies": emergency_table(model),
    }


def _issues(model: GovernanceModel) -> pd.DataFrame:
    alive, horizon = model.discovery.alive, model.horizon
    count = len(alive)

    def column(name: str) -> np.ndarray:
        return np.fromiter(map(attrgetter(name), alive), dtype=np.int64, count=count)

    number, fixed, resolves, worsens = column("number"), column("fixed_at"), column("resolves"), column("worsens")
    onset = column("onset")
    itself = np.where((fixed == MISSING) & (resolves != MISSING) & (resolves < horizon), resolves, MISSING)
    over = np.where(fixed != MISSING, fixed, np.where(itself != MISSING, itself, horizon))
    worse = np.where((worsens != MISSING) & (worsens < over), worsens, MISSING)
    world, city = model.world, model.city
    grids = np.array([grid.name for grid in city.grids], dtype=object)
    places = np.array([community.name for community in city.communities], dtype=object)
    codes = np.array([category.code for category in model.scenario.issues.categories], dtype=object)
    category = _names_of(model, number) if world.measured is not None else codes[column("category")]
    return table("issues", {
        "issue_id": number, "community": places[column("community")], "grid": grids[column("grid")],
        "x": world.x[number], "y": world.y[number], "category": category, "severity": world.severity[number],
        "onset": onset, "worsened_at": worse, "resolved_itself_at": itself,
        "found_by": np.array([issue.found_by for issue in alive], dtype=object), "found_at": column("found_at"),
        "resident_at": column("resident_at"), "patrol_at": column("patrol_at"), "sensor_at": column("sensor_at"),
        "fixed_at": fixed, "case_ids": column("cases"), "reports": column("reports"), "exposure_s": np.maximum(0, over - np.maximum(onset, 0)),
    })  # fmt: skip


def _listed(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """A table whose rows were written as tuples in the order of its columns."""
    names = [column.name for column in TABLES[name]]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return table(name, {key: list(values) for key, values in zip(names, columns, strict=True)})


def _names_of(model: GovernanceModel, number: np.ndarray) -> np.ndarray:
    measured = model.world.measured
    assert measured is not None
    return measured.category[number]


def _reports(journal: Journal, rows: Rows) -> pd.DataFrame:
    texts = {name: journal.texts(rows[name]) for name in ("channel", "by")}
    plain = {name: rows[name] for name in ("issue_id", "case_id", "at", "merged", "effort_s")}
    return table("reports", {"report_id": np.arange(len(rows)), **plain, **texts})


def _cases(model: GovernanceModel, rows: Rows) -> pd.DataFrame:
    rows = rows[np.lexsort((rows["case_id"], rows["reported_at"]))]
    texts = ("outcome", "channel", "grid", "community", "subdistrict", "level", "department", "server", "limit_type")
    plain = ("case_id", "issue_id", "repeat_of", "merged_into", "severity_seen", "priority", "cost", "satisfaction")
    columns = {name: rows[name] for name in (*plain, *TIMES, *COUNTS, *FLAGS)}
    columns |= {name: model.journal.texts(rows[name]) for name in texts}
    codes = np.array([category.code for category in model.scenario.issues.categories], dtype=object)
    known = rows["issue_id"] >= 0
    category = codes[rows["category"]] if len(rows) else np.zeros(0, dtype=object)
    if model.world.measured is not None:
        category[known] = _names_of(model, rows["issue_id"][known])
    return table("cases", columns | {"category": category, "district": np.full(len(rows), "district", dtype=object)})


def _events(journal: Journal, rows: Rows) -> pd.DataFrame:
    texts = {name: journal.texts(rows[name]) for name in ("level", "unit", "actor", "detail")}
    plain = {name: rows[name] for name in ("case_id", "seq", "at", "attempt")}
    names = pd.Categorical.from_codes(rows["event"], categories=list(EVENT_NAMES))
    return table("events", plain | texts | {"event": names})


def _services(journal: Journal, rows: Rows) -> pd.DataFrame:
    texts = {name: journal.texts(rows[name]) for name in ("activity", "station", "server", "outcome")}
    plain = {name: rows[name] for name in ("case_id", "attempt", "queued_at", "started_at", "ended_at", "work_s")}
    return table("services", plain | texts)


def _units(model: GovernanceModel, cases: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Daily arrivals, departures, backlog and overdue: of grids by cases, of stations by tasks."""
    starts = model.hours.civil.day_starts(model.hours.days + 1)
    accepted = cases[cases["established_at"] != MISSING]
    due, since = np.asarray(accepted["handling_due"]), np.asarray(accepted["established_at"])
    late_from = np.where(due == MISSING, MISSING, np.maximum(due, since))  # the clock may run from the report
    by_grid = backlog_by_day("grid", accepted["grid"], accepted["established_at"], accepted["closed_at"],
                             (late_from, accepted["fed_back_at"]), starts)  # fmt: skip
    last = services[services["outcome"].isin(["done", "overdue", "withdrawn", "cut"])]
    over = np.where(last["outcome"] == "cut", MISSING, last["ended_at"])
    queued = services.groupby(["case_id", "attempt", "activity", "station"], observed=True)["queued_at"]
    first = queued.transform("min")[last.index] if len(services) else last["queued_at"]
    joined = np.where(last["case_id"] < 0, last["queued_at"], np.maximum(first, 0))
    by_station = backlog_by_day("station", last["station"], joined, over, None, starts)
    frames = [frame for frame in (by_grid, by_station) if len(frame)]
    return table("units", {}) if not frames else pd.concat(frames, ignore_index=True)


def _residents(model: GovernanceModel) -> pd.DataFrame:
    population, city = model.population, model.city
    rows = np.flatnonzero(population.lives_here)
    if model.world.measured is not None:
        rows = rows[:0]
    if model.scenario.residents.sampled < 1:
        rows = rows[:: max(1, round(1 / max(model.scenario.residents.sampled, 1e-9)))]
    place = population.household[rows] // city.plan.households_per_community
    grids = _home_grids(model, population.household[rows], place)
    bands = np.array([band.name for band in model.scenario.residents.age_bands], dtype=object)
    scores = population.scores[rows]
    mean = np.divide(population.score_sum[rows], scores, out=np.full(len(rows), np.nan), where=scores > 0)
    return table("residents", {
        "resident": population.numbers[rows],
        "community": np.array([community.name for community in city.communities], dtype=object)[place],
        "grid": np.array([grid.name for grid in city.grids], dtype=object)[grids],
        "age_band": bands[population.age_band[rows]], "trust": population.trust[rows], "satisfaction": mean,
        "contacts": population.contacts[rows], "tenant": population.tenant[rows],
        "layer": np.array(["", *LAYERS], dtype=object)[population.layer[rows] + 1],
        "points": population.points[rows], "attended": population.attended[rows],
    })  # fmt: skip


def _home_grids(model: GovernanceModel, household: np.ndarray, place: np.ndarray) -> np.ndarray:
    grids = np.zeros(len(household), dtype=np.int64)
    for community in model.city.communities:
        rows = np.flatnonzero(place == community.index)
        homes = household[rows] - community.index * model.city.plan.households_per_community
        grids[rows] = community.first_grid + community.cut.parts_of(community.homes[homes])
    return grids
