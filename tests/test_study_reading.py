"""Study files: every fault at once and at its place, what each design runs, sizes that need a yes."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import run
from experiments.study import design_kinds as kinds
from experiments.study.axes import Axis
from experiments.study.designs import cube_of
from experiments.study.points import Point
from experiments.study.reading import StudyFile, read_study
from experiments.study.rounds import look
from experiments.study.settings import scenario_of, tree_of
from experiments.study.spec import Range
from experiments.study.stopping import Allocate, HalfWidth, SelectBest
from scenarios.marks import Mark
from sim.messages import BadInput
from tests.study_file import GRIDS, LEVERS, read_text, study_text, write_study

RANGES = f"""
levers:
  - {{name: grid, path: {GRIDS}, range: {{low: 200, high: 400, whole: true, levels: 3}}}}
uncertainties:
  - {{name: rate, path: issues.categories.noise.rate, range: {{low: 10, high: 1000, scale: log}}}}
  - {{name: patience, path: residents.patience.mean, range: {{low: 2, high: 6, unit: d}}}}
"""


def points(file: StudyFile) -> list[Point]:
    return file.layout.points(file.plain_base)


def said(point: Point) -> dict[str, object]:
    return {setting.path: setting.value for setting in point.settings}


def test_the_shipped_study_is_in_order_and_has_60_runs() -> None:
    file = read_study("00_small")
    assert len(points(file)) * (file.study.replications or 0) == 60
    assert points(file)[0].settings == ()


SHIPPED = sorted(path.stem for path in (Path(run.__file__).parent / "experiments" / "studies").glob("*.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_first_and_the_last_point_of_a_shipped_study_are_scenarios(name: str) -> None:
    file = read_study(name)
    assert not [warning for warning in file.warnings if "too full a day" not in warning]
    for point in (points(file)[0], points(file)[-1]):
        assert scenario_of(tree_of(file.base_text, name), point.settings).name


def test_every_fault_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    bad = """
schema_version: 1
name: tried
question: q
bse: {}
base: {scenario: baseline}
levers:
  - {path: places.household_per_grid, values: [1]}
  - {path: households_per_grid, range: {low: 3, high: 2}}
  - {path: issues.categories.noize.rate, values: [1]}
  - {path: policies.dispatch.name}
outcomes:
  - {indicator: report_to_closure_men, direction: low}
design: {kind: sobol, sample: 3, uncertainties: {kind: sobol, samples: 0}}
replications: 0
stopping: {rule: kn}
"""
    path = write_study(tmp_path, bad.lstrip())
    with pytest.raises(BadInput) as refused:
        read_study(str(path))
    lines = str(refused.value).splitlines()
    assert len(lines) == 14
    for place, text in [
        (":4:1: bse:", "did you mean 'base'"),
        (":7:12: levers.0.path:", "did you mean 'places.households_per_grid'"),
        (":8:12: levers.1.path:", "did you mean 'places.households_per_grid'"),
        (":8:33: levers.1.range:", "low: 3 is not below high: 2"),
        (":9:12: levers.2.path:", "did you mean 'issues.categories.noise.rate'"),
        (":10:5: levers.3:", "one of values, range, options and draws"),
        (":12:17: outcomes.0.indicator:", "did you mean 'report_to_closure_mean'"),
        (":12:51: outcomes.0.direction:", "did you mean 'lower'"),
        (":13:1: design.samples:", "missing"),
        (":13:23: design.sample:", "did you mean 'samples'"),
        (":13:72: design.uncertainties.samples:", "at least 1"),
        (":14:15: replications:", "at least 1"),
        (":15:1: stopping.outcome:", "missing"),
    ]:
        assert any(place in line and text in line for line in lines), (place, lines)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (study_text(more="replications: 2\nbaseline: {grid: 350}"), "baseline.grid: 350 is none of its values: 300, 400"),
        (study_text(more="replications: 2\nbaseline: {rout: direct}"), "did you mean 'route'"),
        (study_text(more=""), "either replications or stopping"),
        (study_text(levers=""), "no levers and no uncertainties"),
        (study_text(levers=LEVERS.replace("route", "grid")), "two factors are called 'grid'"),
        (study_text(design="{kind: table, rows: [{grid: 301}]}"), "design.rows.0.grid: 301 is none of its values"),
        (study_text(design="{kind: table, file: none.csv}"), "there is no such file"),
        (study_text(design="{kind: sobol, samples: 4, uncertainties: {kind: sobol, samples: 2}}"), "needs levers and uncert"),
        (study_text(more="stopping: {rule: half_width, outcome: cases_jugded, half_width: 2}"), "did you mean 'cases_judged'"),
        (study_text(more="stopping: {rule: kn, outcome: cases_judged, indifference: 2}"), "needs an outcome with a direction"),
        (study_text(more="replications: 2\nschema_version: 9"), "the key stands twice"),
        (study_text().replace("schema_version: 1", "schema_version: 9"), "newer than this program"),
        (study_text().replace("threshold: 50", "threshold: 50, direction: none"), "a threshold needs direction"),
        (study_text(design="{kind: morris, trajectories: 3, levels: 5}"), "not a multiple of 2"),
        ("- 1\n", "a study is a mapping"),
        ("", "the file is empty; a study is a mapping"),
    ],
)
def test_what_does_not_fit_together_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_text(tmp_path, text)
    assert told in str(refused.value)
    assert "tried.yaml" in str(refused.value)


def test_unknown_studies_and_bases_are_guessed(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="did you mean '00_small'"):
        read_study("00_smal")
    with pytest.raises(BadInput, match=r"tried.yaml:6:13: base.scenario: .*did you mean 'baseline'"):
        read_text(tmp_path, study_text().replace("scenario: baseline", "scenario: baselin"))


def test_a_baseline_that_breaks_the_rules_is_an_error_and_a_value_a_warning(tmp_path: Path) -> None:
    bad = study_text(levers=f"levers:\n  - {{name: grid, path: {GRIDS}, values: [300, -5]}}")
    warned = [line for line in read_text(tmp_path, bad).warnings if "failed rows" in line]
    assert len(warned) == 1
    assert "grid = -5" in warned[0]
    assert "tried.yaml:13:" in warned[0]
    with pytest.raises(BadInput, match=r"tried.yaml:13:\d+: places.households_per_grid: "):
        read_text(tmp_path, bad + "baseline: {grid: -5}\n")


def test_a_grid_runs_every_combination_but_the_baseline_once(tmp_path: Path) -> None:
    found = points(read_text(tmp_path, study_text()))
    assert [point.name for point in found] == [
        "baseline", "grid=300, route=direct", "grid=400, route=layered", "grid=400, route=direct",
    ]  # fmt: skip
    assert said(found[3]) == {GRIDS: 400, "policies.dispatch.name": "direct"}
    assert [point.number for point in found] == [0, 1, 2, 3]


def test_one_at_a_time_leaves_the_others_as_in_the_baseline(tmp_path: Path) -> None:
    text = study_text(design="{kind: one_at_a_time}", more="replications: 2\nbaseline: {route: direct}")
    found = points(read_text(tmp_path, text))
    direct = {"policies.dispatch.name": "direct"}
    assert [said(point) for point in found] == [direct, {**direct, GRIDS: 400}, {}]


def test_ranges_take_levels_units_and_whole_numbers(tmp_path: Path) -> None:
    file = read_text(tmp_path, study_text(RANGES))
    grid, rate, patience = file.layout.axes
    assert [level.shown for level in grid.grid()] == [200, 300, 400]
    assert [round(level.shown) for level in (rate.at(0), rate.at(0.5), rate.at(1))] == [10, 100, 1000]
    assert patience.at(0.25).settings[0].value == "3.0 d"
    scenario = scenario_of(tree_of(file.base_text, "base"), (*grid.at(0.5).settings, *patience.at(0.25).settings))
    assert scenario.places.households_per_grid == 300
    assert scenario.residents.patience.mean.seconds == 3 * 86_400  # type: ignore[union-attr]


def test_every_choice_meets_the_same_draws(tmp_path: Path) -> None:
    design = "{kind: full_factorial, uncertainties: {kind: latin_hypercube, samples: 4}}"
    found = points(read_text(tmp_path, study_text(RANGES, design)))
    assert len(found) == 3 * 4
    draws = [tuple(point.levels[name].shown for name in ("rate", "patience")) for point in found]  # type: ignore[union-attr]
    assert draws[:4] == draws[4:8] == draws[8:]
    assert len(set(draws)) == 4
    assert {point.levels["grid"].shown for point in found if point.levels["grid"]} == {200, 400}


def test_a_table_and_a_posterior_come_from_csv(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("grid,route\n400,direct\n400,\n", encoding="utf-8")
    found = points(read_text(tmp_path, study_text(design="{kind: table, file: rows.csv}")))
    assert [point.name for point in found] == ["baseline", "grid=400, route=direct", "grid=400"]
    (tmp_path / "posterior.csv").write_text("issues.categories.noise.rate,residents.trust\n40,0.5\n60,0.7\n", encoding="utf-8")
    drawn = LEVERS + "uncertainties:\n  - {name: posterior, draws: posterior.csv}\n"
    design = "{kind: full_factorial, uncertainties: {kind: full_factorial}}"
    found = points(read_text(tmp_path, study_text(drawn, design)))
    assert len(found) == 4 * 2
    assert said(found[1]) == {"issues.categories.noise.rate": 60, "residents.trust": 0.7}
    (tmp_path / "posterior.csv").write_text("issues.categories.noize.rate\n40\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"did you mean .issues\.categories\.noise\.rate."):
        read_text(tmp_path, study_text(drawn, design))


def test_options_stack_partial_scenarios(tmp_path: Path) -> None:
    (tmp_path / "wide.yaml").write_text("places: {households_per_grid: 500}\nstaffing: {}\n", encoding="utf-8")
    levers = f"levers:\n  - name: pack\n    options:\n      small: {{}}\n      wide: {{overlays: [{tmp_path}/wide.yaml]}}\n"
    file = read_text(tmp_path, study_text(levers))
    scenario = scenario_of(tree_of(file.base_text, "base"), points(file)[1].settings)
    assert scenario.places.households_per_grid == 500


def test_partial_scenarios_of_two_levers_and_of_one_option_all_count(tmp_path: Path) -> None:
    for name, text in (("a", "places: {households_per_grid: 500}"), ("b", "residents: {trust: 0.9}"), ("c", "residents: {exposed: 3}")):
        (tmp_path / f"{name}.yaml").write_text(f"{text}\n", encoding="utf-8")
    levers = (
        f"levers:\n  - name: one\n    options:\n      off: {{}}\n      both: {{overlays: [{tmp_path}/a.yaml, {tmp_path}/b.yaml]}}\n"
        f"  - name: two\n    options:\n      off: {{}}\n      on: {{overlays: [{tmp_path}/c.yaml]}}\n"
    )
    file = read_text(tmp_path, study_text(levers))
    last = next(point for point in points(file) if point.name == "one=both, two=on")
    scenario = scenario_of(tree_of(file.base_text, "base"), last.settings)
    assert (scenario.places.households_per_grid, scenario.residents.trust, scenario.residents.exposed) == (500, 0.9, 3)


def test_hypercubes_fill_every_stratum() -> None:
    cube = cube_of(kinds.LatinHypercube(kind="latin_hypercube", samples=16), 3)
    assert [sorted(np.floor(16 * column).astype(int)) for column in cube.T] == [list(range(16))] * 3
    sobol = cube_of(kinds.SobolSequence(kind="sobol", samples=16), 3)
    assert [sorted(np.floor(16 * column).astype(int)) for column in sobol.T] == [list(range(16))] * 3
    assert np.array_equal(cube, cube_of(kinds.LatinHypercube(kind="latin_hypercube", samples=16), 3))


def test_points_for_sobol_indices_change_one_column_at_a_time() -> None:
    cube = cube_of(kinds.Saltelli(kind="saltelli", samples=4), 3).reshape(4, 5, 3)
    for first, *mixed, last in cube:
        for number, row in enumerate(mixed):
            assert row[number] == last[number] != first[number]
            assert [row[i] == first[i] for i in range(3) if i != number] == [True, True]


def test_morris_moves_one_factor_a_step() -> None:
    pytest.importorskip("SALib")
    cube = cube_of(kinds.Morris(kind="morris", trajectories=5), 3).reshape(5, 4, 3)
    assert all(np.count_nonzero(np.diff(way, axis=0)) == 3 for way in cube)
    assert np.array_equal(cube, cube_of(kinds.Morris(kind="morris", trajectories=5), 3).reshape(5, 4, 3))


def test_a_missing_library_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib", None)
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(BadInput, match=r"needs the library SALib; install it: ") as refused:
        cube_of(kinds.Morris(kind="morris", trajectories=5), 3)
    assert "\n" not in str(refused.value)


def test_a_million_runs_ask_for_a_yes_and_are_counted_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_study(tmp_path, study_text(RANGES, "{kind: latin_hypercube, samples: 500000}"))
    assert run.main(["study", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "1,000,002 runs" in capsys.readouterr().err
    assert run.main(["study", str(path), "--out", str(tmp_path / "out"), "--dry-run"]) == 0
    assert "1,000,002 runs: 500,001 choices, 2 worlds each; about" in capsys.readouterr().out
    path = write_study(tmp_path, study_text(more="replications: 2\nbudget: {runs: 7}"))
    assert run.main(["study", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "budget.runs allows 7" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_dry_run_says_what_would_be_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_study(tmp_path)
    assert run.main(["study", str(path), "--out", str(tmp_path / "out"), "--dry-run", "--workers", "1"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("8 runs: 4 choices, 2 worlds each; about ")
    assert shown.endswith(" on 1 processes\n")


def test_a_list_gives_every_value_an_equal_part() -> None:
    axis = Axis("x", "lever", "a.b", (), Range(low=1, high=3, whole=True), Mark("f"))
    assert [axis.at(share).shown for share in (0, 0.32, 0.34, 0.67, 1)] == [1, 1, 2, 3, 3]


NAMES = {0: "baseline", 1: "wild", 2: "tame"}


def test_the_half_width_rule_asks_for_worlds_until_the_difference_is_narrow() -> None:
    rule = HalfWidth(rule="half_width", outcome="cases_judged", half_width=1.0, first=4, most=40)
    draw = np.random.default_rng(1)
    base = draw.normal(0, 5, 40)
    wild, tame = base + draw.normal(0, 3, 40), base + draw.normal(0, 0.1, 40)
    asked = look(rule, {0: base[:8], 1: wild[:8], 2: tame[:8]}, "lower", NAMES).further
    assert set(asked) == {0, 1}
    assert 0 < asked[0] == asked[1] <= 8
    ended = look(rule, {0: base, 1: wild, 2: tame[:8]}, "lower", NAMES)
    assert ended.further == {}
    assert [line.partition(":")[0] for line in ended.lines] == ["wild", "tame"]
    unknown = look(rule, {0: base[:8], 1: np.full(8, math.nan)}, "lower", NAMES)
    assert unknown.further == {1: 8, 0: 8}


def test_rules_of_selection_find_the_best_and_keep_to_their_caps() -> None:
    draw = np.random.default_rng(2)
    base = draw.normal(10, 1, 30)
    values = {0: base, 1: base + 0.1 + draw.normal(0, 1, 30), 2: base - 5 + draw.normal(0, 1, 30)}
    kn = SelectBest(rule="kn", outcome="cases_judged", indifference=1.0, first=10, most=100)
    assert look(kn, values, "lower", NAMES).further == {}
    assert look(kn, values, "lower", NAMES).lines[0].startswith("best: tame")
    assert look(kn, values, "higher", NAMES).lines[0].find("tame") == -1
    ocba = Allocate(rule="ocba", outcome="cases_judged", total=100, first=10, most=32)
    spent = look(ocba, values, "higher", NAMES)
    assert spent.further
    assert all(len(values[choice]) + more <= 32 for choice, more in spent.further.items())
    assert look(ocba.model_copy(update={"total": 90}), values, "higher", NAMES).further == {}


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("{indicator: report_to_closure_mean, group: levl=district}", "'levl=district' is no group that runs keep of report_to_closure_mean; "
         "there are all, level=..., category=..., department=..."),
        ("{indicator: report_to_closure_mean, group: district}", "'district' is no group"),
        ("{indicator: cost_per_resident, group: level=district}", "there are all"),
    ],
)  # fmt: skip
def test_a_group_that_no_run_keeps_is_told_before_anything_runs(tmp_path: Path, outcome: str, said: str) -> None:
    text = study_text().replace("{indicator: cases_judged}", outcome)
    with pytest.raises(BadInput, match=re.escape(said)):
        read_text(tmp_path, text)
    read_text(tmp_path, text.replace(outcome, "{indicator: report_to_closure_mean, group: category=noise}"))
