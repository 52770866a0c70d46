"""The fit of one department and category, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.duration_choice import Choice
from calibration.duration_likelihood import LawFit


@dataclass(frozen=True)
class CellFit:
    """One department and category."""

    department: str
    category: str
    n: int
    """cases, without those registered when done"""
    open: int
    registered: float
    """share of all cases that were registered when done"""
    how: str
    """own family, `pooled` with its department, or of the `department` as a whole"""
    fit: LawFit
    choice: Choice | None
    distance: float
    """largest distance from the Kaplan-Meier curve from one minute on; NaN for no cases"""
