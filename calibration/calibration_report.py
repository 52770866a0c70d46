"""What a calibration says of itself: the card as text, and the report as one HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calibration.calibration_figures import MEASURED, draw_scores, names
from calibration.calibration_plan import CalibrationPlan
from calibration.calibration_scores import Scores
from calibration.crew_posterior import Doubt
from calibration.doubt_figure import NAME, draw_doubt
from calibration.doubt_folder import read_doubt, read_told
from calibration.doubtful_fit import Asked
from calibration.held_out import openings_of
from calibration.identifiability import Told, parameter_name, quantity, verdict_text
from calibration.naive_forecasts import RANDOM, SHIFTED
from calibration.rolling_origins import COVERAGE, summed
from calibration.score_card import MEASURES
from calibration.score_measures import WITHIN
from calibration.score_outlook import MODEL
from experiments.page.rendering import Cell, Table, inline_figures, render
from sim.messages import language, say
from sim.scenario import Scenario

if TYPE_CHECKING:
    from calibration.calibration_stages import Job

NAIVE = (SHIFTED, RANDOM)
WIDEST = 30


def write_report(job: Job, scenario: Scenario, scores: Scores, odd: Sequence[str] = ()) -> Path:
    """Figures and page of a calibration. `odd`: what is odd about its log, said at the top."""
    facts = scores.facts
    drawn = draw_scores(facts, job.folder.path / "figures")
    doubts = read_doubt(job.folder)
    if doubts:
        drawn.append(draw_doubt(doubts, job.folder.path / "figures"))
    plan = job.plan
    page = render("calibration.html.j2", {
        "title": plan.title_zh if language() == "zh" else plan.title,
        "subtitle": say("learnt from cases opened before {date}; scored on {period}, {cases} cases, {worlds} worlds",
                        date=plan.training.until, period=facts["period"], cases=f"{facts['cases']:,}", worlds=facts["worlds"]),
        "answer": verdicts(facts),
        "data": data_line(),
        "warning": " ".join(line for line in (_opened_again(job), *odd) if line),
        "sections": _sections(facts, inline_figures(drawn), informed_table(doubts, read_told(job.folder))),
        "trust": _trust(job, scenario),
        "command": f"run.py calibrate {plan.name} --log {job.log.name} --out {job.folder.path.parent.name}",
    })  # fmt: skip
    return job.folder.write("report.html", page)


def data_line() -> str:
    """What the data of a page is."""
    return say("Data: a city's real case log, shown as totals only. Groups of fewer than 30 cases are put together and no share "
               "over fewer than 5 cases is shown; no row of the log is in this page.")  # fmt: skip


def verdicts(facts: dict[str, Any]) -> list[str]:
    """Where the model is nearer to the log than the best naive forecast, where as near, where farther."""
    sorted_out = {"nearer": [], "as near": [], "farther": []}
    for measure in MEASURES:
        verdict = standing(facts, measure)
        if verdict:
            sorted_out[verdict].append(say(MEASURES[measure]))
    joined = {key: "; ".join(found) or say("nowhere") for key, found in sorted_out.items()}
    return [
        say("Nearer to the held-out period than the best naive forecast (interval excludes 0): {measures}.", measures=joined["nearer"]),
        say("No difference shown: {measures}.", measures=joined["as near"]),
        say("Farther from it: {measures}.", measures=joined["farther"]),
    ]


def standing(facts: dict[str, Any], measure: str) -> str:
    """nearer, as near or farther, against the naive forecast that does best on this measure; empty where there is none."""
    lead = best_naive_lead(facts, measure)
    if lead is None or lead["low"] is None:
        return ""
    if lead["low"] == lead["high"] == 0:
        return ""
    return "nearer" if lead["high"] < 0 else "farther" if lead["low"] > 0 else "as near"


def best_naive_lead(facts: dict[str, Any], measure: str) -> dict[str, Any] | None:
    """The model's lead over the naive forecast with the smallest distance."""
    values = {row["forecast"]: row["value"] for row in facts["values"] if row["measure"] == measure and row["value"] is not None}
    rivals = [name for name in values if name != MODEL]
    if not rivals:
        return None
    best = min(rivals, key=lambda name: values[name])
    return next(row for row in facts["leads"] if row["measure"] == measure and row["against"] == best)


def card_text(scores: Scores) -> str:
    """The card as lines of text."""
    table = card_table(scores.facts)
    rows = [[cell.text for cell in table.head], *[[cell.text for cell in row] for row in table.rows]]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(text + " " * (wide - _width(text)) for text, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([table.caption, *lines, *verdicts(scores.facts)])


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def card_table(facts: dict[str, Any]) -> Table:
    """Distance of each forecast by measure, the noise floor, and the lead over the best naive one."""
    called = names()
    head = [Cell(say("distance from the log")), *(Cell(called[name], number=True) for name in (MODEL, *NAIVE)),
            Cell(say("noise floor"), number=True), Cell(say("model less best naive, 95 % interval"), number=True),
            Cell(say("standing"))]  # fmt: skip
    rows = [_card_row(facts, measure) for measure in MEASURES]
    note = say("0 is perfect. Noise floor: what the model would score if its own worlds were the log. Intervals: moving blocks of "
               "seven days, drawn 999 times, the same days for all.")  # fmt: skip
    return Table(say("{scenario} on {period}", scenario=facts["scenario"], period=facts["period"]), head, rows, note)


def _card_row(facts: dict[str, Any], measure: str) -> list[Cell]:
    values = {row["forecast"]: row["value"] for row in facts["values"] if row["measure"] == measure}
    lead = best_naive_lead(facts, measure)
    interval = "–" if lead is None or lead["low"] is None else f"{lead['difference']:+.3f} [{lead['low']:+.3f}, {lead['high']:+.3f}]"
    numbers = [*(values.get(name) for name in (MODEL, *NAIVE)), facts["noise_floor"].get(measure)]
    verdict = standing(facts, measure)
    return [Cell(say(MEASURES[measure])), *(Cell(_thousandths(value), number=True) for value in numbers),
            Cell(interval, number=True), Cell(say(verdict) if verdict else "–")]  # fmt: skip


def _sections(facts: dict[str, Any], figures: list[dict[str, Any]], informed: Table) -> list[dict[str, Any]]:
    by_name = {figure["name"]: figure for figure in figures}
    return [
        _section(say("Beside naive forecasts"), [card_table(facts), distance_table(facts)], []),
        _section(say("Backlog"), [], [by_name["backlog"]]),
        _section(say("How soon cases are closed"), [shares_table(facts, "departments"), shares_table(facts, "categories")],
                 [by_name["closed_within"]]),
        _section(say("When cases are closed"), [], [by_name["closing_hours"]]),
        _section(say("Intervals"), [coverage_table(facts)], []),
        *([_section(say("What the log pins down"), [informed], [by_name[NAME]])] if informed.rows else []),
        *([_section(say("Rolling origins inside the training period"), [rolling_table(facts)], [])] if facts.get("rolling_origins") else []),
    ]  # fmt: skip


def _section(title: str, tables: Sequence[Table], figures: Sequence[dict[str, Any]], text: Sequence[str] = ()) -> dict[str, Any]:
    return {"title": title, "tables": tables, "figures": figures, "text": text}


DISTANCE_NAMES = {
    "aed": "AED, when events happen", "ced": "CED, hour of the day by weekday", "red": "RED, since the case began",
    "ctd": "CTD, time from opening to closing",
}  # fmt: skip


def distance_table(facts: dict[str, Any]) -> Table:
    """The log distances of the literature, hours."""
    called = names()
    head = [Cell(say("distance between logs, hours")), *(Cell(called[name], number=True) for name in (MODEL, *NAIVE))]
    found = {(row["measure"], row["forecast"]): row["value"] for row in facts["distances"]}
    rows = [[Cell(say(text)), *(Cell(_number(found.get((code, name))), number=True) for name in (MODEL, *NAIVE))]
            for code, text in DISTANCE_NAMES.items()]  # fmt: skip
    note = say("Cases opened and closed in the period; the first world of each forecast.")
    return Table(say("As the log-distance literature defines them"), head, rows, note)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def shares_table(facts: dict[str, Any], which: str) -> Table:
    """Measured / model / random past durations of each share, in per cent."""
    head = [Cell(say("department") if which == "departments" else say("type")), Cell(say("cases"), number=True)]
    head += [Cell(say("closed within {time}", time=say(limit)), number=True) for limit in WITHIN] + [Cell(say("late"), number=True)]
    rows = []
    for row in sorted(facts[which], key=lambda row: -row["cases"])[:WIDEST]:
        cells = [Cell(str(row["group"])), Cell(f"{row['cases']:,}", number=True)]
        for place in range(len(WITHIN) + 1):
            cells.append(Cell(" / ".join(_percent(row[side][place]) for side in (MEASURED, MODEL, RANDOM)), number=True))
        rows.append(cells)
    return Table(say("measured / model / random past durations, %"), head, rows)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


QUANTITIES = {
    "closings_a_day": "closings of a day and department", "open_at_end": "open cases of a department at the end",
    "closed_within": "cases of a department closed within a time",
}  # fmt: skip


def coverage_table(facts: dict[str, Any]) -> Table:
    """How often the range of the worlds holds the measured value."""
    head = [Cell(say("quantity")), *(Cell(say(text), number=True) for text in ("cells", "inside the range, %", "expected, %"))]
    rows = [[Cell(say(QUANTITIES[row["quantity"]])), Cell(str(row["cells"]), number=True), Cell(_percent(row["covered"]), number=True),
             Cell(_percent(row["nominal"]), number=True)] for row in facts["coverage"]]  # fmt: skip
    note = say("Below the expected share the range is too narrow.") + " " + (
        say("Each world takes another draw of crews, work and pace: the range holds doubt about the fit beside chance.")
        if facts.get("drawn") else say("The range of the worlds holds chance only, not doubt about the fit."))  # fmt: skip
    return Table(say("Measured values inside the range of the worlds"), head, rows, note)


def informed_table(doubts: Sequence[Doubt], told: Sequence[Told]) -> Table:
    """A row a department and parameter: believed before, left after training, verdict. Small departments are left out."""
    big = {each.name for each in doubts if each.told}
    head = [Cell(say("department")), Cell(say("number")), Cell(say("before, 95 %"), number=True), Cell(say("after, 95 %"), number=True),
            Cell(say("verdict"))]  # fmt: skip
    rows = [[Cell(row.department), Cell(parameter_name(row.parameter)), Cell(_span(row.parameter, row.prior_low, row.prior_high), number=True),
             Cell(_span(row.parameter, row.low, row.high), number=True), Cell(verdict_text(row))]
            for row in told if row.department in big]  # fmt: skip
    note = say("Crews, work and pace are not in the log; a candidate stays where its distance from training cannot be told from the best "
               "one's. What-ifs on a number that stays as believed are not informed by this log.")  # fmt: skip
    return Table(say("Before and after training"), head, rows, note)


def _span(parameter: str, low: float, high: float) -> str:
    return f"{quantity(parameter, low)} – {quantity(parameter, high)}"


def rolling_table(facts: dict[str, Any]) -> Table:
    """Mean distance over the rolling origins, by forecast, and the coverage of the model's ranges."""
    found, called = summed(facts["rolling_origins"]), names()
    head = [Cell(say("distance from the log")), *(Cell(called[name], number=True) for name in (MODEL, *NAIVE))]
    texts = {**MEASURES, **{COVERAGE + code: text for code, text in QUANTITIES.items()}}
    rows = [
        [Cell(_rolling_name(measure, text)), *(Cell(_thousandths(found[measure].get(name)), number=True) for name in (MODEL, *NAIVE))]
        for measure, text in texts.items() if measure in found
    ]  # fmt: skip
    origins = sorted({row["origin"] for row in facts["rolling_origins"]})
    note = say("The whole fit with its doubt, learnt up to {origins}, each scored on the two weeks after it; 8 worlds.",
               origins=", ".join(origins))  # fmt: skip
    return Table(say("Mean over {count} origins", count=len(origins)), head, rows, note)


def _thousandths(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _rolling_name(measure: str, text: str) -> str:
    return say("inside the range, share: {quantity}", quantity=say(text)) if measure.startswith(COVERAGE) else say(text)


def _opened_again(job: Job) -> str:
    count = len(openings_of(job.folder))
    return say("The held-out period was opened {count} times for this same fit (the calibration was broken off in between).",
               count=count) if count > 1 else ""  # fmt: skip


def _trust(job: Job, scenario: Scenario) -> list[tuple[str, str]]:
    plan = job.plan
    return [
        (say("log"), say("{file}, SHA-256 {hash}", file=job.log.name, hash=plan.sha256)),
        (say("learnt from"), say("cases opened before {date}, closings known on that day; nothing later was read", date=plan.training.until)),
        (say("held out"), say("opened by one function after the fit was written; see {file}", file="held_out_opened.json")),
        _of_work(plan),
        (say("scenario"), f"{scenario.name}.yaml, SHA-256 {scenario.digest()}"),
    ]  # fmt: skip


def _of_work(plan: CalibrationPlan) -> tuple[str, str]:
    if plan.candidates == "inferred":
        return say("inferred by simulation"), say("crews and hands-on work of a case: draws from what runs make of the order of closings "
                                                  "and of busy days; intervals stand with each department")  # fmt: skip
    if "work" in plan.infer:
        tried = ", ".join(f"{100 * share:g}" for share in Asked((), plan.work_share).work_shares)
        return say("hardly inferred"), say("the share of hands-on work: {tried} % of the typical time to close were tried; opening and "
                                           "closing times hardly tell work from waiting", tried=tried)  # fmt: skip
    return say("declared, not inferred"), say("{share:.0f} % of the typical time to close is hands-on work: opening and closing times "
                                              "do not tell work from waiting", share=100 * plan.work_share)  # fmt: skip
