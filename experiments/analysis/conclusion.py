"""What a finished study leaves: tables beside its others, text for the terminal, figures and one page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from experiments.analysis.analysis import Analysis
from experiments.analysis.evidence import Evidence
from experiments.study.results_text import texts_of_results
from experiments.study.study_folder import write_whole
from scenarios.reasons import reason_of
from sim.messages import BadInput, say

TABLES = ("screening", "sobol", "tornado", "interaction", "regret", "learning", "boxes", "leaves", "frontier", "progress")
"""CSV files that analyses may leave; docs/studies.md says what is in them."""
FIGURES, REPORT = "figures", "report.html"


def write_frames(analyses: Sequence[Analysis], folder: Path) -> None:
    """A CSV file a table. Those of an earlier design of the same study are taken away."""
    frames = {name: frame for analysis in analyses for name, frame in analysis.frames().items()}
    for name in TABLES:
        path = folder / f"{name}.csv"
        if name in frames:
            write_whole(path, frames[name].to_csv(index=False, lineterminator="\n"))
        else:
            path.unlink(missing_ok=True)


def write_texts(evidence: Evidence, analyses: Sequence[Analysis]) -> None:
    """results.en.txt and results.zh.txt: what the terminal shows, in both languages."""
    texts = texts_of_results(evidence.study, evidence.results, lambda: [analysis_text(each) for each in analyses])
    for tongue, text in texts.items():
        write_whole(evidence.program.folder / f"results.{tongue}.txt", text)


def analysis_text(analysis: Analysis) -> str:
    """Heading, sentences and tables for the terminal."""
    parts = ["\n".join([analysis.title(), *analysis.sentences()]), *(grid.text() for grid in analysis.grids())]
    return "\n\n".join(parts)


def write_report(evidence: Evidence, analyses: Sequence[Analysis], file: str, failed: int) -> Path:
    """figures/ and report.html, in the language in force. `file`: how the user called the study. Returns the page."""
    from experiments.figures.drawing import draw_pictures
    from experiments.page.study_page import study_page

    folder = evidence.program.folder
    try:
        _clear(folder / FIGURES)
        drawn = {place: draw_pictures(each, folder / FIGURES) for place, each in enumerate(analyses)}
    except OSError as error:
        with suppress(OSError):
            _clear(folder / FIGURES)  # none rather than half of one
        raise BadInput(say("{folder}: cannot be written: {why}", folder=folder / FIGURES, why=reason_of(error))) from error
    path = folder / REPORT
    write_whole(path, study_page(evidence, analyses, drawn, file, failed))
    return path


def _clear(folder: Path) -> None:
    for old in sorted(folder.glob("*.*")):
        old.unlink()
