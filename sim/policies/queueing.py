"""Queueing: who is served next. A rank is a tuple; the smaller is served first."""

from __future__ import annotations

from dataclasses import dataclass

from sim.policies.view import QueueView


@dataclass(frozen=True)
class Priority:
    """By class, then due time, then establishment, then number."""

    def rank(self, view: QueueView) -> tuple:
        return (0 if view.supervised else view.priority, view.due, view.established, view.case_id)


@dataclass(frozen=True)
class Due:
    """By due time, whatever the class."""

    def rank(self, view: QueueView) -> tuple:
        return (0 if view.supervised else 1, view.due, view.established, view.case_id)


@dataclass(frozen=True)
class FirstCome:
    """In order of joining this queue."""

    def rank(self, view: QueueView) -> tuple:
        return (0 if view.supervised else 1,)


@dataclass(frozen=True)
class ShortestEstimate:
    """By estimated work; with `inside_class` only among cases of one priority class."""

    inside_class: bool = True

    def rank(self, view: QueueView) -> tuple:
        group = view.priority if self.inside_class else 1
        return (0 if view.supervised else group, view.estimate, view.established, view.case_id)


@dataclass(frozen=True)
class LeastSlack:
    """By the latest moment at which the work must begin to end in time, as far as it can be guessed (minimum slack first)."""

    def rank(self, view: QueueView) -> tuple:
        return (0 if view.supervised else 1, view.due - view.estimate, view.established, view.case_id)
