"""The clock of a run: SimPy's environment, whose time is whole seconds since the scenario's start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simpy.core import Environment

if TYPE_CHECKING:
    from simpy.events import Event

    class Clock(Environment):
        """SimPy's environment with the types that hold here: whole seconds, and content keys as priorities."""

        @property
        def now(self) -> int: ...

        def schedule(self, event: Event, priority: int = 1, delay: int = 0) -> None: ...  # type: ignore[override]

else:

    class Clock(Environment):
        """SimPy's environment whose time lies in a slot: everything asks for it, and a slot needs no call to be read."""

        __slots__ = ("_now",)

    Clock.now = Clock._now
