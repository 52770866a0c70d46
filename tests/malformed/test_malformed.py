"""Every wrong file here is refused with the line that expected.txt states, soon and without a traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from scenarios.reading import read_scenario
from sim.messages import BadInput, speak

HERE = Path(__file__).resolve().parent
SOUND = {"good.yaml"}
OPEN_END = "..."
SLOWEST_SECONDS = 5.0


def expected() -> dict[str, tuple[int, str]]:
    """File stem to the number of faults and the first line, from expected.txt."""
    rows = (HERE / "expected.txt").read_text(encoding="utf-8").splitlines()
    parts = [row.split(" | ", 2) for row in rows]
    return {stem: (int(count), line) for stem, count, line in parts}


def refusal(path: str) -> list[str]:
    started = time.process_time()
    with pytest.raises(BadInput) as caught:
        read_scenario(path)
    assert time.process_time() - started < SLOWEST_SECONDS
    return str(caught.value).split("\n")


@pytest.mark.parametrize("stem", sorted(expected()))
def test_refused_with_the_stated_line(stem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    count, first = expected()[stem]
    lines = refusal(f"{stem}.yaml")
    if first.endswith(OPEN_END):
        assert lines[0].startswith(first.removesuffix(OPEN_END))
    else:
        assert lines[0] == first
    assert len(lines) == count


def test_every_file_has_its_line() -> None:
    assert {path.stem for path in HERE.glob("*.yaml") if path.name not in SOUND} == set(expected())


def test_the_sound_one_is_read() -> None:
    assert read_scenario(str(HERE / "good.yaml")).scenario.name == "small"


def test_several_faults_stand_in_the_order_of_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    places = [line.split(": ")[0] for line in refusal("several_faults.yaml")]
    assert places == [f"several_faults.yaml:{spot}" for spot in ("3:12", "5:3", "7:10", "8:3")]


def test_faults_speak_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    speak("zh")
    try:
        assert refusal("unknown_zone.yaml")
        assert refusal("probability_over_one.yaml")[0].endswith("1.2 超出范围；可取0 至 1")
    finally:
        speak("en")


BOMBS = {
    "flow_mappings": b"a: {" + b"x: {}," * 140_000,
    "many_keys": b"\n".join(b"k%d: [1, 2, 3]" % i for i in range(60_000)),
    "words": b"a b\n" * 240_000,
    "long_word": b"a: " + b"x" * 990_000,
    "long_key": b"a" * 990_000 + b": 3",
    "open_brackets": b"[" * 990_000,
    "dashes": b"- " * 490_000,
    "question_marks": b"? " * 490_000,
    "escapes": b'a: "' + b"\\x41" * 240_000 + b'"',
    "commas": b"[" + b"a, " * 320_000 + b"]",
    "too_large": b"a: 1\n" * 240_000,
    "wrong_everywhere": b"schema_version: 1\n" + b"\n".join(b"wrong_%d: 1" % i for i in range(8_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.yaml"
    path.write_bytes(BOMBS[name])
    lines = refusal(str(path))
    assert len(lines) <= 61
    assert max(map(len, lines)) < 1200


def test_what_is_no_file(tmp_path: Path) -> None:
    assert refusal(str(tmp_path))[0].endswith("this is a directory; name a file")
    assert "no such file" in refusal(str(tmp_path / "nobody.yaml"))[0]
    assert "not a regular file" in refusal("/dev/zero")[0]


def test_an_unknown_name_lists_the_known_ones() -> None:
    line = refusal("basline")[0]
    assert "baseline" in line
    assert line.endswith("did you mean 'baseline'?")
