"""Learning: after an emergency a review writes down what had to be found out, so that the next time it is known."""

from __future__ import annotations

from functools import partial
from typing import Any

from sim.mechanisms.emergencies.part import Part
from sim.mechanisms.emergencies.site import Site


class Reviews(Part):
    """Steps of the plan that a community has learnt, by class of emergency."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self._known: set[tuple[int, str, str]] = set()

    def over(self, site: Site) -> None:
        if self.in_force(site.community.index):
            self.at(self.model.env.now + self.plan.review.seconds, partial(self._reviews, site))

    def _reviews(self, site: Site) -> None:
        kept = [step for step in site.found_out
                if self.luck("kept", site.emergency.name, site.number, step) < self.plan.kept]  # fmt: skip
        self._known |= {(site.community.index, site.hazard.kind, step) for step in kept}
        self.book.write(site, "reviewed", self.model.env.now, len(kept), " ".join(kept))

    def knows(self, site: Site, step: str) -> bool:
        return (site.community.index, site.hazard.kind, step) in self._known
