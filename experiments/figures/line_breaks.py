"""Where a text may be broken into lines: between words, and between Chinese letters, which have no blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PIECES = re.compile(r"\s+|\S")
_NEVER_FIRST = frozenset("，。；：、！？）》」』】…,.;:!?)]}%")


def lines(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` Latin letters; a Chinese letter is as wide as two. At least one line.

    A word that is wider than a line is cut, and no line begins with a closing mark.
    """
    found, room = [""], width
    for piece in _pieces(text, width):
        needed = columns(piece.rstrip())
        if needed > room and found[-1].strip():
            found.append("")
            room = width
        found[-1] += piece if found[-1] else piece.lstrip()
        room -= columns(piece)
    return [line.strip() for line in found]


def columns(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(2 if _is_wide(letter) else 1 for letter in text)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _pieces(text: str, width: int) -> Iterator[str]:
    """What is never broken: words with the blank behind them, single Chinese letters with their closing marks."""
    piece = ""
    for found in _PIECES.findall(text):
        if piece and _is_break(piece, found, width):
            yield piece
            piece = ""
        piece += " " if found.isspace() else found
    if piece:
        yield piece


def _is_break(piece: str, following: str, width: int) -> bool:
    if following.isspace():
        return False
    if piece.endswith(" "):
        return True
    if following in _NEVER_FIRST and columns(piece) < width:
        return False
    return _is_wide(piece[-1]) or _is_wide(following) or columns(piece) >= width
