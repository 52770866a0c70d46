"""Which fonts can draw Chinese here. Where none can, figures speak English: never empty boxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from matplotlib import font_manager

from sim.messages import language, speak

LATIN = "DejaVu Sans"
"""Comes with matplotlib."""
CJK_FAMILIES = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC", "SimHei",
    "Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Droid Sans Fallback",
)  # fmt: skip
_CJK_FILES = ("notosanscjk", "notosanssc", "sourcehansans", "msyh", "pingfang", "simhei", "wqy", "droidsansfallback")
_SAMPLE = "网格案件处置时长"


@cache
def cjk_family() -> str | None:
    """The first installed family that has the letters; None if there is none."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    if not known.intersection(CJK_FAMILIES):
        known |= set(_newly_installed())
    return next((name for name in CJK_FAMILIES if name in known and _covers(name, _SAMPLE)), None)


def _newly_installed() -> Iterator[str]:
    """Fonts that were installed after matplotlib wrote its list of fonts."""
    for path in font_manager.findSystemFonts():
        if any(mark in path.lower() for mark in _CJK_FILES):
            try:
                font_manager.fontManager.addfont(path)
            except (OSError, RuntimeError):
                continue  # a broken font file is no font
            yield font_manager.fontManager.ttflist[-1].name


def families() -> list[str]:
    """Families for rcParams, the language's own first."""
    chinese = cjk_family()
    if chinese is None:
        return [LATIN]
    return [chinese, LATIN] if language() == "zh" else [LATIN, chinese]


def drawable(text: str) -> bool:
    """Whether every letter of a text has a glyph in some family of `families`."""
    return all(any(_has(family, letter) for family in families()) for letter in text if not letter.isspace())


def figure_language() -> str:
    """The language of figures: that in force, but English where Chinese cannot be drawn."""
    return "en" if language() == "zh" and cjk_family() is None else language()


@contextmanager
def in_figure_language() -> Iterator[None]:
    """Speak `figure_language` for a while."""
    before = language()
    speak(figure_language())
    try:
        yield
    finally:
        speak(before)


def _covers(family: str, text: str) -> bool:
    return all(_has(family, letter) for letter in text)


def _has(family: str, letter: str) -> bool:
    return ord(letter) in _letters(family)


@cache
def _letters(family: str) -> frozenset[int]:
    path = font_manager.findfont(font_manager.FontProperties(family=family), fallback_to_default=False)
    return frozenset(font_manager.get_font(path).get_charmap())
