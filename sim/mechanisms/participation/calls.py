"""What is called for most by hotline is served earlier."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sim.case import Case
from sim.mechanisms.residents.civic import Civic
from sim.scenario.participation.helping import HotlineTop

CHANNEL = "hotline"


class MostCalledFor(Civic):
    """It counts the calls of a period; in the next one the top categories stand one class higher."""

    plan: HotlineTop

    def __init__(self, model: Any, plan: HotlineTop, number: int) -> None:
        super().__init__(model, plan, number)
        self._calls: Counter[str] = Counter()
        self.top: frozenset[str] = frozenset()

    def begins(self) -> None:
        self.every(self.plan.every.seconds, self._looks)

    def opened(self, case: Case) -> None:
        if case.channel == CHANNEL and self.here(case):
            self._calls[self.code(case.issue)] += 1

    def _looks(self) -> None:
        order = sorted(self._calls, key=lambda code: (-self._calls[code], code))[: self.plan.top]
        for code in order:
            self.write("top", subject=code, amount=float(self._calls[code]))
        self.top, self._calls = frozenset(order), Counter()

    def priority(self, case: Case, number: int) -> int:
        return max(1, number - 1) if self.code(case.issue) in self.top and self.here(case) else number
