"""Paperwork of workers: abolished, given back form by form, and looked for by audits. Laid down before the run."""

from __future__ import annotations

from sim.mechanisms.staff.crew import MONTH, Crew
from sim.scenario.staffing import Team


class BurdenRelief(Crew):
    """From its start a worker owes less paperwork; every month another form may come, until all is as it was."""

    def papers(self, team: Team, worker: str, shares: list[float]) -> list[float]:
        community, plan = self.seat_in(team, worker), self.plan
        begins, owed = None, []
        for at, share in zip(self.day_starts(len(shares)), shares, strict=True):
            if not self.on_day(community, at):
                owed.append(share)
                continue
            begins = at if begins is None else begins
            owed.append(min(share, plan.paperwork + self._new_forms(worker, (at - begins) // MONTH) * plan.form))
        return owed

    def _new_forms(self, worker: str, months: int) -> int:
        return sum(self.luck("form", worker, month) < self.plan.comes_back for month in range(months))


class Audits(Crew):
    """Audits look for what paperwork took beyond the norm on the day before; what they see is withdrawn at once."""

    def papers(self, team: Team, worker: str, shares: list[float]) -> list[float]:
        community, every = self.seat_in(team, worker), self.plan.every.seconds
        withdrawn, audit, owed = 0.0, 1, []
        for at, share in zip(self.day_starts(len(shares)), shares, strict=True):
            while audit * every <= at:
                beyond = owed[-1] - self.plan.norm if owed else 0.0
                if beyond > 0 and self.on_day(community, audit * every) and self.luck("sees", worker, audit) < self.plan.detection:
                    withdrawn += beyond
                audit += 1
            owed.append(max(0.0, share - withdrawn))
        return owed
