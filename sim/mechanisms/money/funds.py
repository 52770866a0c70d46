"""Who pays for projects besides public money: the community fund, operating assets, private partners."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.scenario.costs import Assets, Fund, Partners
from sim.units import DAY

YEAR = 365 * DAY


class CommunityFund(Mechanism):
    """Donors give to the fund; those who live in the grid give for its project."""

    plan: Fund

    def comes_in(self, seconds: int) -> float:
        """Donations in a stretch of time, in yuan."""
        return self.plan.donors * seconds / YEAR if self.in_force() else 0.0

    def crowd(self, grid: int) -> float:
        """What the residents of a grid give for its project, in yuan."""
        city = self.model.city
        if not self.in_force(city.grids[grid].community):
            return 0.0
        persons = city.grids[grid].households * self.model.scenario.places.persons_per_household
        return self.plan.supporters * persons * self.plan.crowd


class OperatingAssets(Mechanism):
    """Rent and parking money."""

    plan: Assets

    def comes_in(self, seconds: int) -> float:
        """What is given to projects in a stretch of time, in yuan."""
        return self.plan.income * self.plan.returned * seconds / YEAR if self.in_force() else 0.0


class PrivatePartners(Mechanism):
    """Firms that pay a part of a project."""

    plan: Partners

    def part(self, project: int, price: float) -> float:
        """What a partner promises to pay for a project, in yuan; 0 if none is found."""
        found = self.in_force() and self.luck("interested", project) < self.plan.interested
        return price * self.plan.pays if found else 0.0

    def withdraws(self, project: int) -> bool:
        """Whether the partner of a project withdraws."""
        gone = self.luck("withdraws", project) < self.plan.withdraws
        self.write("withdraws" if gone else "pays", subject=str(project))
        return gone
