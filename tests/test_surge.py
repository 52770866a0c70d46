"""What a surge costs: a storm in a small city with one crew, whose every hour can be computed by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import run
from calibration.intake import Intake, ingest
from calibration.mapping_file import read_mapping, with_window
from calibration.surge_answer import answer, answer_text
from calibration.surge_arms import AS_IS, CROSS, MORE, POLICIES, SHORTEST, WITHOUT, Meeting, Surge, _changed, meet
from scenarios.reading import read_scenario
from sim.messages import speak
from sim.scenario import Scenario
from tests.test_replay import city_log

STORM = Surge(("Storm",), date(2011, 7, 2), date(2011, 7, 3), "PARK")
DAYS, STRUCK = 4, 6


def city(tmp_path: Path) -> Intake:
    """Parks has a case at every odd hour of four days, roads at every even one; six storm cases come at midnight of 2 July."""
    start = pd.Timestamp("2011-07-01")
    rows = [(start + pd.Timedelta(hours=hour), "PARK" if hour % 2 else "ROAD", "Prune") for hour in range(24 * DAYS)]
    rows += [(start + pd.Timedelta(days=1), "PARK", "Storm")] * STRUCK
    frame = pd.DataFrame(rows, columns=["at", "department", "type"])
    like = pd.read_csv(city_log(tmp_path / "like.csv.gz", 1, 1), dtype=str, keep_default_na=False).loc[[0] * len(frame)].reset_index(drop=True)
    like = like.assign(open_dt=frame["at"].dt.strftime("%Y-%m-%d %H:%M:%S"), department=frame["department"], type=frame["type"],
                       case_enquiry_id=[str(101000000000 + k) for k in range(len(frame))], closed_dt="", target_dt="",
                       case_status="Open", neighborhood="Roxbury")  # fmt: skip
    like.to_csv(tmp_path / "storm.csv", index=False)
    return ingest(tmp_path / "storm.csv", with_window(read_mapping("boston311"), None, "2011-07-05 00:00"))


def scenario(roads: int = 10) -> Scenario:
    """One crew in Parks at work day and night, ten on the roads; every case takes an hour of a crew."""
    tree = read_scenario("replay_base").scenario.model_dump(mode="json")
    tree["time"] |= {"start": "2011-07-01", "zone": "America/New_York", "horizon": f"{DAYS} d"}
    tree["calendars"]["always"] = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "hours": ["00:00-24:00"]}
    tree["places"]["zones"] = ["Roxbury"]
    tree["staffing"]["departments"] = [
        {"name": unit, "name_zh": unit, "crews": crews, "calendar": "always", "travel": {"family": "none"}}
        for unit, crews in (("PARK", 1), ("ROAD", roads))
    ]
    tree["issues"]["categories"][0]["departments"] = ["PARK"]
    hour = {"family": "fixed", "value": "1 h"}
    tree["replay"] = {"mapping": "boston311", "sha256": "0" * 64, "trained_until": "2011-07-01", "work_share": 1.0,
                      "demands": [{"department": unit, "category": "*", "work": hour, "wait": {"family": "none"}, "never": 0.0}
                                  for unit in ("PARK", "ROAD")]}  # fmt: skip
    return Scenario.model_validate(tree)


def met(arm: str, intake: Intake) -> dict[str, Any]:
    cases = intake.records["cases"]
    struck = frozenset(int(each) for each in cases["case_id"].to_numpy()[STORM.rows(cases, 86_400, 2 * 86_400)])
    assert len(struck) == STRUCK
    return meet(Meeting(arm, 1, scenario(), intake, struck, "PARK"))


def queued(storm: int, crews: int, work_h: float) -> tuple[float, float]:
    """Hours of the ordinary cases of Parks, and when the storm's last case ends: first come, first served, by hand."""
    coming = sorted([(24.0, True)] * storm + [(float(hour), False) for hour in range(1, 24 * DAYS, 2)], key=lambda each: (each[0], not each[1]))
    free, spent, last = [0.0] * crews, 0.0, 0.0
    for opened, stormy in coming:
        crew = int(np.argmin(free))
        free[crew] = max(free[crew], opened) + work_h
        spent += 0.0 if stormy else min(free[crew], 24.0 * DAYS) - opened
        last = free[crew] if stormy else last
    return spent, last


def test_the_cost_of_the_storm_is_the_hours_it_made_the_others_wait(tmp_path: Path) -> None:
    """Six hours of storm at midnight: the cases of 1, 3, 5, 7 and 9 o'clock wait 5, 4, 3, 2 and 1 h more."""
    intake = city(tmp_path)
    storm, calm = met(AS_IS, intake), met(WITHOUT, intake)
    assert calm["others_h"] == pytest.approx(24 * DAYS, abs=1e-9)
    assert storm["others_h"] - calm["others_h"] == pytest.approx(5 + 4 + 3 + 2 + 1, abs=1e-9)
    assert storm["department_h"] - calm["department_h"] == pytest.approx(15, abs=1e-9)
    assert (storm["others"], storm["department_cases"]) == (24 * DAYS, 12 * DAYS)
    assert storm["cleared_day"] == pytest.approx(1 + 6 / 24, abs=1e-9)
    assert np.isnan(calm["cleared_day"])
    assert queued(STRUCK, 1, 1.0) == (12 * DAYS + 15, 30.0)


@pytest.mark.parametrize(("arm", "crews", "work_h"), [(CROSS, 2, 1.0), (MORE, 1, 1 / 1.1)])
def test_a_policy_saves_what_a_queue_by_hand_saves(arm: str, crews: int, work_h: float, tmp_path: Path) -> None:
    """A tenth of ten road crews is one more in Parks; ten per cent more hours do a case in 1/1.1 h."""
    found = met(arm, city(tmp_path))
    spent, last = queued(STRUCK, crews, work_h)
    assert found["department_h"] == pytest.approx(spent, abs=0.02)
    assert found["cleared_day"] == pytest.approx(last / 24, abs=1e-3)
    assert found["others_h"] - found["department_h"] == pytest.approx(12 * DAYS, abs=0.02)


def test_lending_takes_a_tenth_of_each_other_department() -> None:
    crews = {unit.name: unit.crews for unit in _changed(scenario(29), CROSS, "PARK").staffing.departments}
    assert crews == {"PARK": 3, "ROAD": 27}
    queueing = _changed(scenario(), SHORTEST, "PARK").policies.queueing
    assert queueing.name == "shortest_estimate"
    assert _changed(scenario(), AS_IS, "PARK") == scenario()


def rows(cost: tuple[float, float], cleared: dict[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """Two worlds of every arm."""
    found = []
    for world in (0, 1):
        for arm in (AS_IS, WITHOUT, *POLICIES):
            hours = 100.0 + cost[world] * (arm != WITHOUT) - 5.0 * (arm == MORE)
            found.append({"arm": arm, "seed": world + 1, "others_h": hours, "others": 50, "department_h": hours / 2, "department_cases": 20,
                          "cleared_day": cleared.get(arm, (9.0, 9.0))[world]})  # fmt: skip
    return found


def test_the_answer_by_hand() -> None:
    """Costs of 10 and 14 h: 12 [12 - 12.706 x 2, 12 + 12.706 x 2]; who is first in a tie shares the place."""
    facts = answer(rows((10.0, 14.0), {CROSS: (3.0, 5.0), SHORTEST: (3.0, 4.0)}), 6, STORM)
    half = 12.706204736 * np.std([10, 14], ddof=1) / np.sqrt(2)
    assert facts["cost_h"] == [12.0, pytest.approx(12 - half, abs=1e-3), pytest.approx(12 + half, abs=1e-3)]
    assert facts["cost_department_h"][0] == 6.0
    assert facts["others_change_h"][MORE] == [-5.0, -5.0, -5.0]
    assert facts["sooner_days"][CROSS][0] == -5.0
    assert facts["first"] == {CROSS: 0.25, SHORTEST: 0.75, MORE: 0.0}
    assert (facts["worlds"], facts["others"], facts["department_cases"], facts["surge_cases"]) == (2, 50, 20, 6)


def test_a_surge_that_is_never_cleared_is_said_and_not_averaged() -> None:
    facts = answer(rows((1.0, 1.0), {MORE: (2.0, np.inf)}), 6, STORM)
    assert facts["never_cleared"][MORE] == 0.5
    assert facts["cleared_day"][MORE][0] == 2.0
    for language in ("en", "zh"):
        speak(language)
        assert answer_text(facts).count("\n") == 5
    speak("en")


@pytest.mark.parametrize(
    ("words", "says"),
    [(["--since", "2011-09-03", "--until", "2011-09-01"], "surge must lie after"), (["--worlds", "1"], "at least 2"),
     (["--types", "Nothing"], "only 0 cases"), (["--since", "yesterday"], "not a date"), (["--department", "NASA"], "NASA"),
     (["--worlds", "many"], "not a number"), (["--log", "nowhere.csv"], "no such file"), (["--typos", "x"], "did you mean '--types'")],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_slip_gets_one_clear_line(
    words: list[str], says: str, language: str, fitted: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"--log": str(fitted[0]), "--types": "Pothole", "--since": "2011-08-25", "--until": "2011-09-01", "--department": "PWDx",
             "--end": "2011-09-10", "--out": str(tmp_path / "out"), "--lang": language}  # fmt: skip
    asked |= dict(zip(words[::2], words[1::2], strict=True))
    assert run.main(["surge", str(fitted[1]), *(word for pair in asked.items() for word in pair)]) == 2
    shown = capsys.readouterr().err
    assert len(shown.strip().splitlines()) == 1
    assert language == "zh" or says in shown
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A log and the scenario that `fit` makes of its first 50 days."""
    folder = tmp_path_factory.mktemp("city")
    log = city_log(folder / "city.csv.gz", 1200)
    words = ["fit", str(log), "--mapping", "boston311", "--name", "city_replay", "--until", "2011-08-20", "--out", str(folder)]
    assert run.main(words) == 0
    return log, folder / "city_replay.yaml"
