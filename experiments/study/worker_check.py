"""Whether a worker of a cluster may work on a study: same code, same libraries, and it sees the folder."""

from __future__ import annotations

import platform
from pathlib import Path

from experiments.study.identity import Code, code_changes, code_in_force
from sim.messages import say


def unfit_reason(folder: Path, code: Code) -> str:
    """Why this process must not work on the study in the folder, in words; empty where it may.

    What it wrote would be taken for runs of `code`, and other code gives other numbers.
    """
    here = code_in_force()
    if here.digest != code.digest:
        changes = "; ".join(code_changes(code.plain(), here))
        return say("{worker} has other code: {changes}", worker=platform.node(), changes=changes)
    if not (folder / "study.yaml").is_file():
        return say("{worker} does not see {folder}; workers need the same file system", worker=platform.node(), folder=folder)
    return ""
