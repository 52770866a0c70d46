"""The bytes of a log file: their hash, their compression and their encoding, found by looking and then reported."""

from __future__ import annotations

import bz2
import codecs
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from scenarios.reasons import reason_of
from sim.messages import BadInput, say

ENCODINGS = ("utf-8", "gb18030")
"""Tried in this order when there is no byte order mark: text in GB18030 is almost never valid UTF-8."""

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_DECLARED = re.compile(r"""<\?xml[^>]*encoding=["']([\w.-]+)["']""")

LARGEST_BYTES = 8 << 30
"""Unpacked size beyond which a file is refused: 400,000 rows take about 0.1 GB; this is a packing bomb."""

CHUNK = 1 << 20


@dataclass(frozen=True)
class LogBytes:
    """A log file on disk: its path, the hash of the file as it lies there, and how its bytes become text."""

    path: Path
    sha256: str
    compression: str
    encoding: str
    is_xml: bool = False
    """begins like XML: an event log in XES, or nothing we know"""

    @contextmanager
    def unpacked(self) -> Iterator[BinaryIO]:
        """The unpacked bytes."""
        with _unpacked(self.path, self.compression) as stream:
            yield stream

    @contextmanager
    def text(self) -> Iterator[IO[str]]:
        """The unpacked, decoded text, line ends untouched."""
        with _unpacked(self.path, self.compression) as stream:
            yield io.TextIOWrapper(cast(IO[bytes], stream), encoding=self.encoding, newline="")


def look_at(path: Path, encoding: str | None = None) -> LogBytes:
    """Hash, compression and encoding of a file. Raises BadInput if it is missing, empty, broken or undecodable."""
    try:
        if path.is_dir():
            raise BadInput(say("{file}: is a folder; give the log file itself", file=path))
        compression = _compression(path)
        head = _head(path, compression)
        declared = _DECLARED.search(head) if head.startswith("<") else None
        found = _encoding(path, compression, declared[1].lower() if declared else encoding)
        return LogBytes(path, _sha256(path), compression, found, head.startswith("<"))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise BadInput(say("{file}: the log cannot be read: {why}", file=path, why=reason_of(error))) from error


def _head(path: Path, compression: str) -> str:
    with _unpacked(path, compression) as stream:
        head = stream.read(400)
    if not head:
        raise BadInput(say("{file}: the log is empty", file=path))
    marked = next((name for mark, name in MARKS if head.startswith(mark)), "latin-1")
    return head[: len(head) // 2 * 2].decode(marked, "replace").lstrip()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _compression(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(8)
    if not head:
        raise BadInput(say("{file}: the log is empty", file=path))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(_workbook(path))
    kinds = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"))
    return next((kind for magic, kind in kinds if head.startswith(magic)), "none")


@contextmanager
def _unpacked(path: Path, compression: str) -> Iterator[BinaryIO]:
    if compression == "zip":
        with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as stream:
            yield cast(BinaryIO, stream)
    else:
        opener = {"gzip": gzip.open, "bzip2": bz2.open, "none": open}[compression]
        with opener(path, "rb") as stream:
            yield cast(BinaryIO, stream)


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    names = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX/")]
    if "[Content_Types].xml" in names:
        raise BadInput(_workbook(path))
    if len(names) != 1:
        raise BadInput(
            say("{file}: holds {count} files; a zipped log holds one: {names}",
                file=path, count=len(names), names=", ".join(names[:5]) or "-")
        )  # fmt: skip
    return names[0]


def _workbook(path: Path) -> str:
    return say("{file}: is an Excel workbook; save the sheet as CSV UTF-8 and give that", file=path)


def _encoding(path: Path, compression: str, wanted: str | None) -> str:
    with _unpacked(path, compression) as stream:
        head = stream.read(4)
    if not head:
        raise BadInput(say("{file}: the log is empty", file=path))
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    tried = (marked,) if marked else (wanted,) if wanted else ENCODINGS
    for name in tried:
        if _decodes(path, compression, name):
            return name
    raise BadInput(
        say("{file}: is not text in {tried}; name its encoding in the mapping (encoding: ...)",
            file=path, tried=", ".join(tried))
    )  # fmt: skip


def _decodes(path: Path, compression: str, name: str) -> bool:
    try:
        decoder = codecs.getincrementaldecoder(name)()
    except LookupError as error:
        raise BadInput(say("encoding {name!r} is not known to Python", name=name)) from error
    seen = 0
    with _unpacked(path, compression) as stream:
        while chunk := stream.read(CHUNK):
            seen += len(chunk)
            if seen > LARGEST_BYTES:
                raise BadInput(say("{file}: unpacks to more than {most} GB", file=path, most=LARGEST_BYTES >> 30))
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
