"""What a log does not show of a department, by simulation: effective crews, work, and waiting for a crew against other waiting.

Departments do not meet in a replay, so each is fitted on its own, in parallel. Runs are saved wave by wave, by renaming a
whole file, so that a fit that is killed goes on where it was. The result is a posterior, never a point.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from calibration.department_losses import figures
from calibration.department_trace import Trace, default_burn_in, trace_of
from calibration.department_waits import Waits, fitted_waits, lived
from calibration.latent_prior import Prior, content_of, prior_of, whole_crews
from calibration.latent_runs import fingerprint, read_runs, write_runs
from calibration.synthetic_likelihood import Posterior, Runs, Settings, first_wave, next_wave, posterior
from experiments.execution import Done, run_many
from sim.calendars import Calendar
from sim.records import MISSING, RunRecords

FEWEST_CLOSED = 30
"""Closed cases (after the burn-in) below which no run is made: crews and work stay as believed before."""
PRIOR_DRAWS = 1000
AGAIN = 3
"""Runs whose mean stands for what runs fitted to a run look like."""
MISFIT = 6.0
"""Mean squared deviation of a part, in variances between runs, from which it is said aloud (judgement)."""


@dataclass(frozen=True)
class LatentPlan:
    """How a fit is done. `bounds`: department -> parameter -> low and high, for what is known beforehand (a roster says
    how many crews there are). `minutes`: time after which a department takes what it has; None: no limit.
    """

    settings: Settings = field(default_factory=Settings)
    seed: int = 1
    burn_in_s: int | None = None
    bounds: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    minutes: float | None = None


@dataclass(frozen=True)
class DepartmentFit:
    """The posterior of one department; row d of every array is draw d, all equally likely.

    `wait_s`: open seconds of waiting for others (draws, groups, probabilities of `department_waits.AT`); `never`: share of
    each group that outlasts the log; `capacity_share`: waiting for a crew over all waiting; `distance`: mean squared
    deviation of the log's figures from those of the runs there, in variances of chance; `loss`: the same by part, mean over
    draws; `prior`: points of the prior (logarithms of crews, work_s, work_cv).
    """

    name: str
    groups: tuple[str, ...]
    cases: int
    rate: float
    crews: np.ndarray
    work_s: np.ndarray
    work_cv: np.ndarray
    utilisation: np.ndarray
    capacity_share: np.ndarray
    wait_s: np.ndarray
    never: np.ndarray
    distance: np.ndarray
    loss: dict[str, float]
    prior: np.ndarray
    prior_utilisation: np.ndarray
    discrepancy: float
    runs: int
    seconds: float

    @property
    def misfits(self) -> list[str]:
        """Parts in which the log lies far from the runs of the posterior: there the model is wrong, or the search too short."""
        return [part for part, loss in self.loss.items() if loss > MISFIT and self.runs]

    @property
    def centre(self) -> int:
        """The draw nearest to the middle of all: its crews, work and waits go together."""
        points = np.log(np.column_stack([self.crews, self.work_s, self.work_cv, self.utilisation]))
        spread = np.maximum(points.std(axis=0), 1e-9)
        return int(np.argmin((((points - np.median(points, axis=0)) / spread) ** 2).sum(axis=1)))


@dataclass(frozen=True)
class _Task:
    trace: Trace
    plan: LatentPlan
    file: Path | None


def fit_departments(
    records: RunRecords, calendars: Mapping[str, Calendar], plan: LatentPlan, folder: Path | None = None,
    workers: int = 1, tell: Callable[[str], None] = lambda name: None,
) -> dict[str, DepartmentFit]:
    """The posterior of every department of a log, by name. `calendars`: open hours of each, in seconds of the log.

    `folder` keeps the runs; a second call with the same log, hours and plan goes on from there. `tell` hears of each
    department that is done. Raises RuntimeError if a department's process failed, BadInput for impossible bounds.
    """
    burn_in = default_burn_in(records.frame.horizon_s) if plan.burn_in_s is None else plan.burn_in_s
    tasks = []
    for number, (name, calendar) in enumerate(sorted(calendars.items())):
        file = None if folder is None else folder / f"department_{number:03d}.npz"
        tasks.append(_Task(trace_of(records, name, calendar, burn_in), plan, file))
    # The largest first: it takes longest, and the others fill in beside it.
    tasks.sort(key=lambda task: -len(task.trace.opened))
    done = run_many(_fit, tasks, workers, lambda row: tell(row.task.trace.name))
    _raise_failures(done)
    return {row.task.trace.name: row.value for row in done if row.value is not None}


def _raise_failures(done: Sequence[Done[_Task, DepartmentFit]]) -> None:
    from sim.messages import BadInput

    for row in done:
        if row.bad_input:
            raise BadInput(f"{row.task.trace.name}: {row.error}")
        if row.error:
            raise RuntimeError(f"{row.task.trace.name}: {row.error}")


def _fit(task: _Task) -> DepartmentFit:
    return fit_department(task.trace, task.plan, task.file)


def fit_department(trace: Trace, plan: LatentPlan, file: Path | None = None) -> DepartmentFit:
    """The posterior of one department. `file` keeps its runs and is read if it holds runs of the same data and plan."""
    begun = time.perf_counter()
    bounds = {name: (float(pair[0]), float(pair[1])) for name, pair in plan.bounds.get(trace.name, {}).items()}
    prior = prior_of(trace, bounds)
    if ((trace.closed != MISSING) & trace.counted).sum() < FEWEST_CLOSED:
        found = Posterior(prior.sample(plan.settings.draws, plan.seed), np.full(plan.settings.draws, np.nan), 0.0)
        return _described(trace, prior, found, 0, plan, begun)
    observed = _joined(figures(trace, trace.closed, trace.started))
    runs = _runs(trace, prior, observed, plan, file)
    found = posterior(runs, observed, prior, plan.settings.draws, plan.seed)
    return _described(trace, prior, found, len(runs.points), plan, begun)


def _runs(trace: Trace, prior: Prior, observed: np.ndarray, plan: LatentPlan, file: Path | None) -> Runs:
    """All runs of a department: those of the file, and what is missing of the plan's waves while there is time."""
    settings, key = plan.settings, fingerprint(trace, prior, plan.settings, plan.seed)
    ends = time.monotonic() + 60 * plan.minutes if plan.minutes is not None else np.inf

    def run(point: np.ndarray, seed: int) -> np.ndarray:
        return _figures_of(trace, point, seed)

    runs = read_runs(file, key)
    if runs is None:
        runs = first_wave(prior, run, settings, plan.seed, lambda: time.monotonic() > ends)
        write_runs(runs, file, key)
    while runs.waves <= settings.waves and time.monotonic() < ends:
        runs = next_wave(runs, observed, prior, run, settings, plan.seed)
        write_runs(runs, file, key)
    return runs


def _figures_of(trace: Trace, point: np.ndarray, seed: int) -> np.ndarray:
    """The figures of a run, and the mean of those of AGAIN runs that take this run for the log."""
    draw, content = np.random.default_rng(seed), content_of(point)
    first = lived(trace, content, fitted_waits(trace, content, draw), draw)
    as_log = replace(trace, closed=first.closed, started=np.where(trace.started == MISSING, MISSING, first.started))
    waits = fitted_waits(as_log, content, draw)
    runs = [lived(trace, content, waits, draw) for _ in range(AGAIN)]
    return np.array([
        _joined(figures(trace, first.closed, first.started)),
        np.mean([_joined(figures(trace, each.closed, each.started)) for each in runs], axis=0),
    ])  # fmt: skip


def _joined(parts: dict[str, np.ndarray]) -> np.ndarray:
    return np.concatenate(list(parts.values()))


def _described(
    trace: Trace, prior: Prior, found: Posterior, runs: int, plan: LatentPlan, begun: float
) -> DepartmentFit:
    points = found.points
    waits, shares, parts = _waits(trace, points, plan.seed)
    before = prior.sample(PRIOR_DRAWS, plan.seed + 1)
    return DepartmentFit(
        trace.name, trace.groups, len(trace.opened), trace.rate, whole_crews(points).astype(int), np.exp(points[:, 1]),
        np.exp(points[:, 2]), prior.utilisation_of(points), shares, np.array([each.seconds for each in waits]),
        np.array([each.never for each in waits]), found.distance, _losses(trace, parts), before,
        prior.utilisation_of(before), found.discrepancy, runs, time.perf_counter() - begun,
    )  # fmt: skip


def _waits(trace: Trace, points: np.ndarray, seed: int) -> tuple[list[Waits], np.ndarray, list[dict[str, np.ndarray]]]:
    """For each draw: the waits for others that go with it, the share of capacity in waiting, and the figures of a run."""
    waits, shares, parts = [], [], []
    for number, point in enumerate(points):
        draw, content = np.random.default_rng([seed, 4242, number]), content_of(point)
        waits.append(fitted_waits(trace, content, draw))
        served = lived(trace, content, waits[-1], draw)
        until = np.minimum(served.joined, trace.cut)
        others = trace.calendar.work_between_many(trace.opened, np.maximum(until, trace.opened)).sum()
        queued = served.queued_open[served.joined < trace.cut].sum()
        shares.append(queued / max(1, queued + others))
        parts.append(figures(trace, served.closed, served.started))
    return waits, np.array(shares), parts


def _losses(trace: Trace, runs: list[dict[str, np.ndarray]]) -> dict[str, float]:
    """Mean squared deviation of the log from the posterior's runs, by part, in variances between those runs."""
    measured = figures(trace, trace.closed, trace.started)
    found = {}
    for part, wanted in measured.items():
        drawn = np.array([run[part] for run in runs])
        spread = np.maximum(drawn.std(axis=0), 1e-6)
        found[part] = float((((wanted - drawn.mean(axis=0)) / spread) ** 2).mean())
    return found
