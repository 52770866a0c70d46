"""The machine and the code that a run was made with, as far as a manifest needs to say."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

PROJECT = "wangge"
LIBRARIES = (
    "mesa",
    "simpy",
    "networkx",
    "numpy",
    "scipy",
    "pandas",
    "pydantic",
    "duckdb",
    "matplotlib",
    "holidays",
    "tzdata",
)
ROOT = Path(__file__).resolve().parent.parent


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def peak_memory_mb() -> float | None:
    """Most memory that this process has held so far, MiB; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def description() -> dict[str, Any]:
    """Processors, Python and system."""
    return {"cores": cores(), "python": platform.python_version(), "platform": platform.platform()}


@cache
def library_versions() -> dict[str, str]:
    """Installed version of each library that results may depend on; looked up once in a process."""
    return {name: version for name in LIBRARIES if (version := _version(name))}


def code_version() -> dict[str, Any]:
    """Commit and whether the checkout differs from it; outside a checkout the version of the package."""
    commit = _git("rev-parse", "HEAD")
    if commit is None:
        return {"version": _version(PROJECT) or _stated_version(), "commit": None, "dirty": None}
    return {"version": _stated_version(), "commit": commit, "dirty": _git("status", "--porcelain") != ""}


def _git(*words: str) -> str | None:
    if not (ROOT / ".git").exists():
        return None
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _stated_version() -> str:
    """The version that pyproject.toml states; empty where there is none."""
    import tomllib

    path = ROOT / "pyproject.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"] if path.exists() else ""
