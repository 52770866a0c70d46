"""What a study is: an inert, frozen specification. Reading it from YAML is `experiments.study.reading`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from experiments.study.design_kinds import Design
from experiments.study.stopping import Stopping
from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Name, entry
from sim.units import Span

STUDY_SCHEMA = 1
OVERLAYS = "overlays"
"""The key of an option (and of the base) that names partial scenarios instead of a path."""


class Base(Chapter):
    """The scenario that every run starts from."""

    scenario: str = entry("name of a shipped scenario, or a file beside the study", min_length=1)
    overlays: tuple[str, ...] = entry("shipped options or files laid over it", default=())
    settings: dict[str, Any] = entry("values laid over it, by dotted path", default={})


class Range(Chapter):
    """A continuous range, or all whole numbers from low to high."""

    low: float = entry("lowest value")
    high: float = entry("highest value")
    scale: Literal["linear", "log"] = entry("how values lie between low and high", default="linear")
    whole: bool = entry("whole numbers only", default=False)
    unit: str = entry("unit of a duration, such as h; none: a bare number", default="", max_length=20)
    levels: int = entry("values of it that a grid design takes, from low to high", "values", 2, ge=2, le=1000)

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if not self.low < self.high:
            raise ValueError(say("low: {low:g} is not below high: {high:g}", low=self.low, high=self.high))
        if self.scale == "log" and self.low <= 0:
            raise ValueError(say("scale: log needs low above 0, it is {low:g}", low=self.low))
        if self.whole and not (self.low.is_integer() and self.high.is_integer()):
            raise ValueError(say("whole: true needs whole numbers for low and high"))
        return self


class Factor(Chapter):
    """A lever or an uncertainty: where it stands in the scenario, and the values it takes."""

    name: Name | None = entry("how tables call it; none: the last step of its path", default=None)
    path: str | None = entry("dotted path into the scenario, rows by name", default=None, min_length=1)
    label: Label | None = entry("what sentences and figures call it, after a number: `workers a grid`; none: its name", default=None)
    label_zh: Label | None = entry("the same in Chinese", default=None)
    unit: str = entry("behind its numbers in sentences and figures; % shows a share in per cent", default="", max_length=20)
    counted: bool = entry("sentences say fewer of it, not less", default=False)
    values: tuple[Any, ...] | None = entry("the values it takes", default=None, min_length=1)
    range: Range | None = entry("the range it is taken from", default=None)
    options: dict[Name, dict[str, Any]] | None = entry("named sets of settings by path", default=None, min_length=1)
    draws: str | None = entry("CSV file of joint draws, a column a path (a posterior)", default=None, min_length=1)

    @model_validator(mode="after")
    def _one_kind(self) -> Factor:
        stated = [key for key in ("values", "range", "options", "draws") if getattr(self, key) is not None]
        if len(stated) != 1:
            found = ", ".join(stated) or say("none")
            raise ValueError(say("write one of values, range, options and draws; found: {found}", found=found))
        if (self.path is None) != (stated[0] in ("options", "draws")):
            raise ValueError(say("values and range need a path; options and draws have none but need a name"))
        if self.path is None and self.name is None:
            raise ValueError(say("options and draws need a name"))
        return self

    @property
    def called(self) -> str:
        """Its name in tables."""
        return self.name or str(self.path).rpartition(".")[2]


class Outcome(Chapter):
    """What is looked at, and which way is better."""

    indicator: str = entry("name of an indicator", min_length=1)
    group: str = entry("all, or a group such as level=district", default="all", min_length=1)
    direction: Literal["lower", "higher", "none"] | None = entry("better; none given: the indicator's", default=None)
    threshold: float | None = entry("what has to be reached, in the indicator's unit (shares 0 to 1)", default=None)

    @model_validator(mode="after")
    def _threshold_has_a_side(self) -> Outcome:
        if self.threshold is not None and self.direction == "none":
            raise ValueError(say("a threshold needs direction: lower or higher"))
        return self

    @property
    def key(self) -> str:
        """Indicator and group in one word."""
        return self.indicator if self.group == "all" else f"{self.indicator} {self.group}"


class Budget(Chapter):
    """Most that may be spent. What is done when it ends is kept."""

    runs: int | None = entry("most runs of the whole study", "runs", None, ge=1)
    time: Span | None = entry("most time by the clock of one start of the study", "duration", None)
    run: Span | None = entry("most time of a single run; a longer one is cut", "duration", None)


class Study(Chapter):
    """A study: a question, what is chosen, what is not known, what is looked at, and how it is laid out."""

    schema_version: int = entry("version of this schema", ge=STUDY_SCHEMA, le=STUDY_SCHEMA)
    name: Name = entry("name, also of its folder")
    question: Label = entry("the question in English")
    question_zh: Label | None = entry("the question in Chinese", default=None)
    base: Base = entry("the scenario that every run starts from")
    levers: tuple[Factor, ...] = entry("what we choose", default=())
    uncertainties: tuple[Factor, ...] = entry("what we do not know", default=())
    outcomes: tuple[Outcome, ...] = entry("what is looked at; the first decides", min_length=1)
    design: Design = entry("which combinations are run")
    replications: int | None = entry("worlds for each design point", "worlds", None, ge=1, le=100_000)
    stopping: Stopping | None = entry("rule that ends replicating, instead of replications", default=None)
    baseline: dict[str, Any] = entry("value of a lever in the baseline, by name; none: the base's", default={})
    budget: Budget = entry("most that may be spent", default=Budget())
    keep: Literal["indicators", "cases", "all"] = entry("tables to keep of every run", default="indicators")
    seed: int = entry("seed of the first world; replication r uses seed + r", default=1, ge=0, le=10**9)

    @model_validator(mode="after")
    def _complete(self) -> Study:
        if (self.replications is None) == (self.stopping is None):
            raise ValueError(say("write either replications or stopping"))
        if not self.factors:
            raise ValueError(say("no levers and no uncertainties: nothing would differ between runs; add levers"))
        return self

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Levers, then uncertainties."""
        return (*self.levers, *self.uncertainties)

    def shown_question(self, language: str) -> str:
        """The question in a language, English where there is no other."""
        return self.question_zh if language == "zh" and self.question_zh else self.question
