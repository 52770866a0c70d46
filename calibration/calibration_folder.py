"""The folder of a calibration: each stage is a file that is there whole or not at all, so a killed one goes on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.reasons import reason_of
from sim.messages import BadInput, say

IDENTITY = "calibration.json"


@dataclass(frozen=True)
class CalibrationFolder:
    """Where a calibration's stages and results lie."""

    path: Path

    def write(self, name: str, text: str) -> Path:
        """Write a file under another name first. Raises BadInput where it cannot be written."""
        target = self.path / name
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, target)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise BadInput(say("{folder}: cannot be written: {why}", folder=target, why=reason_of(error))) from error
        return target

    def stage(self, name: str, make: Callable[[], Any]) -> Any:
        """The result of a stage (JSON): read if it was made before, else made and written."""
        file = self.path / "stages" / f"{name}.json"
        if not file.exists():
            self.write(f"stages/{name}.json", json.dumps(make(), ensure_ascii=False))
        return json.loads(file.read_text(encoding="utf-8"))

    def digest(self, name: str) -> str:
        """SHA-256 over a scenario and its tables as they were written."""
        sha = hashlib.sha256()
        for file in [self.path / f"{name}.yaml", *sorted(self.path.glob(f"{name}_*.csv"))]:
            sha.update(file.read_bytes())
        return sha.hexdigest()


def calibration_folder(path: Path, plan_text: str, log_sha256: str, resume: bool) -> CalibrationFolder:
    """The folder for a plan and a log: new, or (with `resume`) the one that was left. Raises BadInput otherwise."""
    folder = CalibrationFolder(path)
    identity = {"plan": hashlib.sha256(plan_text.encode()).hexdigest(), "log": log_sha256}
    file = path / IDENTITY
    if not path.exists() or not any(path.iterdir()):
        folder.write(IDENTITY, json.dumps(identity) + "\n")
        return folder
    if not file.exists():
        raise BadInput(say("{folder}: is not a folder of a calibration; name another with --out", folder=path))
    if json.loads(file.read_text(encoding="utf-8")) != identity:
        raise BadInput(say("{folder}: holds the calibration of another plan or log; name another with --out", folder=path))
    if not resume:
        raise BadInput(say("{folder}: exists already; go on with --resume, or name another with --out", folder=path))
    return folder
