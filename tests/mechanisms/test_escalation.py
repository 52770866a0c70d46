"""The ladder and the direct line act on hops and on the moment at which somebody looks at a case that waits."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from scenarios.reading import read_scenario
from scenarios.stacking import option_path
from sim.invariants import check_records
from sim.records import MISSING, RunRecords
from sim.simulate import simulate
from tests.small_town import SMALL, fingerprint, lived

SETTINGS = (*SMALL, "time.horizon=45 d")
LINE = ("property_service", "facilities", "fire_safety")
HOT = ("residents.repeats.probability=1", "residents.repeats.most=9",
       "residents.patience={family: fixed, value: 6 h}", "staffing.level_teams.community.crews=1")  # fmt: skip


@cache
def run(*options: str, settings: tuple[str, ...] = (), seed: int = 1) -> RunRecords:
    """The small town with options stacked on it."""
    paths = [option_path(name) for name in options]
    return simulate(read_scenario("baseline", [*SETTINGS, *settings], paths).scenario, seed)


def used(records: RunRecords, event: str = "call") -> set[int]:
    """Cases for which the direct line was used."""
    rows = records["governance"].query("mechanism == 'DirectLine' and event == @event")
    return {int(number) for number in rows["subject"]}


def reviewed(records: RunRecords) -> set[int]:
    """Cases that a desk reviewed on their way up."""
    return set(records["events"].query("event == 'review'")["case_id"])


def test_a_used_line_passes_no_desk_and_no_level() -> None:
    records = run("emergency_direct_line")
    cases = records["cases"].set_index("case_id")
    called = used(records)
    assert len(called) >= 5
    mine = cases.loc[sorted(called)]
    assert set(mine["category"]) <= set(LINE)
    assert not called & reviewed(records)
    papers = records["services"].query("activity in ['establish', 'dispatch', 'review']")
    assert not called & set(papers["case_id"])
    assert (mine["established_at"] == mine["verified_at"].where(mine["verified_at"] != MISSING, mine["established_at"])).all()
    assert not check_records(records)


def test_without_the_line_the_same_cases_lie_at_desks() -> None:
    called, plain = used(run("emergency_direct_line")), run()
    there = called & set(plain["cases"]["case_id"])
    assert len(there & reviewed(plain)) >= len(there) // 2
    assert fingerprint(run()) == fingerprint(lived("time.horizon=45 d"))


def test_a_written_boundary_is_kept_and_an_unclear_one_is_not() -> None:
    assert not used(run("emergency_direct_line"), "misuse")
    records = run("direct_line_unclear")
    misused = used(records, "misuse")
    seen = records["cases"].set_index("case_id").loc[sorted(misused)]
    assert len(misused) >= 3
    assert not misused & reviewed(records)
    assert (seen["priority"] == 1).all()


@pytest.mark.parametrize("limit", ["0", "1"])
def test_the_right_ends_at_its_spending_limit(limit: str) -> None:
    assert not used(run("emergency_direct_line", settings=(f"escalation.direct_line.spending_limit={limit}",)))


def raised(records: RunRecords) -> pd.DataFrame:
    """Cases with the moment of their first raise."""
    first = records["events"].query("event == 'escalate'").groupby("case_id")["at"].min().rename("raised_at")
    return records["cases"].set_index("case_id").join(first, how="inner")


def test_insisting_residents_make_a_waiting_case_climb_before_its_limit() -> None:
    hot = raised(run("heat_ladder", settings=HOT))
    early = hot[hot["raised_at"] < hot["handling_due"]]
    assert len(early) >= 3
    plain = raised(run("ladder", settings=HOT))
    assert (plain["raised_at"] >= plain["handling_due"]).all()


def test_supervision_comes_at_four_fifths_of_the_limit() -> None:
    records = run("early_supervision")
    at = records["events"].query("event == 'supervise'").groupby("case_id")["at"].min()
    cases = records["cases"].set_index("case_id").loc[at.index]
    share = (at - cases["established_at"]) / (cases["handling_due"] - cases["established_at"])
    assert len(share) >= 5
    assert (share >= 0.8 - 1e-9).all()
    assert (share < 1).any()


def test_only_major_cases_are_looked_at_before_their_limit() -> None:
    found = raised(run("severity_ladder", settings=("staffing.departments.housing.crews=1",)))
    early = found[found["raised_at"] < found["handling_due"]]
    assert (early["severity_seen"] == 3).all()


def test_everything_holds_on_every_rung() -> None:
    for option in ("heat_ladder", "severity_ladder", "repeat_ladder", "ladder", "early_supervision"):
        assert not check_records(run(option, settings=HOT))
