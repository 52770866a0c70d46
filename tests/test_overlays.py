"""One scenario on top of another: extends, overlays, `--set`, and tables beside a scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.reading import ScenarioFile, read_scenario
from scenarios.sources import Source
from scenarios.stacking import option_path
from sim.messages import BadInput

GOOD = Path(__file__).resolve().parent / "malformed" / "good.yaml"


def put(directory: Path, name: str, text: str) -> Path:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def over_good(tmp_path: Path, text: str) -> ScenarioFile:
    return read_scenario(str(put(tmp_path, "top.yaml", f"extends: {GOOD}\n{text}")))


def refusal(*arguments: object) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_scenario(*arguments)  # type: ignore[arg-type]
    return str(caught.value).split("\n")


def test_mappings_merge_and_the_rest_stays(tmp_path: Path) -> None:
    base, top = read_scenario(str(GOOD)).scenario, over_good(tmp_path, "places: {street_factor: 1.7}\n").scenario
    assert top.places.street_factor == 1.7
    assert top == base.model_copy(update={"places": base.places.model_copy(update={"street_factor": 1.7})})


def test_a_mapping_over_a_list_merges_by_the_rows_names(tmp_path: Path) -> None:
    text = "issues: {categories: {rubbish: {rate: 99}}}\nsensing: {devices: {camera: {coverage: 0.9}}}\n"
    scenario = over_good(tmp_path, text).scenario
    assert [category.rate for category in scenario.issues.categories] == [12, 99]
    assert scenario.sensing.devices[0].coverage == 0.9


def test_a_list_replaces_a_list(tmp_path: Path) -> None:
    scenario = over_good(
        tmp_path, "sensing: {devices: []}\nissues: {rhythm: {weekday: [1, 1, 1, 1, 1, 1, 3]}}\n"
    ).scenario
    assert scenario.sensing.devices == ()
    assert scenario.issues.rhythm.weekday == (1, 1, 1, 1, 1, 1, 3)


def test_parameters_merge_within_a_family_and_another_family_replaces(tmp_path: Path) -> None:
    text = "residents: {patience: {mean: 9 d}}\nissues: {categories: {noise: {work: {family: fixed, value: 2 h}}}}\n"
    scenario = over_good(tmp_path, text).scenario
    assert scenario.residents.patience.model_dump() == {"family": "lognormal", "mean": "9 d", "cv": 1.0}
    assert scenario.issues.categories[0].work.model_dump() == {"family": "fixed", "value": "2 h"}


def test_another_policy_leaves_the_old_ones_parameters_behind(tmp_path: Path) -> None:
    same = over_good(tmp_path, "policies: {queueing: {name: shortest_estimate}}\n").scenario.policies.queueing
    other = over_good(tmp_path, "policies: {queueing: {name: first_come}}\n").scenario.policies.queueing
    assert same.params == {"inside_class": True}
    assert (other.name, other.params) == ("first_come", {})


def test_null_takes_a_value_away(tmp_path: Path) -> None:
    text = "issues: {categories: {rubbish: {resolves: null}}}\n"
    assert over_good(tmp_path, text).scenario.issues.categories[1].resolves is None


def test_two_overlays_that_say_different_things_are_named(tmp_path: Path) -> None:
    overlays = [put(tmp_path, f"with_{i}.yaml", f"residents: {{exposed: {i}}}\n") for i in (2, 3)]
    assert "with_3 says 3, but with_2 at" in refusal(str(GOOD), (), overlays)[0]
    same = [put(tmp_path, f"same_{i}.yaml", "residents: {exposed: 4}\n") for i in (2, 3)]
    assert read_scenario(str(GOOD), overlays=same).scenario.residents.exposed == 4


def test_an_overlay_names_what_it_cannot_be_stacked_with_and_what_it_needs(tmp_path: Path) -> None:
    one = put(tmp_path, "one.yaml", "meta: {conflicts: [two]}\nresidents: {exposed: 4}\n")
    two = put(tmp_path, "two.yaml", "meta: {needs: [three]}\nresidents: {trust: 0.4}\n")
    faults = refusal(str(GOOD), (), [one, two])
    assert any("one cannot be stacked with two" in fault for fault in faults)
    assert any("two needs three; add --with three" in fault for fault in faults)
    typo = put(tmp_path, "typo.yaml", "meta: {conflict: [two]}\nresidents: {exposed: 4}\n")
    assert "did you mean 'conflicts'?" in refusal(str(GOOD), (), [typo])[0]


def test_a_chain_of_files_and_overlays_the_last_wins(tmp_path: Path) -> None:
    put(tmp_path, "middle.yaml", f"extends: {GOOD}\nplaces: {{street_factor: 1.4, walking_speed: 5}}\n")
    top = put(tmp_path, "top.yaml", "extends: ./middle.yaml\nplaces: {street_factor: 1.5}\n")
    overlays = [put(tmp_path, "3.yaml", "residents: {exposed: 3}\n")]
    places = read_scenario(str(top), overlays=overlays).scenario
    assert (places.places.street_factor, places.places.walking_speed, places.residents.exposed) == (1.5, 5, 3)


def test_a_fault_in_the_base_names_the_bases_line(tmp_path: Path) -> None:
    put(tmp_path, "base.yaml", GOOD.read_text(encoding="utf-8").replace("trust: 0.5", "trust: 5"))
    top = put(tmp_path, "top.yaml", "extends: ./base.yaml\nresidents: {exposed: -1}\n")
    first, second = sorted(refusal(str(top)))
    assert first.startswith(f"{tmp_path}/base.yaml:34:10: residents.trust: 5 ")
    assert second.startswith(f"{tmp_path}/top.yaml:2:22: residents.exposed: -1 ")


def test_an_overlay_extends_nothing(tmp_path: Path) -> None:
    overlay = put(tmp_path, "over.yaml", f"extends: {GOOD}\n")
    assert "an overlay extends nothing" in refusal(str(GOOD), (), [overlay])[0]


SETTINGS = [
    ("issues.categories.noise.rate=12.5", lambda s: s.issues.categories[0].rate, 12.5),
    ("places.households_per_grid=600", lambda s: s.places.households_per_grid, 600),
    ("staffing.teams.0.workers_per_grid=2", lambda s: s.staffing.teams[0].workers_per_grid, 2),
    ("issues.categories.noise.limits.1=9 workdays", lambda s: s.issues.categories[0].limits[1].text(), "9 workdays"),
    ("escalation.levels=[district]", lambda s: s.escalation.levels, ("district",)),
    ("staffing.teams.workers.patrol_floor = 30 min", lambda s: s.staffing.teams[0].patrol_floor.seconds, 1800),
    ("title='a: b'", lambda s: s.title, "a: b"),
    ("residents.patience={family: fixed, value: 3 d}", lambda s: s.residents.patience.mean_seconds(), 259200.0),
    ("horizon=200 d", lambda s: s.time.horizon.text(), "200 d"),
    ("start=2026-03-01", lambda s: s.time.start.isoformat(), "2026-03-01"),
    ("policies.dispatch.name=direct", lambda s: s.policies.dispatch.name, "direct"),
]


@pytest.mark.parametrize(("setting", "read", "value"), SETTINGS)
def test_a_setting_is_heard(setting: str, read: object, value: object) -> None:
    assert read(read_scenario(str(GOOD), [setting]).scenario) == value  # type: ignore[operator]


def test_a_setting_is_its_own_source_and_the_last_one_wins() -> None:
    read = read_scenario(str(GOOD), ["places.street_factor=1.5", "places.street_factor=1.6"])
    assert read.scenario.places.street_factor == 1.6
    assert read.sources["places.street_factor"] == Source("assumed", "set on the command line")


@pytest.mark.parametrize(
    ("setting", "answer"),
    [
        ("places.street_factr=1", "unknown key; allowed keys: subdistricts"),
        ("places.street_factr=1", "; did you mean 'street_factor'?"),
        ("issues.categories.nose.rate=1", "no row 'nose'; rows are noise, rubbish; did you mean 'noise'?"),
        ("staffing.teams.7.paperwork=0", "no row '7'; rows are workers"),
        ("places.street_factor=ten", "'ten' (a text) is not a number"),
        ("places.street_factor", "write --set path=value"),
        ("places..street_factor=1", "write --set path=value"),
        ("=1", "write --set path=value"),
        ("places.street_factor=[1", "is not one YAML value"),
        ("time.warm_up=7", "a duration needs a number and its unit"),
    ],
)
def test_a_wrong_setting_is_named(setting: str, answer: str) -> None:
    (line,) = refusal(str(GOOD), [setting])
    assert line.startswith(f"--set {setting}: ")
    assert answer in line


TABLE = """\
kind,name_zh,categories,full_coverage,coverage,sampling,sensitivity,latency.family,latency.value,read,false_alarms,up
camera,摄像头,[rubbish],40,0.25,10 min,0.5,fixed,1 min,0.9,2,
"drain","井盖","[noise, rubbish]",10,0.5,1 h,0.9,fixed,5 min,1,0,
"""


def test_a_table_beside_the_scenario_stands_for_its_rows(tmp_path: Path) -> None:
    put(tmp_path, "devices.csv", TABLE)
    for written in (
        '"csv: devices.csv"',
        "{csv: devices.csv, source: 'log: stock'}",
        "csv:devices.csv",
        "{csv: devices.csv}",
    ):
        read = over_good(tmp_path, f"sensing:\n  devices: {written}\n")
        camera, drain = read.scenario.sensing.devices
        assert (camera.coverage, camera.up, drain.categories) == (0.25, None, ("noise", "rubbish"))
        assert drain.latency.mean_seconds() == 300
        assert ("sensing.devices.1.coverage" in read.sources) == ("source" in written)


def test_a_table_of_one_column_is_a_list_of_values(tmp_path: Path) -> None:
    put(tmp_path, "hours.csv", "value\n" + "\n".join(str(i % 3 + 1) for i in range(24)) + "\n")
    read = over_good(tmp_path, 'issues: {rhythm: {hour: "csv: hours.csv", source: assumed}}\n')
    assert read.scenario.issues.rhythm.hour[:4] == (1, 2, 3, 1)
    assert read.sources["issues.rhythm.hour.5"] == Source("assumed")


@pytest.mark.parametrize(
    ("table", "answer"),
    [
        (TABLE.replace("0.25", "2.5"), "devices.csv:2:5: sensing.devices.0.coverage: 2.5 is outside the range"),
        (TABLE.replace("1 h", "1"), "devices.csv:3:6: sensing.devices.1.sampling: 1: a duration needs"),
        (TABLE.replace("read,false", "raed,false"), "devices.csv:2:10: sensing.devices.0.raed: unknown key"),
        (TABLE.replace("[rubbish]", "[rubbish"), "devices.csv:2:3: categories: '[rubbish' is not one YAML value"),
        (TABLE.replace("0.9,2,", "0.9,2"), "devices.csv:2:1: 11 cells, but 12 columns"),
        (TABLE.replace("latency.family", "latency"), "stands twice or inside another"),
        (TABLE.replace("full_coverage", ""), "column 4 has no proper name"),
        ("", "the table is empty"),
        (TABLE.replace('"drain"', '"drain"x'), "this is not CSV"),
    ],
)
def test_a_wrong_table_names_line_and_field(table: str, answer: str, tmp_path: Path) -> None:
    put(tmp_path, "devices.csv", table)
    top = put(tmp_path, "top.yaml", f"extends: {GOOD}\nsensing: {{devices: {{csv: devices.csv}}}}\n")
    assert any(answer in line for line in refusal(str(top)))


def test_every_risk_of_the_documentation_is_an_option() -> None:
    import re

    text = (Path(__file__).resolve().parent.parent / "docs" / "governance.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in text.split("## Risks")[1].splitlines() if line.startswith("|")][2:]
    named = [re.findall(r"`([a-z_]+)`", row) for row in rows]
    assert len(rows) >= 17
    assert all(named)
    assert not [name for names in named for name in names if not option_path(name).is_file()]
