"""The runs of a department's fit on disk: written whole or not at all, and read only for the same data and plan."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np

from calibration.department_trace import Trace
from calibration.latent_prior import Prior
from calibration.synthetic_likelihood import Runs, Settings


def fingerprint(trace: Trace, prior: Prior, settings: Settings, seed: int) -> str:
    """SHA-256 over what decides the runs of the first wave and the figures of the log."""
    sha = hashlib.sha256()
    for column in (trace.opened, trace.closed, trace.started, trace.group, trace.calendar.intervals):
        sha.update(np.ascontiguousarray(column).tobytes())
    sha.update(repr((trace.name, trace.groups, trace.cut, trace.burn_in, prior, settings.first, settings.wave, seed)).encode())
    return sha.hexdigest()


def read_runs(file: Path | None, key: str) -> Runs | None:
    """The runs of a file; None if there is none, or it belongs to other data or another plan, or cannot be read."""
    if file is None or not file.exists():
        return None
    try:
        with np.load(file) as stored:
            if str(stored["key"]) != key:
                return None
            return Runs(stored["points"], stored["figures"], stored["again"], int(stored["waves"]))
    except (OSError, ValueError, KeyError):
        return None


def write_runs(runs: Runs, file: Path | None, key: str) -> None:
    """Write the runs to a file beside, then rename it: whoever reads finds the old ones or the new ones, never half."""
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}.part")
    with beside.open("wb") as stream:
        np.savez_compressed(stream, key=np.array(key), points=runs.points, figures=runs.figures, again=runs.again,
                            waves=np.array(runs.waves))  # fmt: skip
    beside.replace(file)
