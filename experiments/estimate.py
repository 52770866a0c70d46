"""What a plan will cost, before it starts: time, memory and disk from the rates of the scenario."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from experiments.log_size import log_rows
from sim.messages import BadInput, say
from sim.scenario import Scenario
from sim.units import DAY

LONG_S = 60
MOST_MEMORY_GB = 8.0
YEAR_S = 365 * DAY

# Measured on one core of a 2-core server, 2026: orders, not promises. They serve before anything has run; once a run is
# finished, `progress` tells the time left by what the runs of this plan took on this machine.
SECONDS_A_CASE = 0.0009
SECONDS_A_RESIDENT = 1e-5
SECONDS_A_WORKER_DAY = 1e-4
BYTES_A_CASE = 4_500
BYTES_A_PROCESS = 250e6
IMPORT_S = 4.0
DISK_A_CASE = {"indicators": 0, "cases": 180, "all": 420}


@dataclass(frozen=True)
class Estimate:
    """Expected cost of a whole plan."""

    cases: float
    """cases of one replication of the largest scenario"""
    seconds: float
    memory_gb: float
    disk_mb: float

    @property
    def is_long(self) -> bool:
        """Whether the user should know before it starts."""
        return self.seconds > LONG_S

    def text(self) -> str:
        """One line for the user."""
        return say(
            "about {cases:,.0f} cases a replication, {time}, {memory:.1f} GB of memory, {disk:,.0f} MB on disk",
            cases=self.cases,
            time=spoken_time(self.seconds),
            memory=self.memory_gb,
            disk=self.disk_mb,
        )


def expected_cases(scenario: Scenario, log: Path | None = None) -> float:
    """Issues and false alarms that one replication will meet, about; for a replay the rows of the log, counted."""
    if scenario.replay is not None and log is not None and log.is_file():
        return log_rows(log)
    window = scenario.time.arrivals_end or scenario.time.horizon
    rates = {
        category.code: category.rate * scenario.places.population / 1000 / YEAR_S
        for category in scenario.issues.categories
    }
    usual = sum(rates.values()) * window.seconds
    shocks = sum(
        rates[code] * (shock.factor - 1) * shock.length.seconds
        for shock in scenario.issues.shocks
        for code in shock.categories
    )
    return usual + shocks + _false_alarms(scenario)


def _false_alarms(scenario: Scenario) -> float:
    years = scenario.time.horizon.seconds / YEAR_S
    each = sum(device.full_coverage * device.coverage * device.false_alarms for device in scenario.sensing.devices)
    return each * scenario.places.communities * years


def seconds_of(scenario: Scenario, cases: float) -> float:
    """Time of one replication on one core."""
    grids = scenario.places.communities * scenario.places.households_per_community / scenario.places.households_per_grid
    worker_days = grids * scenario.time.horizon.seconds / DAY
    return cases * SECONDS_A_CASE + scenario.places.population * SECONDS_A_RESIDENT + worker_days * SECONDS_A_WORKER_DAY


def estimate(
    scenarios: list[Scenario], replications: int, workers: int, keep: str, log: Path | None = None
) -> Estimate:
    """Cost of running each scenario `replications` times on `workers` processes."""
    cases = [expected_cases(scenario, log) for scenario in scenarios]
    work = sum(seconds_of(scenario, n) for scenario, n in zip(scenarios, cases, strict=True)) * replications
    busy = min(workers, replications * len(scenarios))
    memory = busy * (max(cases) * BYTES_A_CASE + BYTES_A_PROCESS)
    disk = sum(cases) * replications * DISK_A_CASE[keep]
    start = IMPORT_S if busy > 1 else 0.0
    return Estimate(max(cases), start + work / busy, memory / 1e9, disk / 1e6)


def refuse_if_too_large(found: Estimate, allowed: bool) -> None:
    """Raises BadInput for a plan that needs more memory than a machine may have, unless the user said --yes."""
    if found.memory_gb > MOST_MEMORY_GB and not allowed:
        raise BadInput(
            say("this needs {estimate}; shorten time.horizon, use fewer --workers, or say --yes", estimate=found.text())
        )


def workers_that_pay(seconds_alone: float, tasks: int, cores: int) -> int:
    """As many as there are cores and tasks; one where starting further processes takes longer than it saves."""
    most = max(1, min(cores, tasks))
    return most if IMPORT_S + seconds_alone / most < seconds_alone else 1


def spoken_time(seconds: float) -> str:
    """12 s, 3 min, 2.5 h: two figures at most."""
    if seconds < 90:
        return say("{n:.0f} s", n=max(1.0, seconds))
    if seconds < 5_400:
        return say("{n:.0f} min", n=seconds / 60)
    return say("{n:.1f} h", n=seconds / 3_600)
