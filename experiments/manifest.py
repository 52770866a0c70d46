"""manifest.json: enough to make a run folder again and get the same tables, and to know what made it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.machine import code_version, description, library_versions, peak_memory_mb

MANIFEST = "manifest.json"
FORMAT = 1


def manifest(command: str, seeds: list[int], seconds: float, workers: int, peaks: list[float | None]) -> dict[str, Any]:
    """What every folder's manifest holds; the caller adds what its kind of folder needs.

    `peaks`: most memory of each replication's process, MiB.
    """
    known = [peak for peak in (*peaks, peak_memory_mb()) if peak is not None]
    return {
        "manifest": FORMAT,
        "status": "complete",
        "command": command,
        "seeds": seeds,
        "replications": len(seeds),
        "workers": workers,
        "seconds": round(seconds, 2),
        "peak_memory_mb": max(known) if known else None,
        "code": code_version(),
        "libraries": library_versions(),
        "machine": description(),
    }


def write_manifest(facts: Mapping[str, Any], folder: Path) -> None:
    """Write the manifest of a folder."""
    (folder / MANIFEST).write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder."""
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
