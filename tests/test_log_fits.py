"""Any log that can be read is fitted and scored, or says what it could not do."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import run
from calibration.fits_text import SAID, fits_text
from calibration.intake import Intake, ingest
from calibration.log_fits import as_of, fit_log
from calibration.mapping_file import read_mapping
from sim.messages import speak
from sim.records import MISSING
from sim.units import DAY
from tests.test_arrival_fit import daily, log_of

DATA = Path(os.environ.get("WANGGE_SHARED_DATA") or Path(__file__).parents[2] / "shared/data")
LOGS = {"nyc/nyc311_2024-09-01.csv.gz": "nyc311", "event_logs/receipt_WABO_CoSeLoG.xes.gz": "receipt_wabo"}
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the real logs are not here (set WANGGE_SHARED_DATA)")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    return log_of({"ROAD": daily(70, 20.0, 0.1, 1), "PARK": daily(70, 8.0, 0.0, 2)}, tmp_path_factory.mktemp("log"))


def test_arrivals_and_durations_are_scored_beside_simple_forecasts(city: Intake) -> None:
    fits = fit_log(city)
    assert fits.said == ("no_season",)
    row = fits.durations[0]
    assert row["family"] in ("exponential", "weibull", "gamma")
    assert float(str(row["median_h"])) == pytest.approx(48 * np.log(2), rel=0.15)
    assert float(str(row["error"])) < 0.04
    assert float(str(fits.arrivals["crps"])) < 1.2 * float(str(fits.arrivals["naive_crps"]))


def test_as_of_knows_nothing_later(city: Intake) -> None:
    cases = as_of(city, 30 * DAY).records["cases"]
    assert (cases["reported_at"] < 30 * DAY).all()
    assert ((cases["closed_at"] == MISSING) | (cases["closed_at"] < 30 * DAY)).all()
    assert (cases["closed_at"] == MISSING).sum() > 10


def changed(city: Intake, **columns: object) -> Intake:
    cases = city.records["cases"].assign(**columns)
    return Intake(type(city.records)(city.records.frame, 0, {**city.records.tables, "cases": cases}), city.attributes, city.quality, "")


def test_strange_logs_say_what_they_cannot_tell(city: Intake) -> None:
    cases = city.records["cases"]
    only_open = fit_log(changed(city, closed_at=np.full(len(cases), MISSING, dtype=np.int64)))
    assert "too_few" in only_open.said
    assert "family" not in only_open.durations[0]
    one_second = fit_log(changed(city, reported_at=100, closed_at=5000))
    assert "one_second" in one_second.said
    only_closed = fit_log(changed(city, closed_at=cases["reported_at"] + 7200))
    assert "family" in only_closed.durations[0]
    for each in (only_open, one_second, only_closed):
        for language in ("en", "zh"):
            speak(language)
            assert fits_text(each, "x").count("\n") >= 6
        speak("en")
    assert set(only_open.said) <= set(SAID)


@needs_data
@pytest.mark.parametrize("name", LOGS)
def test_real_logs_are_fitted(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["fits", str(DATA / name), "--mapping", LOGS[name]]) == 0
    assert capsys.readouterr().out.count("|") > 60
    row = fit_log(ingest(DATA / name, read_mapping(LOGS[name]))).durations[0]
    assert float(str(row["error"])) < float(str(row["closed_only_error"]))


def test_one_row_is_not_fitted(city: Intake) -> None:
    one = city.records["cases"].head(1)
    intake = Intake(type(city.records)(city.records.frame, 0, {**city.records.tables, "cases": one}), city.attributes, city.quality, "")
    assert {"one_second", "too_few"} <= set(fit_log(intake).said)
