"""What a calibration is to do: which log, which part is learnt from, which is held out, what is inferred, at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Name, entry

PLAN_SCHEMA = 1
SHORTEST_TRAINING = timedelta(days=14)
"""Less shows neither the days of a week twice nor how long cases stay open."""


class Days(Chapter):
    """Local dates: from the first, included, until the last, left out."""

    since: date | None = entry("first local date; none: the start of the log", "date", None)
    until: date = entry("local date that ends it, left out", "date")


class CalibrationBudget(Chapter):
    """Most that fitting by simulation may cost; what is best by then is kept."""

    runs: int | None = entry("most runs of the model while fitting", "runs", None, ge=1)
    minutes: float | None = entry("most minutes of fitting by the clock", "minutes", None, gt=0)

    @model_validator(mode="after")
    def _one_kind(self) -> CalibrationBudget:
        if (self.runs is None) == (self.minutes is None):
            raise ValueError(say("write either runs or minutes"))
        return self


class CalibrationPlan(Chapter):
    """A plan of a calibration, read from YAML."""

    schema_version: int = entry("version of this schema", ge=PLAN_SCHEMA, le=PLAN_SCHEMA)
    name: Name = entry("name of the calibrated scenario, also of the folder")
    title: Label = entry("title in English")
    title_zh: Label = entry("title in Chinese")
    mapping: Name = entry("mapping in calibration/mappings that reads the log")
    sha256: str = entry("expected hash of the log file", pattern=r"^[0-9a-f]{64}$")
    training: Days = entry("what the fit learns from")
    held_out: Days = entry("what is opened once, after the fit, to score it")
    infer: tuple[Literal["hours", "durations", "crews"], ...] = entry(
        "what is inferred: opening hours, times to close, crews", default=("hours", "durations", "crews"), min_length=1
    )
    work_share: float = entry("declared share of the typical measured time that is hands-on work", "share", 0.25, gt=0, lt=1)
    budget: CalibrationBudget = entry("most that fitting may cost", default=CalibrationBudget(runs=10))
    worlds: int = entry("worlds that are simulated to score it", "worlds", 10, ge=2, le=1000)
    seed: int = entry("seed of the first world", default=1, ge=0, le=10**9)

    @property
    def held_out_from(self) -> date:
        """First local date of the held-out period."""
        return self.held_out.since or self.training.until
