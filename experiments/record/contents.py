"""What lies in a decision record, and the file that says so with a SHA-256 for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.machine import ROOT, code_version, description, library_versions
from experiments.manifest import MANIFEST, file_digest, read_manifest
from experiments.study.identity import code_in_force
from experiments.study.inputs import INPUTS
from sim.messages import BadInput, language, say

RECORD, MADE, REMAKE, LOCK_FILE = "record.json", "made", "remake", "requirements.lock"
FORMAT = 1
_REMAKE = f"""#!/bin/sh
# Simulates everything again from {INPUTS}/ and compares it with {MADE}/, byte by byte.
# Run it in the folder of the project: sh PATH/{REMAKE}; further words go to run.py remake.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec "${{PYTHON:-.venv/bin/python}}" run.py remake "$here" "$@"
"""


def files_in(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its name there; what tells of one start only is left out."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path for path in paths}


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    return {name: file_digest(path) for name, path in files_in(folder).items()}


def write_record(folder: Path) -> dict[str, Any]:
    """Write record.json and the command that makes it all again; returns what was written."""
    manifest = read_manifest(folder / MADE)
    kept = ("study", "base", "log", "seeds", "points", "runs")
    facts = {
        "record": FORMAT,
        **{name: manifest[name] for name in kept},
        "remake": f"sh {REMAKE}",
        "language": language(),
        "project": code_version(),
        "model": code_in_force().plain() | {"sha256": code_in_force().digest},
        "libraries": library_versions(),
        "lock": _lock(folder),
        "machine": description(),
        "inputs": digests(folder / INPUTS),
        "made": digests(folder / MADE),
    }
    (folder / RECORD).write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    script = folder / REMAKE
    script.write_text(_REMAKE, encoding="utf-8")
    script.chmod(0o755)
    return facts


def _lock(folder: Path) -> dict[str, str] | None:
    """A copy of the file that pins every library, and its SHA-256; None in an installation without one."""
    source = ROOT / LOCK_FILE
    if not source.is_file():
        return None
    (folder / LOCK_FILE).write_bytes(source.read_bytes())
    return {"file": LOCK_FILE, "sha256": file_digest(source)}


def read_record(folder: Path) -> Mapping[str, Any]:
    """The facts of a record. Raises BadInput where it is none, or its inputs are no longer what they were."""
    try:
        facts = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        changed = sorted(set(facts["inputs"].items()) ^ set(digests(folder / INPUTS).items()))
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(say("{folder}: this is no decision record; make one with run.py record STUDY", folder=folder)) from None
    if changed:
        raise BadInput(say("{folder}: {files} are not what was recorded; take the record from where you have it",
                           folder=folder, files=", ".join(sorted({f"{INPUTS}/{name}" for name, _ in changed}))))  # fmt: skip
    return facts
