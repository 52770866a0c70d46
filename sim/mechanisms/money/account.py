"""An account: money comes in, requests are paid in their order as soon as there is enough."""

from __future__ import annotations

from collections import deque

from simpy.core import Environment
from simpy.events import Event


class Account:
    """Yuan on hand, and those who wait for it: nobody is paid before who asked earlier."""

    def __init__(self, env: Environment, balance: float = 0.0) -> None:
        self.env = env
        self.balance = balance
        self._waiting: deque[tuple[Event, float]] = deque()

    def receives(self, amount: float) -> None:
        """Money comes in."""
        self.balance += amount
        while self._waiting and self._waiting[0][1] <= self.balance:
            paid, price = self._waiting.popleft()
            self.balance -= price
            paid.succeed()

    def asks(self, amount: float) -> Event:
        """Ask for a sum; the event comes when it is paid."""
        paid = Event(self.env)
        self._waiting.append((paid, amount))
        self.receives(0.0)
        return paid

    @property
    def waiting(self) -> int:
        """Requests that are not paid."""
        return len(self._waiting)
