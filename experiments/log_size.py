"""How many rows a case log has, found by reading it: all of it, or as much as a second allows and the rest in proportion."""

from __future__ import annotations

import bz2
import gzip
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import IO

MOST_READ = 128 << 20
"""Unpacked bytes that are looked at: about half a second, and every log of a city's year."""
_CHUNK = 1 << 20


def log_rows(path: Path) -> float:
    """Rows of a log below its header, gzip, bzip2, zip or plain; line breaks inside quotes do not count.

    A log of more than MOST_READ unpacked bytes is estimated from its beginning. A file that breaks off, or is none,
    counts as far as it can be read: to refuse it is the reader's business.
    """
    try:
        status = path.stat()
    except OSError:
        return 0.0
    return _counted(path, status.st_size, status.st_mtime_ns)


@cache
def _counted(path: Path, size: int, changed: int) -> float:
    """By size and time of change too: one command asks several times, and a log may be replaced between two."""
    try:
        with path.open("rb") as raw:
            magic = raw.read(4)
            raw.seek(0)
            if magic.startswith(b"PK\x03\x04"):
                return _zipped(raw)
            opened = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open}.get(magic[:2])
            rows, done = _lines(raw if opened is None else opened(raw, "rb"))  # type: ignore[arg-type]
            return _below_header(rows if done else rows * size / max(1, raw.tell()))
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return 0.0


def _zipped(raw: IO[bytes]) -> float:
    with zipfile.ZipFile(raw) as archive:
        inside = max(archive.infolist(), key=lambda each: each.file_size)
        with archive.open(inside) as stream:
            rows, done = _lines(stream)
        return _below_header(rows if done else rows * inside.file_size / MOST_READ)


def _below_header(lines: float) -> float:
    return max(0.0, lines - 1)


def _lines(stream: IO[bytes]) -> tuple[float, bool]:
    """Lines that end outside quotes, a last one without its end included, and whether the stream was read to its end."""
    lines, read, quoted, last = 0, 0, False, b"\n"
    try:
        while read < MOST_READ:
            chunk = stream.read(_CHUNK)
            if not chunk:
                return lines + (last != b"\n"), True
            parts = chunk.split(b'"')
            lines += sum(part.count(b"\n") for part in parts[quoted::2])
            quoted ^= len(parts) % 2 == 0
            read, last = read + len(chunk), chunk[-1:]
    except (EOFError, zlib.error):
        return lines, True
    return lines, False
