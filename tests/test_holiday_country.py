"""Whose public holidays a log keeps: said by the mapping, else by the zone, else none; fits follow it."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.holiday_country import country_of
from calibration.intake import ingest
from calibration.mapping_file import mapping_names, read_mapping
from calibration.replay_fit import prepared
from tests.synthetic_log import mapping
from tests.test_arrival_fit import daily, log_of


@pytest.mark.parametrize(
    ("zone", "stated", "country"),
    [("Asia/Shanghai", None, "CN"), ("Europe/Rome", None, "IT"), ("Europe/Amsterdam", None, "NL"), ("America/New_York", None, "US"),
     ("UTC", None, "none"), ("Africa/Lagos", None, "none"), ("Europe/Rome", "none", "none"), ("UTC", "CN", "CN")],
)  # fmt: skip
def test_the_mapping_says_it_else_the_zone(zone: str, stated: str | None, country: str) -> None:
    assert country_of(zone, stated) == country


def test_every_shipped_mapping_has_a_country_or_none() -> None:
    found = {name: country_of(read_mapping(name).times.zone, read_mapping(name).times.holidays) for name in mapping_names()}
    assert found["hotline12345"] == found["urban_management"] == "CN"
    assert found["bpic12_w"] == found["receipt_wabo"] == "NL"
    assert (found["helpdesk_italian"], found["boston311"], found["xes"]) == ("IT", "US", "none")


@pytest.mark.parametrize(("zone", "country"), [("Asia/Shanghai", "CN"), ("UTC", "none")])
def test_a_fitted_scenario_keeps_the_holidays_of_its_log(zone: str, country: str, tmp_path: Path) -> None:
    intake = log_of({"ROAD": daily(40, 12.0, 0.0, 1)}, tmp_path)
    moved = ingest(tmp_path / "log.csv", mapping(times={"formats": ["%Y-%m-%d %H:%M:%S"], "zone": zone}))
    assert intake.quality.holidays == "US"
    assert prepared(moved, "x", "boston311", "0" * 64, 0.25, 40).tree["time"]["holidays"] == country
