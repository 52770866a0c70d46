"""Every word a user sees has a Chinese translation with the same placeholders."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
from pathlib import Path

import pytest

import sim.words
from sim.messages import BadInput, chinese, language, say, speak

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted(
    path for folder in ("sim", "scenarios", "experiments", "calibration") for path in (ROOT / folder).rglob("*.py")
)
ROOMS = {
    each.name: importlib.import_module(f"sim.words.{each.name}").CHINESE
    for each in pkgutil.iter_modules(sim.words.__path__)
}


def said(path: Path) -> list[tuple[int, str]]:
    """(line, text) of every literal that a file hands to say()."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say"
            and node.args
        ):
            found += [(node.lineno, text.value) for text in texts_of(node.args[0])]
    return found


def texts_of(node: ast.expr) -> list[ast.Constant]:
    """The string literals that an expression may be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node]
    if isinstance(node, ast.IfExp):
        return texts_of(node.body) + texts_of(node.orelse)
    return []


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


LITERALS = [
    (f"{path.relative_to(ROOT)}:{line}", text) for path in [*SOURCES, ROOT / "run.py"] for line, text in said(path)
]


def test_the_tree_says_something() -> None:
    assert len(LITERALS) > 150


def test_every_literal_is_translated() -> None:
    assert sorted({f"{place}: {text}" for place, text in LITERALS if text not in chinese()}) == []


@pytest.mark.parametrize("room", ROOMS)
def test_placeholders_agree(room: str) -> None:
    assert {
        english: translated
        for english, translated in ROOMS[room].items()
        if placeholders(english) != placeholders(translated)
    } == {}


@pytest.mark.parametrize("room", ROOMS)
def test_translations_are_filled_in_and_chinese(room: str) -> None:
    for english, translated in ROOMS[room].items():
        assert translated.strip(), english
        plain = "".join(part for part, *_ in string.Formatter().parse(translated))
        words = "".join(part for part, *_ in string.Formatter().parse(english))
        foreign = any(ord(letter) > 0x2E80 for letter in plain)  # a Chinese sign, if only of punctuation
        assert foreign or not any(letter.isalpha() for letter in words) or translated == english, english


def test_no_two_rooms_translate_differently() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for room, words in ROOMS.items():
        for english, translated in words.items():
            assert seen.setdefault(english, (room, translated))[1] == translated, (
                f"{english!r}: {seen[english][0]} and {room}"
            )


def test_say_speaks_both_languages() -> None:
    template, values = (
        "policy {name}: it has no method {method}, which a {point} policy needs",
        {"name": "a:B", "method": "rank", "point": "queueing"},
    )
    before = language()
    try:
        speak("en")
        assert say(template, **values) == template.format(**values)
        speak("zh")
        assert say(template, **values) == chinese()[template].format(**values) != template.format(**values)
        assert say("never translated") == "never translated"
        with pytest.raises(ValueError, match="language"):
            speak("fr")
    finally:
        speak(before)
    assert issubclass(BadInput, Exception)
