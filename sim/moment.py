"""A moment: an event that is sure to come at its time and then does one thing. Cheaper than a SimPy Timeout, same clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simpy.events import Event

from sim.clock import Clock


class Moment(Event):
    """Scheduled on creation, `delay` seconds from now, with a content key; calls `then(moment)` unless it is None."""

    _ok = True  # the same for all moments, so it stands here once
    _value = None

    def __init__(self, env: Clock, delay: int, key: int, then: Callable[[Event], Any] | None = None) -> None:
        self.env = env
        self.callbacks = [] if then is None else [then]
        env.schedule(self, key, delay)
