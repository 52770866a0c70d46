"""With --lang zh no English sentence is left in what a wrong scenario is refused with."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pydantic
import pytest

from scenarios.reading import read_scenario
from scenarios.reasons import reason_of
from sim.messages import BadInput, chinese, speak
from sim.scenario import Scenario

HERE = Path(__file__).resolve().parent
SENTENCE = re.compile(r"\b[a-z]{2,}(?:[ ,;]+[a-z]+){2,}")
"""Three lower-case words in a row, once names are out of the way."""
LISTS = re.compile(r"(?<![a-z_] )\b\w+(?:(?:, |、)\w+)+")
"""Names with commas between: allowed keys, units, calendars."""


@pytest.fixture
def in_chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


def english_left(line: str) -> list[str]:
    """What is left of English in a message without its quotations, lists of names and paths."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`|“[^”]*”", "''", line)
    bare = re.sub(r"\S*[/\\]\S*", "", LISTS.sub("", bare))
    return SENTENCE.findall(bare)


def refused(text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_scenario(text)
    return str(caught.value).split("\n")


def test_the_check_finds_an_english_sentence() -> None:
    assert english_left("a.yaml:3:3: residents: the shares do not add up; 请改")
    assert not english_left("a.yaml:3:3: residents: 未知的键；可用的键：name, share, lives_alone, of")


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize("stem", sorted(path.stem for path in HERE.glob("*.yaml") if path.stem != "good"))
def test_no_english_sentence(stem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    lines = refused(f"{stem}.yaml")
    assert {line: english_left(line) for line in lines if english_left(line)} == {}
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in lines)


SETTINGS = [
    "time.horizon=1 h",
    "time.horizon=30000 d",
    "time.arrivals_end=4000 d",
    "time.warm_up=4000 d",
    "time.start=tomorrow",
    "residents.channels=[]",
    "residents.patience={family: uniform, low: 3 h, high: 2 h}",
    "residents.patience={family: empirical, at: [0.5], durations: [3 h]}",
    "residents.patience={family: empirical, at: [0.5, 0.4], durations: [3 h, 4 h]}",
    "residents.patience={family: empirical, at: [0.1, 0.4], durations: [5 h, 4 h]}",
    "residents.patience={family: lognormal, mean: 3 h, cv: 900}",
    "escalation.levels=[district, grid]",
    "escalation.levels=[grid, community]",
    "issues.rhythm.weekday=[0, 0, 0, 0, 0, 0, 0]",
    "issues.rhythm.weekday=[1, 2]",
    "issues.shocks=[{at: 1 d, length: 1 d, categories: [nothing], factor: 2}]",
    "workflow.establishment.level=grid",
    "name=Not A Name",
    "title=''",
    "policies.queueing.name=''",
    "staffing.teams=7",
]


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize("setting", SETTINGS)
def test_no_english_sentence_from_a_validator(setting: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_scenario(str(HERE / "good.yaml"), [setting])
    # The place of a setting is the setting itself, as the user wrote it.
    lines = [line.replace(f"--set {setting}", "") for line in str(caught.value).split("\n")]
    assert {line: english_left(line) for line in lines if english_left(line)} == {}


@pytest.mark.usefixtures("in_chinese")
def test_what_the_system_says_is_chinese() -> None:
    for number in (13, 2, 28, 5, 9999):
        assert not english_left(reason_of(OSError(number, "No such file or directory")))


def meanings(model: type[pydantic.BaseModel], seen: set[type]) -> Iterator[str]:
    """Every meaning of a key below a chapter."""
    for field in model.model_fields.values():
        if field.description:
            yield field.description
        waiting = [field.annotation]
        while waiting:
            kind = waiting.pop()
            waiting += typing.get_args(kind)
            if isinstance(kind, type) and issubclass(kind, pydantic.BaseModel) and kind not in seen:
                seen.add(kind)
                yield from meanings(kind, seen)


def test_every_key_has_a_chinese_meaning() -> None:
    assert sorted({text for text in meanings(Scenario, set()) if text not in chinese()}) == []
