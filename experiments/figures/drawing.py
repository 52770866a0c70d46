"""All figures of a run or a comparison, as files and as text for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from experiments.figures import backlog, limits, response_times, steps
from experiments.figures.fonts import drawable, in_figure_language
from experiments.figures.labels import Labels
from experiments.figures.style import save, styled
from experiments.summary import Summary
from sim.messages import language, say
from sim.scenario import Scenario

if TYPE_CHECKING:
    from experiments.analysis.analysis import Analysis


@dataclass(frozen=True)
class Drawn:
    """One figure: its file (without ending) and what it shows, in the language of the page."""

    name: str
    path: Path
    caption: str


def draw_all(arms: Mapping[str, Summary], names: Mapping[str, str], scenario: Scenario, folder: Path) -> list[Drawn]:
    """Write every figure that the summaries can fill, as SVG and PNG; Chinese only where a font can draw it.

    `scenario` (the baseline's) gives the dates and the names of categories and departments.
    """
    folder.mkdir(parents=True, exist_ok=True)
    captions = _captions()
    with in_figure_language(), styled():
        shown = _drawable_names(names, scenario, len(arms))
        makers: dict[str, Callable[[], Figure | None]] = {
            "response_times": lambda: response_times.draw(arms, shown),
            "where_the_days_go": lambda: steps.draw(arms, shown),
            "backlog": lambda: backlog.draw(arms, shown, scenario),
            "limits": lambda: limits.draw(arms, shown, Labels(scenario)),
        }
        return [
            Drawn(name, folder / name, captions[name])
            for name, make in makers.items()
            if any(_has_data(summary, name) for summary in arms.values()) and _saved(make(), folder / name)
        ]


def draw_pictures(analysis: Analysis, folder: Path) -> list[Drawn]:
    """Write the figures of an analysis of a study; captions are in the language of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    captions = {picture.name: picture.caption for picture in analysis.pictures()}
    with in_figure_language(), styled():
        return [
            Drawn(picture.name, folder / picture.name, captions[picture.name])
            for picture in analysis.pictures()
            if _saved(picture.draw(), folder / picture.name)
        ]


def _saved(figure: Figure | None, path: Path) -> bool:
    if figure is not None:
        save(figure, path)
    return figure is not None


def _has_data(summary: Summary, name: str) -> bool:
    """Whether there is anything to draw: a run without a closed case has no response times."""
    if name == "response_times":
        return bool(summary.curve["open"].notna().any())
    if name == "where_the_days_go":
        return bool(summary.steps["hours"].notna().any())
    return True


def _drawable_names(names: Mapping[str, str], scenario: Scenario, arms: int) -> dict[str, str]:
    """Titles that the fonts can draw; the plain name, which is always Latin, instead of one that they cannot."""
    if arms == 1 and language() == "en":
        return {name: scenario.title if drawable(scenario.title) else name for name in names}
    return {name: title if drawable(title) else name for name, title in names.items()}


def _captions() -> dict[str, str]:
    return {
        "response_times": say(
            "Share of cases not yet closed against the time since the report (Kaplan-Meier: open cases count for as "
            "long as they were followed). Line: mean of the worlds; band (for up to four scenarios): their range."
        ),
        "where_the_days_go": say(
            "Mean hours of a closed case from onset to closure, by step and by the level that owned it last. The "
            "number at the end of a bar is its total."
        )
        + say(" Issues that nobody found, and cases not closed, have no part in it."),
        "backlog": say(
            "Cases established and not yet closed at the end of each civil day, and those of them past their handling "
            "limit. Line: mean of the worlds; band (for up to four scenarios): their range. Grey: warm-up, not judged."
        ),
        "limits": say(
            "Share of the cases due whose result was passed back within the limit, extensions counted. Line through a "
            "marker: 95 % interval over the worlds."
        ),
    }
