"""What a calibration is to do: which log, which part is learnt from, which is held out, what is inferred, at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import field_validator, model_validator

from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Name, entry

PLAN_SCHEMA = 1
UTILISATIONS = (0.1, 0.25, 0.5, 0.65, 0.8, 0.9, 0.96)
BUSIEST = 1.2
"""Busier crews let the backlog grow through all of the training period."""
SHORTEST_TRAINING = timedelta(days=14)
"""Less shows neither the days of a week twice nor how long cases stay open."""


class Days(Chapter):
    """Local dates: from the first, included, until the last, left out."""

    since: date | None = entry("first local date; none: the start of the log", "date", None)
    until: date = entry("local date that ends it, left out", "date")


class CalibrationBudget(Chapter):
    """Most that fitting by simulation may cost."""

    runs: int | None = entry("worlds of the training period in which every candidate is run", "runs", None, ge=1, le=100)
    minutes: float | None = entry(
        "minutes of fitting by the clock after which the departments still to come are run in one world only", "minutes", None, gt=0
    )

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
    mapping: str = entry("mapping that reads the log: one of calibration/mappings, or a file", min_length=1)
    sha256: str = entry("expected hash of the log file", pattern=r"^[0-9a-f]{64}$")
    training: Days = entry("what the fit learns from")
    held_out: Days = entry("what is opened once, after the fit, to score it")
    infer: tuple[Literal["crews", "work", "pace"], ...] = entry(
        "what is left open and drawn anew in every world: crews, the share of work, the pace of closing; what is not named is fixed",
        default=("crews", "work", "pace"),
    )
    candidates: Literal["tried", "inferred"] = entry(
        "where candidates of crews and work come from; tried: the utilisations and shares of work below; inferred: draws of what "
        "`infer` finds in the training period, some minutes more for a large department",
        default="tried",
    )
    utilisations: tuple[float, ...] = entry(
        "utilisations of the crews that are tried; that crews are never short is tried as well", "share", UTILISATIONS, min_length=1
    )
    work_share: float = entry(
        "share of the typical measured time that is hands-on work; with infer: work half and twice of it are tried, too",
        "share", 0.25, gt=0, lt=1,
    )  # fmt: skip
    budget: CalibrationBudget = entry("most that fitting may cost", default=CalibrationBudget(runs=3))
    worlds: int = entry("worlds that are simulated to score it", "worlds", 10, ge=2, le=1000)
    seed: int = entry("seed of the first world", default=1, ge=0, le=10**9)

    @field_validator("utilisations")
    @classmethod
    def _can_be_lived(cls, values: tuple[float, ...]) -> tuple[float, ...]:
        if bad := [value for value in values if not 0 < value <= BUSIEST]:
            raise ValueError(say("utilisation {value:g}: write shares above 0, at most {most:g}", value=bad[0], most=BUSIEST))
        return values

    @model_validator(mode="after")
    def _inferred_is_open(self) -> CalibrationPlan:
        if self.candidates == "inferred" and not {"crews", "work"} <= set(self.infer):
            raise ValueError(say("candidates: inferred: leaves crews and work open together; name both under infer, or write tried"))
        return self

    @property
    def held_out_from(self) -> date:
        """First local date of the held-out period."""
        return self.held_out.since or self.training.until
