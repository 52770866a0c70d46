"""The manifest of a study's folder: enough to make it again, and to know what made it."""

from __future__ import annotations

import argparse
import hashlib
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.machine import cores
from experiments.manifest import file_digest, manifest, write_manifest
from experiments.study.layout_tables import RESULTS
from experiments.study.program import Wanted

if TYPE_CHECKING:
    from experiments.study.session import Session


def write_study_manifest(session: Session, wanted: Sequence[Wanted], seconds: float, args: argparse.Namespace) -> None:
    """Write manifest.json; `seconds` are those of this start."""
    program = session.program
    words = ["python", "run.py", "study", str(args.study), *(["--log", str(args.log)] if args.log else [])]
    seeds = sorted({each.task.seed for each in wanted})
    facts = manifest(shlex.join(words), seeds, seconds, args.workers or (cores() if session.target is None else session.target.workers), [])
    study = program.file.study
    write_manifest(
        {
            **facts,
            "status": "complete" if not session.spent else "budget spent",
            "study": {"name": study.name, "sha256": hashlib.sha256(program.file.text.encode()).hexdigest(), "file": "study.yaml"},
            "base": {"name": program.file.base.name, "sha256": program.file.base.digest()},
            "model": session.code.plain() | {"sha256": session.code.digest},
            "log": None if program.log is None else {"file": program.log.name, "sha256": file_digest(program.log)},
            "points": len(program.points),
            "runs": {"done": len(session.done), "failed": len(session.failed)},
            "results": {"file": f"{RESULTS}.parquet", "sha256": file_digest(program.folder / f"{RESULTS}.parquet")},
        },
        program.folder,
    )
