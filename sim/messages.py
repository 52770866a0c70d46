"""Every word that a user sees passes through here, so that a second language is a table and not a rewrite.

The English text is its own key. A room keeps its Chinese in `sim/words/<room>.py` as a dictionary `CHINESE`; this module
merges them. Codes in records and event logs stay English and are translated only at the edge.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

LANGUAGES = ("en", "zh")
_language = "en"


class BadInput(Exception):
    """What the user gave cannot be used; the message names what, where, the rule, and what to do (exit code 2)."""


def speak(language: str) -> None:
    """Choose the language of all later messages: `en` or `zh`. Raises ValueError for any other."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {LANGUAGES}")
    _language = language


def language() -> str:
    """The language in force."""
    return _language


@cache
def chinese() -> dict[str, str]:
    """All rooms' Chinese words, English text first. Raises ValueError when two rooms translate one text differently."""
    words: dict[str, str] = {}
    package = importlib.import_module("sim.words")
    for module in pkgutil.iter_modules(package.__path__):
        for english, translated in importlib.import_module(f"sim.words.{module.name}").CHINESE.items():
            if words.setdefault(english, translated) != translated:
                raise ValueError(f"two translations of {english!r}: {words[english]!r} and {translated!r}")
    return words


def say(template: str, **values: object) -> str:
    """The text in the language in force, with its placeholders filled. An untranslated text stays English."""
    text = chinese().get(template, template) if _language == "zh" else template
    return text.format(**values) if values else text
