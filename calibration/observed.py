"""What the steps and starts of a log answer by themselves, with intervals: order of the queue, referral, rework.

Start here: `observed_of` takes an intake; `observed_text` says it in words, `observed_rows` as a table.
"""

from __future__ import annotations

from dataclasses import dataclass

from calibration.intake import Intake
from calibration.mapping import Mapping
from calibration.observed_order import Order, order_of
from calibration.observed_queue import waits_of
from calibration.observed_returns import Seen, returns_of


@dataclass(frozen=True)
class Observed:
    """None or empty: not in this log."""

    order: Order | None
    returns: tuple[Seen, ...]

    @property
    def empty(self) -> bool:
        """Whether the log shows none of it."""
        return self.order is None and not self.returns


def observed_of(intake: Intake, mapping: Mapping) -> Observed:
    """Everything that the steps of a log show; `mapping` has read it."""
    waits = waits_of(intake, mapping)
    return Observed(None if waits is None else order_of(waits), returns_of(intake, mapping))
