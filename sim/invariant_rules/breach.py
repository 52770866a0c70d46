"""How a breach of a rule is told: what is wrong, how often, and where first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.messages import say


def breach(labels: pd.Series | pd.Index | np.ndarray, bad: pd.Series | np.ndarray, what: str) -> list[str]:
    """One line for the rows where `bad` is true, naming the first by its label; none when there are none."""
    rows = np.flatnonzero(np.asarray(bad))
    if not len(rows):
        return []
    return [say("{what}: {count}, first {first}", what=what, count=len(rows), first=np.asarray(labels)[rows[0]])]
