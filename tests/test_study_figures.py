"""Figures of a study: what is drawn is what the tables say, in both languages, with units, and no text is cut off."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from experiments.figures import fonts
from experiments.figures.factor_panels import MOST_ROWS, FactorPanel, draw_factors, factor_sheets
from experiments.figures.line_breaks import columns, lines
from experiments.figures.panels import TALLEST, grid_sheets, sheets
from experiments.figures.style import save, styled
from sim.messages import speak
from tests.study_tables import CHOICES, ENDS, FIGURES, FOUND, INDICES, SCREENED, STEPS, TRIED, UNKNOWNS

SAID = {
    "screening": ("effect of the whole range, hours", "整个取值范围的效果，小时"),
    "sobol": ("share of the variance", "方差份额"),
    "tornado": ("change against the baseline, percentage points", "相对基准的变化，个百分点"),
    "decision": ("regret, hours", "遗憾，小时"),
    "failing": ("reaches the threshold", "达到阈值"),
    "interaction": ("hours", "小时"),
    "frontier": ("on the frontier", "在前沿上"),
    "progress": ("half-width, hours", "半宽，小时"),
}


@pytest.fixture(params=["en", "zh"])
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "zh" and fonts.cjk_family() is None:
        pytest.skip("no font with Chinese letters on this machine")
    speak(request.param)
    yield request.param
    speak("en")


def drawn(name: str, folder: Path | None = None) -> Figure:
    """A figure as it is laid out, and saved if a folder is given; a missing glyph is an error."""
    with warnings.catch_warnings(), styled():
        warnings.simplefilter("error")
        figure = FIGURES[name]()
        if folder is not None:
            save(figure, folder / name)
        figure.set_dpi(200)
        figure.draw_without_rendering()
    return figure


def texts(figure: Figure) -> list[Text]:
    """Every text that is really drawn: ticks beyond the ends of their axis are not."""
    found = [text for legend in figure.legends for text in legend.get_texts()]
    for axes in figure.axes:
        if not axes.get_visible():
            continue
        found += [*(child for child in axes.get_children() if isinstance(child, Text)), axes.xaxis.label, axes.yaxis.label]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            found += [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
        found += axes.get_legend().get_texts() if axes.get_legend() else []
    return [text for text in found if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_speaks_both_languages_and_nothing_is_cut_off(name: str, tongue: str, tmp_path: Path) -> None:
    figure = drawn(name, tmp_path)
    written = [" ".join(text.get_text().split()) for text in texts(figure)]
    assert any(SAID[name][tongue == "zh"] in text for text in written), written
    whole = figure.bbox
    for text in texts(figure):
        box = text.get_window_extent()
        assert box.x0 >= whole.x0 - 1, text
        assert box.x1 <= whole.x1 + 1, text
        assert box.y0 >= whole.y0 - 1, text
        assert box.y1 <= whole.y1 + 1, text


@pytest.mark.parametrize("name", ["screening", "sobol", "tornado", "decision", "frontier"])
def test_names_of_rows_do_not_run_into_each_other(name: str, tongue: str) -> None:
    for axes in drawn(name).axes:
        boxes = [label.get_window_extent() for label in axes.get_yticklabels() if label.get_text().strip()]
        boxes = sorted((box for box in boxes if axes.bbox.y0 - 5 <= (box.y0 + box.y1) / 2 <= axes.bbox.y1 + 5), key=lambda box: box.y0)
        assert all(lower.y1 <= upper.y0 + 1 for lower, upper in itertools.pairwise(boxes)), axes.get_yticklabels()


def points(axes: Axes, marker: str) -> list[tuple[float, float]]:
    """Places of single markers, the topmost first."""
    found = [line for line in axes.get_lines() if line.get_marker() == marker and len(line.get_xdata()) == 1]
    return [(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in found]


def intervals(axes: Axes) -> set[tuple[float, float]]:
    """Ends of all whiskers across."""
    two = [line for line in axes.get_lines() if len(line.get_xdata()) == 2 and line.get_ydata()[0] == line.get_ydata()[1]]
    return {(round(float(line.get_xdata()[0]), 9), round(float(line.get_xdata()[1]), 9)) for line in two}


def bars(axes: Axes) -> list[float]:
    return [round(bar.get_width(), 9) for bar in axes.patches if isinstance(bar, Rectangle)]


def ends(table, low: str, high: str, times: float = 1.0) -> set[tuple[float, float]]:
    return {(round(times * a, 9), round(times * b, 9)) for a, b in zip(table[low], table[high], strict=True)}


def test_screening_marks_are_the_table(tongue: str) -> None:
    hours, shares = drawn("screening").axes
    assert [x for x, _ in points(hours, "o")] == SCREENED["mu_star"].tolist()
    assert [x for x, _ in points(hours, "D")] == SCREENED["sigma"].tolist()
    assert [x for x, _ in points(hours, "|")] == SCREENED["noise"].tolist()
    assert intervals(hours) == ends(SCREENED, "low", "high")
    assert [x for x, _ in points(shares, "o")] == (100 * SCREENED["mu_star"]).tolist(), "shares are drawn in per cent"
    colors = [line.get_color() for line in hours.get_lines() if line.get_marker() == "o"]
    assert colors[0] == colors[1] != colors[2], "what is not told from chance looks different"


def test_bars_of_indices_and_tornado_are_the_tables(tongue: str) -> None:
    axes = drawn("sobol").axes[0]
    assert bars(axes) == [*INDICES["first"], *INDICES["total"]]
    assert intervals(axes) == ends(INDICES, "first_low", "first_high") | ends(INDICES, "total_low", "total_high")
    low, high = axes.get_xlim()
    assert low < INDICES["first_low"].min()
    assert high > INDICES["total_high"].max()
    axes = drawn("tornado").axes[0]
    assert bars(axes) == pytest.approx([*(100 * ENDS["low_change"]), *(100 * ENDS["high_change"])])
    assert intervals(axes) == ends(ENDS, "low_change_low", "low_change_high", 100) | ends(ENDS, "high_change_low", "high_change_high", 100)
    assert "15 % – 50 %" in axes.get_yticklabels()[2].get_text()


def test_the_decision_shows_chances_regret_and_worth(tongue: str) -> None:
    left, middle, right, *_, hidden = drawn("decision").axes
    assert [x for x, _ in points(left, "o")][1:] == CHOICES["p_better"].tolist()[1:]
    assert intervals(left) >= ends(CHOICES[1:], "p_better_low", "p_better_high")
    assert bars(middle) == CHOICES["regret"].tolist()
    assert intervals(middle) == ends(CHOICES, "regret_low", "regret_high")
    assert bars(right) == UNKNOWNS["worth"].tolist()
    assert len({bar.get_facecolor() for bar in right.patches}) == 2
    assert not hidden.get_visible(), "no unknown, no panel"


def test_failing_points_and_the_first_box(tongue: str) -> None:
    axes = drawn("failing").axes[0]
    shown = {line.get_marker(): line.get_xdata() for line in axes.get_lines()}
    assert shown["x"].min() > 30 > shown["o"].max(), "per cent, as the factor's meaning says"
    frame = next(patch for patch in axes.patches if isinstance(patch, Rectangle))
    assert frame.get_x() == pytest.approx(30)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["1", "2"], "two values, two ticks"
    assert axes.get_xlabel().endswith("%")


def test_lines_of_an_interaction_are_the_means(tongue: str) -> None:
    figure = drawn("interaction")
    assert [axes.get_visible() for axes in figure.axes] == [True, True, True, False]
    layered, direct = figure.axes[0].get_lines()[:2]
    assert (list(layered.get_ydata()), list(direct.get_ydata())) == ([90.0, 85.0, 84.0], [80.0, 70.0, 60.0])
    assert "-14 h (-20 to -8)" in figure.axes[0].get_xlabel(), "the interval of what is beyond adding up"


def test_the_frontier_shows_candidates_with_intervals(tongue: str) -> None:
    axes = drawn("frontier").axes[0]
    crossed = {(round(float(line.get_ydata()[0]), 6), round(float(line.get_ydata()[1]), 6)) for line in axes.get_lines()
               if len(line.get_ydata()) == 2}  # fmt: skip
    assert crossed >= ends(FOUND[FOUND["on_frontier"]], "cost_low", "cost_high")
    assert points(axes, "*") == [(101.0, 189.0)]
    assert set(points(axes, "o")) == {(91.0, 201.0), (112.0, 191.0)}
    assert points(axes, "x") == [(95.0, 210.0)]
    tried = next(line for line in axes.get_lines() if line.get_marker() == ".")
    assert np.column_stack([tried.get_xdata(), tried.get_ydata()]).tolist() == TRIED.tolist()


def test_progress_ends_in_an_interval_and_marks_what_is_wanted(tongue: str) -> None:
    upper, lower = drawn("progress").axes
    last = STEPS[(STEPS["choice"] == 1)].iloc[-1]
    bar = next(each for each in upper.collections if isinstance(each, LineCollection))
    assert np.array(bar.get_segments())[0, :, 1].tolist() == pytest.approx([last["low"], last["high"]])
    halves = lower.get_lines()[0].get_ydata()
    assert halves.tolist() == pytest.approx([4 / worlds for worlds in range(3, 8)])
    assert lower.get_lines()[-1].get_ydata()[0] == 1.0
    assert all(float(tick).is_integer() for tick in upper.get_xticks())


def test_more_factors_than_there_is_room_for_are_said() -> None:
    many = SCREENED.loc[[0] * 25].reset_index(drop=True)
    figure = draw_factors([FactorPanel("T", "", many)], 0.2, lambda axes, heights, panel: None)
    assert figure.axes[0].get_title(loc="left") + figure.axes[0].get_title() == f"T: the first {MOST_ROWS} of 25"


def test_no_figure_is_taller_than_a_page() -> None:
    heights = [3.0, 4.0, 2.5, 8.0, 12.0, 1.0]
    assert sheets(heights, lambda height: height) == [[3.0, 4.0], [2.5], [8.0], [12.0], [1.0]]
    panels = [FactorPanel(str(number), "", SCREENED.loc[[0] * 12]) for number in range(5)]
    split = factor_sheets(panels, 0.36)
    assert [panel.title for sheet in split for panel in sheet] == ["0", "1", "2", "3", "4"]
    assert all(sum(panel.inches(0.36) for panel in sheet) <= TALLEST for sheet in split)
    assert [len(sheet) for sheet in grid_sheets(list(range(9)), 3.0)] == [6, 3]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("workers=1, route=layered", 20, ["workers=1,", "route=layered"]),
        ("基准(workers=1, route=layered)", 20, ["基准(workers=1,", "route=layered)"]),
        ("每年每千人物业问题数", 10, ["每年每千人", "物业问题数"]),
        ("最差与最好之差，小时", 14, ["最差与最好之", "差，小时"]),
        ("averylongwordwithoutblanks", 10, ["averylongw", "ordwithout", "blanks"]),
        ("", 10, [""]),
    ],
)  # fmt: skip
def test_lines_break_between_words_and_chinese_letters(text: str, width: int, expected: list[str]) -> None:
    found = lines(text, width)
    assert found == expected
    assert all(columns(line) <= width for line in found)
