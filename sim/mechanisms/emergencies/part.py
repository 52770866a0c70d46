"""A part of what answers an emergency. Parts hear of what happens at a site and answer each other's questions about it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.mechanisms.mechanism import Mechanism

if TYPE_CHECKING:
    from sim.agents.grid_workers import GridWorker
    from sim.mechanisms.emergencies.book import Book
    from sim.mechanisms.emergencies.site import Site

Array = np.ndarray


class Part(Mechanism):
    """Answers to the questions of this room; every answer here changes nothing."""

    @cached_property
    def parts(self) -> list[Part]:
        """All parts that the scenario has, in the order of their table. Asked from `begins` on."""
        return [each for each in self.model.governance.mechanisms if isinstance(each, Part)]

    @cached_property
    def book(self) -> Book:
        """Where rows of the table `emergencies` are written."""
        return next(part.own_book for part in self.parts if part.own_book is not None)

    own_book: Book | None = None

    # -- what happens -------------------------------------------------------------------------------------------------

    def informed(self, site: Site) -> None:
        """A community has heard of an emergency in it."""

    def over(self, site: Site) -> None:
        """An emergency is over in a community."""

    # -- what is asked ------------------------------------------------------------------------------------------------

    def trained(self, worker: GridWorker) -> bool:
        """Whether a grid worker has learnt the procedure."""
        return False

    def warned(self, site: Site, residents: Array) -> Array:
        """Seconds after the message at which residents (numbers) know what to do without a knock; negative: not by this."""
        return np.full(len(residents), -1, dtype=np.int64)

    def knows(self, site: Site, step: str) -> bool:
        """Whether the community knows how a step of the plan goes."""
        return False

    def spared(self, site: Site, points: Array) -> Array:
        """Which places (n x 2, metres) the emergency leaves alone."""
        return np.zeros(len(points), dtype=bool)
