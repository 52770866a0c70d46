"""The page of a study: question, answer, what each analysis found, the tables, and how it was run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from experiments.analysis.analysis import Analysis
from experiments.analysis.answer import answer
from experiments.analysis.evidence import Evidence
from experiments.figures.drawing import Drawn
from experiments.intervals import LEVEL
from experiments.machine import code_version
from experiments.page.rendering import Cell, Table, inline_figures, render
from experiments.page.tables import definitions
from experiments.replay import data_texts
from experiments.study import design_kinds as kinds
from experiments.study.axes import LEVER, Axis
from experiments.study.identity import code_in_force
from experiments.study.results_text import outcome_grids
from sim.messages import language, say
from sim.metrics.table import INDICATORS
from sim.units import DAY


def study_page(
    evidence: Evidence, analyses: Sequence[Analysis], drawn: Mapping[int, Sequence[Drawn]], file: str, failed: int
) -> str:
    """The whole page as HTML, in the language in force. `drawn`: figures by the place of their analysis."""
    study = evidence.study
    parts = [
        {"title": each.title(), "sentences": list(each.sentences()), "tables": [grid.table() for grid in each.grids()],
         "figures": inline_figures(drawn.get(place, ()))}
        for place, each in enumerate(analyses)
    ]  # fmt: skip
    base = evidence.program.file.base
    return render("study.html.j2", {
        "question": study.shown_question(language()),
        "subtitle": say("Study {name} on the scenario {base}", name=study.name,
                        base=base.title_zh if language() == "zh" else base.title),
        "answer": answer(evidence, analyses),
        "warning": say("{failed:,} of {runs:,} runs failed; they are left out", failed=failed,
                       runs=failed + len(evidence.done)) if failed else "",
        "parts": parts,
        "results": [grid.table() for grid in outcome_grids(study, evidence.results)],
        "results_note": say("Differences are paired: every choice meets the same worlds. Verdicts are corrected for the number of "
                            "choices (Holm); intervals are not. Pairing gain: how many times as many unpaired worlds the same "
                            "interval would need."),
        "definitions": definitions([INDICATORS[each] for each in dict.fromkeys(o.indicator for o in study.outcomes)]),
        "factors": _factors(evidence),
        "trust": [*_how(evidence, failed), *_data(evidence), (say("Made with"), _made_with())],
        "command": f"python run.py study {file}",
    })  # fmt: skip


def _data(evidence: Evidence) -> list[tuple[str, str]]:
    return [(say("Data"), text) for text in data_texts(evidence.program.log, [evidence.program.file.base])]


def _made_with() -> str:
    """The code that the numbers depend on and the libraries; no commit, since a commit of words moves no number."""
    return ", ".join([f"wangge {code_version()['version']}", f"SHA-256 {code_in_force().source[:16]}…",
                      *(f"{name} {version}" for name, version in code_in_force().libraries.items())])  # fmt: skip


def _factors(evidence: Evidence) -> Table:
    head = [Cell(say("Factor")), Cell(say("role")), Cell(say("path")), Cell(say("values"))]
    rows = [
        [Cell(evidence.meanings[axis.name].name), Cell(say("lever") if axis.role == LEVER else say("uncertainty")), Cell(axis.path or "-"),
         Cell(_values(axis))]
        for axis in evidence.axes
    ]  # fmt: skip
    return Table(say("What was varied."), head, rows)


def _values(axis: Axis) -> str:
    if axis.range is not None:
        unit = f" {axis.range.unit}" if axis.range.unit else ""
        scale = say(", logarithmic") if axis.range.scale == "log" else ""
        return say("{low:g} to {high:g}{unit}", low=axis.range.low, high=axis.range.high, unit=unit) + scale
    shown = ", ".join(str(level.shown) for level in axis.levels[:12])
    return shown if len(axis.levels) <= 12 else f"{shown}, …"


def _how(evidence: Evidence, failed: int) -> list[tuple[str, str]]:
    study, base, time = evidence.study, evidence.program.file.base, evidence.program.file.base.time
    worlds = sorted({each.world for each in evidence.wanted})
    draws = 1 + max((point.draw for point in evidence.program.points), default=0)
    window = say("{days:.0f} days from {start}; the first {warm_up:.0f} are warm-up and not judged",
                 days=time.horizon.seconds / DAY, start=time.start, warm_up=time.warm_up.seconds / DAY)  # fmt: skip
    facts = [
        (say("Scenario"), f"{base.name} · SHA-256 {base.digest()[:16]}…"),
        (say("Window"), window),
        (say("Design"), _design(study.design)),
        (say("Choices"), f"{len(evidence.names):,}"),
        *([(say("Draws of the uncertainties"), f"{draws:,}")] if draws > 1 else []),
        (say("Worlds (replications)"), _worlds(evidence)),
        (say("Seeds"), say("{first} to {last}", first=study.seed + worlds[0], last=study.seed + worlds[-1]) if worlds else "-"),
        (say("Runs"), say("{done:,} done, {failed:,} failed", done=len(evidence.done), failed=failed)),
        (say("Intervals"), say("{percent:g} %, Student's t over the {units}", percent=100 * LEVEL,
                               units=say("draws") if evidence.drawing else say("worlds"))),
    ]  # fmt: skip
    return facts


def _worlds(evidence: Evidence) -> str:
    design, study = evidence.study.design, evidence.study
    if isinstance(design, kinds.Search):
        return say("{worlds} in the search, {fresh} others for its frontier", worlds=study.replications, fresh=design.fresh)
    if study.stopping is not None:
        return say("as many as the stopping rule asked for: {first} to {most}", first=study.stopping.first, most=study.stopping.most)
    return str(study.replications)


def _design(design: kinds.Design) -> str:
    facts = [f"{name} {value}" for name, value in design.model_dump(mode="json").items()
             if name not in ("kind", "rows", "uncertainties") and value is not None]  # fmt: skip
    spread = getattr(design, "uncertainties", None)
    own = say("; uncertainties: {design}", design=_design(spread)) if spread is not None else ""
    return design.kind + (f" ({', '.join(facts)})" if facts else "") + own
