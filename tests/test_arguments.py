"""A slip on the command line: one line that says what is wrong and what was meant, exit code 2, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import run
from sim.messages import speak

SLIPS: dict[str, str] = {
    "rnu baseline": "'run'",
    "run": "SCENARIO",
    "run basline": "'baseline'",
    "run scenarios/basline.yaml": "'baseline.yaml'",
    "run baseline --sed 3": "'--seed'",
    "run baseline --rep 3": "'--replications'",
    "run baseline -seed 3": "'--seed'",
    "run baseline --seed x": "--seed",
    "run baseline --seed": "--seed",
    "run baseline --keep al": "'all'",
    "run baseline --check=yes": "--check",
    "run baseline extra": "'extra'",
    "run baseline --export cvs": "'csv'",
    "run baseline --set places.household_per_grid=3": "'households_per_grid'",
    "run baseline --set policies.queueing.name=first_came": "'first_come'",
    "run baseline --set policies.quueing.name=due": "'queueing'",
    "run baseline --set policies.escalation.params.stepz=3": "policies.escalation.params.stepz",
    "run baseline --policy sim.policies.queueing:Deu": "'Due'",
    "run baseline --policy quueing=sim.policies.queueing:Due": "'queueing'",
    "run boston_2011_replay --log tests/test_argument.py": "'test_arguments.py'",
    "compare baseline direkt": "'direct'",
    "compare baseline direct --keeep all": "'--keep'",
    "validate baseline --overlays x": "'--overlay'",
    "fit none.csv --maping boston311": "'--mapping'",
    "fit none.csv --mapping boston31 --name x --until 2011-10-01": "boston311",
    "fit none.csv --mapping boston311 --name x --until 2011-10-01 --work-share half": "--work-share",
    "ingest none.csv --mapping bostn311": "boston311",
    "ingest none.csv": "--mapping",
    "schema x": "'x'",
    "list polices": "'policies'",
    "list studys": "'studies'",
    "study 00_smal": "'00_small'",
    "study 00_small --dryrun": "'--dry-run'",
    "study 00_small --workers 0": "'0'",
    "study 00_small --shard 5/3": "'5/3'",
    "study 00_small --cluster tcp:/head": "tcp://host:8786",
    "study 00_small --cluster slurm:no_site.yaml": "no_site.yaml",
    "query --studdy small": "'--study'",
    "record no_such_study": "no_such_study",
    "remake no_such_record": "no_such_record",
    "demo --dayz 3": "'--days'",
    "demo --replications 0": "--replications",
}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


def answered(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run.main(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert shown.err.count("\n") == 1
    return shown.err


@pytest.mark.parametrize("line", SLIPS)
def test_one_line_says_what_was_meant(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert SLIPS[line] in answered(line.split(), capsys)


@pytest.mark.parametrize("line", SLIPS)
def test_the_line_is_chinese_if_asked_for(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = answered([*line.split(), "--lang=zh"] if line != "run baseline --seed" else
                    ["run", "--lang", "zh", "baseline", "--seed"], capsys)  # fmt: skip
    assert re.search(r"[\u4e00-\u9fff]", told)
    assert SLIPS[line] in told


def test_a_language_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert "en, zh" in answered(["run", "baseline", "--lang", "cn"], capsys)


def test_good_words_are_read() -> None:
    found = run.parser("run").read(["run", "baseline", "--seed=4", "--check"], "run")
    assert (found.seed, found.check, found.scenario) == (4, True, "baseline")
