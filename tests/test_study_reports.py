"""What a finished study says: analyses by its design, on known functions, end to end."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.figures import differences
from experiments.store import read_table
from experiments.study.searching import directions
from tests.known_function import SHARE, A, B, C, factor, finished, known, tables, text_of
from tests.study_file import carry_out, read_text, write_study

TIME, COST = "report_to_closure_mean", "cost_per_resident"
ONE = f"  - {{indicator: {TIME}}}\n"
TWO = f"{ONE}  - {{indicator: {COST}}}\n"


def levers(*names: str, role: str = "levers") -> str:
    paths = {"a": A, "b": B, "c": C}
    return f"{role}:\n" + "".join(factor(paths[name], name) for name in names)


def rows(table: pd.DataFrame, key: str = "factor") -> pd.DataFrame:
    return table.set_index(key)


def test_saltelli_gives_the_shares_of_a_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, lambda s, luck: {TIME: 50 + 4 * s.get(A, 0) + 2 * s.get(B, 0)})
    text = text_of(levers("a", "b", "c", role="uncertainties"), "{kind: saltelli, samples: 64}", "replications: 1", ONE)
    found = rows(tables(finished(tmp_path, text), "sobol"))
    assert list(found.index) == ["a", "b", "c"]
    assert found["first"].tolist() == pytest.approx([0.8, 0.2, 0.0], abs=0.08)
    assert found["total"].tolist() == pytest.approx([0.8, 0.2, 0.0], abs=0.08)
    assert (found["total_low"] <= found["total"]).all()
    assert (found["total_high"] >= found["total"]).all()


def test_morris_tells_what_moves_from_what_chance_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def function(s: dict[str, Any], luck: np.random.Generator) -> dict[str, float]:
        a, b, c = (s.get(path, 0.0) for path in (A, B, C))
        own = np.random.default_rng([int(1000 * each) for each in (a, b, c, luck.random())])  # luck that no pairing takes away
        return {TIME: 50 + 10 * a - 3 * b + own.normal(0, 0.05)}

    known(monkeypatch, function)
    text = text_of(levers("a", "b", "c", role="uncertainties"), "{kind: morris, trajectories: 6}", "replications: 3", ONE)
    found = rows(tables(finished(tmp_path, text), "screening"))
    assert found.loc["a", "mu_star"] == pytest.approx(10, abs=0.3)
    assert found.loc["b", "mu"] == pytest.approx(-3, abs=0.3)
    assert found["shown"].to_dict() == {"a": True, "b": True, "c": False}
    assert 0 < found.loc["c", "noise"] < 0.2


def test_a_tornado_shows_each_factor_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, lambda s, luck: {TIME: 50 + 10 * s.get(A, 0.7) - 4 * s.get(B, 0.85) + luck.normal()})
    found = rows(tables(finished(tmp_path, text_of(levers("a", "b"), "{kind: one_at_a_time}", "replications: 3", ONE)), "tornado"))
    assert list(found.index) == ["a", "b"]
    assert found.loc["a", ["low_change", "high_change", "swing"]].tolist() == pytest.approx([-7, 3, 10])
    assert found.loc["b", ["low_change", "high_change", "swing"]].tolist() == pytest.approx([3.4, -0.6, -4])


def test_a_tornado_knows_durations_and_shares_by_their_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The base states a day where the range counts hours: the baseline is a number beside the others."""
    path = "escalation.reviews.subdistrict.tray.mean"
    known(monkeypatch, lambda s, luck: {TIME: 50 + float(str(s.get(path, "24 h")).split()[0]) + s.get(A, 0.3) + luck.normal()})
    tray = factor(path, "tray", "label: tray, range: {low: 4, high: 48, unit: h}")
    share = factor(A, "a", f'label: checks, unit: "%", range: {SHARE}')
    folder = finished(tmp_path, text_of(f"levers:\n{tray}{share}", "{kind: one_at_a_time}", "replications: 3", ONE))
    found = rows(tables(folder, "tornado"))
    assert found.loc["tray", ["low_value", "high_value", "low_change", "high_change"]].tolist() == pytest.approx([4, 48, -20, 24])
    assert read_table(folder / "points.parquet")["tray"].tolist() == [24, 4, 48, 24, 24]
    shown = capsys.readouterr().out
    assert "from 4 h to 48 h" in shown
    assert "100 %" in shown


def test_two_levers_show_their_interaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    known(monkeypatch, lambda s, luck: {TIME: 50 + s[A] + s[B] + 3 * s[A] * s[B] + luck.normal()})
    text = text_of(levers("a", "b"), "{kind: full_factorial}", "replications: 3\nbaseline: {a: 0, b: 0}", ONE)
    found = tables(finished(tmp_path, text), "interaction")
    assert len(found) == 4
    assert found["corners"].unique() == pytest.approx([3])
    assert found["beyond"].abs().unique() == pytest.approx([0.75])
    assert "the effect of b depends on a" in capsys.readouterr().out


CHOICE = f"levers:\n  - name: policy\n    options:\n      x: {{{C}: 0}}\n      y: {{{C}: 1}}\n"


def test_each_choice_is_told_and_drawn_with_its_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, lambda s, luck: {TIME: 50 + 10 * s[A] + luck.normal(), COST: 30 + luck.normal()})
    text = text_of(levers("a"), "{kind: full_factorial}", "replications: 4\nbaseline: {a: 0.5}", TWO)
    drawn: list[differences.Panel] = []
    draw = differences.draw
    monkeypatch.setattr(differences, "draw", lambda panels: (drawn.extend(panels), draw(panels))[1])
    folder = finished(tmp_path, text, report=True)
    told = (folder / "results.en.txt").read_text(encoding="utf-8")
    assert "Report to closure, mean: better with a=0.0; worse with a=1.0." in told
    assert "Cost a resident: no difference shown for 2 of 2." in told
    assert (folder / "figures" / "differences.svg").stat().st_size > 1000
    figure = draw(drawn)
    time, cost = figure.axes
    dots = [line for line in time.lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == pytest.approx([-5, 5])
    assert [dot.get_markerfacecolor() for dot in dots] == [differences.DARK, differences.ORANGE]
    assert [dot.get_markerfacecolor() for dot in cost.lines if dot.get_marker() == "o"] == ["white", "white"]
    assert [text.get_text() for text in time.get_yticklabels()] == ["0.0", "1.0"]


def test_draws_become_a_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """x costs 10 whatever holds, y 20 a: y is better in half of the draws, and knowing a is worth 10 - 7.5."""
    known(monkeypatch, lambda s, luck: {TIME: 10 if s[C] == 0 else 20 * s[A]})
    design = "{kind: full_factorial, uncertainties: {kind: sobol, samples: 64}}"
    text = text_of(CHOICE + levers("a", "b", role="uncertainties"), design, "replications: 1\nbaseline: {policy: x}", ONE)
    folder = finished(tmp_path, text)
    regret, learning = rows(tables(folder, "regret"), "choice"), rows(tables(folder, "learning"), "unknown")
    assert regret.loc[1, "p_better"] == pytest.approx(0.5, abs=0.02)
    assert regret.loc[1, "p_better_low"] < 0.5 < regret.loc[1, "p_better_high"]
    assert regret["regret"].tolist() == pytest.approx([2.5, 2.5], abs=0.15)
    assert learning.loc["a", "worth"] == pytest.approx(2.5, abs=0.3)
    assert learning["shown"].to_dict() == {"a": True, "b": False}


def test_a_threshold_becomes_conditions_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known(monkeypatch, lambda s, luck: {TIME: 60 if s.get(A, 0) > 0.6 and s[B] < 0.4 else 40})
    paperwork = f'range: {SHARE}, label: paperwork, label_zh: 报表时间, unit: "%"'
    workers = f"range: {SHARE}, label: workers a grid, label_zh: 每格网格员数, counted: true"
    factors = "levers:\n" + factor(A, "a", paperwork) + factor(B, "b", workers) + factor(C, "c")
    outcomes = f"  - {{indicator: {TIME}, threshold: 50}}\n"
    folder = finished(tmp_path, text_of(factors, "{kind: sobol, samples: 128}", "replications: 1", outcomes))
    shown = capsys.readouterr().out
    box = rows(tables(folder, "boxes").query("box == 1"))
    assert set(box.index) == {"a", "b"}
    assert box.loc["a", "low"] == pytest.approx(0.6, abs=0.04)
    assert box.loc["b", "high"] == pytest.approx(0.4, abs=0.04)
    assert box["density"].min() > 0.9
    assert "Report to closure, mean above 50 hours: fails when" in shown
    assert "% paperwork" in shown
    assert "fewer than 0.4" in shown
    leaves = tables(folder, "leaves")
    assert leaves.drop_duplicates("leaf")["count"].sum() == 128
    assert leaves.loc[leaves["leaf"] == 1, "share"].iloc[0] == 1.0


def test_after_a_stopping_rule_the_intervals_are_those_that_it_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def function(s: dict[str, Any], luck: np.random.Generator) -> dict[str, float]:
        own = np.random.default_rng(int(luck.integers(1 << 30)) + int(10 * s[A]))
        return {TIME: 50 + 3 * s[A] + own.normal(), COST: 10 + s[A] + own.normal()}

    known(monkeypatch, function)
    rule = f"stopping: {{rule: half_width, outcome: {TIME}, half_width: 0.9, first: 6, most: 60}}\nbaseline: {{a: 0.0}}"
    folder = finished(tmp_path, text_of(levers("a"), "{kind: full_factorial}", rule, TWO))
    found = tables(folder, "results").set_index(["indicator", "choice"])
    decided, other = found.loc[(TIME, 1)], found.loc[(COST, 1)]
    assert decided["interval_by"] == "half_width"
    assert decided["difference_high"] - decided["difference"] == pytest.approx(0.9)
    progress = tables(folder, "progress")
    assert progress["worlds"].iloc[-1] == decided["n"] > 6
    student = (progress["high"] - progress["low"]).iloc[-1] / 2
    assert 0 < student < 0.9, "the rule stops where Student's interval is narrower than what is stated"
    assert other["interval_by"] == "student"
    assert other["difference_high"] - other["difference"] != pytest.approx(0.9, abs=1e-6)
    shown = capsys.readouterr().out
    assert "those that the stopping rule states" in shown
    assert f"{decided['difference'] - 0.9:+.2f} to {decided['difference'] + 0.9:+.2f}" in shown


def test_selection_says_where_its_worlds_went(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    known(monkeypatch, lambda s, luck: {TIME: 50 + s[A] + np.random.default_rng(int(luck.integers(99999)) + int(s[A] * 10)).normal()})
    rule = f"stopping: {{rule: kn, outcome: {TIME}, indifference: 0.8, first: 8, most: 60}}\nbaseline: {{a: 0}}"
    text = text_of("levers:\n" + factor(A, "a", "values: [0, 0.3, 1]"), "{kind: full_factorial}", rule, ONE)
    folder = finished(tmp_path, text)
    found = tables(folder, "results")
    shown = capsys.readouterr().out
    assert "Worlds spent by the rule" in shown
    assert "selects and states no intervals" in shown
    assert set(found.loc[found["choice"] > 0, "interval_by"]) == {"student"}
    assert found["n"].nunique() > 1, "the worst choice is out before the others"


# -- search -------------------------------------------------------------------------------------------------------------

LEVERS = (
    "levers:\n"
    + factor(A, "a")
    + factor("places.households_per_grid", "grid", "range: {low: 100, high: 110, whole: true}")
    + f"  - name: route\n    options:\n      good: {{{C}: 0}}\n      bad: {{{C}: 1}}\n"
)
SEARCH = "{kind: search, size: 10, generations: 4, fresh: 4}"


def trade(s: dict[str, Any], luck: np.random.Generator) -> dict[str, float]:
    """The frontier: route good, grid 100, any a. Time and cost then add up to 60."""
    waste = 5 * s.get(C, 0) + (s["places.households_per_grid"] - 100 if "places.households_per_grid" in s else 5)
    a = s.get(A, 0.5)
    return {TIME: 50 + 10 * a + waste + luck.normal(0, 0.1), COST: 10 - 10 * a + 10 + waste}


def test_a_search_finds_the_frontier_and_runs_it_again_in_fresh_worlds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known(monkeypatch, trade)
    text = text_of(LEVERS, SEARCH.replace("4, fresh", "9, fresh"), "replications: 2", TWO)
    folder = finished(tmp_path, text)
    found = tables(folder, "frontier")
    best = found[found["on_frontier"]]
    assert len(best) >= 4
    assert set(best["route"]) == {"good"}
    assert (best[TIME] + best[COST] - 70).abs().max() < 2.5
    assert found["knee"].sum() == 1
    assert (found[f"{TIME}_low"] <= found[TIME]).all()
    results, design = tables(folder, "results"), read_table(folder / "design.parquet")
    assert set(results["n"]) == {4}, "the table is of the fresh worlds"
    assert set(design["world"]) == set(range(6))
    shown = capsys.readouterr().out
    assert "beaten by none" in shown
    assert "the fresh values are the ones told" in shown


def test_a_candidate_that_fails_in_a_fresh_world_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The quicker half of all points fails in one fresh world, which no search has seen."""
    bad = np.random.default_rng(4).random()  # the fourth world: the second fresh one

    def fails(s: dict[str, Any], luck: np.random.Generator) -> dict[str, float]:
        broken = luck.random() == bad and s.get(A, 0.5) < 0.5
        return trade(s, luck) | ({TIME: float("nan")} if broken else {})

    known(monkeypatch, fails)
    folder = finished(tmp_path, text_of(LEVERS, SEARCH, "replications: 2", TWO))
    found = tables(folder, "frontier")
    lacking = found["worlds"] < 4
    assert lacking.any()
    assert not found.loc[lacking, "on_frontier"].any()
    assert (found.loc[lacking, "surely"] == 0).all()
    assert found.loc[~lacking, "on_frontier"].any()
    shown = capsys.readouterr().out
    assert "Left out, for want of a value in a fresh world: " in shown
    assert shown.count("Left out") == 1


def test_a_search_in_which_everything_fails_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known(monkeypatch, lambda s, luck: {TIME: float("nan"), COST: 1.0})
    folder = finished(tmp_path, text_of(LEVERS, SEARCH, "replications: 2", TWO))
    assert "No combination has a value in every objective and world" in capsys.readouterr().out
    assert not (folder / "frontier.csv").exists()


def test_a_search_goes_on_from_what_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    known(monkeypatch, trade)
    folder = finished(tmp_path, text_of(LEVERS, SEARCH, "replications: 2", TWO))
    first = (folder / "frontier.csv").read_bytes()
    before = set((folder / "runs" / "indicators").iterdir())
    capsys.readouterr()
    finished(tmp_path, text_of(LEVERS, SEARCH, "replications: 2", TWO))
    assert "nothing to do" in capsys.readouterr().out
    assert (folder / "frontier.csv").read_bytes() == first
    finished(tmp_path, text_of(LEVERS, SEARCH.replace("generations: 4", "generations: 6"), "replications: 2", TWO))
    assert before < set((folder / "runs" / "indicators").iterdir())
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    (elsewhere / "frontier.csv").write_bytes(first)
    started = SEARCH.replace("fresh: 4", "fresh: 4, start: frontier.csv").replace("generations: 4", "generations: 1")
    again = tables(finished(elsewhere, text_of(LEVERS, started, "replications: 2", TWO)), "frontier")
    stored = pd.read_csv(folder / "frontier.csv")
    assert again[TIME].min() < stored[TIME].min() + 2


def test_a_killed_search_repeats_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = finished(tmp_path / "whole", text_of(LEVERS, SEARCH, "replications: 2", TWO)) if known(monkeypatch, trade) is None else tmp_path
    calls = [0]

    def broken(s: dict[str, Any], luck: np.random.Generator) -> dict[str, float]:
        calls[0] += 1
        if calls[0] == 50:
            raise KeyboardInterrupt
        return trade(s, luck)

    known(monkeypatch, broken)
    path = write_study(tmp_path / "cut", text_of(LEVERS, SEARCH, "replications: 2", TWO))
    assert carry_out(path, tmp_path / "cut") == 130
    assert carry_out(path, tmp_path / "cut") == 0
    assert (tmp_path / "cut" / "tried" / "frontier.csv").read_bytes() == (whole / "frontier.csv").read_bytes()
    assert calls[0] == 1 + len(list((whole / "runs" / "indicators").iterdir())), "the run that was cut, and each other once"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("replications: 2", f"stopping: {{rule: half_width, outcome: {TIME}, half_width: 1}}"), "write replications"),
        (("levers:", "uncertainties:"), "a search chooses among levers"),
        ((TWO, "  - {indicator: cases_judged}\n"), "an outcome with a direction"),
        (("fresh: 4", "fresh: 4, start: none.csv"), "none.csv"),
    ],
)
def test_a_search_that_cannot_be_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], said: str
) -> None:
    text = text_of(LEVERS, SEARCH, "replications: 2", TWO).replace(*change)
    assert carry_out(write_study(tmp_path, text), tmp_path) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown


def test_a_missing_library_is_one_line_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymoo.core.mixed", None)
    assert carry_out(write_study(tmp_path, text_of(LEVERS, SEARCH, "replications: 2", TWO)), tmp_path) == 2
    assert "needs the library pymoo; install it: make setup" in capsys.readouterr().err
    assert not list((tmp_path / "tried").glob("runs/*/*"))


def test_objectives_are_the_outcomes_with_a_side(tmp_path: Path) -> None:
    outcomes = f"{TWO}  - {{indicator: satisfaction_mean}}\n  - {{indicator: cases_judged}}\n"
    file = read_text(tmp_path, text_of(LEVERS, SEARCH, "replications: 2", outcomes))
    assert directions(file.study) == ["lower", "lower", "higher"]
    assert math.prod(file.layout.sizes()) == 41
