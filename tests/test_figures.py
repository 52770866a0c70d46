"""Figures: what is drawn is what the summaries hold; Chinese where a font can draw it, English else, never boxes."""

from __future__ import annotations

import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.figures import backlog, fonts, limits, response_times, steps
from experiments.figures.drawing import draw_all
from experiments.figures.labels import Labels
from experiments.figures.style import LOOKS, looks, styled
from experiments.headlines import mean_steps
from experiments.summary import Summary, curve_hours, joined, summarise
from scenarios.reading import read_scenario
from sim.messages import speak
from sim.records import RunRecords
from tests.fake_runs import fake_run, frame

NAMES = {"usual": "Grids of 300 households", "quick": "Two workers in every grid"}
ALL_FIGURES = ["response_times", "where_the_days_go", "backlog", "limits"]


@pytest.fixture(scope="module")
def scenario():
    return read_scenario("baseline").scenario


@pytest.fixture(scope="module")
def arms() -> dict[str, Summary]:
    return {
        name: joined({r: summarise(fake_run(r, slower)) for r in range(2)})
        for name, slower in zip(NAMES, (1, 0.6), strict=True)
    }


@pytest.fixture
def _chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


def texts(figure) -> str:
    """Every text of a figure."""
    from matplotlib.text import Text

    return "\n".join(found.get_text() for found in figure.findobj(Text))


def test_every_figure_is_written_without_a_missing_glyph(arms: dict[str, Summary], scenario, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = draw_all(arms, NAMES, scenario, tmp_path)
    assert [each.name for each in drawn] == ALL_FIGURES
    for each in drawn:
        assert ElementTree.parse(each.path.with_suffix(".svg")).getroot().tag.endswith("svg")
        assert each.path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
        assert each.caption


@pytest.mark.usefixtures("_chinese")
def test_chinese_figures_have_chinese_labels_where_a_font_is(
    arms: dict[str, Summary], scenario, tmp_path: Path
) -> None:
    if fonts.cjk_family() is None:
        pytest.skip("no font with Chinese letters on this machine")
    names = {"usual": "每网格300户", "quick": "每网格两名网格员"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(draw_all(arms, names, scenario, tmp_path)) == 4
    with styled():
        assert "案件多久结案" in texts(response_times.draw(arms, names))


@pytest.mark.usefixtures("_chinese")
def test_without_a_font_figures_speak_english_and_show_no_boxes(
    arms: dict[str, Summary], scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "cjk_family", lambda: None)
    seen: list[str] = []
    monkeypatch.setattr("experiments.figures.drawing.save", lambda figure, path: seen.append(texts(figure)))
    drawn = draw_all(arms, {"usual": "每网格300户", "quick": "每网格两名网格员"}, scenario, tmp_path)
    assert all(letter.isascii() or letter in "…−" for letter in "".join(seen))
    assert "usual" in seen[0]
    assert "How long cases stay open" in seen[0]
    assert "结案" in drawn[0].caption  # the page still speaks Chinese: its reader has fonts


def test_equal_numbers_are_equal_files(arms: dict[str, Summary], scenario, tmp_path: Path) -> None:
    for name in "ab":
        draw_all(arms, NAMES, scenario, tmp_path / name)
    for name in ALL_FIGURES:
        assert (tmp_path / "a" / f"{name}.svg").read_bytes() == (tmp_path / "b" / f"{name}.svg").read_bytes()


def test_the_curves_are_the_means_of_the_worlds(arms: dict[str, Summary]) -> None:
    axes = response_times.draw(arms, NAMES).axes[0]
    line = axes.get_lines()[1]
    curve = arms["quick"].curve
    at = line.get_xdata()[60]
    assert line.get_label().replace("\n", " ") == NAMES["quick"]
    assert line.get_ydata()[60] == pytest.approx(curve.loc[curve["hours"] == at, "open"].mean())
    assert len(axes.collections) == 2  # a band for each scenario


def test_the_summary_curve_is_the_share_that_is_still_open() -> None:
    run = fake_run(4)
    curve = summarise(run).curve
    cases = run["cases"]
    judged = (cases["established_at"] >= run.frame.warm_up_s) & (cases["outcome"] == "closed")
    hours = (cases["closed_at"] - cases["reported_at"])[judged] / 3600
    at = np.argmin(abs(curve["hours"] - 30))
    assert curve["open"].iloc[at] == pytest.approx(
        (hours > curve["hours"].iloc[at]).mean(), abs=0.03
    )  # few are censored
    assert curve["open"].iloc[0] == 1.0
    assert (np.diff(curve["open"].dropna()) <= 0).all()
    assert len(curve) == len(curve_hours(run.frame.horizon_s))


def test_the_backlog_counts_what_is_open_at_midnight(arms: dict[str, Summary], scenario) -> None:
    run = fake_run(0)
    cases = run["cases"]
    midnight = 31 * 86_400
    established = cases["established_at"]
    is_open = (
        (established >= 0) & (established <= midnight) & ((cases["closed_at"] < 0) | (cases["closed_at"] > midnight))
    )
    late = (
        is_open & (cases["handling_due"] <= midnight) & ((cases["fed_back_at"] < 0) | (cases["fed_back_at"] > midnight))
    )
    row = summarise(run).backlog.set_index("day").loc[30]
    assert (row["open"], row["overdue"]) == (is_open.sum(), late.sum())
    assert is_open.sum() > late.sum() > 0
    upper = backlog.draw(arms, NAMES, scenario).axes[0]
    assert len(upper.get_lines()[0].get_ydata()) == frame().horizon_s // 86_400


def test_stacked_steps_add_up_to_the_total(arms: dict[str, Summary]) -> None:
    axes = steps.draw(arms, NAMES).axes[0]
    ends = [bar.get_x() + bar.get_width() for bars in axes.containers for bar in bars]
    totals = [mean_steps(summary).loc["total", "all"] for summary in arms.values()]
    levels = [mean_steps(summary).loc["total"].max() for summary in arms.values()]
    assert max(ends) == pytest.approx(max(levels))
    assert {f"{total:.0f}" for total in totals} <= {text.get_text() for text in axes.texts}


def test_limits_show_every_group_and_nothing_without_limits(arms: dict[str, Summary], scenario) -> None:
    figure = limits.draw(arms, NAMES, Labels(scenario))
    assert figure is not None
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert labels[:5] == ["all", "grid", "community", "subdistrict", "district"]
    assert "pothole" in labels
    empty = joined({0: summarise(RunRecords(frame(), 1))})
    assert limits.draw({"x": empty}, {"x": "x"}, Labels(scenario)) is None


def test_limits_leave_out_shares_over_a_handful_of_cases(arms: dict[str, Summary], scenario) -> None:
    first = next(iter(arms.values()))
    table = first.indicators
    few = (table["indicator"] == "cases_judged") & (table["group"] == "category=pothole")
    assert few.any()
    thin = replace(first, indicators=table.assign(value=table["value"].where(~few, 4.0)))
    figure = limits.draw({"x": thin}, {"x": "x"}, Labels(scenario))
    assert figure is not None
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert "all" in labels
    assert "pothole" not in labels


def test_a_run_without_cases_draws_only_what_it_has(scenario, tmp_path: Path) -> None:
    empty = joined({0: summarise(RunRecords(frame(), 1))})
    assert [each.name for each in draw_all({"x": empty}, {"x": "x"}, scenario, tmp_path)] == ["backlog"]


def test_ten_scenarios_look_different() -> None:
    seen = looks([str(number) for number in range(10)])
    assert len({look.color for look in seen.values()}) == 10
    assert len({look.marker for look in seen.values()}) == 10
    assert looks(["a"])["a"] == LOOKS[0]
