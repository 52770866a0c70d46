"""Assumed numbers of a scenario, and the indicators that each moves most when it alone is a fifth larger.

The effects are measured in the same worlds with and without the change (paired), kept in docs/assumptions/NAME.csv and
shown while they belong to the scenario as it stands.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.intervals import t_interval
from sim.messages import BadInput, say

if TYPE_CHECKING:
    from scenarios.reading import ScenarioFile
    from sim.scenario import Scenario

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "assumptions"
LARGER = 1.2
WORLDS = 3
SETTINGS = ("time.horizon=90 d", "time.warm_up=30 d")
INDICATORS = (
    "report_to_closure_mean", "onset_to_fix_mean", "discovery_delay_median", "on_time_handling_rate", "true_fix_share",
    "proactive_share", "satisfaction_mean", "cost_per_case",
)  # fmt: skip
SHOWN = 3
_HEADS = ("path", "value", "source", "indicator", "relative", "low", "high", "digest")


@dataclass(frozen=True)
class Trial:
    """One run of the scenario with one number changed (path empty: none). A task for a worker."""

    path: str
    seed: int
    scenario: Scenario


def assumed(file: ScenarioFile) -> list[tuple[str, str, str]]:
    """Path, value and source of every assumed number, in the scenario's order."""
    return [
        (path, _shown(_value_at(file.scenario, path)), source.text)
        for path, source in file.sources.items()
        if source.kind == "assumed"
    ]


def _value_at(scenario: object, path: str) -> object:
    found: object = scenario
    for step in path.split("."):
        if isinstance(found, dict):
            found = found[step]
        elif isinstance(found, tuple | list):
            found = found[int(step)]
        else:
            found = getattr(found, step)
    return found


def _shown(value: object) -> str:
    text = getattr(value, "text", None)
    return str(text()) if callable(text) else f"{value:g}" if isinstance(value, float) else str(value)


def listed(name: str) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Heads and rows of `list assumptions`: with effects if they were measured on this very scenario."""
    from scenarios.stacked import read_stacked

    file = read_stacked(name)
    known = _measured(name, key_of(file.scenario))
    most = say("moves most when a fifth larger ({worlds} worlds; 95 % intervals, each by itself)", worlds=WORLDS)
    heads = (*(say(head) for head in ("number", "value", "source")), most)
    rest = say("not measured; run: python run.py assumptions {name}", name=name)
    return heads, [(path, value, source, known.get(path, rest)) for path, value, source in assumed(file)]


def key_of(scenario: Scenario) -> str:
    """SHA-256 of all values that the scenario has: a new option that it does not switch on leaves the key alone."""
    return hashlib.sha256(scenario.model_dump_json(exclude_none=True).encode()).hexdigest()


def _measured(name: str, digest: str) -> dict[str, str]:
    """What each number moves, in words; empty if the file was measured on another scenario."""
    path = FOLDER / f"{Path(name).stem}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["digest"] == digest]
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["path"], []).append(_effect(row))
    return {path: "; ".join(texts) for path, texts in found.items()}


def _effect(row: dict[str, str]) -> str:
    if not row["indicator"]:
        return say(row["relative"])
    return f"{row['indicator']} {float(row['relative']):+.1%} [{float(row['low']):+.1%}, {float(row['high']):+.1%}]"


def measure_assumptions(name: str, workers: int) -> Path:
    """Measure every assumed number and write docs/assumptions/NAME.csv whole. Returns its path."""
    from experiments.execution import run_many
    from experiments.progress import Progress
    from scenarios.stacked import read_stacked

    file = read_stacked(name)
    rows = assumed(file)
    trials = list(_trials(name, [path for path, _, _ in rows]))
    with Progress(say("simulating"), len(trials), 1.0 * len(trials)) as progress:
        done = run_many(tried, trials, workers, lambda _: progress.step())
    values = {(each.task.path, each.task.seed): each.value for each in done if each.value is not None}
    FOLDER.mkdir(exist_ok=True)
    target = FOLDER / f"{Path(name).stem}.csv"
    part = target.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_HEADS)
        for path, value, source in rows:
            for effect in _effects(values, path):
                writer.writerow([path, value, source, *effect, key_of(file.scenario)])
    part.replace(target)
    return target


def _trials(name: str, paths: Sequence[str]) -> Iterator[Trial]:
    from scenarios.stacked import read_stacked

    bare = read_stacked(name, SETTINGS).scenario
    for path in ("", *paths):
        try:
            changed = read_stacked(name, [*SETTINGS, f"{path}={larger(_value_at(bare, path))}"]).scenario if path else bare
        except BadInput:
            continue  # shares that must add up cannot be moved alone
        for seed in range(1, WORLDS + 1):
            yield Trial(path, seed, changed)


def larger(value: object) -> str:
    """A number or duration a fifth larger, as a scenario writes it; a whole number by one at least."""
    if isinstance(value, bool):
        raise BadInput(say("{value} is no number", value=value))
    if isinstance(value, int):
        return str(max(value + 1, round(value * LARGER)))
    if isinstance(value, float):
        return f"{value * LARGER:.6g}"
    number, unit = _shown(value).split(" ", 1)
    return f"{float(number) * LARGER:.6g} {unit}"


def tried(trial: Trial) -> dict[str, float]:
    """The indicators of one trial."""
    from sim.metrics.table import measure
    from sim.simulate import simulate

    return measure(simulate(trial.scenario, trial.seed), INDICATORS)


def _effects(values: dict[tuple[str, int], dict[str, float]], path: str) -> list[tuple[str, ...]]:
    """Indicator, relative change, low, high: the ones moved most whose interval leaves 0 out."""
    if (path, 1) not in values:
        return [("", "cannot be moved alone", "", "")]
    found = []
    for name in INDICATORS:
        bare = [values["", seed][name] for seed in range(1, WORLDS + 1)]
        mean = sum(bare) / len(bare)
        change = t_interval((values[path, seed][name] - bare[seed - 1]) / mean for seed in range(1, WORLDS + 1))
        if change.low > 0 or change.high < 0:
            found.append((abs(change.mean), (name, f"{change.mean:.6g}", f"{change.low:.6g}", f"{change.high:.6g}")))
    strongest = [row for _, row in sorted(found, key=lambda each: -each[0])[:SHOWN]]
    return strongest or [("", "nothing that three worlds would show", "", "")]
