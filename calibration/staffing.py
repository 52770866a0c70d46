"""Crews of a department as a fit finds them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fitted:
    """A department's part of the scenario."""

    name: str
    crews: int
    work_s: float
    utilisation: float
    calendar: str
