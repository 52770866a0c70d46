"""What may come in as a scenario's text: a regular file, of bearable size, in UTF-8."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from scenarios.faults import guess_file, refuse
from scenarios.marks import Mark
from scenarios.reasons import reason_of
from sim.messages import say

MOST_BYTES = 1_000_000
MOST_TABLE_BYTES = 3_000_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def shown_path(path: Path) -> str:
    """The path as messages name it: relative to the working directory where it lies below."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """The text of a file. Raises BadInput for what is missing, no regular file, unreadable, too large, or not UTF-8."""
    where = Mark(shown_path(path))
    data = _read_bytes(path, where, most)
    for start, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(start):
            raise refuse(where, _save_as_utf8(encoding))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise refuse(where, _save_as_utf8(_guessed(data))) from None
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise refuse(Mark(where.file, line, column), _save_as_utf8(_guessed(data))) from None


def _read_bytes(path: Path, where: Mark, most: int) -> bytes:
    try:
        # Asked before opening: a pipe or a device would wait for ever.
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise refuse(where, say("this is a directory; name a file"))
        if not stat.S_ISREG(status.st_mode):
            raise refuse(where, say("this is not a regular file; save the text in a file and name that"))
        if status.st_size > most:
            raise refuse(where, _too_large(status.st_size, most))
        with open(path, "rb") as stream:
            return stream.read(most)
    except FileNotFoundError:
        missing = say("there is no such file; check the name and the directory")
        raise refuse(where, missing + guess_file(path.name, neighbours(path))) from None
    except (OSError, ValueError) as error:
        raise refuse(where, say("the file cannot be read: {reason}", reason=reason_of(error))) from None


def neighbours(path: Path) -> list[str]:
    """Names of what lies in the folder of a path, as far as it can be listed."""
    try:
        return sorted(os.listdir(path.parent))
    except OSError:
        return []


def _too_large(size: int, most: int) -> str:
    return say(
        "the file has {size:,} bytes and at most {most:,} are read; put large tables into CSV files beside it",
        size=size, most=most,
    )  # fmt: skip


def _save_as_utf8(encoding: str) -> str:
    return say(
        "the text is not UTF-8 (it looks like {encoding}); save it again as UTF-8 (in an editor: Save as, "
        "encoding UTF-8)",
        encoding=encoding,
    )


def _guessed(data: bytes) -> str:
    """GB18030 when its characters are Chinese ones; Latin-1 can be told from it only by that."""
    if data.count(b"\0") * 4 > len(data):
        return "UTF-16"
    if b"\0" in data:
        return say("a binary file")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "Latin-1"
    strange = [letter for letter in text if ord(letter) > 0x7F]
    chinese = sum("\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef" for letter in strange)
    return "GB18030" if 2 * chinese > len(strange) else "Latin-1"
