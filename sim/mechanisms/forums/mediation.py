"""Mediators: third party, legal station, and the team 1+3+N; with or without proposals of a machine."""

from __future__ import annotations

from sim.case import Case
from sim.mechanisms.forums.forum import Forum
from sim.mechanisms.mechanism import Mechanism, Steps
from sim.scenario.forums.settling import Aid, Body, Hearings, Mediation, MediationTeam
from sim.station import Station
from sim.steps import waiting_for_others


class ProposalsForMediators(Mechanism):
    """A machine proposes how a dispute may be settled."""

    plan: Aid


class Mediators(Forum):
    """Hears disputes with mediators of its own."""

    def begins(self) -> None:
        super().begins()
        self._aid = self.fellow(ProposalsForMediators)
        self._rooms: dict[str, tuple[Station, Hearings]] = {}

    def opens_room(self, name: str, hearings: Hearings) -> None:
        """Mediators with a line of their own."""
        if self.ever:
            self._rooms[name] = self.hires(name, hearings.people, hearings.calendar, hearings.person_year), hearings

    def hears(self, case: Case, name: str) -> Steps:
        """Hearing after hearing; returns whether the parties agreed."""
        _, hearings = self._rooms[name]
        for number in range(hearings.most):
            until = hearings.until.draw(self.own_luck(case, "until", name, number))
            yield from waiting_for_others(case, self.model, until)
            yield from self.sits(case, name, number)
            if self.own_luck(case, "agree", name, number) < hearings.agree:
                return True
        return False

    def sits(self, case: Case, name: str, number: int) -> Steps:
        """One hearing: a mediator prepares and hears."""
        station, hearings = self._rooms[name]
        work = self._preparation(case, name, number) + hearings.hearing.draw(self.own_luck(case, "hearing", name, number))
        yield station.work(case, "mediate", work)
        prices = self.model.scenario.costs.prices
        if prices is not None and prices.hearing and self.model.env.now >= prices.starts.seconds:
            self.spends("meetings", name, prices.hearing)

    def _preparation(self, case: Case, name: str, number: int) -> int:
        """Work before a hearing: reading a proposal that can be used, or preparing (after reading one that cannot)."""
        usual = self._rooms[name][1].preparation.draw(self.own_luck(case, "preparation", name, number))
        if self._aid is None or not self._aid.in_force(case.issue.community):
            return usual
        aid: Aid = self._aid.plan
        read = aid.read.draw(self.own_luck(case, "read", name, number))
        return read if self.own_luck(case, "accurate", name, number) < aid.accurate else read + usual


class OneForum(Mediators):
    """One place where disputes are heard."""

    plan: Mediation
    name: str

    def begins(self) -> None:
        super().begins()
        self.opens_room(self.name, self.plan.hearings)

    def takes_over(self, case: Case) -> Steps | None:
        return self._hears(case) if self.taken(case, self.plan.shares, self.plan.most_severe, "taken") else None

    def _hears(self, case: Case) -> Steps:
        agreed = yield from self.hears(case, self.name)
        return self.settles(case, self.name) if agreed else self.gives_up(case, self.name)


class ThirdPartyMediators(OneForum):
    """Neutral mediators of a social-work organisation."""

    name = "third_party"


class LegalServiceStation(OneForum):
    """Legal advice and mediation in the community."""

    name = "legal_station"


class TeamOfMediators(Mediators):
    """Bodies under a party core: the first body for its kind of dispute hears it; where it fails, all sit down once more."""

    plan: MediationTeam

    def begins(self) -> None:
        super().begins()
        for body in self.plan.bodies:
            self.opens_room(body.name, body.hearings)

    def takes_over(self, case: Case) -> Steps | None:
        for body in self.plan.bodies:
            if self.taken(case, body.shares, self.plan.most_severe, body.name):
                return self._hears(case, body)
        return None

    def _hears(self, case: Case, body: Body) -> Steps:
        if (yield from self.hears(case, body.name)):
            return self.settles(case, body.name)
        for each in self.plan.bodies:
            yield from self.sits(case, each.name, body.hearings.most)
        agreed = self.own_luck(case, "joint") < self.plan.joint
        return self.settles(case, "team_1_3_n") if agreed else self.gives_up(case, "team_1_3_n")
