"""The stages of a calibration: learn from the training period, write the scenario, open the held-out period, score."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calibration.arrival_files import arrival_chapter
from calibration.arrival_fit import fit_arrivals
from calibration.calibration_folder import CalibrationFolder
from calibration.calibration_plan import CalibrationPlan
from calibration.calibration_scores import Scores, scored
from calibration.crew_posterior import Doubt
from calibration.doubt_folder import POSTERIOR, write_doubt
from calibration.doubt_told import verdicts_of
from calibration.doubtful_fit import Asked, DoubtfulFit, doubtful_tree
from calibration.fitted_scenario import write_scenario
from calibration.identifiability import informed_rows
from calibration.inferred_candidates import Inferring
from calibration.intake import Intake, ingest
from calibration.mapping import Mapping
from calibration.mapping_file import read_mapping, with_window
from calibration.replay_fit import prepared
from calibration.rolling_origins import rolling_origins
from calibration.small_groups import folded
from calibration.study_draws import NAME as DRAWS
from calibration.study_draws import study_draws
from calibration.training_check import check_training
from experiments.progress import Progress
from scenarios.reading import read_scenario
from sim.messages import say
from sim.scenario import Scenario

RUNS = 3
"""Worlds in which candidates are run while minutes are left."""
SECONDS_A_CASE = 5e-4


@dataclass(frozen=True)
class Job:
    """A calibration that is under way."""

    plan: CalibrationPlan
    log: Path
    folder: CalibrationFolder
    workers: int

    @property
    def mapping(self) -> Mapping:
        """What reads the log."""
        return read_mapping(self.plan.mapping)


def training_of(plan: CalibrationPlan, log: Path) -> Intake:
    """The log as it would have been exported when the training period ended. Raises BadInput where it cannot be fitted."""
    since = None if plan.training.since is None else plan.training.since.isoformat()
    mapping = with_window(read_mapping(plan.mapping), since, f"{plan.training.until} 00:00")
    intake = ingest(log, mapping)
    check_training(intake, str(plan.training.until), log)
    return folded(intake)


def fitted(job: Job, training: Intake) -> Scenario:
    """Fit and write the scenario with its draws, or read the one that an earlier start wrote."""
    file = job.folder.path / f"{job.plan.name}.yaml"
    if not file.exists():
        plan = job.plan
        whole_days = (plan.held_out.until - training_start(training)).days
        start = prepared(training, plan.name, plan.mapping, plan.sha256, plan.work_share, whole_days, rhythmic=True)
        fit = DoubtfulFit(start, asked_of(plan, job.folder.path))
        doubts = _doubts(job, fit)
        paces = job.folder.stage("paces", fit.paces)
        tree = doubtful_tree(start, doubts, paces)
        write_doubt(doubts, paces, job.folder, plan)
        tree["replay"]["informed"] = informed_rows(verdicts_of(doubts, paces, plan.seed))
        _add_arrivals(tree, job, training)
        write_scenario(tree, plan, job.folder)
        job.folder.write(DRAWS, study_draws(read_scenario(str(file)).scenario, job.folder.path / POSTERIOR))
    return read_scenario(str(file)).scenario


def _add_arrivals(tree: dict[str, Any], job: Job, training: Intake) -> None:
    """Put how cases come into the scenario, its tables beside it."""
    source = f"log: {job.plan.mapping} up to {job.plan.training.until}"
    found = fit_arrivals(training, tree["time"]["holidays"])
    tree["replay"]["arrivals"], texts = arrival_chapter(found.tree, job.plan.name, source)
    for name, text in texts.items():
        job.folder.write(name, text)


def training_start(training: Intake) -> Any:
    """Local date of second 0."""
    from datetime import date

    return date.fromisoformat(training.records.frame.start)


def asked_of(plan: CalibrationPlan, folder: Path | None = None) -> Asked:
    """What a plan leaves open. `folder` keeps the runs of `infer`, where candidates come from it."""
    crews, work, pace = (name in plan.infer for name in ("crews", "work", "pace"))
    inferring = Inferring(folder, plan.budget.minutes, seed=plan.seed) if plan.candidates == "inferred" else None
    return Asked(plan.utilisations, plan.work_share, crews, work, pace, plan.seed, inferring)


def _doubts(job: Job, fit: DoubtfulFit) -> list[Doubt]:
    """Department by department, each kept as a stage; the largest first."""
    budget, begun, found = job.plan.budget, time.monotonic(), []
    units = fit.departments
    with Progress(say("fitting crews"), len(units), SECONDS_A_CASE * len(fit.training.spent) * (budget.runs or RUNS)) as progress:
        for number, unit in enumerate(units):
            late = budget.minutes is not None and time.monotonic() - begun > 60 * budget.minutes
            runs = 1 if late else budget.runs or RUNS
            found.append(Doubt.of_tree(job.folder.stage(f"crews_{number:02d}", lambda u=unit, r=runs: fit.doubt(u, r).tree())))
            progress.step()
    return found


def scores_of(job: Job, scenario: Scenario, training: Intake) -> Scores:
    """Open the held-out period and score the scenario on it, or read the scores of an earlier start."""
    file = job.folder.path / "scores.json"
    if file.exists():
        return Scores.from_text(file.read_text(encoding="utf-8"))
    plan = job.plan
    rolling = job.folder.stage("rolling_origins", lambda: rolling_origins(training, asked_of(plan)))
    from calibration.held_out import open_held_out

    # Second 0 is that of the training: without it, forecasts would be held against other days.
    mapping = with_window(job.mapping, str(training_start(training)), None)
    held_out = open_held_out(job.log, mapping, plan.held_out_from, plan.held_out.until, job.folder, job.folder.digest(plan.name))
    seeds = [plan.seed + number for number in range(plan.worlds)]
    found = scored(scenario, training, held_out, seeds, job.folder.path / "worlds", job.workers, job.folder.path / POSTERIOR)
    found.facts["rolling_origins"] = rolling
    job.folder.write("scores.json", json.dumps(found.facts, ensure_ascii=False, indent=1) + "\n")
    job.folder.write("scores.csv", found.csv())
    return found
