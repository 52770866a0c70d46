"""Cases that wait for those who settle them outside the chain, and how such a case ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simpy.events import Event

from sim.case import Case
from sim.mechanisms.mechanism import Steps
from sim.mechanisms.residents.civic import Civic
from sim.records import MISSING
from sim.steps import answer_first


@dataclass(eq=False)
class Matter:
    """A case on an agenda."""

    case: Case
    since: int
    decided: Event
    """its value: whether the matter is settled"""
    level: int = 0
    tries: int = 0
    agreed: bool = False


class Agenda(Civic):
    """A mechanism with an agenda: lists of matters by a key."""

    pauses = False
    """whether the limits of a case rest while it is on the agenda"""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self.open: list[Matter] = []

    def waits(self, matter: Matter) -> Steps:
        """The case waits until its matter is decided; returns whether it is settled."""
        case, model = matter.case, self.model
        self.open.append(matter)
        pauses = self.pauses and case.handling_due != MISSING
        if pauses:
            model.note(case, "defer")
        done = yield matter.decided
        self.open.remove(matter)
        waited = model.env.now - matter.since
        case.wait_other_s += waited
        if pauses:
            case.deferred_s += waited
            case.handling_due, case.final_due, case.closure_due = (
                case.handling_due + waited, case.final_due + waited, case.closure_due + waited,
            )  # fmt: skip
            model.note(case, "resume")
        if done:
            self.ended(case)
        return done

    def ended(self, case: Case) -> None:
        """A case has been settled now: whether that was late."""
        if case.handling_due != MISSING:
            now = self.model.env.now
            case.overdue_raw, case.overdue_assessed = now > case.handling_due, now > case.final_due

    def settles(self, matter: Matter, unit: str, level: str, fixed: bool) -> None:
        """Those concerned have settled a matter; `fixed`: and put it right."""
        case = matter.case
        answer_first(case, self.model)
        case.department, case.level = unit, level
        if fixed:
            self.model.settle_issue(case)
        matter.decided.succeed(True)

    def passes_on(self, matter: Matter) -> None:
        """Nobody here settles it: the case goes the formal way."""
        matter.decided.succeed(False)

    def ends(self) -> None:
        for matter in self.open:
            matter.case.wait_other_s += self.model.env.now - matter.since
        self.write("left on the agenda", amount=float(len(self.open)))
