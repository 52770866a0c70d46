"""A witness beside each policy: it writes down what the policy saw and what it answered, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.policies.table import METHODS, Policies

Write = Callable[[str, int, str, str], None]
"""Takes the decision point with the policy's name, the case (-1: the view names none), the view and the answer as text."""


class Witness:
    """A policy that is watched. Everything else that one may ask of the policy is the policy's own."""

    def __init__(self, policy: Any, point: str, write: Write) -> None:
        self._policy = policy
        decide, name = getattr(policy, METHODS[point]), f"{point}: {type(policy).__name__}"

        def watched(view: Any) -> Any:
            answer = decide(view)
            write(name, getattr(view, "case_id", -1), repr(view), repr(answer))
            return answer

        setattr(self, METHODS[point], watched)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._policy, name)


def witnessed(policies: Policies, write: Write) -> Policies:
    """The same policies, each with a witness."""
    return Policies(**{point: Witness(getattr(policies, point), point, write) for point in METHODS})
