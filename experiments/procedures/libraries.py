"""Libraries that only some procedures need: imported when first used, and missed in one clear line."""

from __future__ import annotations

import importlib
from types import ModuleType

from sim.messages import BadInput, say

NEEDED = {
    "SALib": "SALib>=1.6",
    "pymoo": "pymoo>=0.6.2",
    "dask": "dask>=2026.8",
    "distributed": "distributed>=2026.8",
    "dask_jobqueue": "dask-jobqueue>=0.9",
}
"""What is asked of the installer, by the name that is imported; the extras of pyproject.toml say the same."""


def library(module: str) -> ModuleType:
    """The module of a library in NEEDED. Raises BadInput, with the command that installs it, where it is missing."""
    top = module.partition(".")[0]
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != top:
            raise  # the library is there and lacks something itself: its own message says what
        raise BadInput(
            say('this needs the library {library}; install it: make setup (or pip install "{asked}")',
                library=top, asked=NEEDED[top])
        ) from None  # fmt: skip
